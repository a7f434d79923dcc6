"""The red lines of the rulebook, put to cases made at random; and the logic of the prover, case by case."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enforcerules import Rulebook
from enforcerules.case import Unknown
from enforcerules.model import Value
from enforcerules.model.properties import Monotone
from enforcerules.review.properties import Answer, RedLine, has_risen, is_kept, read_properties
from enforcerules.values import Amount, Truth
from tests.strategies import BOOK, VOCABULARY, CaseFacts, cases, figures, values, yuan

WORLDS: st.SearchStrategy[Unknown] = st.sampled_from(("open", "absent"))


@cache
def _lines(rulebook: Rulebook) -> tuple[RedLine, ...]:
    return tuple(read_properties(rulebook))


def _answer(rulebook: Rulebook, case: CaseFacts, world: Unknown) -> Answer:
    answer = Answer(rulebook.decide(rulebook.read_case(case, unknown=world)))
    assume(not answer.contradicts_itself())
    return answer


@given(cases(), WORLDS)
def test_an_answer_keeps_the_red_lines(rulebook: Rulebook, case: CaseFacts, world: Unknown) -> None:
    answer = _answer(rulebook, case, world)

    for line in _lines(rulebook):
        if not isinstance(line.content.claim, Monotone):
            assert is_kept(line.content, answer), line.id


@given(cases(), WORLDS, st.data())
def test_what_rises_loses_nothing(rulebook: Rulebook, case: CaseFacts, world: Unknown, data: st.DataObject) -> None:
    rising = [line for line in _lines(rulebook) if isinstance(line.content.claim, Monotone)]
    line = data.draw(st.sampled_from(rising), label="line")
    assert isinstance(line.content.claim, Monotone)
    fact = line.content.claim.fact
    low, high = data.draw(_risen(fact), label="risen")
    before, after = (_answer(rulebook, {**case, fact: value}, world) for value in (low, high))

    assert has_risen(*(one.decision.case.facts.known[fact] for one in (before, after)))
    assert is_kept(line.content, before, after), line.id


def _risen(fact: str) -> st.SearchStrategy[tuple[Any, Any]]:
    match VOCABULARY[fact].type:
        case "money":
            return st.tuples(figures(fact), figures(fact)).map(lambda two: (yuan(min(two)), yuan(max(two))))
        case "count":
            return st.tuples(values(fact), values(fact)).map(lambda two: (min(two), max(two)))
        case "set":
            return st.tuples(values(fact), values(fact)).map(lambda two: (two[0], sorted({*two[0], *two[1]})))
        case "bool":
            return st.just((False, True))
    raise TypeError(fact)


# --- the prover's logic is that of the reference engine ------------------------------------------------


@settings(max_examples=20)
@given(cases(), WORLDS)
def test_the_logic_says_of_a_case_what_the_reference_engine_says(
    rulebook: Rulebook, case: CaseFacts, world: Unknown
) -> None:
    """A wrong proof has no counterexample to give it away: so every rule is compared, case by case."""
    z3 = pytest.importorskip("z3")
    from enforcerules.review.logic import Theory, World

    theory = Theory(BOOK, [line.content for line in read_properties(rulebook)])
    if case.get("jurisdiction") not in (None, *theory.places.codes):
        case = {**case, "jurisdiction": "110105"}
    answer = _answer(rulebook, case, world)
    logic = World(theory, "")
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
