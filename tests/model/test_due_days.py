"""Which reports fall due when, by place, day and the force of the clauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enforcerules import Rulebook
from enforcerules.model import ResolvedRulebook, Window
from enforcerules.model.due_days import due_at_any_time, due_in_period, next_due
from enforcerules.values import Place

YONGCHUAN, YONGAN = Place("500118"), Place("350481")
FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)


def _with_windows(book: ResolvedRulebook, clause: str, *windows: Window) -> ResolvedRulebook:
    changed = replace(book.clauses[clause], windows=windows)
    return replace(book, clauses={**book.clauses, clause: changed})


def _with_place(book: ResolvedRulebook, where: str) -> ResolvedRulebook:
    """Return the book with the reports of Yongchuan owed in `where`."""
    dues = tuple(replace(due, where=where) if due.where == "500118" else due for due in book.report_calendar)
    clauses = {name: replace(c, where=where) if c.where == "500118" else c for name, c in book.clauses.items()}
    return replace(book, report_calendar=dues, clauses=clauses)


def test_a_period_takes_its_first_and_its_last_day(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    found = due_in_period(book, YONGCHUAN, date(2022, 6, 20), date(2022, 7, 1))

    assert [(due.report.id, str(due.day), str(due.safe_by)) for due in found] == [
        ("quarterly", "2022-06-20", "2022-06-19"),
        ("monthly", "2022-07-01", "2022-06-30"),
    ]
    assert due_in_period(book, YONGCHUAN, date(2022, 6, 21), date(2022, 6, 30)) == []


@pytest.mark.parametrize("where", ["500118", "500100", "500000", "CN"])
def test_a_county_owes_the_reports_of_everything_it_lies_in(rulebook: Rulebook, where: str) -> None:
    book = _with_place(rulebook.resolved, where)

    assert len(due_in_period(book, YONGCHUAN, FIRST, LAST)) == 9


@pytest.mark.parametrize("place", ["500100", "500000", "500119", "CN"])
def test_what_a_county_owes_is_not_owed_elsewhere(rulebook: Rulebook, place: str) -> None:
    assert due_in_period(rulebook.resolved, Place(place), FIRST, LAST) == []
    assert next_due(rulebook.resolved, Place(place), date(2022, 7, 1), date(2022, 7, 1)) == []


def test_of_an_unknown_place_only_the_country_is_known(rulebook: Rulebook) -> None:
    found = due_at_any_time(rulebook.resolved, None, FIRST, LAST)

    assert [due.report.where for due in found] == ["CN"]


def test_next_is_told_once_for_each_report_and_on_the_day_itself_still(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    on_the_day, after = (next_due(book, YONGCHUAN, day, day) for day in (date(2022, 9, 1), date(2022, 9, 2)))

    assert [(due.report.id, str(due.day)) for due in on_the_day] == [
        ("monthly", "2022-09-01"),
        ("quarterly", "2022-09-20"),
        ("final", "2022-11-20"),
    ]
    assert [str(due.day) for due in after] == ["2022-09-20", "2022-10-01", "2022-11-20"]


def test_next_is_told_under_the_law_of_the_day_asked(rulebook: Rulebook) -> None:
    book = rulebook.resolved

    assert next_due(book, YONGCHUAN, date(2022, 5, 5), date(2022, 5, 5)) == []
    assert len(next_due(book, YONGCHUAN, date(2022, 5, 6), date(2022, 5, 6))) == 3
    assert all(not due.clauses for due in next_due(book, YONGCHUAN, date(2022, 5, 6), None))


def test_a_day_is_due_only_while_a_clause_is_in_force(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    ended = Window(date(2022, 5, 6), date(2022, 6, 30), in_doubt=False, doubt=None)
    for clause in ("001.report.monthly", "001.office"):
        book = _with_windows(book, clause, ended)
    monthly = [due for due in due_in_period(book, YONGCHUAN, FIRST, LAST) if due.report.id == "monthly"]

    assert [str(due.day) for due in monthly] == ["2022-06-01"]


def test_what_is_in_doubt_is_told_as_such(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    doubtful = Window(date(2022, 5, 6), None, in_doubt=True, doubt="G-25")
    book = _with_windows(book, "001.report.monthly", doubtful)
    (due,) = due_in_period(book, YONGCHUAN, date(2022, 6, 1), date(2022, 6, 1))

    assert (due.clauses, due.in_doubt) == (("001.office",), ("001.report.monthly",))


@pytest.mark.parametrize(
    ("since", "until", "known"),
    [
        (date(2022, 1, 1), date(2022, 5, 5), None),
        (date(2022, 1, 1), date(2022, 5, 6), True),
        (date(2022, 11, 30), date(2023, 1, 1), True),
        (date(2022, 12, 1), date(2023, 1, 1), False),
        (date(2023, 5, 6), date(2023, 6, 1), None),
    ],
)
def test_without_a_day_a_report_may_fall_due_while_its_clause_is_in_force(
    rulebook: Rulebook, since: date, until: date, known: bool | None
) -> None:
    found = {due.report.id: due for due in due_at_any_time(rulebook.resolved, YONGCHUAN, since, until)}
    system = found.get("stats_system")

    assert (None if system is None else bool(system.clauses)) is known


def test_the_days_of_yongan(rulebook: Rulebook) -> None:
    found = due_in_period(rulebook.resolved, YONGAN, FIRST, LAST)

    assert [str(due.day) for due in found] == ["2023-08-30", "2023-10-23", "2024-05-23", "2024-11-01"]
