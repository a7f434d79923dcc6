"""Facts that mostly meet a rule where and when it is law. Chance alone would rarely meet one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

from enforcerules.model import (
    AllOf,
    AnyOf,
    Condition,
    Fact,
    FactRef,
    FactTest,
    FindingTest,
    Operator,
    ParameterRef,
    Penalise,
    Rule,
    Value,
)
from enforcerules.testing.turning_points import TurningPoints, beside
from enforcerules.values import Amount

Option = TypeVar("Option")

Below = Callable[[int], int]
"""Returns a number from 0 to less than the one given: from a random generator, or from hypothesis, which shrinks
it towards 0. So the plainest option always stands first."""

_ONE_DAY = timedelta(days=1)
_TEXTS = ("甲", "", 'a "b" {c}\\')
_LATEST_FEN = 10**16
# what is drawn as an amount: exact three times of seven
_AMOUNTS = ("exact", "exact", "exact", "between", "from", "to", "about")
_SIZES = (1, 0, 1, 2, 3)


def pick(below: Below, options: Sequence[Option]) -> Option:
    """Return one of `options`, of which there must be some."""
    return options[below(len(options))] if len(options) > 1 else options[0]


class Steering:
    """Draws values and facts for one rulebook.

    Args:
        points: the turning points of the rulebook.
        below: where choices come from.
        boundary: whether figures and days lie at turning points and one off them, or are round.
        exact: whether amounts are exact, rather than also bounds and rough figures.
        products: the product categories that rules are chosen for; None for all.

    """

    def __init__(
        self,
        points: TurningPoints,
        below: Below,
        *,
        boundary: bool = True,
        exact: bool = False,
        products: frozenset[str] | None = None,
    ) -> None:
        self._points, self._below = points, below
        self._boundary, self._exact, self._products = boundary, exact, products
        self._facts = points.book.vocabulary.facts

    # --- values ------------------------------------------------------------------------------------

    def value(self, fact: Fact) -> Value:
        """Return a value of the type of a fact."""
        match fact.type:
            case "bool":
                return self._below(2) == 1
            case "enum":
                return pick(self._below, self.members(fact))
            case "set":
                members = self.members(fact)
                size = min(pick(self._below, _SIZES), len(members))
                return frozenset(pick(self._below, members) for _ in range(size))
            case "money":
                return self._amount(fact.name)
            case "count":
                return self._figure(fact.name)
            case "date":
                return self.day()
            case "text":
                return self.place() if fact.name == "jurisdiction" else pick(self._below, _TEXTS)

    def members(self, fact: Fact) -> list[str]:
        """Return the values that a fact may have, or a set of it."""
        if fact.name == "jurisdiction":
            return list(self._points.places)
        return list(fact.enumeration.values) if fact.enumeration else ["甲", "乙"]

    def day(self) -> date:
        """Return a day: amid the periods, at the edge of one, or where work stops and begins."""
        points = self._points
        if not self._boundary:
            return points.day + timedelta(days=pick(self._below, (0, 1, 7, 30, 100, 365)))
        days = pick(self._below, ((points.day,), points.window_days, points.window_days, points.working_days))
        return pick(self._below, days or (points.day,))

    def place(self) -> str:
        """Return a place that makes a difference, or that none names."""
        return pick(self._below, self._points.places)

    def _figure(self, fact: str) -> int:
        points = self._points
        return pick(self._below, points.beside(fact) if self._boundary else points.plain(fact))

    def _amount(self, fact: str) -> Amount:
        first = self._figure(fact)
        kind = "exact" if self._exact else pick(self._below, _AMOUNTS)
        match kind:
            case "exact":
                return Amount.exactly(first)
            case "between":
                second = self._figure(fact)
                return Amount(min(first, second), max(first, second))
            case "from":
                return Amount(first, None)
            case "to":
                return Amount(0, first)
            case _:
                return Amount(0, None, first)

    # --- facts that meet a rule --------------------------------------------------------------------

    def rule(self) -> Rule | None:
        """Return a rule that may be law for the products wanted; None where there is none."""
        rules = [rule for rule in self._points.book.rules.values() if self._clauses(rule)]
        return pick(self._below, rules) if rules else None

    def facts_meeting(self, rule: Rule) -> dict[str, Value]:
        """Return facts that mostly meet `rule`, and when and where it is law."""
        known = self.facts_passing(rule.when)
        known |= self._fined(rule, known)
        clauses = self._clauses(rule) or list(rule.bases)
        return known | (self.facts_under(pick(self._below, clauses), known) if clauses else {})

    def _fined(self, rule: Rule, known: Mapping[str, Value]) -> dict[str, Value]:
        """Return amounts that the fines of a rule are multiples of, mostly at a floor or a tier or a fen off it."""
        found: dict[str, Value] = {}
        for outcome in rule.outcomes:
            fined = self._points.fined.get(outcome.penalty) if isinstance(outcome, Penalise) else None
            if fined is None or fined[0] in known or self._below(4) == 3:
                continue
            base, lines = fined
            figures = beside(lines) if self._boundary and lines else ()
            found[base] = Amount.exactly(pick(self._below, figures)) if figures else self.value(self._facts[base])
        return found

    def facts_passing(self, condition: Condition) -> dict[str, Value]:
        """Return facts that mostly meet `condition`."""
        return self._meeting(condition, depth=0)

    def _clauses(self, rule: Rule) -> list[str]:
        clauses = self._points.book.clauses
        wanted = self._products
        return [
            name
            for name in rule.bases
            if wanted is None or clauses[name].products is None or wanted & (clauses[name].products or set())
        ]

    def facts_under(self, clause_id: str, known: Mapping[str, Value]) -> dict[str, Value]:
        """Return where, when and for which products a clause is law, beside the facts that are known."""
        clause = self._points.book.clauses[clause_id]
        found: dict[str, Value] = {}
        if clause.where != "CN":
            found["jurisdiction"] = clause.where
        if clause.windows:
            window = pick(self._below, clause.windows)
            inside = [day for day in (self._points.day, window.since, window.until) if day and window.covers(day)]
            day = pick(self._below, inside or [self._points.day])
            if self._boundary and self._below(12) == 11:
                day += _ONE_DAY if day == window.until else -_ONE_DAY
            found |= dict.fromkeys(("as_of", "duty_date", "conduct_date"), day)
        products = clause.products if self._products is None else (clause.products or self._products) & self._products
        if products and "product_categories" not in known:
            found["product_categories"] = frozenset((pick(self._below, sorted(products)),))
        return {name: value for name, value in found.items() if name in self._facts}

    def _meeting(self, condition: Condition, depth: int) -> dict[str, Value]:
        known: dict[str, Value] = {}
        match condition:
            case AllOf(parts):
                for part in parts:
                    known = together(known, self._meeting(part, depth))
            case AnyOf(parts) if parts:
                known = self._meeting(pick(self._below, parts), depth)
            case FindingTest(finding, True) if depth < 8:
                makers = self._points.establishing.get(finding, ())
                if makers:
                    known = self._meeting(pick(self._below, makers).when, depth + 1)
            case FactTest():
                known[condition.fact] = self._passing(condition)
        return known

    def _passing(self, test: FactTest) -> Value:
        fact, operand = self._facts[test.fact], test.operand
        missed = self._boundary and self._below(24) == 23
        if isinstance(operand, FactRef) or test.operator is Operator.KNOWN or missed:
            return self.value(fact)
        if fact.type == "set":
            return self._passing_set(test, self.members(fact))
        if isinstance(operand, ParameterRef):
            figures = [value.value for value in self._points.book.parameters[operand.name].values]
            return _as_value(fact, _step(test.operator, pick(self._below, figures)))
        if isinstance(operand, frozenset):
            options: Sequence[str | int] = sorted(operand, key=str)
            if test.operator is not Operator.IN:
                every = self._points.beside(fact.name) if fact.type in ("money", "count") else self.members(fact)
                options = [value for value in every if value not in operand]
            return _as_value(fact, pick(self._below, options)) if options else self.value(fact)
        if isinstance(operand, date):
            return operand - _ONE_DAY if test.operator is Operator.BEFORE else operand
        if isinstance(operand, bool):
            return operand is (test.operator is Operator.IS)
        if isinstance(operand, int):
            return _as_value(fact, _step(test.operator, operand))
        if test.operator is Operator.IS_NOT:
            others = [member for member in self.members(fact) if member != operand]
            return pick(self._below, others) if others else self.value(fact)
        return operand

    def _passing_set(self, test: FactTest, members: list[str]) -> Value:
        named = sorted(map(str, test.operand)) if isinstance(test.operand, frozenset) else [str(test.operand)]
        match test.operator:
            case Operator.IS | Operator.HAS_ALL:
                return frozenset(named)
            case Operator.HAS_NONE | Operator.IS_NOT:
                others = [member for member in members if member not in named]
                return frozenset((pick(self._below, others),)) if others else frozenset()
        return frozenset((pick(self._below, named),)) if named else frozenset()


def together(known: Mapping[str, Value], more: Mapping[str, Value]) -> dict[str, Value]:
    """Return facts with more facts: sets are joined, anything else is replaced."""
    found = dict(known)
    for name, value in more.items():
        before = found.get(name)
        joined = isinstance(before, frozenset) and isinstance(value, frozenset)
        found[name] = before | value if joined else value  # type: ignore[operator]
    return found


def _step(operator: Operator, figure: int) -> int:
    """Return the figure nearest to another that passes the test."""
    if operator in (Operator.MORE_THAN, Operator.IS_NOT, Operator.NOT_IN):
        return min(figure + 1, _LATEST_FEN)
    return max(0, figure - 1) if operator is Operator.LESS_THAN else figure


def _as_value(fact: Fact, chosen: int | str) -> Value:
    return Amount.exactly(chosen) if fact.type == "money" and isinstance(chosen, int) else chosen
