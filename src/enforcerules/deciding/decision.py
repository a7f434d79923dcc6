"""What the engine decided about one case, with the means to ask why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

from enforcerules.case import Case
from enforcerules.deciding.law import Law
from enforcerules.engines.operators import test_value
from enforcerules.engines.protocol import Verdicts
from enforcerules.engines.reference import decide_condition
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Condition,
    Establish,
    FactRef,
    FactTest,
    FindingTest,
    Not,
    Operator,
    Outcome,
    ParameterRef,
    ResolvedRulebook,
    Rule,
    Situation,
)
from enforcerules.values.truth import MET, NOT_MET, OPEN, Truth

_KNOWN = Operator.KNOWN

SomeOutcome = TypeVar("SomeOutcome", bound=Outcome)


@dataclass(slots=True)
class Decision:
    """Verdicts on one case. Everything here only reads."""

    book: ResolvedRulebook
    case: Case
    law: Law
    verdicts: Verdicts
    later: Decision | None = None
    """The same case under the law of the day of the decision, where that is another."""
    situation: Situation = field(init=False)
    _own: frozenset[str] = field(init=False)
    _outcomes: dict[type[Any], list[tuple[Rule, Any, Truth]]] = field(init=False, default_factory=dict)
    _needs: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    _conditions: dict[str, tuple[Truth, tuple[str, ...]]] = field(init=False, default_factory=dict)
    _establishing: dict[str, list[Rule]] = field(init=False, default_factory=dict)
    _findings: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.situation = self.law.situation
        # what cases under the same law may differ in
        self._own = frozenset(self.case.facts.known) - {"product_categories"}

    def decide(self, condition: Condition) -> Truth:
        """Return whether a condition holds for the case."""
        return decide_condition(condition, self.case.facts, self.verdicts.findings, self.situation)

    def clause(self, name: str) -> Truth:
        """Return whether a clause is in force for the case."""
        return self.law.clause(name)

    def clauses(self, rule: Rule, *verdicts: Truth) -> list[str]:
        """Return the clauses of a rule whose force is one of `verdicts`, in the order written."""
        return [name for name in rule.bases if self.law.clause(name) in verdicts]

    def clauses_behind(self, rules: Sequence[Rule], verdict: Truth) -> list[str]:
        """Return the clauses that a verdict of these rules rests on; where it is open, with those that may be law."""
        return gather(self._met if verdict is MET else self._live, rules)

    def _met(self, rule: Rule) -> tuple[str, ...]:
        return self.law.footing(rule.bases).met

    def _live(self, rule: Rule) -> tuple[str, ...]:
        return self.law.footing(rule.bases).live

    def outcomes(self, kind: type[SomeOutcome]) -> list[tuple[Rule, SomeOutcome, Truth]]:
        """Return the outcomes of one kind that follow or may follow, with the rule and its effect."""
        if not self._outcomes:
            # in the rulebook's order, whatever the order in which the engine answers
            for name, rule in self.book.rules.items():
                effect = self.verdicts.effects[name]
                if effect is not NOT_MET:
                    for outcome in rule.outcomes:
                        self._outcomes.setdefault(type(outcome), []).append((rule, outcome, effect))
        return self._outcomes.get(kind, [])

    def needs(self, rule: Rule) -> tuple[str, ...]:
        """Return the unknown facts that keep a rule, or its effect, open; sorted."""
        found = self._needs.get(rule.id)
        if found is None:
            # of most rules that stay open a case says nothing, and so it is with the next case
            kept = self._needs if self.law.touches(self._own, rule) else self.law.needs_untouched
            found = self._needs[rule.id] = kept.get(rule.id) or self._find_needs(rule)
            kept[rule.id] = found
        return found

    def _find_needs(self, rule: Rule) -> tuple[str, ...]:
        names = set(self._weighed(rule)[1])
        if self.verdicts.holds[rule.id] is not NOT_MET:
            names.update(self.law.footing(rule.bases).needs)
        for other in self.book.overriders.get(rule.id, ()):
            if self.verdicts.effects[other] is OPEN:
                names.update(self.needs(self.book.rules[other]))
        return tuple(sorted(names))

    def doubts(self, rule: Rule) -> tuple[str, ...]:
        """Return the doubts about periods that keep the force of a rule open; sorted."""
        return self.law.footing(rule.bases).doubts

    def needs_of(self, condition: Condition) -> tuple[str, ...]:
        """Return the unknown facts that keep a condition open, in the order met."""
        return tuple(dict.fromkeys(self._weigh(condition)[1]))

    def condition(self, rule: Rule) -> Truth:
        """Return whether the condition of a rule holds, its basis aside."""
        return self._weighed(rule)[0]

    def _weighed(self, rule: Rule) -> tuple[Truth, tuple[str, ...]]:
        found = self._conditions.get(rule.id)
        if found is None:
            found = self._conditions[rule.id] = self._weigh(rule.when)
        return found

    def _weigh(self, condition: Condition) -> tuple[Truth, tuple[str, ...]]:
        """Return whether a condition holds and, where that is open, the unknown facts that keep it so."""
        match condition:
            case FactTest(fact, operator, operand) if (
                fact not in self.case.facts.known
                and operator is not _KNOWN
                and not isinstance(operand, (ParameterRef, FactRef))
            ):
                return OPEN, (fact,)
            case FactTest():
                found = self.decide(condition)
                return found, tuple(self._test_needs(condition)) if found is OPEN else ()
            case AllOf(parts):
                return self._weigh_parts(parts, NOT_MET, MET)
            case AnyOf(parts):
                return self._weigh_parts(parts, MET, NOT_MET)
            case Not(part):
                found, needs = self._weigh(part)
                return ~found, needs
            case FindingTest(finding):
                found = self.decide(condition)
                return found, self._finding_needs(finding) if found is OPEN else ()
            case Always():
                return MET, ()

    def _weigh_parts(
        self, parts: tuple[Condition, ...], decisive: Truth, otherwise: Truth
    ) -> tuple[Truth, tuple[str, ...]]:
        needs: tuple[str, ...] = ()
        for part in parts:
            found, wanted = self._weigh(part)
            if found is decisive:
                return found, ()
            needs += wanted
            if found is OPEN:
                otherwise = found
        return otherwise, needs

    def _finding_needs(self, finding: str) -> tuple[str, ...]:
        needs = self._findings.get(finding)
        if needs is None:
            if not self._establishing:
                for rule, outcome, effect in self.outcomes(Establish):
                    if effect is OPEN:
                        self._establishing.setdefault(outcome.finding, []).append(rule)
            needs = self._findings[finding] = tuple(gather(self.needs, self._establishing.get(finding, ())))
        return needs

    def _test_needs(self, test: FactTest) -> Iterator[str]:
        known = self.case.facts.known
        value, operand = known.get(test.fact), test.operand
        if isinstance(operand, ParameterRef) and operand.name not in self.situation.parameters:
            yield "jurisdiction" if self.case.facts.place is None else "duty_date"
        if isinstance(operand, FactRef) and operand.name not in known:
            yield operand.name
        resolved = known.get(operand.name) if isinstance(operand, FactRef) else operand
        if isinstance(operand, ParameterRef):
            resolved = self.situation.parameters.get(operand.name)
        # an amount known only by its bounds is still asked for
        if value is None or (resolved is not None and test_value(test, value, resolved) is OPEN):  # type: ignore[arg-type]
            yield test.fact


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names once each, in the order met."""
    return list(dict.fromkeys(names))


def gather(told_by: Callable[[Rule], Iterable[str]], rules: Sequence[Rule]) -> list[str]:
    """Return what `told_by` tells of each rule, once each, in the order met; of one rule it tells nothing twice."""
    return list(told_by(rules[0])) if len(rules) == 1 else in_order(chain.from_iterable(map(told_by, rules)))
