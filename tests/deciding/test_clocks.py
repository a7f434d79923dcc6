"""By when: periods in natural and working days, hours, fixed days, and where no day can be told."""

from datetime import date

import pytest

from enforcerules import classify, load_rulebook
from enforcerules.classification import ActionResult
from enforcerules.deciding.clocks import due_day
from enforcerules.model import Clock
from enforcerules.text import Text

CALENDAR = load_rulebook().resolved.calendar


def _within(*, days: int | None = None, hours: int | None = None, working: bool = False) -> Clock:
    return Clock("within", Text("", ""), days, hours, working, "filed_on", None)


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        (_within(days=3), date(2022, 10, 3)),
        (_within(days=3, working=True), date(2022, 10, 10)),
        (_within(hours=24), date(2022, 10, 1)),
        (_within(hours=36), date(2022, 10, 2)),
    ],
)
def test_a_period_begins_the_day_after(clock: Clock, due: date) -> None:
    assert due_day(clock, date(2022, 9, 30), CALENDAR) == due


def test_an_unknown_start_gives_no_day() -> None:
    assert due_day(_within(days=3), None, CALENDAR) is None


def test_working_days_into_a_year_without_notice_give_no_day() -> None:
    assert due_day(_within(days=3, working=True), date(2026, 12, 30), CALENDAR) is None


def _action(case: dict[str, object], name: str) -> ActionResult:
    found = [action for action in classify(case).actions if action.id == name]
    assert found, f"{name} is not among the duties"
    return found[0]


SUSPECTED = {
    "record_kind": "case",
    "jurisdiction": "500118",
    "as_of": "2022-07-10",
    "product_categories": ["drug"],
    "handling_agency_kind": "integrated_market_regulator",
    "crime_suspected": True,
}


def test_the_head_has_three_days_from_the_report() -> None:
    action = _action(SUSPECTED | {"transfer_reported_on": "2022-07-08"}, "decide_transfer")

    assert action.clock is not None
    assert action.clock.due == date(2022, 7, 11)
    assert action.clock.clause == "transfer-rules-2020.5.2.decision"


def test_the_clock_stands_without_a_day_while_the_start_is_unknown() -> None:
    action = _action(SUSPECTED, "decide_transfer")

    assert action.clock is not None
    assert (action.clock.from_, action.clock.due) == (None, None)


def test_the_strictest_of_several_clocks_is_shown() -> None:
    wuyuan = SUSPECTED | {"jurisdiction": "361130", "as_of": "2022-06-15"}

    clock = _action(wuyuan, "notify_lead_police").clock

    assert clock is not None
    assert (clock.kind, clock.clause) == ("immediate", "002.crime_lead")


def test_an_inspection_within_the_year_is_due_on_its_last_day() -> None:
    seller = {
        "record_kind": "case",
        "jurisdiction": "361130",
        "as_of": "2022-06-15",
        "product_categories": ["drug"],
        "online": True,
        "subject_type": "online_store",
    }

    clock = _action(seller, "onsite_inspection_within_year").clock

    assert clock is not None
    assert clock.due == date(2022, 12, 31)
