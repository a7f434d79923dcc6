"""Where a case is counted, and what keeps a cell open."""

from typing import Any

import pytest

from enforcerules import classify
from enforcerules.classification import ReportCategory

FILED = {
    "record_kind": "case",
    "jurisdiction": "500118",
    "as_of": "2022-07-10",
    "product_categories": ["drug"],
    "progress": ["filed"],
    "case_source": "complaint",
    "stages": ["distribution"],
    "goods_value": "30000",
    "conducts": ["unlicensed_distribution"],
    "online": False,
}


def _report(**changes: Any) -> ReportCategory:
    return classify(FILED | changes).report


def test_a_filed_case_has_one_place_in_each_part() -> None:
    report = _report()

    assert report.form == "annex1"
    assert (report.stage, report.source_row, report.value_row) == ("distribution", "src_complaint", "v_lt_10w")
    assert report.key_areas == ["ka_unlicensed_distribution"]
    assert report.counted == "met"
    assert report.open == []


@pytest.mark.parametrize(
    ("fact", "part"), [("goods_value", "value_row"), ("case_source", "source_row"), ("stages", "stage")]
)
def test_a_missing_fact_leaves_its_cell_open_and_is_named(fact: str, part: str) -> None:
    report = _report(**{fact: None})

    cell = next(cell for cell in report.open if cell.part == part)
    assert getattr(report, part) is None
    assert cell.needs in ([fact], ["primary_stage"])


def test_a_value_known_only_from_below_leaves_the_bracket_open() -> None:
    assert _report(goods_value={"at_least": "300000"}).value_row is None


def test_bounds_inside_one_bracket_settle_it() -> None:
    assert _report(goods_value={"at_least": "200000", "at_most": "300000"}).value_row == "v_20w_50w"


def test_a_case_with_two_products_is_counted_in_the_table_of_the_primary_one() -> None:
    undecided = _report(product_categories=["drug", "cosmetic"])
    decided = _report(product_categories=["drug", "cosmetic"], primary_product="cosmetic")

    assert undecided.tables == ["drug", "cosmetic"]
    assert undecided.counted_in is None
    assert [cell.needs for cell in undecided.open if cell.part == "table"] == [["primary_product"]]
    assert (decided.counted_in, decided.value_row) == ("cosmetic", "v_lt_5w")


def test_a_case_not_yet_filed_is_not_counted_and_says_so() -> None:
    report = _report(progress=[])

    assert report.counted == "not_met"
    assert [cell.part for cell in report.open] == ["count"]


def test_a_lead_enters_no_table_but_its_hand_over_has_a_row() -> None:
    report = _report(record_kind="lead", crime_suspected=True)

    assert report.tables == []
    assert report.transfer_rows == ["x_police_leads"]


def test_a_key_area_by_analogy_says_so() -> None:
    report = _report(conducts=["licence_lending"])
    both = _report(conducts=["licence_lending", "forged_qualification"])

    assert [(area.id, area.strength) for area in report.cells[0].key_areas] == [("ka_forged_qualification", "analogy")]
    assert both.cells[0].key_areas[0].strength == "explicit"


def test_a_place_without_forms_has_no_form() -> None:
    assert _report(jurisdiction="361130").form is None


def test_before_the_day_is_safe_by_the_day_before() -> None:
    monthly = next(d for d in _report(as_of="2022-09-21").deadlines if d.report == "monthly")

    assert (str(monthly.due), str(monthly.safe_by)) == ("2022-10-01", "2022-09-30")
    assert monthly.holiday is not None
    assert monthly.holiday.zh == "国庆节"


@pytest.mark.parametrize("fact", ["jurisdiction", "as_of"])
def test_without_place_or_date_it_is_open_whether_the_case_is_counted(fact: str) -> None:
    report = _report(**{fact: None, "goods_value": "600000"})

    assert (report.form, report.counted, report.major_case_form) == (None, "open", None)
    assert [(cell.part, cell.needs) for cell in report.open] == [
        ("form", ["duty_date" if fact == "as_of" else "jurisdiction"])
    ]


def test_without_the_product_the_table_is_open() -> None:
    report = _report(product_categories=None)

    assert (report.tables, report.counted) == ([], "open")
    assert [(cell.part, cell.needs) for cell in report.open] == [("table", ["product_categories"])]


def test_a_lead_is_not_counted_wherever_it_comes_from() -> None:
    assert _report(record_kind="lead", jurisdiction=None).counted == "not_met"
