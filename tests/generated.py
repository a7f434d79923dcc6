"""Random cases over any rulebook's vocabulary, drawn near the places where its rules change their minds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from enforcerules.model import (
    AllOf,
    AnyOf,
    Condition,
    Establish,
    Fact,
    FactRef,
    Facts,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
    ResolvedRulebook,
    Value,
    Window,
)
from enforcerules.model.conditions import ALWAYS, tests
from enforcerules.values import Amount, Place

PLACES = ("500118", "361130", "350481", "110105", "CN", None)
SOME_DAY = date(2022, 7, 10)


def random_facts(book: ResolvedRulebook, rng: Random) -> Facts:
    """Return a case of which some facts are unknown, on a day beside the edge of a window.

    Two cases in three are steered towards a rule, or just past it: chance alone would rarely meet one.
    """
    share = rng.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    facts = book.vocabulary.facts
    known = {name: random_value(book, fact, rng) for name, fact in facts.items() if rng.random() < share}
    place = rng.choice(PLACES)
    duty, conduct = _random_day(book, rng), _random_day(book, rng)
    if book.rules and rng.random() < 0.66:
        rule = book.rules[rng.choice(sorted(book.rules))]
        known |= steered_values(book, rule.when, rng)
        if rule.bases and rng.random() < 0.8:
            clause = book.clauses[rng.choice(rule.bases)]
            place = clause.where if clause.where != "CN" else place
            duty = conduct = _day_within(rng.choice(clause.windows), rng) if clause.windows else duty
            if clause.products and "product_categories" in facts and "product_categories" not in known:
                known["product_categories"] = frozenset((rng.choice(sorted(clause.products)),))
    for name, value in (("jurisdiction", place), ("duty_date", duty), ("conduct_date", conduct)):
        known.pop(name, None)
        if name in facts and value is not None:
            known[name] = value
    return Facts(known, Place(place) if place else None, duty, conduct)


def random_value(book: ResolvedRulebook, fact: Fact, rng: Random) -> Value:
    """Return a value of the fact's type; numbers and days lie at a bound of some rule, or one off it."""
    bounds = _turning_points(book).bounds.get(fact.name, ())
    match fact.type:
        case "bool":
            return rng.random() < 0.5
        case "enum" | "set":
            members = sorted(fact.enumeration.values) if fact.enumeration else ["a", "b"]
            if fact.type == "enum":
                return rng.choice(members)
            return frozenset(rng.sample(members, min(len(members), rng.choice((0, 1, 1, 2, 3)))))
        case "money":
            return random_amount(bounds, rng)
        case "count":
            return max(0, rng.choice((0, 1, 2, *bounds)) + rng.choice((-1, 0, 1)))
        case "date":
            return _random_day(book, rng) or SOME_DAY
        case "text":
            return rng.choice(("", "甲", 'a "quoted" text, {with} [signs]: \\'))


def random_amount(bounds: tuple[int, ...], rng: Random) -> Amount:
    """Return an amount, exact or between bounds or about, that begins or ends at one of `bounds` or one off."""
    first, second = (max(0, rng.choice((0, 10**16, *bounds)) + rng.choice((-1, 0, 1))) for _ in range(2))
    match rng.choice(("exact", "exact", "between", "from", "to", "about")):
        case "exact":
            return Amount.exactly(first)
        case "between":
            return Amount(min(first, second), max(first, second))
        case "from":
            return Amount(first, None)
        case "to":
            return Amount(0, first)
        case _:
            return Amount(0, None, first)


def steered_values(book: ResolvedRulebook, condition: Condition, rng: Random) -> dict[str, Value]:
    """Return values that mostly meet `condition`: every part of an `all`, one part of an `any`."""
    known: dict[str, Value] = {}
    match condition:
        case AllOf(parts):
            for part in parts:
                for name, value in steered_values(book, part, rng).items():
                    known[name] = _together(known.get(name), value)
        case AnyOf(parts) if parts:
            known = steered_values(book, rng.choice(parts), rng)
        case Not(part) if rng.random() < 0.5:
            known = steered_values(book, part, rng)
        case FindingTest(finding):
            known = steered_values(book, rng.choice(_establishing(book, finding)), rng)
        case FactTest():
            known[condition.fact] = _steered_value(book, condition, rng)
    return known


def _together(one: Value | None, other: Value) -> Value:
    return one | other if isinstance(one, frozenset) and isinstance(other, frozenset) else other


def _establishing(book: ResolvedRulebook, finding: str) -> list[Condition]:
    found: list[Condition] = [
        rule.when
        for rule in book.rules.values()
        if any(isinstance(outcome, Establish) and outcome.finding == finding for outcome in rule.outcomes)
    ]
    return found or [ALWAYS]


def _steered_value(book: ResolvedRulebook, test: FactTest, rng: Random) -> Value:
    fact, operand = book.vocabulary.facts[test.fact], test.operand
    if isinstance(operand, (ParameterRef, FactRef)) or test.operator is Operator.KNOWN or rng.random() < 0.1:
        return random_value(book, fact, rng)
    if fact.type == "set":
        members = sorted(map(str, operand)) if isinstance(operand, frozenset) else [str(operand)]
        every = test.operator in (Operator.IS, Operator.HAS_ALL)
        return frozenset(members if every else rng.sample(members, min(1, len(members))))
    chosen: bool | int | str | date
    if isinstance(operand, frozenset):
        listed: list[str | int] = sorted(operand, key=str)
        chosen = rng.choice(listed)
    else:
        chosen = operand
    return Amount.exactly(chosen) if fact.type == "money" and isinstance(chosen, int) else chosen


def _day_within(window: Window, rng: Random) -> date:
    day = rng.choice((window.since or window.until or SOME_DAY, window.until or window.since or SOME_DAY))
    return day + timedelta(days=rng.choice((0, 0, 1, -1)))


def _random_day(book: ResolvedRulebook, rng: Random) -> date | None:
    return rng.choice((None, SOME_DAY, *_turning_points(book).days))


class _TurningPoints(NamedTuple):
    days: tuple[date, ...]
    bounds: Mapping[str, tuple[int, ...]]


_SEEN: dict[int, tuple[ResolvedRulebook, _TurningPoints]] = {}


def _turning_points(book: ResolvedRulebook) -> _TurningPoints:
    # a rulebook holds mappings, so it is no key; kept here, its id stays its own
    if id(book) not in _SEEN:
        _SEEN.clear()
        _SEEN[id(book)] = (book, _TurningPoints(tuple(sorted(set(_days(book)))), _bounds(book)))
    return _SEEN[id(book)][1]


def _days(book: ResolvedRulebook) -> Iterator[date]:
    windows = [window for clause in book.clauses.values() for window in clause.windows]
    windows += [value.window for parameter in book.parameters.values() for value in parameter.values]
    for window in windows:
        for edge in (window.since, window.until):
            if edge is not None:
                yield from (edge - timedelta(days=1), edge, edge + timedelta(days=1))


def _bounds(book: ResolvedRulebook) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for rule in book.rules.values():
        for test in tests(rule.when):
            if not isinstance(test, FactTest):
                continue
            numbers = found.setdefault(test.fact, set())
            if isinstance(test.operand, ParameterRef):
                numbers |= {value.value for value in book.parameters[test.operand.name].values}
            elif isinstance(test.operand, int):
                numbers.add(int(test.operand))
            elif isinstance(test.operand, frozenset):
                numbers |= {member for member in test.operand if isinstance(member, int)}
    return {name: tuple(sorted(numbers)) for name, numbers in found.items()}
