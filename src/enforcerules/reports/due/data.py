"""The list of due reports as plain JSON data."""

from __future__ import annotations

from datetime import date
from typing import Any

from enforcerules.explaining.page import cite
from enforcerules.model.due_days import DueDay, DueReport
from enforcerules.reports.due.listing import DueList, doubts_of
from enforcerules.reports.due.saying import addressees, notes
from enforcerules.text import Text


def list_as_data(dues: DueList) -> dict[str, Any]:
    """Return the list; the keys that `classify` has for a deadline mean the same here."""
    book = dues.book
    doubts = [book.doubts[name] for name in dues.doubts]
    return {
        "rulebook": {"id": book.id, "version": book.version, "sha256": book.sha256},
        "place": dues.place.code,
        "place_name": _text(book.places.get(dues.place.code)),
        "as_of": _day(dues.as_of),
        "from": None if dues.as_of or dues.since == date.min else _day(dues.since),
        "until": None if dues.as_of or dues.until == date.max else _day(dues.until),
        "due": [_due(dues, due) for due in dues.days],
        "any_time": [_report(dues, due) for due in dues.any_time],
        "notes": [note.to_dict() for note in notes(dues)],
        "doubts": [
            {
                "id": doubt.id,
                "severity": doubt.severity,
                "question": doubt.question.to_dict(),
                "reading": doubt.reading.to_dict(),
                "settle": doubt.settle.to_dict(),
            }
            for doubt in doubts
        ],
    }


def _due(dues: DueList, due: DueDay) -> dict[str, Any]:
    calendar = dues.book.calendar
    return {
        **_report(dues, due),
        "due": _day(due.day),
        "safe_by": _day(due.safe_by),
        "holiday": _text(calendar.day_off(due.day)),
        "safe_by_holiday": _text(calendar.day_off(due.safe_by)),
        "last_working_day": _day(dues.last_working_day(due)),
    }


def _report(dues: DueList, due: DueReport) -> dict[str, Any]:
    book, report = dues.book, due.report
    return {
        "report": report.id,
        "where": report.where,
        "title": report.title.to_dict(),
        "to": list(report.to),
        "to_text": addressees(book, due).to_dict() if report.to else None,
        "form": report.form,
        "form_title": _text(book.forms[report.form].title) if report.form else None,
        "clock": report.text.to_dict(),
        "clauses": list(due.clauses),
        "in_doubt": list(due.in_doubt),
        "citation": cite(book, (*due.clauses, *due.in_doubt), whole=True).to_dict(),
        "doubts": list(doubts_of(book, due)),
    }


def _text(text: Text | None) -> dict[str, str] | None:
    return text.to_dict() if text is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
