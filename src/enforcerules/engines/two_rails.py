"""Three-valued conditions as pairs of two-valued ones, which any ordinary rule engine can run.

A condition becomes two rails: when it is *surely true* and when it is *surely false*, each in negation
normal form, every leaf a test of one integer field that fails where the field is missing. A condition of
which neither rail holds is open. Written without rails, an unknown fact makes most engines answer true to
a negation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from enforcerules.engines.encoding import (
    GREATEST,
    Choice,
    Compared,
    Established,
    Exact,
    Field,
    High,
    InForce,
    Known,
    Lacking,
    Low,
    Measure,
    Member,
    Number,
    Size,
)
from enforcerules.engines.two_valued import ALWAYS, NEVER, Check, Comparison, TwoValued, every, some
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Condition,
    FactRef,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
    ResolvedRulebook,
    Rule,
)
from enforcerules.model.conditions import tests


class Rails(NamedTuple):
    """When something is surely met, and when it is surely not met. Never both."""

    met: TwoValued
    not_met: TwoValued

    def __invert__(self) -> Rails:
        return Rails(self.not_met, self.met)


def all_rails(parts: Iterable[Rails]) -> Rails:
    """Return the rails of the conjunction."""
    found = tuple(parts)
    return Rails(every(part.met for part in found), some(part.not_met for part in found))


def any_rails(parts: Iterable[Rails]) -> Rails:
    """Return the rails of the disjunction."""
    found = tuple(parts)
    return Rails(some(part.met for part in found), every(part.not_met for part in found))


class Lowering:
    """Lowers the conditions of one rulebook.

    Parameters are compared value by value, so a situation must give them values of the rulebook, as
    `situate` does. `more` are conditions that are no rule's and will be lowered too.
    """

    def __init__(self, book: ResolvedRulebook, more: Iterable[Condition] = ()) -> None:
        self._book = book
        self._choices: dict[str, Choice] = {}
        named: dict[str, set[str]] = {}
        for condition in (*(rule.when for rule in book.rules.values()), *more):
            for test in tests(condition):
                if isinstance(test, FactTest):
                    operands = test.operand if isinstance(test.operand, frozenset) else {test.operand}
                    named.setdefault(test.fact, set()).update(o for o in operands if isinstance(o, str))
        for fact, values in named.items():
            self._choices[fact] = Choice(fact, {value: code for code, value in enumerate(sorted(values), 1)})

    def codes(self, fact: str) -> dict[str, int]:
        """Return the code of each value of the fact that some condition names; any other value is 0."""
        found = self._choices.get(fact)
        return dict(found.codes) if found else {}

    def rule(self, rule: Rule) -> Rails:
        """Return the rails of `rule`: a basis in force, its parameters in force, its condition met."""
        in_force = (
            Rails(Check(Lacking(name), Comparison.EQUAL, 0), Check(Lacking(name), Comparison.EQUAL, 1))
            for name in sorted(rule.parameters)
        )
        return all_rails((self._basis(rule), *in_force, self.condition(rule.when)))

    def condition(self, condition: Condition) -> Rails:
        """Return the rails of `condition`, a rule's or a part of it."""
        match condition:
            case AllOf(parts):
                return all_rails(map(self.condition, parts))
            case AnyOf(parts):
                return any_rails(map(self.condition, parts))
            case Not(part):
                return ~self.condition(part)
            case FindingTest(finding, expected):
                rails = _yes_or_no(Established(finding))
                return rails if expected else ~rails
            case Always():
                return Rails(ALWAYS, NEVER)
            case FactTest():
                return self._test(condition)

    def _basis(self, rule: Rule) -> Rails:
        by_scope: dict[frozenset[str] | None, list[Rails]] = {}
        for clause in rule.bases:
            by_scope.setdefault(self._book.clauses[clause].products, []).append(_yes_or_no(InForce(clause)))
        return any_rails(
            any_rails(clauses)
            if scope is None
            else all_rails((any_rails(clauses), any_rails(_members("product_categories", scope))))
            for scope, clauses in by_scope.items()
        )

    def _test(self, test: FactTest) -> Rails:
        if test.operator is Operator.KNOWN:
            rails = _yes_or_no(Known(test.fact))
            return rails if test.operand else ~rails
        if isinstance(test.operand, FactRef):
            return _yes_or_no(Compared(test, test.operand.name))
        if isinstance(test.operand, ParameterRef):
            values = {value.value for value in self._book.parameters[test.operand.name].values}
            measure = Measure(test.operand.name)
            return _either(
                (Check(measure, Comparison.EQUAL, value), self._fixed(test, value)) for value in sorted(values)
            )
        return self._fixed(test, test.operand)

    def _fixed(self, test: FactTest, operand: bool | int | str | date | frozenset[str] | frozenset[int]) -> Rails:
        kind = self._book.vocabulary.facts[test.fact].type
        if kind == "set":
            members = operand if isinstance(operand, frozenset) else frozenset((operand,))
            return _set_rails(test, frozenset(map(str, members)))
        if isinstance(operand, frozenset):
            listed: list[str | int] = sorted(operand, key=str)
            equal = any_rails(self._single(test.fact, Operator.IS, member) for member in listed)
            return equal if test.operator is Operator.IN else ~equal
        return self._single(test.fact, test.operator, operand)

    def _single(self, fact: str, operator: Operator, operand: bool | int | str | date) -> Rails:
        number = self._number(fact, operand)
        kind = self._book.vocabulary.facts[fact].type
        if kind == "money":
            return _amount_rails(fact, operator, number)
        return _number_rails(self._choices[fact] if kind in ("enum", "text") else Number(fact), operator, number)

    def _number(self, fact: str, operand: bool | int | str | date) -> int:
        if isinstance(operand, str):
            return self._choices[fact].codes[operand]
        if isinstance(operand, date):
            return operand.toordinal()
        if not -GREATEST < operand < GREATEST:
            raise ValueError(f"{fact} is compared with {operand}, which is too large for two rails")
        return int(operand)


def _yes_or_no(field: Field) -> Rails:
    return Rails(Check(field, Comparison.EQUAL, 1), Check(field, Comparison.EQUAL, 0))


def _either(cases: Iterable[tuple[Check, Rails]]) -> Rails:
    found = tuple(cases)
    return Rails(
        some(every((here, rails.met)) for here, rails in found),
        some(every((here, rails.not_met)) for here, rails in found),
    )


def _members(fact: str, members: Iterable[str]) -> list[Rails]:
    return [_yes_or_no(Member(fact, member)) for member in sorted(members)]


def _set_rails(test: FactTest, members: frozenset[str]) -> Rails:
    found = _members(test.fact, members)
    match test.operator:
        case Operator.HAS | Operator.HAS_ALL:
            return all_rails(found)
        case Operator.HAS_ANY:
            return any_rails(found)
        case Operator.HAS_NONE:
            return ~any_rails(found)
    # the same set: all of these and no more
    size = Size(test.fact)
    count = len(members)
    as_many = Rails(Check(size, Comparison.EQUAL, count), Check(size, Comparison.UNEQUAL, count))
    same = all_rails((as_many, *found))
    return same if test.operator is Operator.IS else ~same


_OPPOSITE = {
    Comparison.EQUAL: Comparison.UNEQUAL,
    Comparison.UNEQUAL: Comparison.EQUAL,
    Comparison.AT_LEAST: Comparison.LESS_THAN,
    Comparison.LESS_THAN: Comparison.AT_LEAST,
    Comparison.MORE_THAN: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.MORE_THAN,
}
_COMPARISON = {
    Operator.IS: Comparison.EQUAL,
    Operator.IS_NOT: Comparison.UNEQUAL,
    Operator.AT_LEAST: Comparison.AT_LEAST,
    Operator.MORE_THAN: Comparison.MORE_THAN,
    Operator.AT_MOST: Comparison.AT_MOST,
    Operator.LESS_THAN: Comparison.LESS_THAN,
    Operator.ON_OR_AFTER: Comparison.AT_LEAST,
    Operator.BEFORE: Comparison.LESS_THAN,
}


def _number_rails(field: Field, operator: Operator, number: int) -> Rails:
    comparison = _COMPARISON[operator]
    return Rails(Check(field, comparison, number), Check(field, _OPPOSITE[comparison], number))


def _amount_rails(fact: str, operator: Operator, fen: int) -> Rails:
    # an amount known by its bounds only passes what its bounds decide
    low, high = Low(fact), High(fact)
    match operator:
        case Operator.IS | Operator.IS_NOT:
            apart = some((Check(high, Comparison.LESS_THAN, fen), Check(low, Comparison.MORE_THAN, fen)))
            equal = Rails(Check(Exact(fact), Comparison.EQUAL, fen), apart)
            return equal if operator is Operator.IS else ~equal
        case Operator.AT_LEAST | Operator.MORE_THAN:
            comparison = _COMPARISON[operator]
            return Rails(Check(low, comparison, fen), Check(high, _OPPOSITE[comparison], fen))
        case _:
            comparison = _COMPARISON[operator]
            return Rails(Check(high, comparison, fen), Check(low, _OPPOSITE[comparison], fen))
