"""By when a duty is to be done, with the day itself where it can be computed."""

from __future__ import annotations

from datetime import date, timedelta

from enforcerules.classification import ClockResult, Said
from enforcerules.deciding.decision import Decision
from enforcerules.model import Clock
from enforcerules.values import WorkCalendar
from enforcerules.values.workdays import UnknownYearError

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


def clock_of(decision: Decision, clauses: list[str]) -> ClockResult | None:
    """Return the strictest clock that one of the clauses sets, or None."""
    clocks = [(name, clock) for name in clauses if (clock := decision.book.clauses[name].clock) is not None]
    if not clocks:
        return None
    # equally strict ones by their clause, since the order of rules must not matter
    name, clock = min(clocks, key=lambda item: (_rank(item[1]), item[0]))
    since = decision.case.facts.known.get(clock.since) if clock.since else None
    start = since if isinstance(since, date) else None
    due = due_day(clock, start, decision.book.calendar)
    return ClockResult(
        kind=clock.kind,
        text=Said(zh=clock.text.zh, en=clock.text.en),
        from_=start,
        due=due,
        safe_by=due,
        clause=name,
    )


def _rank(clock: Clock) -> tuple[int, int]:
    hours = clock.hours if clock.hours is not None else (clock.days or 0) * 24
    return (_STRICTNESS.index(clock.kind), hours)


def due_day(clock: Clock, start: date | None, calendar: WorkCalendar) -> date | None:
    """Return the last day in time, or None where it cannot be computed.

    A period begins the day after `start` (a period of hours is counted as whole days, upwards). In
    working days it follows the State Council's notices; where the notice of a year is not known there
    is no day.
    """
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
