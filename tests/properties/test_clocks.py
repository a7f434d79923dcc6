"""What is always so of clocks: none ends before it starts, and each stands as the day asked says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import Classification, Rulebook
from enforcerules.case import Unknown
from enforcerules.classification import ClockResult
from enforcerules.testing import CaseFacts
from tests.strategies import cases

WORLDS: st.SearchStrategy[Unknown] = st.sampled_from(("open", "absent"))


def _clocks(answer: Classification) -> Iterator[ClockResult]:
    yield from (action.clock for action in answer.actions if action.clock is not None)
    yield from (permission.clock for permission in answer.permissions if permission.clock is not None)


@given(cases(), WORLDS)
def test_a_clock_never_ends_before_it_starts(rulebook: Rulebook, case: CaseFacts, world: Unknown) -> None:
    for clock in _clocks(rulebook.classify(case, unknown=world)):
        if clock.due is None:
            assert (clock.safe_by, clock.day_off, clock.last_working_day, clock.days_left) == (None,) * 4
            continue
        assert clock.safe_by is not None
        assert (clock.from_ or clock.safe_by) <= clock.safe_by <= clock.due
        if clock.kind == "within":
            assert clock.from_ is not None
            assert clock.from_ < clock.due


@given(cases(), WORLDS, st.dates(date(2019, 1, 1), date(2027, 12, 31)))
def test_days_left_are_those_from_the_day_asked_to_the_last_one(
    rulebook: Rulebook, case: CaseFacts, world: Unknown, as_of: date
) -> None:
    answer = rulebook.classify(case | {"as_of": as_of.isoformat()}, unknown=world)
    for action in answer.actions:
        clock = action.clock
        if clock is None:
            continue
        running = action.state == "due" and clock.due is not None
        assert (clock.days_left is not None) == (clock.state in ("running", "overdue")) == running
        assert (clock.state == "done") == (action.state == "done")
        if clock.due is not None and clock.days_left is not None:
            assert clock.days_left == (clock.due - as_of).days
            assert (clock.state == "overdue") == (as_of > clock.due)


@given(cases(), WORLDS)
def test_a_day_off_has_the_last_working_day_before_it(rulebook: Rulebook, case: CaseFacts, world: Unknown) -> None:
    calendar = rulebook.resolved.calendar
    for clock in _clocks(rulebook.classify(case, unknown=world)):
        if clock.due is None or clock.last_working_day is None:
            continue
        assert calendar.works(clock.last_working_day)
        assert (clock.day_off is None) == (clock.last_working_day == clock.due) == calendar.works(clock.due)


@given(cases(), WORLDS)
def test_no_hours_run_for_the_transfer_before_it_is_approved(
    rulebook: Rulebook, case: CaseFacts, world: Unknown
) -> None:
    answer = rulebook.classify({**case, "transfer_approved_on": None}, unknown=world)
    for action in answer.actions:
        if action.id == "transfer_case_police" and action.verdict == "met" and action.clock is not None:
            assert action.clock.due is None
