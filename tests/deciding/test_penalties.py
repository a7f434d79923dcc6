"""The penalties of a case: what is laid down, the one fine, and by which of two laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enforcerules import Rulebook, load_rulebook
from enforcerules.classification import PenaltiesResult, PenaltyResult
from tests.penalty_books import PENALTIES, RULES, write_penalty_book


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load_rulebook(write_penalty_book(tmp_path_factory.mktemp("penalties")))


def penalties(rulebook: Rulebook, **facts: Any) -> PenaltiesResult:
    return rulebook.classify({"as_of": "2022-07-10", **facts}).penalties


def one(found: PenaltiesResult, name: str) -> PenaltyResult:
    return next(penalty for penalty in found.imposed if penalty.id == name)


def states(found: list[PenaltyResult]) -> list[tuple[str, str]]:
    return [(penalty.id, penalty.verdict) for penalty in found]


def test_a_penalty_says_its_range_with_every_step_and_its_law(rulebook: Rulebook) -> None:
    found = one(penalties(rulebook, conduct="fake_drug", goods_value=62000), "fake_drugs")

    assert found.verdict == "met"
    assert (found.rules, found.clauses) == (["fake-drugs-are-penalised"], ["law.50"])
    assert found.fine is not None
    assert found.fine.model_dump() == {
        "base": "goods_value",
        "value": "62000",
        "counted": "100000",
        "least_percent": 1500,
        "most_percent": 3000,
        "floor": "100000",
        "under": None,
        "least": "1500000",
        "most": "3000000",
        "may": False,
    }
    assert [(measure.id, measure.by, measure.may) for measure in found.measures] == [
        ("confiscate_goods", "handling_agency", False),
        ("revoke_permit", "police", True),
    ]


def test_what_is_certain_comes_first_and_the_unit_before_the_persons(rulebook: Rulebook) -> None:
    assert states(penalties(rulebook, conduct="fake_drug").imposed) == [
        ("fake_drugs", "met"),
        ("fake_drugs_persons", "open"),
    ]
    assert states(penalties(rulebook, conduct="fake_drug", grave=True).imposed) == [
        ("fake_drugs", "met"),
        ("fake_drugs_persons", "met"),
    ]


def test_an_open_penalty_says_what_it_needs(rulebook: Rulebook) -> None:
    found = one(penalties(rulebook, conduct="fake_drug"), "fake_drugs_persons")

    assert (found.verdict, found.needs) == ("open", ["grave"])


def test_a_base_that_is_not_known_leaves_the_upper_bound_open(rulebook: Rulebook) -> None:
    found = one(penalties(rulebook, conduct="fake_drug", grave=True), "fake_drugs_persons").fine

    assert found is not None
    assert (found.value, found.counted, found.least, found.most) == (None, None, "0", None)


def test_a_case_without_a_penalty_has_none(rulebook: Rulebook) -> None:
    found = penalties(rulebook, conduct="fake_drug", as_of="2019-12-31")

    assert found.model_dump() == {
        "law": "conduct",
        "law_clauses": [],
        "imposed": [],
        "by_other_law": [],
        "highest_fine": None,
        "highest_fine_clauses": [],
        "held_back_by": [],
    }


# --- one fine for one act ----------------------------------------------------------------------------

BOTH = """\
  - id: fake-drugs-break-the-old-law-too
    title: {zh: 假药也违反旧法, en: Fake drugs break the old law too}
    basis: [law.60]
    when: {fact: conduct, is: fake_drug}
    then: [{penalise: expired_old}]
"""


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return load_rulebook(write_penalty_book(tmp_path_factory.mktemp("twice"), rules=RULES + BOTH))


def test_one_act_is_fined_once_by_the_higher_provision(twice: Rulebook) -> None:
    for value in (None, 0, 62000, 99999.99):
        facts = {} if value is None else {"goods_value": value}
        found = penalties(twice, conduct="fake_drug", **facts)
        assert (found.highest_fine, found.highest_fine_clauses) == ("fake_drugs", ["law.29"])


def test_a_single_fine_is_the_highest_and_needs_no_law_to_choose(rulebook: Rulebook) -> None:
    found = penalties(rulebook, conduct="fake_drug", grave=True)

    # the fine of the persons is not one for the act of the unit
    assert (found.highest_fine, found.highest_fine_clauses) == ("fake_drugs", [])


def test_which_fine_is_higher_may_be_open(tmp_path: Path) -> None:
    crossing = PENALTIES.replace("times: {least: 15, most: 30}}", "times: {least: 1, most: 5}}", 1)
    crossing = crossing.replace("      times: {least: 15, most: 30}\n", "      times: {least: 15, most: 60}\n", 1)
    rulebook = load_rulebook(write_penalty_book(tmp_path, penalties=crossing, rules=RULES + BOTH))

    found = penalties(rulebook, conduct="fake_drug")
    assert (found.highest_fine, found.highest_fine_clauses) == (None, ["law.29"])
    assert penalties(rulebook, conduct="fake_drug", goods_value=5000).highest_fine == "fake_drugs"
    assert penalties(rulebook, conduct="fake_drug", goods_value=50000).highest_fine == "expired_old"


# --- the law of the day of the conduct, or of the decision -------------------------------------------


def across(rulebook: Rulebook, **facts: Any) -> PenaltiesResult:
    """Return the penalties of an act under the old law that is decided on under the new one."""
    days = {"conduct_date": "2022-12-31", "decided_on": "2023-03-01"}
    return penalties(rulebook, **{**days, "conduct": "expired", **facts})


def test_the_lighter_law_of_the_day_of_the_decision_governs(rulebook: Rulebook) -> None:
    found = across(rulebook)

    assert (found.law, found.law_clauses) == ("decision", ["law.37"])
    assert states(found.imposed) == [("expired_new", "met")]
    assert states(found.by_other_law) == [("expired_old", "met")]


def test_a_graver_law_of_the_day_of_the_decision_does_not(tmp_path: Path) -> None:
    graver = PENALTIES.replace("fine: {may: true, amount: {most: 50000}}", "measures: [{do: revoke_permit}]")
    found = across(load_rulebook(write_penalty_book(tmp_path, penalties=graver)), goods_value=5000)

    assert (found.law, found.law_clauses) == ("conduct", ["law.37"])
    assert states(found.imposed) == [("expired_old", "met")]
    assert states(found.by_other_law) == [("expired_new", "met")]


def test_laws_that_are_equally_severe_leave_that_of_the_conduct(tmp_path: Path) -> None:
    fixed = "fine: {amount: {most: 50000}}\n"
    tiers = PENALTIES[PENALTIES.index("    fine:\n      base") : PENALTIES.index("  expired_new")]
    same = PENALTIES.replace(tiers, f"    {fixed}").replace("fine: {may: true, amount: {most: 50000}}\n", fixed)

    assert across(load_rulebook(write_penalty_book(tmp_path, penalties=same))).law == "conduct"


def with_new_fine(folder: Path, fine: str) -> Rulebook:
    """Return the rulebook whose new law has another fine."""
    old = "fine: {may: true, amount: {most: 50000}}\n"
    assert old in PENALTIES
    return load_rulebook(write_penalty_book(folder, penalties=PENALTIES.replace(old, f"fine: {fine}\n")))


def test_an_amount_that_is_not_known_decides_nothing_where_the_law_is_lighter_for_some_only(tmp_path: Path) -> None:
    """The new law fixes 100,000 to 200,000 yuan; the old one has 50,000 to 150,000, and more from 10,000 yuan up."""
    rulebook = with_new_fine(tmp_path, "{amount: {least: 100000, most: 200000}}")

    assert across(rulebook, goods_value=9999.99).law == "conduct"
    assert across(rulebook, goods_value=10000).law == "decision"
    assert across(rulebook).law == "undecided"
    assert across(rulebook, goods_value={"at_least": 10000}).law == "decision"
    assert across(rulebook, goods_value={"at_most": 9999.99}).law == "conduct"
    assert across(rulebook, goods_value={"at_least": 9999.99, "at_most": 10000}).law == "undecided"


@pytest.mark.parametrize(
    ("fine", "law"),
    [
        ("{base: goods_value, times: {least: 1, most: 10}}", "decision"),
        ("{base: goods_value, times: {least: 20, most: 40}}", "undecided"),
        (
            "{base: goods_value, under: 10000, amount: {least: 50000, most: 150000}, times: {least: 15, most: 30}}",
            "conduct",
        ),
        (
            "{base: goods_value, under: 10000, amount: {least: 50000, most: 150000}, times: {least: 16, most: 30}}",
            "conduct",
        ),
        (
            "{base: goods_value, under: 10000, amount: {least: 50000, most: 150000}, times: {least: 15, most: 29}}",
            "decision",
        ),
        (
            "{base: goods_value, under: 10000, amount: {least: 50000, most: 149999}, times: {least: 15, most: 31}}",
            "undecided",
        ),
        ("{base: goods_value, counted_as_at_least: 10000, times: {least: 15, most: 30}}", "conduct"),
        ("{base: income, times: {least: 1, most: 2}}", "undecided"),
    ],
)
def test_two_fines_of_an_amount_that_is_not_known_are_compared_for_every_amount(
    tmp_path: Path, fine: str, law: str
) -> None:
    assert across(with_new_fine(tmp_path, fine)).law == law


def test_a_penalty_that_is_open_by_one_law_leaves_the_choice_open(tmp_path: Path) -> None:
    """By the new law a permit may be revoked, if the case is grave, which nobody has judged yet."""
    grave = """\
  - id: grave-cases-lose-the-permit
    title: {zh: 情节严重的吊证, en: A grave case costs the permit}
    basis: [law.61]
    when: {all: [{fact: conduct, is: expired}, {fact: grave, is: true}]}
    then: [{penalise: permit_lost}]
"""
    more = PENALTIES + "  permit_lost:\n    title: {zh: 吊证, en: Permit lost}\n    measures: [{do: revoke_permit}]\n"
    rulebook = load_rulebook(write_penalty_book(tmp_path, penalties=more, rules=RULES + grave))

    # what is still open can make the new law the graver one
    assert across(rulebook, grave=True, goods_value=5000).law == "conduct"
    assert across(rulebook, grave=False, goods_value=5000).law == "decision"
    assert across(rulebook, goods_value=5000).law == "undecided"


@pytest.mark.parametrize(
    ("conduct", "decided", "law", "imposed"),
    [
        ("2022-12-31", "2023-01-01", "decision", "expired_new"),
        ("2022-12-31", "2022-12-31", "conduct", "expired_old"),
        ("2022-12-30", "2022-12-31", "conduct", "expired_old"),
        ("2023-01-01", "2023-03-01", "conduct", "expired_new"),
        # an act after the day of the decision is none, and nothing is compared
        ("2023-01-01", "2022-12-31", "conduct", "expired_new"),
    ],
)
def test_the_two_days_decide_which_laws_are_compared(
    rulebook: Rulebook, conduct: str, decided: str, law: str, imposed: str
) -> None:
    found = across(rulebook, conduct_date=conduct, decided_on=decided)

    assert (found.law, [penalty.id for penalty in found.imposed]) == (law, [imposed])


def test_without_a_decision_the_day_of_the_duty_stands_for_it(rulebook: Rulebook) -> None:
    facts = {"conduct": "expired", "conduct_date": "2022-12-31", "as_of": "2023-03-01"}

    assert penalties(rulebook, **facts).law == "decision"


def test_a_day_of_the_conduct_that_is_not_known_leaves_both_laws_open(rulebook: Rulebook) -> None:
    found = rulebook.classify({"conduct": "expired"}).penalties

    assert found.law == "conduct"
    assert {penalty.id: penalty.verdict for penalty in found.imposed} == {"expired_new": "open", "expired_old": "open"}


def test_without_a_clause_that_says_so_nothing_is_chosen(tmp_path: Path) -> None:
    law = PENALTIES.replace(
        "lighter_law: {basis: [law.37]}\none_fine: {basis: [law.29]}\n", "one_fine: {basis: [law.29, law.37]}\n"
    )
    rulebook = load_rulebook(write_penalty_book(tmp_path, penalties=law))

    found = across(rulebook)
    assert (found.law, found.law_clauses, states(found.imposed)) == ("conduct", [], [("expired_old", "met")])


def test_both_engines_agree_about_penalties(rulebook: Rulebook) -> None:
    pytest.importorskip("durable_rules_engine")
    for facts in ({"conduct": "fake_drug", "grave": True}, {"conduct": "expired", "conduct_date": "2022-12-31"}, {}):
        both = rulebook.classify({"as_of": "2023-03-01", **facts}, engine="both")
        assert both.penalties == rulebook.classify({"as_of": "2023-03-01", **facts}).penalties
