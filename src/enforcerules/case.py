"""A case as it is handed in → the facts the engines decide on.

Every fault is told at once, at its place where the case is a text. What is absent or null is unknown;
what is wrong is an error, never unknown and never false.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from enforcerules.case_text import MOST_FAULTS, read_given, too_many, unknown_fact
from enforcerules.case_values import FIRST_YEAR, LAST_YEAR, read_value
from enforcerules.errors import CaseError, Source
from enforcerules.model import Facts, ResolvedRulebook, Value
from enforcerules.values import Place

__all__ = ["FIRST_YEAR", "LAST_YEAR", "SCHEMA_KEY", "Assumption", "Case", "Unknown", "read_case"]

Unknown = Literal["open", "absent"]
"""What an absent fact means: not known yet, or (for systems whose missing means no) the closed-world value."""


SCHEMA_KEY = "$schema"
"""The one key of a case that is no fact: it tells editors where the schema is, and nothing is read from it."""


class Assumption(NamedTuple):
    """A value the case did not give. `because` is `closed`, `today` or the fact it was taken from."""

    fact: str
    value: Value
    because: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was read: its facts, those given in so many words, and what was assumed."""

    facts: Facts
    given: Mapping[str, Value]
    assumptions: tuple[Assumption, ...]

    @property
    def case_id(self) -> str | None:
        """The number the case system gave it."""
        found = self.given.get("case_id")
        return found if isinstance(found, str) else None

    @property
    def as_of(self) -> date | None:
        """The date for which the case is looked at."""
        found = self.facts.known.get("as_of")
        return found if isinstance(found, date) else None


def read_case(
    book: ResolvedRulebook,
    case: Mapping[str, Any] | str | bytes | Source,
    *,
    today: date | None = None,
    unknown: Unknown = "open",
) -> Case:
    """Read a case: a mapping, JSON text, or a named source of JSON text.

    Args:
        book: the rulebook whose vocabulary the case uses.
        case: facts by name.
        today: the date taken when the case gives neither `as_of` nor `duty_date`; the result says so.
        unknown: what an absent fact means. A fact given as null stays unknown either way.

    Raises:
        CaseError: with every fault found.
    """
    given, faults = read_given(case)
    read: dict[str, Value] = {}
    for name, raw in given.items:
        if name == SCHEMA_KEY:
            continue
        fact = book.vocabulary.facts.get(name)
        if len(faults) >= MOST_FAULTS:
            faults += [too_many(given, name)] if len(faults) == MOST_FAULTS else []
            break
        if fact is None:
            faults.append(unknown_fact(book.vocabulary, name, raw, given))
        elif raw is not None:
            found = read_value(fact, raw)
            if found.value is not None:
                read[name] = found.value
            faults += [fault.at(given, name) for fault in found.faults]
    if faults:
        raise CaseError(faults)
    named = {name for name, _ in given.items}
    known, assumptions = _assume(book, read, named, today, unknown)
    return Case(_facts(known), read, tuple(assumptions))


def _facts(known: Mapping[str, Value]) -> Facts:
    place, duty, conduct = known.get("jurisdiction"), known.get("duty_date"), known.get("conduct_date")
    return Facts(
        known,
        Place(place) if isinstance(place, str) else None,
        duty if isinstance(duty, date) else None,
        conduct if isinstance(conduct, date) else None,
    )


# --- what was not given ----------------------------------------------------------------------------


def _assume(
    book: ResolvedRulebook, given: Mapping[str, Value], named: set[str], today: date | None, unknown: Unknown
) -> tuple[dict[str, Value], list[Assumption]]:
    known = dict(given)
    assumptions: list[Assumption] = []

    def take(fact: str, value: Value, because: str) -> None:
        known[fact] = value
        assumptions.append(Assumption(fact, value, because))

    if "as_of" not in known:
        if "duty_date" in known:
            take("as_of", known["duty_date"], "duty_date")
        elif today is not None:
            take("as_of", today, "today")
    _take_defaults(book, known, take)
    if unknown == "absent":
        # what is only assumed of one fact says nothing of another
        stated = dict(known)
        for fact in book.vocabulary.closing:
            if fact.name in known or fact.name in named:
                continue
            implied = fact.closed_when
            if implied is not None and stated.get(implied.fact) in implied.among:
                take(fact.name, implied.value, implied.fact)
            elif fact.closed is not None:
                take(fact.name, fact.closed, "closed")
        _take_defaults(book, known, take)
    return known, assumptions


def _take_defaults(book: ResolvedRulebook, known: Mapping[str, Value], take: Any) -> None:
    for fact in book.vocabulary.taken_from_others:
        if fact.name in known or fact.default_from is None:
            continue
        value = known.get(fact.default_from)
        if isinstance(value, frozenset):
            # a set stands for one value only when it has just that one
            value = next(iter(value)) if len(value) == 1 else None
        if value is None or (fact.enumeration is not None and value not in fact.enumeration.values):
            continue
        take(fact.name, value, fact.default_from)
