"""The holiday calendars agree with two independent collections of the State Council's notices."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from enforcerules import load_rulebook
from enforcerules.values.workdays import UnknownYearError

CALENDAR = load_rulebook().resolved.calendar
YEARS = range(2020, 2027)


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_chinesecalendar(year: int) -> None:
    wrong = [day for day in _days(year) if CALENDAR.works(day) != chinese_calendar.is_workday(day)]

    assert wrong == []


@pytest.mark.parametrize("year", YEARS)
def test_every_day_agrees_with_holidays(year: int) -> None:
    china = holidays.country_holidays("CN", years=[year])

    wrong = [day for day in _days(year) if CALENDAR.works(day) != china.is_working_day(day)]

    assert wrong == []


def test_the_number_of_working_days_is_that_of_the_notices() -> None:
    counted = [sum(CALENDAR.works(day) for day in _days(year)) for year in YEARS]

    assert counted == [249, 250, 249, 249, 251, 248, 248]


def test_a_period_in_working_days_skips_the_long_holiday() -> None:
    assert CALENDAR.after(date(2022, 9, 30), 3) == date(2022, 10, 10)


def test_a_weekend_worked_instead_counts() -> None:
    assert CALENDAR.after(date(2022, 10, 7), 1) == date(2022, 10, 8)


def test_a_year_without_a_notice_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(UnknownYearError):
        CALENDAR.works(date(2027, 1, 4))
