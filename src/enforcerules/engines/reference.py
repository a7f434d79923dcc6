"""The reference interpreter: slow, obvious, and the definition of what rules mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from enforcerules.engines.operators import test_value
from enforcerules.engines.protocol import Verdicts
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Condition,
    Establish,
    FactRef,
    Facts,
    FactTest,
    FindingTest,
    Not,
    Operator,
    ParameterRef,
    ResolvedRulebook,
    Rule,
    Situation,
)
from enforcerules.values import any_of
from enforcerules.values.truth import MET, NOT_MET, OPEN, Truth

_UNKNOWN: Any = None
_KNOWN = Operator.KNOWN


def decide_condition(condition: Condition, facts: Facts, findings: Mapping[str, Truth], situation: Situation) -> Truth:
    """Return whether `condition` holds, in strong Kleene logic. An unknown fact leaves its test open."""
    match condition:
        case FactTest():
            return _decide_test(condition, facts, situation)
        case AllOf(parts):
            result = MET
            for part in parts:
                found = decide_condition(part, facts, findings, situation)
                if found is NOT_MET:
                    return found
                if found is OPEN:
                    result = found
            return result
        case AnyOf(parts):
            result = NOT_MET
            for part in parts:
                found = decide_condition(part, facts, findings, situation)
                if found is MET:
                    return found
                if found is OPEN:
                    result = found
            return result
        case Not(part):
            return ~decide_condition(part, facts, findings, situation)
        case FindingTest(finding, expected):
            found = findings[finding]
            return found if expected else ~found
        case Always():
            return MET


def _decide_test(test: FactTest, facts: Facts, situation: Situation) -> Truth:
    value = facts.known.get(test.fact, _UNKNOWN)
    if test.operator is _KNOWN:
        return MET if (value is not None) == test.operand else NOT_MET
    if value is None:
        return OPEN
    operand: Any = test.operand
    if isinstance(operand, ParameterRef):
        operand = situation.parameters.get(operand.name)
    elif isinstance(operand, FactRef):
        operand = facts.known.get(operand.name)
    return OPEN if operand is None else test_value(test, value, operand)


class ReferenceEngine:
    """Decides rules one after the other, stratum by stratum."""

    name = "reference"

    def __init__(self, book: ResolvedRulebook) -> None:
        self._book = book
        self._order = tuple(book.rules[name] for stratum in book.strata for name in stratum)
        # the cases of a ledger share few places, dates and product categories
        self._in_force = lru_cache(maxsize=512)(self._find_in_force)

    def decide(self, facts: Facts, situation: Situation) -> Verdicts:
        """Return the verdicts for `facts`."""
        holds = dict.fromkeys(self._book.rules, NOT_MET)
        effects = dict(holds)
        findings = dict.fromkeys(self._book.vocabulary.findings, NOT_MET)
        categories = facts.known.get("product_categories")
        for rule, basis in self._in_force(situation, categories if isinstance(categories, frozenset) else None):
            held = decide_condition(rule.when, facts, findings, situation)
            if held is NOT_MET:
                continue
            held &= basis
            holds[rule.id] = held
            if rule.id in self._book.overriders:
                held &= ~any_of([effects[other] for other in self._book.overriders[rule.id]])
            effects[rule.id] = held
            for outcome in rule.outcomes:
                if isinstance(outcome, Establish):
                    findings[outcome.finding] |= held
        return Verdicts(holds, effects, findings)

    def _find_in_force(self, situation: Situation, categories: frozenset[str] | None) -> list[tuple[Rule, Truth]]:
        """Return the rules that are or may be law for a case, in the order to decide them, and which of the two."""
        products = scope_verdicts(self._book, categories)
        found: list[tuple[Rule, Truth]] = []
        for rule in self._order:
            bases = situation.bases.get(rule.id, ())
            basis = any_of([clause_verdict(self._book, name, situation, products) for name in bases])
            if basis is not NOT_MET:
                found.append((rule, basis))
        return found


def product_verdicts(book: ResolvedRulebook, facts: Facts) -> dict[frozenset[str] | None, Truth]:
    """Return, for each product scope of a clause, whether the case's products fall under it."""
    categories = facts.known.get("product_categories")
    return scope_verdicts(book, categories if isinstance(categories, frozenset) else None)


def scope_verdicts(book: ResolvedRulebook, categories: frozenset[str] | None) -> dict[frozenset[str] | None, Truth]:
    """Return, for each product scope of a clause, whether products fall under it; None is not known."""
    verdicts: dict[frozenset[str] | None, Truth] = {}
    for scope in book.product_scopes:
        if scope is None:
            verdicts[scope] = MET
        elif categories is None:
            verdicts[scope] = OPEN
        else:
            verdicts[scope] = NOT_MET if categories.isdisjoint(scope) else MET
    return verdicts


def clause_verdict(
    book: ResolvedRulebook,
    clause: str,
    situation: Situation,
    products: Mapping[frozenset[str] | None, Truth],
) -> Truth:
    """Return whether a clause is in force for the case: there, then, and for its products."""
    found = situation.clauses[clause]
    if found is NOT_MET:
        return found
    return found & products[book.clauses[clause].products]
