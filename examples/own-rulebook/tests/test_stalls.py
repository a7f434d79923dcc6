"""What is always so of the street stalls, whatever their facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import load_rulebook
from enforcerules.testing import Pair, assert_learns, assert_survives_json, cases, learning_pairs, rising_pairs

STALLS = load_rulebook(Path(__file__).parents[1])


@given(cases(STALLS))
def test_every_case_is_answered_in_json(case: dict[str, Any]) -> None:
    assert_survives_json(STALLS, case)


@given(learning_pairs(STALLS))
def test_learning_a_fact_reverses_nothing(pair: Pair) -> None:
    assert_learns(STALLS, pair.before, pair.after)


@given(cases(STALLS, given={"jurisdiction": st.sampled_from(["990199", "110105"])}))
def test_nothing_is_asked_of_stalls_elsewhere(case: dict[str, Any]) -> None:
    assert STALLS.classify(case).actions == []


@given(rising_pairs(STALLS, "takings", complete=True, given={"sold": ["other"]}))
def test_takings_that_rise_never_end_an_inspection(pair: Pair) -> None:
    before, after = (STALLS.classify(case) for case in (pair.before, pair.after))

    assert {action.id for action in before.actions} <= {action.id for action in after.actions}
