"""By when a duty is to be done, with the day itself where it can be computed, and how it stands on the day asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, TypeAlias

from enforcerules.classification import ClockResult, Said, unchecked
from enforcerules.deciding.decision import Decision
from enforcerules.model import Clock
from enforcerules.values import WorkCalendar
from enforcerules.values.workdays import UnknownYearError

_clock_result = unchecked(ClockResult)

DutyState: TypeAlias = Literal["due", "done", "conditional"]

# where several clauses set a clock for one duty, the strictest is shown
_STRICTNESS = (
    "immediate",
    "within",
    "by",
    "before_event",
    "prompt",
    "priority",
    "set_by_agency",
    "recurring",
    "as_needed",
)


def clock_of(decision: Decision, clauses: list[str], duty: DutyState) -> ClockResult | None:
    """Return the strictest clock that one of the clauses sets for a duty, or None."""
    clocks = [(name, clock) for name in clauses if (clock := decision.book.clauses[name].clock) is not None]
    if not clocks:
        return None
    # equally strict ones by their clause, since the order of rules must not matter
    name, clock = clocks[0] if len(clocks) == 1 else min(clocks, key=lambda item: (_rank(item[1]), item[0]))
    since = decision.case.facts.known.get(clock.since) if clock.since else None
    start = since if isinstance(since, date) else None
    calendar = decision.book.calendar
    last = _last_day(clock, start, calendar)
    due = _moved(clock, last, calendar)
    left = days_left(due, decision.case.as_of) if duty == "due" else None
    off = calendar.day_off(last) if last is not None else None
    moves = due != last
    return _clock_result(
        kind=clock.kind,
        text=Said(zh=clock.text.zh, en=clock.text.en),
        from_=start,
        due=due,
        safe_by=safe_day(clock, start, calendar),
        state="done" if duty == "done" else "unknown" if left is None else "overdue" if left < 0 else "running",
        days_left=left,
        counting=None if clock.days is None else "working" if clock.working_days else "natural",
        counting_clause=clock.counting_clause,
        counting_doubt=clock.counting_doubt,
        moved_from=last if moves else None,
        moved_by=clock.moved_by if moves else None,
        day_off=Said(zh=off.zh, en=off.en) if off is not None else None,
        last_working_day=_working_day(last, calendar),
        clause=name,
    )


def _rank(clock: Clock) -> tuple[int, int, bool]:
    hours = clock.hours if clock.hours is not None else (clock.days or 0) * 24
    # of clauses that set the same time, the one that also says what becomes of its last day
    return (_STRICTNESS.index(clock.kind), hours, clock.moved_by is None)


def due_day(clock: Clock, start: date | None, calendar: WorkCalendar) -> date | None:
    """Return the last day in time, or None where it cannot be computed.

    A period begins the day after `start` (a period of hours is counted as whole days, upwards). In
    working days it follows the State Council's notices; where the notice of a year is not known there
    is no day. A last day that is a day off moves only where a clause says so: from a public holiday to the
    first day after it.
    """
    return _moved(clock, _last_day(clock, start, calendar), calendar)


def _moved(clock: Clock, last: date | None, calendar: WorkCalendar) -> date | None:
    while last is not None and clock.moved_by is not None and calendar.holiday(last) is not None:
        last += timedelta(days=1)
    return last


def _last_day(clock: Clock, start: date | None, calendar: WorkCalendar) -> date | None:
    if clock.kind == "by":
        return clock.day
    if clock.kind != "within" or start is None:
        return None
    if clock.hours is not None:
        return start + timedelta(days=-(-clock.hours // 24))
    if not clock.working_days:
        return start + timedelta(days=clock.days or 0)
    try:
        return calendar.after(start, clock.days or 0)
    except UnknownYearError:
        return None


def safe_day(clock: Clock, start: date | None, calendar: WorkCalendar) -> date | None:
    """Return the day by whose end one is in time however the period is read; None where there is no last day.

    Hours may have begun with the first minute of the day of `start`, and on a day off there is often nobody to
    take what is handed over. It never lies before `start`; where the notice of a year is not known its days off
    are not looked at.
    """
    due = _last_day(clock, start, calendar)
    if due is None or start is None:
        return _working_day(due, calendar) or due
    if clock.hours is not None:
        due = start + timedelta(days=max(0, clock.hours // 24 - 1))
    return max(start, _working_day(due, calendar) or due)


def days_left(due: date | None, today: date | None) -> int | None:
    """Return how many days are left on `today`: 0 on the last day, negative once it is past."""
    return (due - today).days if due is not None and today is not None else None


def _working_day(due: date | None, calendar: WorkCalendar) -> date | None:
    try:
        return calendar.last_working_day(due) if due is not None else None
    except UnknownYearError:
        return None
