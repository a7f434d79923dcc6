"""The holiday calendars agree with two independent collections of the State Council's notices."""

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from enforcerules import load_rulebook
from enforcerules.values.workdays import UnknownYearError, weekday

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


@pytest.mark.parametrize("year", YEARS)
def test_a_day_off_has_a_name_and_a_working_day_has_none(year: int) -> None:
    wrong = [day for day in _days(year) if (CALENDAR.day_off(day) is None) != CALENDAR.works(day)]

    assert wrong == []


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2022, 10, 1), "国庆节"),
        (date(2022, 10, 8), None),
        (date(2022, 10, 15), "周六"),
        (date(2022, 10, 16), "周日"),
        (date(2022, 10, 17), None),
        (date(2027, 10, 1), None),
    ],
)
def test_a_day_off_is_named_after_the_holiday_or_else_the_weekend(day: date, name: str | None) -> None:
    off = CALENDAR.day_off(day)

    assert (off and off.zh) == name


def test_days_of_the_week_have_their_names() -> None:
    assert [weekday(date(2022, 8, day)).zh[1] for day in range(1, 8)] == list("一二三四五六日")
    assert [weekday(date(2022, 8, day)).en[:3].upper() for day in range(1, 8)] == [
        *("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
    ]


def test_the_last_working_day_may_be_the_day_itself_or_lie_before_a_long_holiday() -> None:
    assert CALENDAR.last_working_day(date(2022, 9, 30)) == date(2022, 9, 30)
    assert CALENDAR.last_working_day(date(2022, 10, 7)) == date(2022, 9, 30)
    assert CALENDAR.last_working_day(date(2022, 10, 9)) == date(2022, 10, 9)
    with pytest.raises(UnknownYearError):
        CALENDAR.last_working_day(date(2027, 1, 4))
