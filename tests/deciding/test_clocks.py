"""By when: periods in natural and working days, hours, fixed days, and where no day can be told."""

from datetime import date

import pytest

from enforcerules import classify, load_rulebook
from enforcerules.classification import ActionResult
from enforcerules.deciding.clocks import due_day, safe_day
from enforcerules.model import Clock
from enforcerules.text import Text

CALENDAR = load_rulebook().resolved.calendar


def _within(
    *, days: int | None = None, hours: int | None = None, working: bool = False, moved_by: str | None = None
) -> Clock:
    return Clock("within", Text("", ""), days, hours, working, "filed_on", None, moved_by=moved_by)


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        (_within(days=3), date(2022, 10, 3)),
        (_within(days=3, working=True), date(2022, 10, 10)),
        (_within(hours=24), date(2022, 10, 1)),
        (_within(hours=36), date(2022, 10, 2)),
        # from within the holiday of the 1st to the 7th to the day after it
        (_within(days=3, moved_by="rules.80"), date(2022, 10, 8)),
        (_within(days=7, moved_by="rules.80"), date(2022, 10, 8)),
        (_within(days=8, moved_by="rules.80"), date(2022, 10, 8)),
        # the 15th is a Saturday and no holiday
        (_within(days=15, moved_by="rules.80"), date(2022, 10, 15)),
    ],
)
def test_a_period_begins_the_day_after(clock: Clock, due: date) -> None:
    assert due_day(clock, date(2022, 9, 30), CALENDAR) == due


@pytest.mark.parametrize(
    ("clock", "start", "safe"),
    [
        # a Wednesday: three days end on a Saturday
        (_within(days=3), date(2024, 3, 13), date(2024, 3, 15)),
        (_within(days=3), date(2024, 3, 11), date(2024, 3, 14)),
        # National Day lies from the 1st to the 7th
        (_within(days=3), date(2024, 9, 30), date(2024, 9, 30)),
        (_within(days=3, moved_by="rules.80"), date(2024, 9, 30), date(2024, 9, 30)),
        # hours may have begun with the first minute of their day
        (_within(hours=24), date(2024, 3, 12), date(2024, 3, 12)),
        (_within(hours=48), date(2024, 3, 12), date(2024, 3, 13)),
        (_within(hours=36), date(2024, 3, 12), date(2024, 3, 12)),
        (_within(hours=12), date(2024, 3, 12), date(2024, 3, 12)),
        # on a Saturday there is no working day since the start
        (_within(hours=24), date(2024, 3, 16), date(2024, 3, 16)),
        # the notice of 2027 is not known
        (_within(days=3), date(2027, 1, 6), date(2027, 1, 9)),
    ],
)
def test_the_safe_day_is_in_time_however_the_period_is_read(clock: Clock, start: date, safe: date) -> None:
    assert safe_day(clock, start, CALENDAR) == safe


def test_without_a_last_day_there_is_no_safe_day() -> None:
    assert safe_day(_within(days=3), None, CALENDAR) is None


def test_an_unknown_start_gives_no_day() -> None:
    assert due_day(_within(days=3), None, CALENDAR) is None


def test_working_days_into_a_year_without_notice_give_no_day() -> None:
    assert due_day(_within(days=3, working=True), date(2026, 12, 30), CALENDAR) is None


def _action(case: dict[str, object], name: str) -> ActionResult:
    found = [action for action in classify(case).actions if action.id == name]
    assert found, f"{name} is not among the duties"
    return found[0]


TO_DECIDE: dict[str, object] = {
    "record_kind": "case",
    "jurisdiction": "510802",
    "decision_time": "not_extended",
    "handling_agency_kind": "integrated_market_regulator",
}
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


@pytest.mark.parametrize(
    ("as_of", "state", "left"),
    [("2024-03-13", "running", 1), ("2024-03-14", "running", 0), ("2024-03-17", "overdue", -3)],
)
def test_a_clock_stands_as_on_the_day_asked(as_of: str, state: str, left: int) -> None:
    clock = _action(SUSPECTED | {"as_of": as_of, "transfer_reported_on": "2024-03-11"}, "decide_transfer").clock

    assert clock is not None
    assert (clock.state, clock.days_left) == (state, left)


def test_a_case_without_a_day_asked_is_looked_at_on_its_duty_date() -> None:
    case = {key: value for key, value in SUSPECTED.items() if key != "as_of"} | {"duty_date": "2024-03-11"}

    clock = _action(case | {"transfer_reported_on": "2024-03-11"}, "decide_transfer").clock

    assert clock is not None
    assert (clock.due, clock.state, clock.days_left) == (date(2024, 3, 14), "running", 3)


def test_a_last_day_that_is_a_day_off_is_named_and_does_not_move() -> None:
    clock = _action(SUSPECTED | {"as_of": "2024-03-13", "transfer_reported_on": "2024-03-13"}, "decide_transfer").clock

    assert clock is not None
    assert clock.day_off is not None
    assert (clock.day_off.zh, clock.due, clock.last_working_day) == ("周六", date(2024, 3, 16), date(2024, 3, 15))


def test_a_last_day_that_moves_says_from_where_and_by_which_clause() -> None:
    clock = _action(TO_DECIDE | {"filed_on": "2023-07-03", "as_of": "2023-10-05"}, "decide_case").clock

    assert clock is not None
    assert clock.day_off is not None
    assert (clock.moved_from, clock.moved_by) == (date(2023, 10, 1), "samr-penalty-procedure-2022.80")
    assert (clock.due, clock.state, clock.last_working_day) == (date(2023, 10, 7), "running", date(2023, 9, 28))


def test_a_last_day_that_is_no_holiday_did_not_move() -> None:
    clock = _action(TO_DECIDE | {"filed_on": "2024-03-11", "as_of": "2024-05-05"}, "decide_case").clock

    assert clock is not None
    assert (clock.due, clock.moved_from, clock.moved_by) == (date(2024, 6, 9), None, None)


def test_how_days_count_is_told_with_its_doubt() -> None:
    clock = _action(SUSPECTED | {"transfer_reported_on": "2022-07-08"}, "decide_transfer").clock

    assert clock is not None
    assert (clock.counting, clock.counting_clause, clock.counting_doubt) == ("natural", None, "G-81")


def test_every_period_in_days_says_why_its_days_count_as_they_do() -> None:
    clauses = load_rulebook().resolved.clauses.values()
    clocks = {
        clause.id: clause.clock for clause in clauses if clause.clock is not None and clause.clock.days is not None
    }

    assert len(clocks) >= 10
    assert [
        name for name, clock in clocks.items() if (clock.counting_clause is None) == (clock.counting_doubt is None)
    ] == []


def test_what_may_be_done_within_a_time_has_a_clock() -> None:
    refused = SUSPECTED | {
        "as_of": "2024-03-15",
        "criminal_transfer": "transferred",
        "police_decision": "not_filed",
        "police_notice_received_on": "2024-03-11",
    }

    permitted = {one.id: one for one in classify(refused).permissions}

    clock = permitted["request_reconsideration"].clock
    assert clock is not None
    assert (clock.due, clock.state, clock.days_left) == (date(2024, 3, 14), "overdue", -1)
    assert permitted["issue_determination_opinion"].clock is None
