"""What becomes of a change: noticed by a scenario or a red line, told by no case, or noticed by nobody."""

from __future__ import annotations

import multiprocessing
import random
from pathlib import Path

import pytest

from enforcerules import Rulebook
from enforcerules.review.mutation.judging import Fate, Trial, prepare_trial
from enforcerules.review.mutation.mutation import change_rulebook
from enforcerules.review.mutation.noticing import Noticing, fails, keep_decisions
from enforcerules.review.mutation.running import choose, judge_all
from enforcerules.review.mutation.score import Score
from tests.review.mutation.small_rulebook import small_trial

pytest.importorskip("z3")

RED_LINE = """\
properties:
  - id: major-at-the-line
    title: {zh: 达到标准即为大案, en: At the line a case is major}
    basis: [plan.value]
    when: {all: [{clause_in_force: plan.value}, {fact: goods_value, at_least: 500000}]}
    always: {finding: major_case}
"""
NO_SCENARIO = """\
scenarios:
  - id: nothing
    title: {zh: 什么也没有, en: Nothing}
    world: open
    facts: {jurisdiction: CN}
    variants: [{name: {zh: 空, en: empty}, expect: {no_actions: [transfer_case_police]}}]
"""
TWICE = """\
  - id: large-or-very-large
    title: {zh: 大额或者更大, en: Large or very large}
    basis: [plan.value]
    when: {any: [{fact: goods_value, at_least: 1000}, {fact: goods_value, at_least: 5000}]}
    then: [{label: priority}]
"""


def _judge(trial: Trial, name: str) -> Fate:
    (mutation,) = [one for one in trial.mutations if one.id == name]
    return trial.judge(10).judge(mutation)


def test_a_change_that_a_scenario_expects_otherwise_is_noticed(tmp_path: Path) -> None:
    fate = _judge(small_trial(tmp_path), "goods-value-makes-major-case#when:more_than")

    assert (fate.verdict, fate.by, fate.killed) == ("scenario", "line[exactly]", True)


def test_a_change_that_breaks_a_red_line_is_noticed(tmp_path: Path) -> None:
    trial = small_trial(tmp_path, scenarios=NO_SCENARIO, properties=RED_LINE)
    fate = _judge(trial, "goods-value-makes-major-case#when:more_than")

    assert (fate.verdict, fate.by, fate.killed) == ("red_line", "major-at-the-line", True)


def test_a_change_that_nobody_notices_comes_with_the_smallest_case_that_tells(tmp_path: Path) -> None:
    trial = small_trial(tmp_path, scenarios=NO_SCENARIO)
    fate = _judge(trial, "goods-value-makes-major-case#when:more_than")

    assert (fate.verdict, fate.by, fate.killed) == ("unnoticed", None, False)
    assert fate.witness is not None
    assert fate.witness["goods_value"] == 500_000
    changed = Rulebook(change_rulebook(trial.rulebook.resolved, fate.mutation))
    assert trial.rulebook.classify(fate.witness).major_case.verdict == "met"
    assert changed.classify(fate.witness).major_case.verdict == "not_met"


def test_a_change_that_no_case_can_tell_is_proved_to_be_none(tmp_path: Path) -> None:
    trial = small_trial(tmp_path, rules=TWICE)

    assert _judge(trial, "large-or-very-large#when.any.1:dropped").verdict == "equivalent"
    assert _judge(trial, "large-or-very-large#when.any.0:dropped").verdict == "unnoticed"


def test_a_clause_opened_to_other_products_is_told_by_a_case_of_those(tmp_path: Path) -> None:
    fate = _judge(small_trial(tmp_path), "plan#products:any-product")

    assert fate.verdict == "unnoticed"
    assert fate.witness is not None
    assert "drug" not in fate.witness.get("product_categories", [])


def test_an_addressee_dropped_is_told_by_a_case_with_the_duty(tmp_path: Path) -> None:
    trial = small_trial(tmp_path)
    fate = _judge(trial, "transfer_case_police#to:dropped")

    assert fate.verdict == "unnoticed"
    assert fate.witness is not None
    answer = trial.rulebook.classify(fate.witness)
    assert [action.addressee for action in answer.actions] == ["police"]


def test_a_scenario_that_fails_already_is_told(tmp_path: Path) -> None:
    wrong = NO_SCENARIO.replace("no_actions", "actions")

    assert [variant.id for variant in small_trial(tmp_path, scenarios=wrong).failing()] == ["nothing[empty]"]


# --- many ------------------------------------------------------------------------------------------


def test_one_process_and_two_judge_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = small_trial(tmp_path)
    folder = tmp_path / "rules"
    numbers = choose(trial)
    assert len(numbers) >= 48
    by_two = list(judge_all(trial, numbers, folder=folder, seconds=10, jobs=2))

    def cannot(*_: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr(multiprocessing, "get_context", cannot)
    by_one = list(judge_all(trial, numbers, folder=folder, seconds=10, jobs=2))

    plain = [[(fate.mutation.id, fate.verdict) for fate in Score(fates, 0).fates] for fates in (by_one, by_two)]
    assert plain[0] == plain[1]


def test_only_what_is_asked_for_is_changed(tmp_path: Path) -> None:
    trial = small_trial(tmp_path)

    def chosen(**wanted: object) -> set[str]:
        return {trial.mutations[number].id for number in choose(trial, **wanted)}  # type: ignore[arg-type]

    of_rule = chosen(rules=["major-case-to-police"])
    assert {"major-case-to-police#when:turned", "plan.police#clock:4d", "plan#windows.0:from+1d"} <= of_rule
    assert not any(name.startswith("goods-value") for name in of_rule)
    assert chosen(sample=7, seed=3) == chosen(sample=7, seed=3)
    assert len(chosen(sample=7, seed=3)) == 7
    assert chosen(sample=7, seed=3) != chosen(sample=7, seed=4)


def test_the_score_counts_what_can_be_noticed(tmp_path: Path) -> None:
    trial = small_trial(tmp_path, rules=TWICE)
    numbers = choose(trial, rules=["large-or-very-large"])
    score = Score(judge_all(trial, numbers, seconds=10, jobs=1), 1.5)
    found = score.to_dict(trial.rulebook.resolved)

    assert score.count.total == len(numbers) - score.count.equivalent
    assert found["equivalent"] >= 1
    assert sum(count["unnoticed"] for count in found["by_kind"].values()) == found["unnoticed"]
    assert ("rules", "large-or-very-large") in score.survivors()


# --- the packaged rulebook -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packaged(rulebook: Rulebook) -> Trial:
    """Return all changes of the packaged rulebook."""
    return prepare_trial(rulebook)


def test_the_short_way_notices_what_running_every_scenario_notices(packaged: Trial) -> None:
    book = packaged.rulebook.resolved
    drawn = random.Random(20220506)
    variants = drawn.sample(packaged.variants, 60)
    kept = keep_decisions(packaged.rulebook, variants)
    noticed = 0
    for mutation in drawn.sample(packaged.mutations, 60):
        changed = Rulebook(change_rulebook(book, mutation))
        slow = {variant.id for variant in variants if fails(changed, variant)}
        quick = Noticing(book, kept, mutation).first_to_notice()
        assert (quick is None) == (not slow), mutation.id
        assert quick is None or quick.id in slow
        noticed += bool(slow)
    assert noticed > 0


def test_nearly_every_change_of_the_packaged_rulebook_is_noticed(packaged: Trial) -> None:
    numbers = choose(packaged, sample=60, seed=7)
    score = Score(judge_all(packaged, numbers, seconds=3, jobs=1), 0)

    assert score.percent >= 90
