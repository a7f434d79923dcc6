"""Many cases asked about at once answer as each of them does by itself."""

from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from enforcerules.model import AllOf, AnyOf, Not
from enforcerules.model.conditions import tests as leaves_of
from enforcerules.model.properties import AnswerTest, EveryPart, Opposite, PropertyCondition, SomePart
from enforcerules.review.lint.decided import DecidedCases
from enforcerules.review.properties import Answer
from enforcerules.review.scenarios import read_scenarios, read_variant
from enforcerules.values import Truth
from tests.strategies import BOOK, RULEBOOK, cases

_LEAVES: list[PropertyCondition] = [
    *dict.fromkeys(test for rule in BOOK.rules.values() for test in leaves_of(rule.when)),
    *(AnswerTest(kind, name, said) for kind in ("rule", "row") for name in BOOK.rules for said in ("met", "open")),
    *(AnswerTest("clause_in_force", name, said) for name in BOOK.clauses for said in ("met", "not_met", "open")),
    *(AnswerTest("action", name, said) for name in BOOK.actions for said in ("met", "due", "done")),
]
_CONDITIONS = st.recursive(
    st.sampled_from(_LEAVES),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda parts: EveryPart(tuple(parts)))
        | st.lists(inner, max_size=3).map(lambda parts: SomePart(tuple(parts)))
        | inner.map(Opposite)
    ),
    max_leaves=6,
)


@cache
def _scenarios() -> tuple[Answer, ...]:
    variants = read_scenarios(RULEBOOK)[::97]
    return tuple(Answer(RULEBOOK.decide(read_variant(RULEBOOK, variant))) for variant in variants)


@given(conditions=st.lists(_CONDITIONS, min_size=1, max_size=30), facts=cases())
def test_a_case_by_itself_is_met_as_the_answer_says(
    conditions: list[PropertyCondition], facts: dict[str, object]
) -> None:
    answer = Answer(RULEBOOK.decide(RULEBOOK.read_case(facts)))
    alone = DecidedCases([answer])

    for condition in conditions:
        verdict = answer.truth(condition)
        assert alone.any_meets(condition) == (verdict is Truth.MET)
        assert alone.any_meets(Opposite(condition)) == (verdict is Truth.NOT_MET)


@given(conditions=st.lists(_CONDITIONS, min_size=1, max_size=30))
def test_one_of_many_meets_it_where_one_does(conditions: list[PropertyCondition]) -> None:
    answers = _scenarios()
    decided = DecidedCases(answers)

    for condition in conditions:
        assert decided.any_meets(condition) == any(answer.truth(condition) is Truth.MET for answer in answers)


def test_every_condition_of_a_rule_is_met_where_an_answer_meets_it() -> None:
    answers = _scenarios()
    decided = DecidedCases(answers)

    for rule in BOOK.rules.values():
        for condition in (rule.when, Not(rule.when), AllOf((rule.when, rule.when)), AnyOf((rule.when,))):
            assert decided.any_meets(condition) == any(answer.truth(condition) is Truth.MET for answer in answers)


def test_of_no_cases_none_meets_anything() -> None:
    assert not DecidedCases([]).any_meets(EveryPart(()))
