"""What scenarios decide: which rules, exceptions and tests of a rulebook came out both ways.

A rule that never failed to hold, or a test that was never not met, may be wrong without any scenario
noticing. Rows of report forms are rules and are counted like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from enforcerules.deciding.decision import Decision
from enforcerules.model import Clause, FactTest, FindingTest, Require, ResolvedRulebook, Rule
from enforcerules.model.conditions import tests
from enforcerules.text import Text
from enforcerules.values import Place, Truth
from enforcerules.wording import say_condition


@dataclass(slots=True)
class Sides:
    """How often something came out either way, and the id of the first case for each."""

    met: int = 0
    not_met: int = 0
    met_in: str | None = None
    not_met_in: str | None = None

    @property
    def any(self) -> bool:
        """Whether it came out at all."""
        return bool(self.met or self.not_met)

    @property
    def both(self) -> bool:
        """Whether it came out both ways."""
        return bool(self.met and self.not_met)

    def add(self, verdict: Truth, case: str) -> None:
        """Count one case. What stays open is decided neither way."""
        if verdict is Truth.MET:
            self.met += 1
            self.met_in = self.met_in or case
        elif verdict is Truth.NOT_MET:
            self.not_met += 1
            self.not_met_in = self.not_met_in or case

    def add_all(self, more: Sides) -> None:
        """Count what came out later as well."""
        self.met += more.met
        self.not_met += more.not_met
        self.met_in = self.met_in or more.met_in
        self.not_met_in = self.not_met_in or more.not_met_in

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain JSON data."""
        return {
            "met": self.met,
            "not_met": self.not_met,
            "met_in": self.met_in,
            "not_met_in": self.not_met_in,
        }


@dataclass(frozen=True, slots=True)
class RuleCoverage:
    """Whether a rule held."""

    rule: str
    sides: Sides = field(default_factory=Sides)


@dataclass(frozen=True, slots=True)
class ExceptionCoverage:
    """Whether `rule`, where `overrides` held, took its outcomes (met) or left them to it (not met)."""

    rule: str
    overrides: str
    sides: Sides = field(default_factory=Sides)


@dataclass(frozen=True, slots=True)
class LeafCoverage:
    """Whether one test of a rule's condition was met where the rule is law.

    `number` counts the tests of the rule from 1, in the order written, those of `once` last.
    """

    rule: str
    number: int
    test: FactTest | FindingTest
    said: Text
    sides: Sides = field(default_factory=Sides)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many came out both ways."""

    decided: int
    total: int

    @property
    def percent(self) -> float:
        """The share in percent, 100 where there is nothing to decide; cut to one decimal, never rounded up."""
        return self.decided * 1000 // self.total / 10 if self.total else 100.0

    def to_dict(self) -> dict[str, Any]:
        """Return the share as plain JSON data."""
        return {"decided": self.decided, "total": self.total, "percent": self.percent}


class Counts(NamedTuple):
    """What some cases decided: how many they were, and by number whatever came out either way."""

    cases: int
    sides: Mapping[int, Sides]


class Coverage:
    """Collects what cases decide of one rulebook. Everything is in the rulebook's order.

    `apart` holds the exceptions that no case can decide, because the two rules are never law in one place
    on one day; they count nowhere.
    """

    def __init__(self, book: ResolvedRulebook) -> None:
        self.rules = tuple(RuleCoverage(name) for name in book.rules)
        named = [(rule, book.rules[other]) for rule in book.rules.values() for other in rule.overrides]
        self.exceptions = tuple(
            ExceptionCoverage(one.id, other.id) for one, other in named if ever_meet(book, one, other)
        )
        self.apart = tuple((one.id, other.id) for one, other in named if not ever_meet(book, one, other))
        self.leaves = tuple(leaf for rule in book.rules.values() for leaf in _leaves(book, rule))
        self.cases = 0
        # many rules ask the same: each question is put to a case once
        self._asked: dict[FactTest | FindingTest, list[LeafCoverage]] = {}
        for leaf in self.leaves:
            self._asked.setdefault(leaf.test, []).append(leaf)

    def add(self, decision: Decision, case: str) -> None:
        """Take in one decided case; `case` names it."""
        self.cases += 1
        verdicts = decision.verdicts
        for rule in self.rules:
            rule.sides.add(verdicts.holds[rule.rule], case)
        for exception in self.exceptions:
            if verdicts.holds[exception.overrides] is Truth.MET:
                exception.sides.add(verdicts.effects[exception.rule], case)
        law = rules_in_law(decision)
        for test, leaves in self._asked.items():
            live = [leaf for leaf in leaves if leaf.rule in law]
            if live:
                verdict = decision.decide(test)
                for leaf in live:
                    leaf.sides.add(verdict, case)

    def hand_over(self) -> Counts:
        """Return what was taken in so far, for another process to take over, and begin anew."""
        found = Counts(self.cases, {number: replace(sides) for number, sides in enumerate(self._sides()) if sides.any})
        self.cases = 0
        for sides in self._sides():
            sides.met, sides.not_met, sides.met_in, sides.not_met_in = 0, 0, None, None
        return found

    def take_over(self, counts: Counts) -> None:
        """Take in what later cases decided, as another process handed it over."""
        self.cases += counts.cases
        own = self._sides()
        for number, sides in counts.sides.items():
            own[number].add_all(sides)

    def _sides(self) -> list[Sides]:
        return [entry.sides for entries in (self.rules, self.exceptions, self.leaves) for entry in entries]

    def shares(self) -> dict[str, Share]:
        """Return how much was decided both ways: of the `rules`, the `exceptions` and the `leaves`."""
        kinds = {
            "rules": [entry.sides for entry in self.rules],
            "exceptions": [entry.sides for entry in self.exceptions],
            "leaves": [entry.sides for entry in self.leaves],
        }
        return {kind: Share(sum(sides.both for sides in found), len(found)) for kind, found in kinds.items()}

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain JSON data."""
        return {
            "cases": self.cases,
            **{kind: share.to_dict() for kind, share in self.shares().items()},
            "by_rule": [{"rule": entry.rule, **entry.sides.to_dict()} for entry in self.rules],
            "by_exception": [
                {"rule": entry.rule, "overrides": entry.overrides, **entry.sides.to_dict()} for entry in self.exceptions
            ],
            "never_meet": [{"rule": rule, "overrides": other} for rule, other in self.apart],
            "by_leaf": [
                {"rule": entry.rule, "leaf": entry.number, "test": entry.said.to_dict(), **entry.sides.to_dict()}
                for entry in self.leaves
            ],
        }


def _leaves(book: ResolvedRulebook, rule: Rule) -> Iterator[LeafCoverage]:
    later = [outcome.once for outcome in rule.outcomes if isinstance(outcome, Require) and outcome.once is not None]
    found = [test for condition in (rule.when, *later) for test in tests(condition)]
    for number, test in enumerate(found, start=1):
        yield LeafCoverage(rule.id, number, test, say_condition(book, test))


def ever_meet(book: ResolvedRulebook, one: Rule, other: Rule) -> bool:
    """Tell whether two rules are law, or may be, in one place on one day."""
    pairs = ((book.clauses[a], book.clauses[b]) for a in one.bases for b in other.bases)
    return any(_overlap(a, b) for a, b in pairs)


def _overlap(one: Clause, other: Clause) -> bool:
    """Tell whether some place and day has both clauses in force, or in doubt."""
    nested = one.where in Place(other.where).within or other.where in Place(one.where).within
    # the date of the duty and that of the conduct are two dates
    return nested and (
        one.governs != other.governs
        or any(
            (a.since or date.min) <= (b.until or date.max) and (b.since or date.min) <= (a.until or date.max)
            for a in one.windows
            for b in other.windows
        )
    )


def rules_in_law(decision: Decision) -> frozenset[str]:
    """Return the rules that are or may be law for the case: elsewhere their tests decide nothing."""
    return frozenset(
        name
        for name, bases in decision.situation.bases.items()
        if any(decision.clause(clause) is not Truth.NOT_MET for clause in bases)
    )
