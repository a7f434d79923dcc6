"""Duties with a day as an iCalendar file (RFC 5545), for the calendar programs that people keep their days in.

What the duties are about is for the caller: reports of a campaign, or the steps of one case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from enforcerules.errors import Diagnostic, EnforceRulesError, EngineUnavailableError
from enforcerules.text import Language, Text

__all__ = ["DatedDuty", "write_calendar"]

_ALARM_AT = timedelta(hours=9)


@dataclass(frozen=True, slots=True)
class DatedDuty:
    """Something to be done by a day.

    `key` names it for good: the same duty keeps it in every file, so that a program that reads a newer file
    replaces the entry. `safe_by` is the day by whose end it is surely in time, `latest` the last day at all;
    where the day leaves no doubt they are the same. `known_since` is the day from which the duty has stood, the
    date of the entry. `open` marks a duty that may not exist.
    """

    key: str
    title: Text
    details: Sequence[Text]
    safe_by: date
    latest: date
    known_since: date
    open: bool = False


def write_calendar(
    duties: Sequence[DatedDuty],
    *,
    name: Text,
    domain: str,
    language: Language,
    about: Text | None = None,
    alarm_days: int | None = None,
) -> bytes:
    """Return the duties as an iCalendar file. The same duties give the same bytes: no clock is read.

    Each duty is one entry without hours, from `safe_by` to `latest`. It leaves the time of the person free.

    Args:
        duties: at least one, each with a key of its own.
        name: what the calendar is called.
        domain: what makes the keys unique in the world, such as the id of the rulebook.
        language: the language of the entries.
        about: what the calendar rests on.
        alarm_days: sounds an alarm at nine o'clock so many days before `safe_by`; None for none.

    Raises:
        EngineUnavailableError: when icalendar, which comes with the extra `reports`, is not installed.
        EnforceRulesError: ER7071, when there is no duty: the format has no empty calendar.

    """
    try:
        from icalendar import Alarm, Calendar, Event
    except ImportError:
        said = Text("没有安装 icalendar，不能写日历", "icalendar, which writes calendars, is not installed")
        install = "pip install 'enforcerules[reports]'"
        raise EngineUnavailableError([Diagnostic("ER7070", said, None, Text(install, install))]) from None
    if not duties:
        said = Text("没有一项有日期，写不成日历", "nothing there has a day, so there is no calendar to write")
        hint = Text(
            "换一个时期或者地方；用 --format text 查看说明", "ask for another period or place; --format text says why"
        )
        raise EnforceRulesError([Diagnostic("ER7071", said, None, hint)])
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//enforcerules//{domain}//{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    # the second name is the one that programs older than RFC 7986 read
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name[language])
    if about is not None:
        for key in ("description", "x-wr-caldesc"):
            calendar.add(key, about[language])
    for duty in duties:
        event = Event()
        event.add("uid", f"{duty.key}@{domain}")
        event.add("dtstamp", datetime.combine(duty.known_since, time(), UTC))
        event.add("dtstart", duty.safe_by)
        # the end is the first day that no longer belongs to it
        event.add("dtend", duty.latest + timedelta(days=1))
        event.add("summary", duty.title[language])
        event.add("description", "\n".join(line[language] for line in duty.details))
        event.add("status", "TENTATIVE" if duty.open else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        if alarm_days is not None:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", duty.title[language])
            alarm.add("trigger", _ALARM_AT - timedelta(days=alarm_days))
            event.add_component(alarm)
        calendar.add_component(event)
    # in the order given: the library's own order differs between its versions
    written: bytes = calendar.to_ical(sorted=False)
    return written
