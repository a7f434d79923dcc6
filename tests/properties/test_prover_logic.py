"""The prover's logic is that of the reference engine, case by case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.case import Unknown
from enforcerules.model import Value
from enforcerules.review.properties import Answer, read_properties
from enforcerules.testing import CaseFacts
from enforcerules.values import Amount, Truth
from tests.strategies import BOOK, VOCABULARY, cases

WORLDS: st.SearchStrategy[Unknown] = st.sampled_from(("open", "absent"))


@pytest.fixture(scope="module")
def logic(rulebook: Rulebook) -> Any:
    pytest.importorskip("z3")
    from enforcerules.review.logic import Theory, World

    return World(Theory(BOOK, [line.content for line in read_properties(rulebook)]), "")


@settings(max_examples=40)
@given(cases(), WORLDS)
def test_the_logic_says_of_a_case_what_the_reference_engine_says(
    rulebook: Rulebook, logic: Any, case: CaseFacts, world: Unknown
) -> None:
    """A wrong proof has no counterexample to give it away: so every rule is compared, case by case."""
    import z3

    theory = logic.theory
    if case.get("jurisdiction") not in (None, *theory.places.codes):
        case = {**case, "jurisdiction": "110105"}
    answer = Answer(rulebook.decide(rulebook.read_case(case, unknown=world)))
    # what is closed may contradict itself where what is unknown does not
    assume(not answer.contradicts_itself())
    effects = {name: logic.effects(name) for name in BOOK.rules}
    findings = {name: logic.found("finding", name) for name in BOOK.vocabulary.findings}
    solver = z3.Solver()
    solver.add(*logic.believable())
    known = answer.decision.case.facts.known
    for name in VOCABULARY:
        solver.add(*_said(z3, theory, logic.variable(name), name, known.get(name)))

    assert solver.check() == z3.sat
    model = solver.model()

    def verdict(formulas: Any) -> Truth:
        met, not_met = (z3.is_true(model.eval(one, model_completion=True)) for one in formulas)
        assert not (met and not_met)
        return Truth.MET if met else Truth.NOT_MET if not_met else Truth.OPEN

    verdicts = answer.decision.verdicts
    assert {name: verdict(found) for name, found in effects.items()} == dict(verdicts.effects)
    assert {name: verdict(found) for name, found in findings.items()} == dict(verdicts.findings)


def _said(z3: Any, theory: Any, variable: Any, name: str, value: Value | None) -> list[Any]:
    """Return that the variable has the value of the case."""
    if value is None:
        return [z3.Not(variable.known)]
    said = [variable.known]
    match value:
        case frozenset():
            said += [inside == z3.BoolVal(member in value) for member, inside in variable.members.items()]
        case Amount(low, high):
            said += [variable.value == low, variable.bounded == z3.BoolVal(high is not None)]
            said += [variable.high == high] if high is not None else []
        case date():
            said.append(variable.value == value.toordinal())
        case str() if name == "jurisdiction":
            said.append(variable.value == theory.places.codes.index(value))
        case str():
            said.append(variable.value == theory.lowering.codes(name).get(value, 0))
        case _:
            said.append(variable.value == int(value))
    return said
