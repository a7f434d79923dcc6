"""The list of due reports: what it takes, what it notes, and what it says as data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from enforcerules import Rulebook
from enforcerules.reports.due import find_due
from enforcerules.values import WorkCalendar
from tests.reports.due.books import without_holidays

OCTOBER = {"since": date(2022, 10, 1), "until": date(2022, 10, 31)}


def test_a_day_off_is_named_with_the_last_working_day_before_it(rulebook: Rulebook) -> None:
    (due,) = find_due(rulebook, "500118", **OCTOBER).to_dict()["due"]

    assert due == {
        "report": "monthly",
        "where": "500118",
        "title": {"zh": "月度进展（附件1，表1—表4）", "en": "Monthly progress (annex 1, tables 1 to 4)"},
        "to": ["yongchuan_office"],
        "to_text": {
            "zh": "永川专项办公室（设在区市场监管局）",
            "en": "Yongchuan campaign office (at the district market regulator)",
        },
        "form": "annex1",
        "form_title": {
            "zh": "药品安全专项整治行动工作月度进展",
            "en": "Monthly progress of the drug-safety special campaign",
        },
        "clock": {"zh": "每月1日前", "en": "before the 1st of each month"},
        "clauses": ["001.report.monthly", "001.office"],
        "in_doubt": [],
        "citation": {"zh": "永川方案 六、（四），二、第1段", "en": "Yongchuan plan 六、（四）, 二、第1段"},
        "doubts": ["G-27", "G-66"],
        "due": "2022-10-01",
        "safe_by": "2022-09-30",
        "holiday": {"zh": "国庆节", "en": "National Day"},
        "safe_by_holiday": None,
        "last_working_day": "2022-09-30",
    }


def test_a_safe_day_on_a_weekend_leaves_less_time(rulebook: Rulebook) -> None:
    dues = find_due(rulebook, "350481", since=date(2023, 10, 23), until=date(2023, 10, 23))
    (due,) = dues.to_dict()["due"]

    assert (due["holiday"], due["safe_by_holiday"]["zh"], due["last_working_day"]) == (None, "周日", "2023-10-20")


def test_reports_without_a_day_are_listed_apart_with_their_clause(rulebook: Rulebook) -> None:
    found = find_due(rulebook, "500118", **OCTOBER).to_dict()["any_time"]

    assert {each["report"]: each["clauses"] for each in found} == {
        "major_situation": ["001.report.major"],
        "risk_form": ["001.risk.forms", "001.risk.system"],
        "stats_system": ["001.report.system"],
        "sensitive_or_unified_release": ["000.unified_release", "000.sensitive_report"],
    }


def test_the_data_is_plain_json_and_says_what_was_asked(rulebook: Rulebook) -> None:
    period = find_due(rulebook, "500118", **OCTOBER).to_dict()
    following = find_due(rulebook, "500118", as_of=date(2022, 10, 2)).to_dict()
    everything = find_due(rulebook, "350481").to_dict()

    assert json.loads(json.dumps(period)) == period
    assert (period["from"], period["until"], period["as_of"]) == ("2022-10-01", "2022-10-31", None)
    assert (following["from"], following["until"], following["as_of"]) == (None, None, "2022-10-02")
    assert (everything["from"], everything["until"], len(everything["due"])) == (None, None, 4)
    assert period["rulebook"]["sha256"] == rulebook.sha256


def test_the_default_place_is_that_of_the_rulebook(rulebook: Rulebook) -> None:
    assert find_due(rulebook).place.code == rulebook.resolved.default_place


@pytest.mark.parametrize(
    ("place", "asked", "note"),
    [
        ("361130", {}, "规则库收录了江西省婺源县（361130）的婺源方案，其中没有报送日；有报送日的地方："),
        ("110105", {}, "规则库没有收录110105的方案，当地何时报送不明；有报送日的地方："),
        ("CN", {}, "规则库收录的全国文件中没有报送日；有报送日的地方：重庆市永川区（500118）、福建省永安市（350481）"),
        (
            "500118",
            {"since": date(2022, 12, 1), "until": date(2022, 12, 31)},
            "这一时期没有报送日；规则库中当地的报送日从 2022-06-01 到 2022-11-20",
        ),
        (
            "500118",
            {"as_of": date(2022, 5, 5)},
            "2022-05-05 当地规定报送的条款无效；规则库中当地的报送日从 2022-06-01 到 2022-11-20",
        ),
        (
            "500118",
            {"as_of": date(2022, 11, 21)},
            "2022-11-21 以后没有报送日；规则库中当地的报送日从 2022-06-01 到 2022-11-20",
        ),
    ],
)
def test_a_list_without_days_says_why(rulebook: Rulebook, place: str, asked: dict[str, date], note: str) -> None:
    data = find_due(rulebook, place, **asked).to_dict()

    assert data["due"] == []
    assert [said["zh"][: len(note)] for said in data["notes"]] == [note]


def test_nothing_is_noted_where_nothing_is_missing(rulebook: Rulebook) -> None:
    dues = find_due(rulebook, "500118", **OCTOBER)

    assert dues.to_dict()["notes"] == []
    assert dues.settled


def test_a_doubt_about_a_day_that_was_left_out_is_shown_where_that_day_lies(rulebook: Rulebook) -> None:
    december = find_due(rulebook, "500118", since=date(2022, 12, 1), until=date(2022, 12, 1))

    assert "G-27" in december.doubts


def test_a_year_without_holidays_is_told_and_nothing_is_guessed_from_the_weekday(rulebook: Rulebook) -> None:
    dues = find_due(without_holidays(rulebook, 2022), "500118", **OCTOBER)
    (due,) = dues.to_dict()["due"]

    assert (due["holiday"], due["last_working_day"]) == (None, None)
    assert [note["zh"] for note in dues.to_dict()["notes"]] == ["规则库没有 2022 年的节假日安排，该年哪天放假不明"]
    assert not dues.settled
    assert "节假日安排不明" in dues.to_text("zh")


def test_a_place_must_be_one_and_a_period_must_not_run_backwards(rulebook: Rulebook) -> None:
    with pytest.raises(ValueError, match="not a place code"):
        find_due(rulebook, "50011")
    with pytest.raises(ValueError, match="ends before it begins"):
        find_due(rulebook, since=date(2022, 7, 2), until=date(2022, 7, 1))
    with pytest.raises(ValueError, match="not both"):
        find_due(rulebook, since=date(2022, 7, 2), as_of=date(2022, 7, 1))


def test_the_holidays_are_those_of_the_rulebook(rulebook: Rulebook) -> None:
    bare = replace(rulebook.resolved, calendar=WorkCalendar({}))

    assert find_due(Rulebook(bare), "500118").unknown_years == (2022,)
