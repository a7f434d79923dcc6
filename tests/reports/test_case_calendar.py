"""The time limits of one case as a calendar file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from ical.calendar_stream import IcsCalendarStream

from enforcerules import CaseError, Rulebook
from enforcerules.deciding.classify import classify_decision
from enforcerules.errors import EnforceRulesError
from enforcerules.reports.case_calendar import write_case_calendar
from enforcerules.text import Language

REFUSED: dict[str, Any] = {
    "case_id": "甲药案〔2024〕7号",
    "case_name": "某药店案",
    "record_kind": "case",
    "as_of": "2024-03-14",
    "jurisdiction": "510802",
    "handling_agency_kind": "drug_regulator",
    "product_categories": ["drug"],
    "crime_suspected": True,
    "criminal_transfer": "transferred",
    "police_received_on": "2024-03-11",
    "police_decision": "not_filed",
    "police_notice_received_on": "2024-03-13",
}


def _write(rulebook: Rulebook, case: dict[str, Any], language: Language = "en") -> str:
    decision = rulebook.decide(rulebook.read_case(case))
    return write_case_calendar(decision, classify_decision(decision, "reference"), language=language).decode()


def _entries(text: str) -> dict[str, Any]:
    return {
        str(event.uid).split("@")[0].partition("-")[2]: event
        for event in IcsCalendarStream.calendar_from_ics(text).events
    }


def test_an_entry_runs_from_the_safe_day_to_the_last_one(rulebook: Rulebook) -> None:
    entries = _entries(_write(rulebook, REFUSED))

    assert set(entries) == {"request_reconsideration", "request_filing_supervision"}
    asked = entries["request_reconsideration"]
    # the third day is a Saturday
    assert (asked.dtstart, asked.dtend) == (date(2024, 3, 15), date(2024, 3, 16) + timedelta(days=1))
    assert asked.summary == "某药店案: may: Ask the police to reconsider a refusal to file, by 2024-03-16"


def test_an_entry_says_who_to_whom_and_by_which_clause(rulebook: Rulebook) -> None:
    told = str(_entries(_write(rulebook, REFUSED, "zh"))["request_reconsideration"].description)

    assert told.splitlines()[:3] == [
        "办理：办案机关",
        "对方：公安机关",
        "期限：接到不予立案通知书后3日内，自 2024-03-13 起算；当日周六，不顺延，此前最后工作日 2024-03-15",
    ]
    assert "G-81 读法" in told
    assert told.splitlines()[-1] == "依据：移送规定 第9条第1款；公安刑事程序规定 第181条（前半句）"


def test_the_identifier_stays_while_day_name_and_language_change(rulebook: Rulebook) -> None:
    moved = REFUSED | {"as_of": "2024-03-20", "police_notice_received_on": "2024-03-18", "case_name": "另名"}
    first, second = (_write(rulebook, REFUSED, "zh"), _write(rulebook, moved, "en"))

    def uids(text: str) -> list[str]:
        return [line for line in text.replace("\r\n ", "").splitlines() if line.startswith("UID:")]

    assert uids(first) == uids(second)
    assert "〔2024〕" not in "".join(uids(first))
    assert uids(_write(rulebook, REFUSED | {"case_id": "甲药案〔2024〕8号"})) != uids(first)


def test_a_duty_that_is_done_is_not_in_the_calendar(rulebook: Rulebook) -> None:
    asked = REFUSED | {"reconsideration_received_on": "2024-03-14"}

    assert set(_entries(_write(rulebook, asked))) == {"police_decide_reconsideration", "request_filing_supervision"}


def test_an_overdue_duty_stays_in_the_calendar(rulebook: Rulebook) -> None:
    assert "request_reconsideration" in _entries(_write(rulebook, REFUSED | {"as_of": "2024-04-30"}))


def test_a_case_without_number_and_name_has_no_calendar(rulebook: Rulebook) -> None:
    nameless = {key: value for key, value in REFUSED.items() if not key.startswith("case_")}

    with pytest.raises(CaseError) as error:
        _write(rulebook, nameless)

    (found,) = error.value.diagnostics
    assert found.code == "ER7072"
    assert found.message.en == "the case has neither number nor name to know its entries by"


def test_a_case_with_a_name_alone_has_one(rulebook: Rulebook) -> None:
    named = {key: value for key, value in REFUSED.items() if key != "case_id"}

    assert "request_reconsideration" in _entries(_write(rulebook, named))


def test_without_any_day_there_is_no_calendar(rulebook: Rulebook) -> None:
    with pytest.raises(EnforceRulesError) as error:
        _write(rulebook, {"case_id": "7", "as_of": "2024-03-14", "jurisdiction": "510802"})

    (found,) = error.value.diagnostics
    assert (found.code, found.message.zh) == ("ER7071", "本案没有一项应办事项算得出日期")
