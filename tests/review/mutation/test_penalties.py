"""Changes of the penalty catalogue: which there are, who notices them, and the case that shows one unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcerules import load_rulebook
from enforcerules.review.mutation.judging import Fate, Trial, prepare_trial
from enforcerules.review.mutation.mutation import change_rulebook
from enforcerules.review.mutation.running import choose
from enforcerules.review.mutation.score import Score
from enforcerules.review.theory import z3_available
from enforcerules.rulebook import Rulebook
from tests.penalty_books import FAKE, LAW, write_penalty_book

needs_z3 = pytest.mark.skipif(not z3_available(), reason="needs z3")

BELOW_THE_FLOOR = """\
      - name: {zh: 不足十万元, en: below the floor}
        facts: {goods_value: 62000}
        expect: {ranges: {fake_drugs: {counted: 100000, least: 1500000, most: 3000000}}}
"""
ABOVE_THE_FLOOR = """\
      - name: {zh: 十万元以上, en: above the floor}
        facts: {goods_value: 100000.01}
        expect: {ranges: {fake_drugs: {counted: 100000.01, least: 1500000.15, most: 3000000.30}}}
"""


def small(folder: Path, scenarios: str = "", **parts: str) -> Trial:
    book = write_penalty_book(folder, scenarios=scenarios, **parts)
    return prepare_trial(load_rulebook(book), book)


def fates(trial: Trial, *prefixes: str) -> dict[str, Fate]:
    judge = trial.judge(5)
    found = [mutation for mutation in trial.mutations if mutation.id.startswith(prefixes)]
    return {mutation.id: judge.judge(mutation) for mutation in found}


def test_every_figure_and_measure_is_changed_in_turn(tmp_path: Path) -> None:
    trial = small(tmp_path)
    found = {m.id for m in trial.mutations if m.kind == "penalty"}

    assert {
        "fake_drugs#on:persons",
        "fake_drugs#fine.counted_as_at_least:-1",
        "fake_drugs#fine.counted_as_at_least:x10",
        "fake_drugs#fine.counted_as_at_least:dropped",
        "fake_drugs#fine.times.least:-1",
        "fake_drugs#fine.times.most:+1",
        "fake_drugs#fine.times.most:x10",
        "fake_drugs#fine.may:turned",
        "fake_drugs#fine:dropped",
        "fake_drugs#fine.base:as-fine",
        "fake_drugs#measures.0:dropped",
        "fake_drugs#measures.1.may:turned",
        "fake_drugs#measures.1.by:as-handling_agency",
        "fake_drugs_persons#fine.percent.least:-1",
        "fake_drugs_persons#measures.0.years:+1",
        "fake_drugs_persons#measures.0.life:turned",
        "fake_drugs_persons#measures.1.days.most:-1",
        "expired_old#fine.under:+1",
        "expired_old#fine.amount.least:+1",
        "expired_new#fine.amount.most:/10",
        "lighter_law#:dropped",
        "one_fine#:dropped",
        "fake-drugs-are-penalised#then.0:dropped",
        "fake-drugs-are-penalised#then.0:as-fake_drugs_persons",
    } <= found


def test_what_would_not_load_is_no_change(tmp_path: Path) -> None:
    found = {m.id for m in small(tmp_path).mutations}

    # 15 to 30 times of ten thousand are 150,000 to 300,000 yuan; the fine below it may not be higher
    assert "expired_old#fine.amount.most:x10" not in found
    assert "expired_old#fine.times.least:/10" not in found
    assert "fake_drugs#fine.times.most:/10" not in found
    assert "expired_old#fine.times.least:+1" in found


def test_a_change_says_what_it_is_and_where(tmp_path: Path) -> None:
    trial = small(tmp_path)
    mutations = {mutation.id: mutation for mutation in trial.mutations}
    moved = mutations["fake_drugs#fine.times.most:+1"]

    assert moved.said.en == "15 to 30 times → 15 to 31 times"
    assert moved.said.zh == "15—30倍 → 15—31倍"
    assert moved.place.endswith("penalties.yaml:6:85")
    assert mutations["lighter_law#:dropped"].place.endswith("penalties.yaml:1:14")


def test_a_changed_penalty_is_another_and_everything_else_the_same_object(tmp_path: Path) -> None:
    trial = small(tmp_path)
    mutations = {mutation.id: mutation for mutation in trial.mutations}
    before = trial.rulebook.resolved

    after = change_rulebook(before, mutations["fake_drugs#fine.times.most:+1"])
    fine = after.penalties["fake_drugs"].fine
    assert fine is not None
    assert fine.percent == (1500, 3100)
    assert after.rules is before.rules
    assert after.penalties["expired_old"] is before.penalties["expired_old"]
    assert change_rulebook(before, mutations["lighter_law#:dropped"]).lighter_law.clauses == ()


@needs_z3
def test_scenarios_on_both_sides_of_the_floor_notice_every_figure(tmp_path: Path) -> None:
    found = fates(
        small(tmp_path, FAKE + BELOW_THE_FLOOR + ABOVE_THE_FLOOR), "fake_drugs#fine.times", "fake_drugs#fine.c"
    )

    # a fen above the floor a floor one fen higher is what the amount counts as anyway
    assert [name for name, fate in found.items() if not fate.killed] == [
        "fake_drugs#fine.counted_as_at_least:+1"
    ] or all(fate.killed for fate in found.values())
    assert len(found) >= 8


@needs_z3
def test_a_multiple_that_no_scenario_compares_survives_with_a_case_whose_range_differs(tmp_path: Path) -> None:
    trial = small(tmp_path)
    found = fates(trial, "fake_drugs#fine.times.most:+1")["fake_drugs#fine.times.most:+1"]

    assert found.verdict == "unnoticed"
    assert found.witness is not None
    changed = Rulebook(change_rulebook(trial.rulebook.resolved, found.mutation))
    ranges = []
    for rulebook in (trial.rulebook, changed):
        penalty, *_ = rulebook.classify(dict(found.witness)).penalties.imposed
        assert penalty.fine is not None
        ranges.append((penalty.fine.least, penalty.fine.most))
    assert ranges[0][0] == ranges[1][0]
    assert None not in ranges[0]
    assert ranges[0][1] != ranges[1][1]


@needs_z3
def test_a_penalty_that_no_case_has_cannot_be_noticed(tmp_path: Path) -> None:
    never = """\
rules:
  - id: never
    title: {zh: 从不, en: Never}
    basis: [law.50, law.51]
    when: always
    then: [{penalise: fake_drugs}]
  - id: always
    title: {zh: 一律, en: Always}
    basis: [law.50, law.51, law.60, law.61]
    when: always
    then: [{label: priority}]
    overrides: [never]
"""
    found = fates(
        small(tmp_path, rules=never, law=LAW.replace("[{from: 2020-01-01, status: in_force}]", "[{status: in_force}]")),
        "fake_drugs#fine.times",
    )

    assert {fate.verdict for fate in found.values()} == {"equivalent"}


LIGHTER = """\
scenarios:
  - id: lighter
    title: {zh: 新法较轻, en: The new law is lighter}
    world: open
    facts: {conduct: expired, as_of: 2023-03-01, conduct_date: 2022-12-31, decided_on: 2023-03-01, goods_value: 5000}
    variants:
      - name: {zh: 适用新法, en: the new law governs}
        facts: {}
        expect:
          penalties: [expired_new]
          penalty_law: decision
          ranges: {expired_new: {least: 0, most: 50000, may: true}}
"""


@needs_z3
def test_a_change_by_the_law_of_the_decision_reaches_a_case_of_the_day_before(tmp_path: Path) -> None:
    trial = small(tmp_path, LIGHTER)
    found = fates(trial, "expired_new#fine.amount", "lighter_law", "law.61#windows", "expired_old#fine.amount")

    assert trial.failing() == []
    noticed = {name for name, fate in found.items() if fate.verdict == "scenario"}
    assert {"expired_new#fine.amount.most:-1", "expired_new#fine.amount.most:x10", "lighter_law#:dropped"} <= noticed
    # what the old law says is not asked for here
    assert "expired_old#fine.amount.least:+1" not in noticed


@needs_z3
def test_the_score_has_penalties_as_a_kind_and_a_rule_chooses_its_penalties(tmp_path: Path) -> None:
    trial = small(tmp_path, FAKE + BELOW_THE_FLOOR)
    numbers = choose(trial, rules=["fake-drugs-are-penalised"], kinds=["penalty"])
    owners = {trial.mutations[number].owner for number in numbers}
    judge = trial.judge(5)
    score = Score((judge.judge(trial.mutations[number]) for number in numbers[:4]), 1)

    assert owners == {"fake-drugs-are-penalised", "fake_drugs"}
    assert list(score.by_kind()) == ["penalty"]


EXEMPT = """\
properties:
  - id: expired-drugs-are-never-penalised-as-fake
    title: {zh: 过期药品不按假药处罚, en: Expired drugs are never penalised as fake ones}
    basis: [law.50]
    when: {fact: conduct, is: expired}
    never: {penalty: fake_drugs}
"""


@needs_z3
def test_a_red_line_about_a_penalty_notices_a_rule_that_newly_yields_it(tmp_path: Path) -> None:
    found = fates(small(tmp_path, properties=EXEMPT), "expired-drugs-by-the-new-law#then.0:as-fake_drugs")
    (fate,) = found.values()

    assert (fate.verdict, fate.by) == ("red_line", "expired-drugs-are-never-penalised-as-fake")


TERMS = """\
scenarios:
  - id: persons
    title: {zh: 责任人员, en: Persons}
    world: open
    facts: {conduct: fake_drug, grave: true, as_of: 2022-07-10}
    variants:
      - name: {zh: 内容, en: terms}
        facts: {}
        expect:
          ranges:
            fake_drugs_persons:
              on: persons
              measures: [ban_from_trade]
              optional_measures: [detention]
              terms:
                ban_from_trade: {by: handling_agency, years: 10, life: true}
                detention: {by: police, days: [5, 15]}
"""


@needs_z3
def test_terms_of_measures_notice_every_change_of_them(tmp_path: Path) -> None:
    found = fates(small(tmp_path, TERMS), "fake_drugs_persons#measures", "fake_drugs_persons#on")

    assert len(found) > 10
    assert {name: fate.verdict for name, fate in found.items() if not fate.killed} == {}
