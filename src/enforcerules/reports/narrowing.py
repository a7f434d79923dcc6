"""Of a rulebook, what filling in one form needs: most rules have no say in a figure, and a ledger is long."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from enforcerules.case import Case
from enforcerules.deciding.decision import Decision
from enforcerules.model import Condition, Count, Establish, Form, Require, ResolvedRulebook, Rule
from enforcerules.model.conditions import findings_of
from enforcerules.model.penalties import NO_CHOICE
from enforcerules.reports.counted_form import counted_form
from enforcerules.reports.counting import takes
from enforcerules.rulebook import Rulebook
from enforcerules.values import Truth


def narrow_to_form(book: ResolvedRulebook, form: Form, tables: Collection[str] | None = None) -> ResolvedRulebook:
    """Return the rulebook with the rules, and their clauses, that decide where a case counts in `form`.

    These are the rules of the form, those that its figures are counted by, those that require a duty which a
    row counts, and whatever these rest on.
    Every one of them decides as it does in the whole rulebook. With `tables`, no parts and rows of others are
    decided: those of tables for other products, in which the case has no say.
    """
    counted = counted_form(book, form)
    actions = {
        action for table in counted.tables for part in table.parts for row in part.rows for action in row.actions
    }
    needed = {rule.id for rule in book.rules.values() if _has_say(rule, form.id, actions, tables)} | counted.lent
    conditions = [counted.counts_when, *(book.actions[action].done_when for action in actions)]
    findings = {finding for condition in conditions if condition for finding in findings_of(condition)}
    establishing: dict[str, set[str]] = {}
    for rule in book.rules.values():
        for outcome in rule.outcomes:
            if isinstance(outcome, Establish):
                establishing.setdefault(outcome.finding, set()).add(rule.id)
    waiting = needed | {name for finding in findings for name in establishing.get(finding, ())}
    needed = set()
    while waiting:
        name = waiting.pop()
        needed.add(name)
        rule = book.rules[name]
        rests_on = {*book.overriders.get(name, ())}
        for condition in _conditions(rule):
            rests_on |= {other for finding in findings_of(condition) for other in establishing.get(finding, ())}
        waiting |= rests_on - needed
    rules = {name: rule for name, rule in book.rules.items() if name in needed}
    clauses = {*form.bases, *(clause for rule in rules.values() for clause in rule.bases)}
    clauses |= {clause for section in form.sections for clause in section.bases}
    return replace(
        book,
        rules=rules,
        strata=tuple(tuple(name for name in stratum if name in needed) for stratum in book.strata),
        clauses={name: clause for name, clause in book.clauses.items() if name in clauses},
        # no figure counts a range, so that two laws need not be compared either
        lighter_law=NO_CHOICE,
        one_fine=NO_CHOICE,
    )


class CountingBooks:
    """A rulebook narrowed to a form and, for each set of its tables that may take a case, to these."""

    def __init__(self, book: ResolvedRulebook, form: Form) -> None:
        self._form = form
        self.whole = Rulebook(book)
        self._narrow: dict[frozenset[str], Rulebook] = {}

    def decide(self, case: Case) -> Decision:
        """Decide what has a say in where a case counts."""
        tables = frozenset(table.id for table in self._form.tables if takes(table, case.facts) is not Truth.NOT_MET)
        book = self._narrow.get(tables)
        if book is None:
            book = self._narrow[tables] = Rulebook(narrow_to_form(self.whole.resolved, self._form, tables))
        return book.decide(case)


def _has_say(rule: Rule, form: str, actions: set[str], tables: Collection[str] | None) -> bool:
    return any(
        (
            isinstance(outcome, Count)
            and outcome.form == form
            and (tables is None or outcome.part is None or outcome.table in tables)
        )
        or (isinstance(outcome, Require) and outcome.action in actions)
        for outcome in rule.outcomes
    )


def _conditions(rule: Rule) -> list[Condition]:
    once = [outcome.once for outcome in rule.outcomes if isinstance(outcome, Require) and outcome.once is not None]
    return [rule.when, *once]
