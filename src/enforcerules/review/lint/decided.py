"""Cases that were decided, asked about all at once: whether one of them meets a condition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from enforcerules.model import AllOf, AnyOf, FactRef, FactTest, Not, Operator, ParameterRef, Value
from enforcerules.model.properties import AnswerTest, EveryPart, Opposite, PropertyCondition, SomePart
from enforcerules.review.properties import Answer
from enforcerules.values import Truth


class _Sides(NamedTuple):
    """Of which cases a condition is met and of which it is not: one bit a case, so that `&` and `|` ask of all."""

    met: int
    not_met: int

    def swapped(self) -> _Sides:
        return _Sides(self.not_met, self.met)


_NO_CASE = _Sides(0, 0)


class DecidedCases:
    """The answers to many cases. Says of conditions what `Answer.truth` says of each case, a thousand times sooner.

    What is asked of one fact, rule or clause is looked up case by case once; all else is made of that.
    """

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = tuple(answers)
        self._every = (1 << len(self._answers)) - 1
        self._leaves: dict[PropertyCondition, _Sides] = {}

    def any_meets(self, condition: PropertyCondition) -> bool:
        """Tell whether the condition is met of one of the cases."""
        return self._sides(condition).met != 0

    def _sides(self, condition: PropertyCondition) -> _Sides:
        match condition:
            case EveryPart(parts) | AllOf(parts):
                return self._every_part(parts)
            case SomePart(parts) | AnyOf(parts):
                # some part is met where not every part's opposite is
                return self._every_part([Opposite(part) for part in parts]).swapped()
            case Opposite(part) | Not(part):
                return self._sides(part).swapped()
        found = self._leaves.get(condition)
        if found is None:
            found = self._leaves[condition] = self._leaf(condition)
        return found

    def _every_part(self, parts: Sequence[PropertyCondition]) -> _Sides:
        met, not_met = self._every, 0
        for part in parts:
            sides = self._sides(part)
            met &= sides.met
            not_met |= sides.not_met
        return _Sides(met, not_met)

    def _leaf(self, condition: PropertyCondition) -> _Sides:
        match condition:
            case FactTest(fact, operator, operand) if operator is not Operator.KNOWN:
                # where the fact is not known, every test of it is open
                values = self._values.get(fact, {})
                if not isinstance(operand, (ParameterRef, FactRef)):
                    return self._ask(condition, [(cases[0], _bits(cases)) for cases in values.values()])
                return self._ask(condition, [(case, 1 << case) for cases in values.values() for case in cases])
            case AnswerTest(kind, name, "not_met"):
                return self._sides(AnswerTest(kind, name)).swapped()
            case AnswerTest(kind, name, "open"):
                sides = self._sides(AnswerTest(kind, name))
                decided = sides.met | sides.not_met
                return _Sides(self._every & ~decided, decided)
            case AnswerTest("rule", name, "met"):
                return self._effects.get(name, _NO_CASE)
            case AnswerTest("row", name, "met"):
                return self._holds.get(name, _NO_CASE)
            case AnswerTest("clause_in_force", _, "met"):
                return self._ask(condition, [(cases[0], _bits(cases)) for cases in self._under_one_law])
        return self._ask(condition, [(case, 1 << case) for case in range(len(self._answers))])

    def _ask(self, condition: PropertyCondition, alike: Iterable[tuple[int, int]]) -> _Sides:
        """Put a condition to one case of each group of cases that answer alike."""
        met = not_met = 0
        for one, cases in alike:
            verdict = self._answers[one].truth(condition)
            if verdict is Truth.MET:
                met |= cases
            elif verdict is Truth.NOT_MET:
                not_met |= cases
        return _Sides(met, not_met)

    @cached_property
    def _values(self) -> dict[str, dict[Value, list[int]]]:
        """By fact and value, the cases that have it."""
        found: dict[str, dict[Value, list[int]]] = {}
        for number, answer in enumerate(self._answers):
            for fact, value in answer.decision.case.facts.known.items():
                found.setdefault(fact, {}).setdefault(value, []).append(number)
        return found

    @cached_property
    def _under_one_law(self) -> list[list[int]]:
        """The cases that share what is law for them."""
        found: dict[int, list[int]] = {}
        for number, answer in enumerate(self._answers):
            found.setdefault(id(answer.decision.law), []).append(number)
        return list(found.values())

    @cached_property
    def _effects(self) -> dict[str, _Sides]:
        """By rule, the cases in which it has effect."""
        return self._verdicts([answer.decision.verdicts.effects for answer in self._answers])

    @cached_property
    def _holds(self) -> dict[str, _Sides]:
        """By rule, the cases in which it holds, overridden or not."""
        return self._verdicts([answer.decision.verdicts.holds for answer in self._answers])

    def _verdicts(self, verdicts: Sequence[Mapping[str, Truth]]) -> dict[str, _Sides]:
        found: dict[str, dict[Truth, list[int]]] = {}
        for number, by_rule in enumerate(verdicts):
            for rule, verdict in by_rule.items():
                cases = found.setdefault(rule, {})
                # of most rules nothing follows: those cases are the rest
                if verdict is not Truth.NOT_MET:
                    cases.setdefault(verdict, []).append(number)
        sides: dict[str, _Sides] = {}
        for rule, cases in found.items():
            met, undecided = _bits(cases.get(Truth.MET, ())), _bits(cases.get(Truth.OPEN, ()))
            sides[rule] = _Sides(met, self._every & ~(met | undecided))
        return sides


def _bits(cases: Iterable[int]) -> int:
    bits = 0
    for number in cases:
        bits |= 1 << number
    return bits
