"""Which reports a place owes on which days.

The same reading serves one case (its next deadlines) and a calendar of a whole period.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from enforcerules.model.book import ResolvedRulebook, in_force_during
from enforcerules.model.reports import Due
from enforcerules.model.situation import force, lies_in
from enforcerules.values import Place, Truth


@dataclass(frozen=True, slots=True)
class DueReport:
    """A report that a place owes.

    `clauses` are those in force that order it, `in_doubt` those whose force is in doubt; one of them is never
    empty.
    """

    report: Due
    clauses: tuple[str, ...]
    in_doubt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueDay(DueReport):
    """A report that a place owes before `day`.

    "Before the day" is told as two days: safe by the end of the one before, at the latest on the day itself.
    """

    day: date

    @property
    def safe_by(self) -> date:
        """The day by whose end the report is in time however "before the day" is read."""
        return self.day - timedelta(days=1)


def due_in_period(book: ResolvedRulebook, place: Place | None, since: date, until: date) -> list[DueDay]:
    """Return what falls due from `since` to `until`, both included, by day, under the law of the day itself.

    Each day of a report comes once. Reports without a day are left out: `due_at_any_time` has them.
    """
    days = [(report, day) for report in _of_place(book, place) for day in report.days if since <= day <= until]
    return _in_order(_due(book, place, report, day, day) for report, day in days)


def next_due(book: ResolvedRulebook, place: Place | None, since: date, law_of: date | None) -> list[DueDay]:
    """Return, by day, the next day from `since` on of each report that the law of `law_of` orders."""
    first = [
        (report, min((day for day in report.days if day >= since), default=None)) for report in _of_place(book, place)
    ]
    return _in_order(_due(book, place, report, day, law_of) for report, day in first if day is not None)


def due_at_any_time(book: ResolvedRulebook, place: Place | None, since: date, until: date) -> list[DueReport]:
    """Return the reports without a day whose clauses are in force, or in doubt, at some time of the period."""
    found = []
    for report in _of_place(book, place):
        if not report.days:
            clauses = [book.clauses[name] for name in report.bases]
            forces = {c.id: lies_in(c.where, place) & in_force_during(c.windows, since, until) for c in clauses}
            found.append(DueReport(report, _which(forces, Truth.MET), _which(forces, Truth.OPEN)))
    return [due for due in found if due.clauses or due.in_doubt]


def _of_place(book: ResolvedRulebook, place: Place | None) -> list[Due]:
    return [report for report in book.report_calendar if lies_in(report.where, place) is Truth.MET]


def _due(book: ResolvedRulebook, place: Place | None, report: Due, day: date, law_of: date | None) -> DueDay:
    forces = {name: force(book.clauses[name], place, law_of) for name in report.bases}
    return DueDay(report, _which(forces, Truth.MET), _which(forces, Truth.OPEN), day)


def _which(forces: Mapping[str, Truth], wanted: Truth) -> tuple[str, ...]:
    return tuple(name for name, held in forces.items() if held is wanted)


def _in_order(dues: Iterable[DueDay]) -> list[DueDay]:
    ordered = (due for due in dues if due.clauses or due.in_doubt)
    return sorted(ordered, key=lambda due: (due.day, due.report.id, due.report.where))
