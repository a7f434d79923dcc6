"""The list of due reports as entries of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from enforcerules.explaining.page import cite
from enforcerules.model.due_days import DueDay
from enforcerules.reports.due.listing import DueList, doubts_of
from enforcerules.reports.due.page import title
from enforcerules.reports.due.saying import day_details
from enforcerules.reports.duty_calendar import DatedDuty, write_calendar
from enforcerules.text import Language, Text


def list_as_calendar(dues: DueList, language: Language, alarm_days: int | None) -> bytes:
    """Return the reports with a day as an iCalendar file."""
    book = dues.book
    return write_calendar(
        [_entry(dues, due) for due in dues.days],
        name=title(dues),
        domain=book.id,
        language=language,
        about=Text(f"规则库 {book.id} {book.version}", f"rulebook {book.id} {book.version}"),
        alarm_days=alarm_days,
    )


def _entry(dues: DueList, due: DueDay) -> DatedDuty:
    report, said = due.report, due.report.title
    return DatedDuty(
        # the same in every file, whatever the period and the language
        key=f"{report.where}-{report.id}-{due.day}",
        title=Text(
            f"{said.zh}：{due.safe_by} 报出最稳妥，{due.day} 为最迟",
            f"{said.en}: safe by {due.safe_by}, at the latest on {due.day}",
        ),
        details=tuple(_details(dues, due)),
        safe_by=due.safe_by,
        latest=due.day,
        known_since=_known_since(dues, due),
        open=not due.clauses,
    )


def _details(dues: DueList, due: DueDay) -> Iterator[Text]:
    yield from day_details(dues, due)
    cited = cite(dues.book, (*due.clauses, *due.in_doubt), whole=True)
    yield Text(f"依据：{cited.zh}", f"basis: {cited.en}")
    # who meets the entry in a calendar has no register of doubts at hand
    for name in doubts_of(dues.book, due):
        doubt = dues.book.doubts[name]
        if doubt.severity == "warn":
            yield Text(f"{name} 读法：{doubt.reading.zh}", f"{name} is read as: {doubt.reading.en}")


def _known_since(dues: DueList, due: DueDay) -> date:
    """Return the day from which a clause has ordered the report; its own day where that has no beginning."""
    clauses = [dues.book.clauses[name] for name in (*due.clauses, *due.in_doubt)]
    begun = [w.since for clause in clauses for w in clause.windows if w.covers(due.day) and w.since is not None]
    return min(begun, default=due.day)
