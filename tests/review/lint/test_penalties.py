"""Weaknesses of the penalty catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.penalty_books import LAW, PENALTIES, RULES, write_penalty_book
from tests.review.lint.books import find, line_of, place

SCENARIOS = """\
scenarios:
  - id: fake
    title: {zh: 假药的处罚, en: The penalty for fake drugs}
    world: open
    facts: {conduct: fake_drug, as_of: 2022-07-10, goods_value: 62000, grave: true, income: 1000}
    variants:
      - name: {zh: 不足十万元, en: below the floor}
        facts: {}
        expect:
          ranges:
            fake_drugs: {least: 1500000, most: 3000000, measures: [confiscate_goods, revoke_permit]}
            fake_drugs_persons: {least: 300, most: 3000}
"""
_KINDS = ("ER6005", "ER6048", "ER6058", "ER6063")


def test_a_penalty_that_no_scenario_compares_is_told_with_what_is_missing(tmp_path: Path) -> None:
    folder = write_penalty_book(tmp_path, scenarios=SCENARIOS)
    found = {weak.of[0]: weak for weak in find(folder, "ER6005")}

    assert found.keys() == {"fake_drugs_persons", "expired_old", "expired_new"}
    assert (
        "compares the measures and how long the measures last of" in found["fake_drugs_persons"].diagnostic.message.en
    )
    assert "compares the figures of the fine of" in found["expired_old"].diagnostic.message.en
    assert place(found["expired_old"]) == line_of(folder, "more/penalties.yaml", "  expired_old:")


def test_one_bound_alone_does_not_compare_the_figures(tmp_path: Path) -> None:
    scenarios = SCENARIOS.replace("{least: 300, most: 3000}", "{least: 300, measures: [ban_from_trade, detention]}")
    (weak,) = [w for w in find(write_penalty_book(tmp_path, scenarios=scenarios), "ER6005") if "persons" in w.of[0]]

    assert "the figures of the fine and how long" in weak.diagnostic.message.en


TERMS = "terms: {ban_from_trade: {years: 10, life: true}, detention: {days: [5, 15]}}"


@pytest.mark.parametrize("gone", [None, "years: 10", "life: true", "days: [5, 15]"])
def test_how_long_a_measure_lasts_is_to_be_compared(tmp_path: Path, gone: str | None) -> None:
    terms = TERMS if gone is None else TERMS.replace(gone, "by: police")
    wanted = "{least: 300, most: 3000, optional_measures: [detention], " + terms + "}"
    scenarios = SCENARIOS.replace("{least: 300, most: 3000}", wanted)
    weak = find(write_penalty_book(tmp_path, scenarios=scenarios), "ER6005")
    found = [one.diagnostic.message.en for one in weak if "persons" in one.of[0]]

    assert ["how long the measures last of" in said for said in found] == [True] * bool(gone)


def test_a_penalty_that_no_rule_yields_is_unused(tmp_path: Path) -> None:
    more = PENALTIES + "  more:\n    title: {zh: 另一项, en: More}\n    measures: [{do: warning}]\n"
    (weak,) = find(write_penalty_book(tmp_path, penalties=more), "ER6058")

    assert weak.of == ("more",)


TWICE = """\
  expired_again:
    title: {zh: 销售过期药品（又一次）, en: 'Selling expired drugs, again'}
    fine: {may: true, amount: {most: 50000}}
"""
AGAIN = """\
  - id: expired-drugs-again
    title: {zh: 过期药品的处罚（又一次）, en: Expired drugs again}
    basis: [law.61]
    when: {all: [{fact: conduct, is: expired}, {fact: grave, is: true}]}
    then: [{penalise: expired_again}]
"""


def test_the_same_penalty_by_the_same_law_is_told_once(tmp_path: Path) -> None:
    folder = write_penalty_book(tmp_path / "same", penalties=PENALTIES + TWICE, rules=RULES + AGAIN)
    assert [weak.of for weak in find(folder, "ER6063")] == [("expired_again", "expired_new")]

    other = write_penalty_book(tmp_path / "other", penalties=PENALTIES + TWICE, rules=RULES + AGAIN.replace("61", "60"))
    assert find(other, "ER6063") == []


def test_a_penalty_by_the_law_of_the_day_of_the_duty_is_told(tmp_path: Path) -> None:
    law = LAW.replace("law.50: {at: 第50条,", "law.50: {at: 第50条, governs: duty,")
    folder = write_penalty_book(tmp_path, law=law)
    (weak,) = find(folder, "ER6048")

    assert (weak.of, weak.severity) == (("fake-drugs-are-penalised",), "error")
    assert place(weak) == line_of(folder, "more/rules.yaml", "id: fake-drugs-are-penalised")


def test_two_penalties_of_one_title_cannot_be_told_apart(tmp_path: Path) -> None:
    alike = PENALTIES.replace("Selling expired drugs, new law", "Selling expired drugs, old law")

    assert [weak.of for weak in find(write_penalty_book(tmp_path, penalties=alike), "ER6061")] == [
        ("expired_new", "expired_old")
    ]


def test_a_penalty_on_persons_may_have_the_title_of_one_on_the_unit(tmp_path: Path) -> None:
    alike = PENALTIES.replace("'Persons responsible, fake drugs'", "Selling fake drugs")

    assert find(write_penalty_book(tmp_path, penalties=alike), "ER6061") == []


def test_a_sound_catalogue_has_no_weakness_of_its_own(tmp_path: Path) -> None:
    found = find(write_penalty_book(tmp_path), *_KINDS)

    assert {weak.code for weak in found} == {"ER6005"}
