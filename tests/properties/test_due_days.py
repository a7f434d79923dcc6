"""What is always so of due days: none lost, none twice, however a period is cut; and one answer everywhere."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from enforcerules import load_rulebook
from enforcerules.model import Window
from enforcerules.model.book import in_force, in_force_during
from enforcerules.reports.due import DueDay, DueList, find_due
from enforcerules.testing.turning_points import turning_points
from enforcerules.values import Place, Truth

BOOK = load_rulebook()
CALENDAR = BOOK.resolved.report_calendar
DAYS = st.dates(date(2022, 3, 1), date(2025, 1, 31)) | st.sampled_from(
    [day + timedelta(days=step) for due in CALENDAR for day in due.days for step in (-1, 0, 1)]
)
PERIODS = st.tuples(DAYS, DAYS).map(sorted)
SOMEWHERE = st.sampled_from(turning_points(BOOK.resolved).places)


def _entries(dues: DueList) -> list[tuple[str, str, date]]:
    return [(due.report.where, due.report.id, due.day) for due in dues.days]


@given(SOMEWHERE, PERIODS)
def test_every_day_of_the_calendar_comes_exactly_once_in_a_period_that_holds_it(place: str, period: list[date]) -> None:
    since, until = period
    wanted = [
        (due.where, due.id, day)
        for due in CALENDAR
        for day in due.days
        if due.where in Place.parse(place).within and since <= day <= until
    ]

    assert sorted(_entries(find_due(BOOK, place, since=since, until=until))) == sorted(wanted)


@given(SOMEWHERE, PERIODS, st.data())
def test_a_period_cut_in_two_owes_the_same(place: str, period: list[date], data: st.DataObject) -> None:
    since, until = period
    cut = data.draw(st.dates(since, until))
    whole = find_due(BOOK, place, since=since, until=until)
    first = find_due(BOOK, place, since=since, until=cut)
    rest = find_due(BOOK, place, since=cut + timedelta(days=1), until=max(until, cut + timedelta(days=1)))
    outside = [due for due in rest.days if due.day > until]

    assert [*first.days, *(due for due in rest.days if due not in outside)] == list(whole.days)
    assert {due.report.id for due in first.any_time} <= {due.report.id for due in whole.any_time}


@given(SOMEWHERE, PERIODS)
def test_safe_comes_before_the_latest_and_a_working_day_not_after_it(place: str, period: list[date]) -> None:
    dues = find_due(BOOK, place, since=period[0], until=period[1])
    for due in dues.days:
        working = dues.last_working_day(due)
        assert working is not None
        assert working <= due.safe_by < due.day
        assert BOOK.resolved.calendar.day_off(working) is None
        between = [working + timedelta(days=n + 1) for n in range((due.safe_by - working).days)]
        assert all(BOOK.resolved.calendar.day_off(day) is not None for day in between)


@given(SOMEWHERE, DAYS)
def test_what_is_next_is_what_classify_tells_of_a_case(place: str, day: date) -> None:
    deadlines = BOOK.classify({"as_of": day.isoformat(), "jurisdiction": place}).report.deadlines
    data = find_due(BOOK, place, as_of=day).to_dict()["due"]
    told = [each for each in data if each["clauses"]]

    assert [deadline.model_dump(mode="json") for deadline in deadlines] == [
        {key: each[key] for key in ("report", "title", "to", "due", "safe_by", "holiday", "clauses")} for each in told
    ]


@given(SOMEWHERE, DAYS)
def test_what_is_next_is_the_first_of_its_report_from_that_day_on(place: str, day: date) -> None:
    later: dict[tuple[str, str], DueDay] = {}
    for due in find_due(BOOK, place, since=day).days:
        later.setdefault((due.report.where, due.report.id), due)
    upcoming = find_due(BOOK, place, as_of=day).days

    assert [due.day for due in upcoming] == [later[due.report.where, due.report.id].day for due in upcoming]


@given(st.sampled_from(["500118", "350481"]), PERIODS, st.sampled_from(["zh", "en"]), st.none() | st.integers(0, 60))
def test_another_reader_finds_the_same_entries_in_the_calendar_file(
    place: str, period: list[date], language: str, alarm: int | None
) -> None:
    dues = find_due(BOOK, place, since=period[0], until=period[1])
    assume(dues.days)
    written = dues.to_calendar("zh" if language == "zh" else "en", alarm_days=alarm)
    read = IcsCalendarStream.calendar_from_ics(written.decode())

    assert [(event.dtstart, event.dtend) for event in read.events] == [
        (due.safe_by, due.day + timedelta(days=1)) for due in dues.days
    ]
    assert len({event.uid for event in read.events}) == len(dues.days)
    assert all(len(event.alarm) == (alarm is not None) for event in read.events)


WINDOWS = st.lists(
    st.builds(lambda days, in_doubt: Window(days[0], days[1], in_doubt, None), PERIODS, st.booleans()), max_size=4
).map(tuple)


@given(WINDOWS, st.dates(date(2022, 3, 1), date(2022, 12, 31)), st.integers(0, 40))
def test_in_force_during_a_period_is_in_force_on_one_of_its_days(
    windows: tuple[Window, ...], since: date, length: int
) -> None:
    days = [since + timedelta(days=n) for n in range(length + 1)]
    found = [in_force(windows, day) for day in days]
    wanted = Truth.MET if Truth.MET in found else Truth.OPEN if Truth.OPEN in found else Truth.NOT_MET

    assert in_force_during(windows, days[0], days[-1]) is wanted
