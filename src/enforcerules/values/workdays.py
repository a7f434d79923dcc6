"""Which days are working days, as the State Council's yearly notices say.

A year without a notice is an error, never a guess from the weekday.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from enforcerules.text import Text


class UnknownYearError(ValueError):
    """The holiday notice of the year is not in the rulebook."""


_WEEKDAYS = (
    Text("周一", "Monday"),
    Text("周二", "Tuesday"),
    Text("周三", "Wednesday"),
    Text("周四", "Thursday"),
    Text("周五", "Friday"),
    Text("周六", "Saturday"),
    Text("周日", "Sunday"),
)


def weekday(day: date) -> Text:
    """Return the name of the day of the week."""
    return _WEEKDAYS[day.weekday()]


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """One year's public holidays and the weekend days worked in their place."""

    year: int
    holidays: Mapping[date, Text]
    worked: frozenset[date]
    notice: str | None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The working days of the years whose notices are known."""

    years: Mapping[int, YearCalendar]

    def holiday(self, day: date) -> Text | None:
        """Return the name of the public holiday on `day`, or None. Unknown years have none."""
        year = self.years.get(day.year)
        return year.holidays.get(day) if year else None

    def day_off(self, day: date) -> Text | None:
        """Return why nobody works on `day`: the public holiday or the day of the weekend. Unknown years have none."""
        if day.year not in self.years or self.works(day):
            return None
        return self.holiday(day) or weekday(day)

    def works(self, day: date) -> bool:
        """Tell whether `day` is a working day.

        Raises:
            UnknownYearError: when the notice for the year of `day` is not known.

        """
        year = self.years.get(day.year)
        if year is None:
            raise UnknownYearError(str(day.year))
        if day in year.holidays:
            return False
        return day in year.worked or day.weekday() < 5

    def after(self, start: date, days: int) -> date:
        """Return the last day of a period of `days` working days that begins the day after `start`.

        Raises:
            UnknownYearError: when the period reaches into a year whose notice is not known.

        """
        day, left = start, days
        while left:
            day += timedelta(days=1)
            left -= self.works(day)
        return day

    def last_working_day(self, until: date) -> date:
        """Return `until` where it is a working day, else the last working day before it.

        Raises:
            UnknownYearError: when the notice of a year that has to be looked at is not known.

        """
        day = until
        while not self.works(day):
            day -= timedelta(days=1)
        return day
