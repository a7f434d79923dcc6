"""What the engine decided about one case, with the means to ask why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from enforcerules.case import Case
from enforcerules.engines.operators import test_value
from enforcerules.engines.protocol import Verdicts
from enforcerules.engines.reference import clause_verdict, decide_condition, product_verdicts
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
from enforcerules.values import Truth

SomeOutcome = TypeVar("SomeOutcome", bound=Outcome)


@dataclass(slots=True)
class Decision:
    """Verdicts on one case. Everything here only reads."""

    book: ResolvedRulebook
    case: Case
    situation: Situation
    verdicts: Verdicts
    later: Decision | None = None
    """The same case under the law of the day of the decision, where that is another."""
    products: Mapping[frozenset[str] | None, Truth] = field(init=False)
    _clauses: dict[str, Truth] = field(init=False, default_factory=dict)
    _outcomes: dict[type[Any], list[tuple[Rule, Any, Truth]]] = field(init=False, default_factory=dict)
    _needs: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    _doubts: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)
    _conditions: dict[str, tuple[Truth, tuple[str, ...]]] = field(init=False, default_factory=dict)
    _findings: dict[str, tuple[str, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.products = product_verdicts(self.book, self.case.facts)

    def decide(self, condition: Condition) -> Truth:
        """Return whether a condition holds for the case."""
        return decide_condition(condition, self.case.facts, self.verdicts.findings, self.situation)

    def clause(self, name: str) -> Truth:
        """Return whether a clause is in force for the case."""
        found = self._clauses.get(name)
        if found is None:
            found = self._clauses[name] = clause_verdict(self.book, name, self.situation, self.products)
        return found

    def clauses(self, rule: Rule, *verdicts: Truth) -> list[str]:
        """Return the clauses of a rule whose force is one of `verdicts`, in the order written."""
        return [name for name in rule.bases if self.clause(name) in verdicts]

    def outcomes(self, kind: type[SomeOutcome]) -> list[tuple[Rule, SomeOutcome, Truth]]:
        """Return the outcomes of one kind that follow or may follow, with the rule and its effect."""
        if not self._outcomes:
            # in the rulebook's order, whatever the order in which the engine answers
            for name, rule in self.book.rules.items():
                effect = self.verdicts.effects[name]
                if effect is not Truth.NOT_MET:
                    for outcome in rule.outcomes:
                        self._outcomes.setdefault(type(outcome), []).append((rule, outcome, effect))
        return self._outcomes.get(kind, [])

    def needs(self, rule: Rule) -> tuple[str, ...]:
        """Return the unknown facts that keep a rule, or its effect, open; sorted."""
        found = self._needs.get(rule.id)
        if found is None:
            names = set(self._weighed(rule)[1])
            if self.verdicts.holds[rule.id] is not Truth.NOT_MET:
                names |= self._basis_needs(rule)
            for other in self.book.overriders.get(rule.id, ()):
                if self.verdicts.effects[other] is Truth.OPEN:
                    names |= set(self.needs(self.book.rules[other]))
            found = self._needs[rule.id] = tuple(sorted(names))
        return found

    def doubts(self, rule: Rule) -> tuple[str, ...]:
        """Return the doubts about periods that keep the force of a rule open; sorted."""
        found = self._doubts.get(rule.id)
        if found is None:
            settled = any(self.clause(name) is Truth.MET for name in rule.bases)
            names = () if settled else rule.bases
            found = tuple(sorted({doubt for name in names for doubt in self._window_doubts(name)}))
            self._doubts[rule.id] = found
        return found

    def _window_doubts(self, name: str) -> Iterator[str]:
        clause = self.book.clauses[name]
        day = self.case.facts.conduct_date if clause.governs == "conduct" else self.case.facts.duty_date
        if self.clause(name) is Truth.OPEN and day is not None:
            for window in clause.windows:
                if window.in_doubt and window.doubt and window.covers(day):
                    yield window.doubt

    def _basis_needs(self, rule: Rule) -> set[str]:
        if any(self.clause(name) is Truth.MET for name in rule.bases):
            return set()
        names: set[str] = set()
        facts = self.case.facts
        for name in rule.bases:
            if self.clause(name) is not Truth.OPEN:
                continue
            clause = self.book.clauses[name]
            if self.products[clause.products] is Truth.OPEN:
                names.add("product_categories")
            if clause.where != "CN" and facts.place is None:
                names.add("jurisdiction")
            if clause.governs == "conduct" and facts.conduct_date is None:
                names.add("conduct_date")
            if clause.governs == "duty" and facts.duty_date is None:
                names.add("duty_date")
        return names

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
                and operator is not Operator.KNOWN
                and not isinstance(operand, (ParameterRef, FactRef))
            ):
                return Truth.OPEN, (fact,)
            case FactTest():
                found = self.decide(condition)
                return found, tuple(self._test_needs(condition)) if found is Truth.OPEN else ()
            case AllOf(parts):
                return self._weigh_parts(parts, Truth.NOT_MET, Truth.MET)
            case AnyOf(parts):
                return self._weigh_parts(parts, Truth.MET, Truth.NOT_MET)
            case Not(part):
                found, needs = self._weigh(part)
                return ~found, needs
            case FindingTest(finding):
                found = self.decide(condition)
                return found, self._finding_needs(finding) if found is Truth.OPEN else ()
            case Always():
                return Truth.MET, ()

    def _weigh_parts(
        self, parts: tuple[Condition, ...], decisive: Truth, otherwise: Truth
    ) -> tuple[Truth, tuple[str, ...]]:
        needs: tuple[str, ...] = ()
        for part in parts:
            found, wanted = self._weigh(part)
            if found is decisive:
                return found, ()
            needs += wanted
            if found is Truth.OPEN:
                otherwise = found
        return otherwise, needs

    def _finding_needs(self, finding: str) -> tuple[str, ...]:
        needs = self._findings.get(finding)
        if needs is None:
            rules = [
                rule
                for rule, outcome, effect in self.outcomes(Establish)
                if outcome.finding == finding and effect is Truth.OPEN
            ]
            needs = self._findings[finding] = tuple(in_order(need for rule in rules for need in self.needs(rule)))
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
        if value is None or (resolved is not None and test_value(test, value, resolved) is Truth.OPEN):  # type: ignore[arg-type]
            yield test.fact


def in_order(names: Iterable[str]) -> list[str]:
    """Return the names once each, in the order met."""
    return list(dict.fromkeys(names))
