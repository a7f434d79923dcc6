"""The assertions of the test kit hold where they must, and name the case where they do not."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from enforcerules import load_rulebook
from enforcerules.testing import (
    BrokenError,
    assert_keeps,
    assert_keeps_all,
    assert_learns,
    assert_survives_json,
    red_lines,
)

FOLDER = Path(__file__).parents[2] / "examples" / "own-rulebook"
STALLS = load_rulebook(FOLDER)
LINES = {line.id: line for line in red_lines(STALLS, str(FOLDER))}
CASE = {"jurisdiction": "990101", "as_of": "2024-06-01", "takings": 20000}


def test_a_case_that_breaks_a_red_line_is_shown() -> None:
    line = LINES["risky-stall-always-inspected"]
    assert_keeps(STALLS, line, CASE)
    broken = dataclasses.replace(line, content=LINES["nothing-forbidden-with-a-refrigerator"].content)
    # forbidden, although there is no refrigerator: so the opposite of what it says is kept by no such case
    chilled = {**CASE, "sold": ["chilled"], "fridge": False}
    assert_keeps(STALLS, broken, chilled)
    always = dataclasses.replace(broken.content, when=LINES["risky-stall-always-inspected"].content.when)

    with pytest.raises(BrokenError, match='"takings": 20000') as caught:
        assert_keeps(STALLS, dataclasses.replace(broken, content=always), chilled)
    assert caught.value.example.facts == chilled


def test_a_red_line_of_what_rises_takes_two_cases() -> None:
    assert_keeps(STALLS, LINES["takings-rising-drop-nothing"], CASE, risen=30000)

    with pytest.raises(ValueError, match="`risen` goes with red lines of kind monotone"):
        assert_keeps(STALLS, LINES["takings-rising-drop-nothing"], CASE)
    with pytest.raises(ValueError, match="`risen` goes with red lines of kind monotone"):
        assert_keeps(STALLS, LINES["risky-stall-always-inspected"], CASE, risen=30000)


@pytest.mark.parametrize("line", LINES)
def test_every_case_keeps_the_red_lines(line: str) -> None:
    assert_keeps_all(STALLS, LINES[line], cases=10)


def test_a_verdict_that_is_reversed_is_named() -> None:
    assert_learns(STALLS, {"takings": None}, CASE)

    with pytest.raises(AssertionError, match="large-takings-make-a-risk: met -> not_met"):
        assert_learns(STALLS, CASE, {**CASE, "takings": 1})


def test_a_case_means_the_same_as_text() -> None:
    assert_survives_json(STALLS, CASE)
