"""A case made as small and as plain as it can be while something stays so of it.

No fact can be left out of what comes back, no member of a set, and no amount or day is odd without need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from enforcerules.errors import CaseError
from enforcerules.model import Fact, ResolvedRulebook

_ROUND = (0, 10_000, 50_000, 100_000, 200_000, 300_000, 500_000, 600_000, 1_000_000, 5_000_000, 10_000_000, 100_000_000)
_FEW = (0, 1, 2, 3, 5, 10)
_DAYS_SHOWN = 400


def make_smallest(
    book: ResolvedRulebook, facts: Mapping[str, Any], still_so: Callable[[Mapping[str, Any]], bool]
) -> dict[str, Any]:
    """Return the smallest case that can be reached from `facts` step by step with `still_so` at each."""

    def fits(tried: Mapping[str, Any]) -> bool:
        try:
            return still_so(tried)
        except CaseError:
            return False

    found = dict(facts)
    changed = True
    while changed:
        changed = False
        # in the vocabulary the facts that others take their values from come first, and are kept
        for name in [name for name in reversed(list(book.vocabulary.facts)) if name in found]:
            fact = book.vocabulary.facts[name]
            rest = {other: value for other, value in found.items() if other != name}
            if fits(rest):
                found, changed = rest, True
                continue
            if fact.default_from is not None and fits(moved := _moved(book, fact, found)):
                found, changed = moved, True
                continue
            for plainer in _plainer(book, fact, found[name]):
                tried = {**found, name: plainer}
                if fits(tried):
                    found, changed = tried, True
                    break
    return found


def _moved(book: ResolvedRulebook, fact: Fact, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the case in which a fact is not written but taken from the fact that it defaults to."""
    source = str(fact.default_from)
    value = facts[fact.name]
    rest = {name: given for name, given in facts.items() if name != fact.name}
    return {**rest, source: [value] if book.vocabulary.facts[source].type == "set" else value}


def _plainer(book: ResolvedRulebook, fact: Fact, value: Any) -> Iterator[Any]:
    """Yield values that are plainer than `value`, the plainest first."""
    match fact.type:
        case "set" if len(value) > 1:
            for member in value:
                yield [other for other in value if other != member]
        case "set" if value:
            yield []
        case "money":
            yield from _before(_ROUND, value)
            if isinstance(value, dict):
                yield from value.values()
        case "count":
            yield from _before(_FEW, value)
        case "date":
            yield from _before(_plain_days(book), value)


def _before(plain: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    return plain[: plain.index(value)] if value in plain else plain


def _plain_days(book: ResolvedRulebook) -> tuple[str, ...]:
    """Return days on which something begins or ends, those where most begins first."""
    count: dict[str, int] = {}
    for clause in book.clauses.values():
        for window in clause.windows:
            for day in (window.since, window.until):
                if day is not None:
                    count[day.isoformat()] = count.get(day.isoformat(), 0) + 1
    return tuple(sorted(count, key=lambda day: (-count[day], day)))[:_DAYS_SHOWN]
