"""What a report takes for granted where a ledger is blank, beyond "none": it must be said with the figures."""

from __future__ import annotations

from enforcerules.model import Count, Form, ResolvedRulebook, Rule, Value
from enforcerules.model.conditions import facts_of
from enforcerules.reports.narrowing import narrow_to_form
from enforcerules.text import Text
from enforcerules.values import Amount
from enforcerules.wording import show_value

_NOTHING: tuple[Value, ...] = (False, 0, Amount.exactly(0), frozenset(), "none")


def assumed_values(book: ResolvedRulebook, form: Form) -> list[Text]:
    """Return the facts that decide the form and, in a closed world, are taken as something when absent."""
    rules = narrow_to_form(book, form).rules.values()
    names = {name for rule in rules if _counts(rule) for name in facts_of(rule.when)}
    found = []
    for fact in book.vocabulary.facts.values():
        if fact.name in names and fact.closed is not None and fact.closed not in _NOTHING:
            value = show_value(fact, fact.closed)
            found.append(Text(f"{fact.label.zh}“{value.zh}”", f"{fact.label.en}: {value.en}"))
    return found


def _counts(rule: Rule) -> bool:
    return any(isinstance(outcome, Count) for outcome in rule.outcomes)
