"""The calendar file: what RFC 5545 asks of it, whatever the duties are about."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from enforcerules.errors import EnforceRulesError, EngineUnavailableError
from enforcerules.reports.duty_calendar import DatedDuty, write_calendar
from enforcerules.text import Language, Text

TRANSFER = DatedDuty(
    key="case-7-transfer",
    title=Text("移送公安机关", "Transfer to the police"),
    details=(Text("甲, 乙; 丙\\丁", "a, b; c\\d"), Text("移送规定 第6条", "Transfer Provisions art. 6")),
    safe_by=date(2022, 7, 11),
    latest=date(2022, 7, 11),
    known_since=date(2022, 7, 10),
)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200)
DUTIES = st.lists(
    st.builds(
        lambda key, title, detail, safe, more, opened: DatedDuty(
            key, Text(title, title), (Text(detail, detail),), safe, safe + timedelta(days=more), safe, opened
        ),
        st.from_regex("[a-z0-9-]{1,40}", fullmatch=True),
        WORDS,
        WORDS,
        st.dates(date(2000, 1, 1), date(2099, 1, 1)),
        st.integers(0, 10),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda duty: duty.key,
)


def _write(*duties: DatedDuty, language: Language = "zh", alarm_days: int | None = None) -> bytes:
    name = Text("本案期限", "Days of the case")
    return write_calendar(duties, name=name, domain="rules.test", language=language, alarm_days=alarm_days)


def test_a_duty_of_one_day_is_an_entry_of_that_day() -> None:
    assert _write(TRANSFER, language="en", alarm_days=3).decode().replace("\r\n", "\n") == (
        "BEGIN:VCALENDAR\n"
        "VERSION:2.0\n"
        "PRODID:-//enforcerules//rules.test//EN\n"
        "CALSCALE:GREGORIAN\n"
        "NAME:Days of the case\n"
        "X-WR-CALNAME:Days of the case\n"
        "BEGIN:VEVENT\n"
        "UID:case-7-transfer@rules.test\n"
        "DTSTAMP:20220710T000000Z\n"
        "DTSTART;VALUE=DATE:20220711\n"
        "DTEND;VALUE=DATE:20220712\n"
        "SUMMARY:Transfer to the police\n"
        "DESCRIPTION:a\\, b\\; c\\\\d\\nTransfer Provisions art. 6\n"
        "STATUS:CONFIRMED\n"
        "TRANSP:TRANSPARENT\n"
        "BEGIN:VALARM\n"
        "ACTION:DISPLAY\n"
        "DESCRIPTION:Transfer to the police\n"
        "TRIGGER:-P2DT15H\n"
        "END:VALARM\n"
        "END:VEVENT\n"
        "END:VCALENDAR\n"
    )


@pytest.mark.parametrize(("days", "before"), [(0, timedelta(hours=9)), (1, timedelta(hours=-15)), (60, None)])
def test_the_alarm_sounds_at_nine_so_many_days_before(days: int, before: timedelta | None) -> None:
    calendar = icalendar.Calendar.from_ical(_write(TRANSFER, alarm_days=days))
    (alarm,) = calendar.walk("VALARM")

    assert alarm.decoded("trigger") == (before if before is not None else timedelta(days=-60, hours=9))


@given(DUTIES, st.sampled_from(["zh", "en"]), st.none() | st.integers(0, 60))
def test_lines_end_and_fold_as_the_format_says_and_no_character_is_cut(
    duties: list[DatedDuty], language: Language, alarm_days: int | None
) -> None:
    written = _write(*duties, language=language, alarm_days=alarm_days)
    *lines, rest = written.split(b"\r\n")

    assert rest == b""
    assert all(0 < len(line) <= 75 for line in lines)
    assert not any(byte in line for line in lines for byte in (b"\r", b"\n"))
    assert all(line.decode() for line in lines)
    assert written == _write(*duties, language=language, alarm_days=alarm_days)


@given(DUTIES)
def test_two_readers_read_what_was_written(duties: list[DatedDuty]) -> None:
    written = _write(*duties)
    own = icalendar.Calendar.from_ical(written).walk("VEVENT")
    other = IcsCalendarStream.calendar_from_ics(written.decode()).events

    for duty, entry, event in zip(duties, own, other, strict=True):
        assert (entry["uid"], event.uid) == (f"{duty.key}@rules.test",) * 2
        assert (entry["summary"], event.summary) == (duty.title.zh,) * 2
        assert (entry["description"], event.description) == (duty.details[0].zh,) * 2
        assert (entry.decoded("dtstart"), event.dtstart) == (duty.safe_by,) * 2
        assert (entry.decoded("dtend"), event.dtend) == (duty.latest + timedelta(days=1),) * 2
        assert entry["status"] == ("TENTATIVE" if duty.open else "CONFIRMED")


def test_there_is_no_calendar_without_an_entry() -> None:
    with pytest.raises(EnforceRulesError) as caught:
        _write()

    assert [fault.code for fault in caught.value.diagnostics] == ["ER7071"]
    assert caught.value.diagnostics[0].message.zh == "没有一项有日期，写不成日历"


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(EngineUnavailableError) as caught:
        _write(TRANSFER)

    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.message.en) == ("ER7070", "icalendar, which writes calendars, is not installed")
    assert fault.hint is not None
    assert fault.hint.zh == "pip install 'enforcerules[reports]'"
