"""Counting: a higher value takes nothing away, and a filed case has one place in each part of its table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Classification, Rulebook
from enforcerules.case import Unknown
from enforcerules.testing import CaseFacts, Pair
from enforcerules.values import parse_yuan, write_yuan
from tests.strategies import BOOK, filed_annex1_cases, rising_pairs

WORLDS: st.SearchStrategy[Unknown] = st.sampled_from(("open", "absent"))
_MORE = st.sampled_from((0, 1, 100, 10_000_000, 100_000_000))


def _called_for(answer: Classification) -> set[str]:
    return {action.id for action in answer.actions if action.verdict == "met"}


def _grounds(answer: Classification) -> set[str]:
    return {ground.id for ground in answer.major_case.grounds if ground.verdict == "met"}


@given(rising_pairs("goods_value"), WORLDS)
def test_a_higher_goods_value_never_removes_an_action_or_the_major_case(
    rulebook: Rulebook, cases: Pair, world: Unknown
) -> None:
    lower, higher = (rulebook.classify(case, unknown=world) for case in (cases.before, cases.after))

    assert _called_for(lower) <= _called_for(higher)
    assert _grounds(lower) <= _grounds(higher)
    assert lower.major_case.verdict != "met" or higher.major_case.verdict == "met"
    assert not lower.report.major_case_form or higher.report.major_case_form


@given(filed_annex1_cases())
def test_a_filed_case_has_exactly_one_stage_source_row_and_value_row(rulebook: Rulebook, case: CaseFacts) -> None:
    report = rulebook.classify(case).report
    met = rulebook.decide(rulebook.read_case(case)).verdicts.holds

    assert (report.form, report.counted) == ("annex1", "met")
    assert report.tables == case["product_categories"] == [report.counted_in]
    table = next(table for table in BOOK.forms["annex1"].tables if table.id == report.counted_in)
    for name in ("stage", "source_row", "value_row"):
        part = table.part(name)
        assert part is not None
        holding = [row.id for row in part.rows if row.rule is not None and met[row.rule].value == "met"]
        assert holding == [getattr(report, name)]
    assert report.open == []


@given(filed_annex1_cases())
def test_a_case_that_is_not_filed_is_not_counted(rulebook: Rulebook, case: CaseFacts) -> None:
    report = rulebook.classify(case | {"progress": []}).report

    assert report.counted == "not_met"
    assert [cell.part for cell in report.open] == ["count"]


@given(filed_annex1_cases(), _MORE)
def test_the_row_of_a_higher_value_never_stands_before_that_of_a_lower_one(
    rulebook: Rulebook, case: CaseFacts, more: int
) -> None:
    table = next(table for table in BOOK.forms["annex1"].tables if table.id == case["product_categories"][0])
    part = table.part("value_row")
    assert part is not None
    rows = [row.id for row in part.rows]

    value = parse_yuan(str(case["goods_value"]))
    lower, higher = (
        rulebook.classify(case | {"goods_value": write_yuan(fen)}).report.value_row for fen in (value, value + more)
    )

    assert lower is not None
    assert higher is not None
    assert rows.index(lower) <= rows.index(higher)


@given(filed_annex1_cases())
def test_bounds_that_meet_are_the_amount_itself(rulebook: Rulebook, case: CaseFacts) -> None:
    value = case["goods_value"]
    bounded = case | {"goods_value": {"at_least": value, "at_most": value}}

    assert rulebook.classify(bounded).to_dict() == rulebook.classify(case).to_dict()
