"""The reports that a place owes in a period, or next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from enforcerules.model import Due, ResolvedRulebook
from enforcerules.model.book import in_force_during
from enforcerules.model.due_days import DueDay, DueReport, due_at_any_time, due_in_period, next_due
from enforcerules.rulebook import Rulebook
from enforcerules.text import Language
from enforcerules.values import Place, Truth
from enforcerules.values.workdays import UnknownYearError


@dataclass(frozen=True, slots=True)
class DueList:
    """What a place owes from `since` to `until`, both included, or, where `as_of` is given, next from that day on.

    `days` are the reports with a day, by day; `any_time` those without one, which may fall due at any time.
    """

    book: ResolvedRulebook
    place: Place
    since: date
    until: date
    as_of: date | None
    days: tuple[DueDay, ...]
    any_time: tuple[DueReport, ...]

    @property
    def calendar_days(self) -> tuple[date, ...]:
        """Every day on which a report of the place falls due, in whatever period; sorted."""
        return tuple(sorted({day for report in self._reports() for day in report.days}))

    @property
    def unknown_years(self) -> tuple[int, ...]:
        """The years of the days listed whose public holidays the rulebook does not know; sorted."""
        years = {day.year for due in self.days for day in (due.safe_by, due.day)}
        return tuple(sorted(years - self.book.calendar.years.keys()))

    @property
    def doubts(self) -> tuple[str, ...]:
        """The doubts about the reports that the place owes, or may owe, at some time of the period; sorted."""
        bearing = [DueReport(report, (), ()) for report in self._reports() if self._alive(report)]
        bearing += [*self.days, *self.any_time]
        return tuple(sorted({doubt for due in bearing for doubt in doubts_of(self.book, due)}))

    @property
    def settled(self) -> bool:
        """Whether nothing listed is in doubt and every public holiday that matters is known."""
        return all(due.clauses for due in (*self.days, *self.any_time)) and not self.unknown_years

    def last_working_day(self, due: DueDay) -> date | None:
        """Return the last working day on which the report is surely in time; None where holidays are not known."""
        try:
            return self.book.calendar.last_working_day(due.safe_by)
        except UnknownYearError:
            return None

    def to_dict(self) -> dict[str, Any]:
        """Return the list as plain JSON data: dates as ISO text, texts in both languages, nothing left out."""
        from enforcerules.reports.due.data import list_as_data

        return list_as_data(self)

    def to_text(self, language: Language) -> str:
        """Return the page that people read."""
        from enforcerules.reports.due.page import list_as_text

        return list_as_text(self, language)

    def to_calendar(self, language: Language, *, alarm_days: int | None = None) -> bytes:
        """Return the reports with a day as an iCalendar file (RFC 5545).

        The same list gives the same bytes, and an entry keeps its id in every file. An alarm sounds
        `alarm_days` days before the report is surely in time; None for none.

        Raises:
            EngineUnavailableError: when icalendar, which comes with the extra `reports`, is not installed.
            EnforceRulesError: ER7071, when no report has a day there.

        """
        from enforcerules.reports.due.entries import list_as_calendar

        return list_as_calendar(self, language, alarm_days)

    def _reports(self) -> Iterator[Due]:
        return (report for report in self.book.report_calendar if report.where in self.place.within)

    def _alive(self, report: Due) -> bool:
        since, until = (self.as_of, self.as_of) if self.as_of else (self.since, self.until)
        windows = (self.book.clauses[name].windows for name in report.bases)
        return any(in_force_during(each, since, until) is not Truth.NOT_MET for each in windows)


def find_due(
    rulebook: Rulebook,
    place: str | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
) -> DueList:
    """Return which reports a place owes.

    Reports are those of the place itself and of what it lies in: its prefecture, its province, China.

    Args:
        rulebook: where the calendar of reports, the clauses and the holidays come from.
        place: a six-digit code or `CN`; the rulebook's default place where None.
        since: the first day; each day is listed where its clause is in force on that day. None for no bound.
        until: the last day, included. None for no bound.
        as_of: instead of a period: what falls due next, of each report, from this day on, under the law in
            force on this day, as `classify` tells it of a case.

    Raises:
        ValueError: when `place` is no place code, when `since` is after `until`, or when a period and `as_of`
            are both given.

    """
    book = rulebook.resolved
    here = Place.parse(book.default_place if place is None else place)
    if as_of is not None:
        if since is not None or until is not None:
            raise ValueError("either a period or as_of, not both")
        days, any_time = next_due(book, here, as_of, as_of), due_at_any_time(book, here, as_of, as_of)
        return DueList(book, here, as_of, date.max, as_of, tuple(days), tuple(any_time))
    first, last = since or date.min, until or date.max
    if first > last:
        raise ValueError("the period ends before it begins")
    days, any_time = due_in_period(book, here, first, last), due_at_any_time(book, here, first, last)
    return DueList(book, here, first, last, None, tuple(days), tuple(any_time))


def doubts_of(book: ResolvedRulebook, due: DueReport) -> tuple[str, ...]:
    """Return the doubts that a report and its clauses carry, and those about the force of its clauses; sorted."""
    carried = {doubt for name in due.report.bases for doubt in book.clauses[name].doubts}
    return tuple(sorted({*due.report.doubts, *carried, *force_doubts(book, due)}))


def force_doubts(book: ResolvedRulebook, due: DueReport) -> tuple[str, ...]:
    """Return why the force of clauses of a report is in doubt; sorted."""
    windows = (window for name in due.in_doubt for window in book.clauses[name].windows)
    return tuple(sorted({window.doubt for window in windows if window.in_doubt and window.doubt}))
