"""Words and catalogue entries that nothing uses, and titles that stand twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcerules.errors import listed, quoted
from enforcerules.model import (
    AddLabel,
    Condition,
    Establish,
    Exempt,
    FactTest,
    Forbid,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
    Row,
)
from enforcerules.model.conditions import facts_of, findings_of, parameters_of, tests
from enforcerules.model.penalties import MEASURES
from enforcerules.model.properties import AnswerTest, Monotone, claimed, leaves
from enforcerules.review.lint.subject import Subject
from enforcerules.review.lint.weakness import Weakness, weakness
from enforcerules.text import Text

# facts that the program itself reads, whatever the rules say: see docs/en/meaning.md
_READ_ANYWAY = frozenset(
    {"jurisdiction", "as_of", "duty_date", "conduct_date", "product_categories", "primary_product"}
    | {"case_id", "case_name", "actions_done", "handling_agency_kind", "notified_by", "record_kind"}
)
# of the values of one enumeration that no rule names, one may stand for all the rest
_REST = 1
_REMOVE = Text("删去它，或者写上用到它的内容", "remove it, or write what is to use it")


def find_unused_words(subject: Subject) -> Iterator[Weakness]:
    """Yield facts, parameters, actions, labels, findings, grounds, enumerations and places that nothing uses."""
    book = subject.book
    conditions = list(_conditions(subject))
    outcomes = [outcome for rule in book.rules.values() for outcome in rule.outcomes]
    acted = {o.action for o in outcomes if isinstance(o, (Require, Permit, Exempt, Forbid))}
    acted |= {action for row in _rows(book) for action in row.actions}
    used_of: tuple[tuple[str, str, Text, Iterable[str], set[str]], ...] = (
        ("ER6051", "fact", Text("事实", "fact"), book.vocabulary.facts, _facts_used(subject, conditions)),
        ("ER6052", "action", Text("应办事项", "action"), book.actions, acted),
        (
            "ER6053",
            "parameter",
            Text("参数", "parameter"),
            book.parameters,
            {name for condition in conditions for name in parameters_of(condition)},
        ),
        (
            "ER6058",
            "penalty",
            Text("处罚", "penalty"),
            book.penalties,
            {o.penalty for o in outcomes if isinstance(o, Penalise)},
        ),
        (
            "ER6056",
            "label",
            Text("标签", "label"),
            book.vocabulary.labels,
            {o.label for o in outcomes if isinstance(o, AddLabel)},
        ),
    )
    for code, kind, said, names, used in used_of:
        for name in names:
            if name not in used:
                message = Text(f"{said.zh} `{name}` 没有用到", f"the {said.en} `{name}` is used by nothing")
                yield weakness(code, "warning", (name,), message, subject.places.of(kind, name), _REMOVE)


def find_findings_never_established(subject: Subject) -> Iterator[Weakness]:
    """Yield the findings that no rule establishes, and the grounds on which none does.

    A finding that no rule reads is no fault: it is a result.
    """
    book = subject.book
    made = [o for rule in book.rules.values() for o in rule.outcomes if isinstance(o, Establish)]
    read = {name for condition in _conditions(subject) for name in findings_of(condition)}
    for finding in book.vocabulary.findings.values():
        grounds = {o.ground for o in made if o.finding == finding.name}
        if not grounds:
            always = Text("：读它的条件总得“未认定”", ", so whatever reads it finds it not met")
            zh, en = always if finding.name in read else Text("", "")
            yield weakness(
                "ER6055",
                "error" if finding.name in read else "warning",
                (finding.name,),
                Text(f"没有规则得出认定 `{finding.name}`{zh}", f"no rule establishes the finding `{finding.name}`{en}"),
                subject.places.of("finding", finding.name),
                _REMOVE,
            )
            continue
        for ground in finding.grounds:
            if ground not in grounds:
                yield weakness(
                    "ER6055",
                    "warning",
                    (finding.name, ground),
                    Text(
                        f"没有规则以事由 `{ground}` 得出认定 `{finding.name}`",
                        f"no rule establishes the finding `{finding.name}` on the ground `{ground}`",
                    ),
                    subject.places.of("finding", finding.name, "grounds", ground, key=True),
                    _REMOVE,
                )


def find_unused_values(subject: Subject) -> Iterator[Weakness]:
    """Yield the enumerations of no fact, and those of which several values make no difference to anything."""
    book = subject.book
    named: dict[str, set[str]] = {}
    for condition in _conditions(subject):
        for test in tests(condition):
            if isinstance(test, FactTest):
                given = test.operand if isinstance(test.operand, frozenset) else {test.operand}
                named.setdefault(test.fact, set()).update(value for value in given if isinstance(value, str))
    facts: dict[str, list[str]] = {}
    for fact in book.vocabulary.facts.values():
        if fact.enumeration is not None:
            facts.setdefault(fact.enumeration.name, []).append(fact.name)
            closed = fact.closed if isinstance(fact.closed, frozenset) else {fact.closed}
            named.setdefault(fact.name, set()).update(value for value in closed if isinstance(value, str))
    apart = {"agency": _agencies(book), "product_category": _products(book), "action": set(book.actions)}
    if book.penalties:
        # a kind of penalty has its place in the order of severity whether or not one imposes it
        apart[MEASURES] = set(book.vocabulary.enumerations[MEASURES].values)
    apart["conduct"] = {conduct for row in _rows(book) for conduct in row.strength}
    for enumeration in book.vocabulary.enumerations.values():
        used = apart.get(enumeration.name, set()).union(*(named[fact] for fact in facts.get(enumeration.name, ())))
        if enumeration.name not in facts and not apart.get(enumeration.name):
            message = Text(
                f"没有事实使用枚举 `{enumeration.name}`", f"no fact is of the enumeration `{enumeration.name}`"
            )
            span = subject.places.of("enumeration", enumeration.name)
            yield weakness("ER6054", "warning", (enumeration.name,), message, span, _REMOVE)
            continue
        idle = [value for value in enumeration.values if value not in used]
        if len(idle) > _REST:
            shown = listed(idle)
            yield weakness(
                "ER6054",
                "note",
                (enumeration.name,),
                Text(
                    f"枚举 `{enumeration.name}` 的 {shown.zh} 没有任何条件用到：选哪一个，结论都一样",
                    f"of the enumeration `{enumeration.name}` no condition names {shown.en}: whichever is chosen, the "
                    "answer is the same",
                ),
                subject.places.of("enumeration", enumeration.name, "values", idle[0], key=True),
                Text("合并为一个值，或者写上用到它们的规则", "make them one value, or write the rules that use them"),
            )


def find_unused_places(subject: Subject) -> Iterator[Weakness]:
    """Yield the places of rulebook.yaml that no clause, parameter, doubt, form or report is about."""
    book = subject.book
    used = {book.default_place} | {clause.where for clause in book.clauses.values()}
    used |= {source.where for source in book.sources.values()}
    used |= {value.where for parameter in book.parameters.values() for value in parameter.values}
    used |= {place for doubt in book.doubts.values() for place in (*doubt.where, *doubt.excepted)}
    used |= {form.where for form in book.forms.values()} | {due.where for due in book.report_calendar}
    for code in book.places:
        if code not in used:
            message = Text(f"地区 {quoted(code)} 没有用到", f"the place {quoted(code)} is used by nothing")
            yield weakness("ER6057", "warning", (code,), message, subject.places.root("places", code), _REMOVE)


# --- what uses what ----------------------------------------------------------------------------------


def _conditions(subject: Subject) -> Iterator[Condition]:
    """Yield every condition of the rulebook, those of the red lines too."""
    book = subject.book
    for rule in book.rules.values():
        yield rule.when
        yield from (o.once for o in rule.outcomes if isinstance(o, Require) and o.once is not None)
    yield from (doubt.shows_when for doubt in book.doubts.values())
    yield from (action.done_when for action in book.actions.values() if action.done_when is not None)
    yield from (form.counts_when for form in book.forms.values() if form.counts_when is not None)
    yield from (invariant.never for invariant in book.vocabulary.invariants)
    for line in subject.lines:
        for condition in (line.content.when, *claimed(line.content.claim)):
            yield from (leaf for leaf in leaves(condition) if not isinstance(leaf, AnswerTest))


def _facts_used(subject: Subject, conditions: Iterable[Condition]) -> set[str]:
    book = subject.book
    used = set(_READ_ANYWAY).union(*(facts_of(condition) for condition in conditions))
    used |= {fact for row in _rows(book) if row.value is not None for fact in row.value.facts}
    used |= {c.clock.since for c in book.clauses.values() if c.clock is not None and c.clock.since is not None}
    used |= {p.fine.base for p in book.penalties.values() if p.fine is not None and p.fine.base is not None}
    used |= {line.content.claim.fact for line in subject.lines if isinstance(line.content.claim, Monotone)}
    # what gives its value to a fact that is used
    for fact in reversed(list(book.vocabulary.facts.values())):
        if fact.name in used and fact.default_from is not None:
            used.add(fact.default_from)
        if fact.name in used and fact.closed_when is not None:
            used.add(fact.closed_when.fact)
    return used


def _rows(book: ResolvedRulebook) -> Iterator[Row]:
    for form in book.forms.values():
        yield from (*form.header, *form.grounds, *form.case_rows)
        for table in form.tables:
            yield from (row for part in table.parts for row in part.rows)


def _agencies(book: ResolvedRulebook) -> set[str]:
    found = {agency for clause in book.clauses.values() for agency in clause.addressees}
    found |= {agency for action in book.actions.values() for agency in (action.by, action.to) if agency is not None}
    return found | {agency for due in book.report_calendar for agency in due.to}


def _products(book: ResolvedRulebook) -> set[str]:
    found = {product for clause in book.clauses.values() for product in clause.products or ()}
    return found | {t.product for form in book.forms.values() for t in form.tables if t.product is not None}
