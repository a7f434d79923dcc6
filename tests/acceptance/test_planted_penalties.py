"""A figure of a penalty copied wrongly, told by every tool that must tell it, at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.penalty_books import FAKE, LAW, PENALTIES, RULES, write_penalty_book

SCENARIOS = (
    FAKE
    + """\
      - name: {zh: 不足十万元, en: below the floor}
        facts: {goods_value: 62000}
        expect:
          penalties: [fake_drugs]
          ranges:
            fake_drugs:
              least: 1500000
              most: 3000000
              measures: [confiscate_goods]
              optional_measures: [revoke_permit]
              terms: {revoke_permit: {by: police}}
"""
)
WRONG = PENALTIES.replace("times: {least: 15, most: 30}", "times: {least: 15, most: 20}", 1)
assert WRONG != PENALTIES


def test_the_scenario_that_compares_the_range_fails_and_names_the_penalty(tmp_path: Path) -> None:
    folder = write_penalty_book(tmp_path, penalties=WRONG, scenarios=SCENARIOS)
    ran = run("test", str(folder), "--lang", "en")

    assert ran.exit_code == 1
    (line,) = [line for line in ran.stdout.split("\n") if "ranges.most" in line]
    assert line.split() == ["ranges.most", "fake_drugs", "3000000", "2000000", "14"]
    (place,) = [line for line in ran.stdout.split("\n") if line.strip().startswith("penalty ")]
    assert place.split() == ["penalty", "fake_drugs", "more/penalties.yaml:4:3"]


def test_the_right_figure_passes(tmp_path: Path) -> None:
    assert run("test", str(write_penalty_book(tmp_path, scenarios=SCENARIOS))).exit_code == 0


def test_explain_shows_the_wrong_range_so_that_people_see_it(tmp_path: Path) -> None:
    folder = write_penalty_book(tmp_path, penalties=WRONG)
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"conduct": "fake_drug", "as_of": "2022-07-10", "goods_value": 62000}), encoding="utf-8")
    ran = run("explain", str(case), "--rulebook", str(folder), "--lang", "en")

    assert "1,500,000 to 2,000,000 yuan" in ran.stdout
    ran = run("rule", "fake-drugs-are-penalised", "--rulebook", str(folder), "--lang", "en")
    assert "15 to 20 times the value of goods" in " ".join(ran.stdout.split())


def test_diff_shows_the_figure_before_and_after(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    right, wrong = write_penalty_book(tmp_path / "a"), write_penalty_book(tmp_path / "b", penalties=WRONG)
    ran = run("diff", str(right), str(wrong), "--lang", "en")

    assert "changed penalty fake_drugs: Selling fake drugs" in ran.stdout
    assert "15 to 30 times" in ran.stdout
    assert "15 to 20 times" in ran.stdout
    assert "penalised otherwise" in ran.stdout


def test_mutate_plants_such_a_fault_and_the_scenario_notices(tmp_path: Path) -> None:
    pytest.importorskip("z3")
    folder = write_penalty_book(tmp_path, scenarios=SCENARIOS)
    rule = "fake-drugs-are-penalised"
    ran = run("mutate", str(folder), "--rule", rule, "--kind", "penalty", "--jobs", "1", "--format", "json")

    found = json.loads(ran.stdout)
    fates = {mutation["id"]: mutation["verdict"] for mutation in found["mutations"]}
    assert fates["fake_drugs#fine.times.most:-1"] == "scenario"
    assert fates["fake_drugs#fine.times.least:+1"] == "scenario"
    assert fates["fake_drugs#measures.0:dropped"] == "scenario"
    assert found["by_kind"].keys() == {"penalty"}


def test_check_misses_the_scenario_where_none_compares_the_range(tmp_path: Path) -> None:
    ran = run("check", str(write_penalty_book(tmp_path, penalties=WRONG)), "--lang", "en")

    assert "no scenario compares the figures of the fine and the measures of the penalty `fake_drugs`" in ran.stdout


def test_a_clause_of_the_penalty_that_follows_the_duty_date_is_an_error(tmp_path: Path) -> None:
    law = LAW.replace("law.50: {at: 第50条,", "law.50: {at: 第50条, governs: duty,")
    ran = run("check", str(write_penalty_book(tmp_path, law=law, rules=RULES)), "--lang", "en")

    assert ran.exit_code == 1
    assert "[ER6048]" in ran.stdout
