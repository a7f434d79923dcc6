"""Duties: due, done, or conditional on something that is said."""

from typing import Any

from enforcerules import classify
from enforcerules.classification import ActionResult

BASE = {
    "record_kind": "case",
    "jurisdiction": "500118",
    "as_of": "2022-07-10",
    "product_categories": ["drug"],
    "crime_suspected": True,
}


def _actions(**changes: Any) -> dict[str, ActionResult]:
    return {action.id: action for action in classify(BASE | changes).actions}


def test_a_suspected_crime_must_go_to_the_police() -> None:
    transfer = _actions()["transfer_case_police"]

    assert (transfer.verdict, transfer.state, transfer.addressee) == ("met", "due", "police")
    assert "001.samr.transfer" in transfer.clauses


def test_a_case_the_police_already_have_is_not_referred_to_them_again() -> None:
    for shown in (
        {"criminal_transfer": "accepted"},
        {"agencies_with_case": ["police"]},
        {"handling_agency_kind": "police"},
        {"actions_done": ["transfer_case_police"]},
        {"notified_by": ["police"]},
        {"justice_stages": ["police_initiated"]},
        {"police_decision": "filed"},
    ):
        assert _actions(**shown)["transfer_case_police"].state == "done"


def test_the_case_of_a_lead_waits_until_it_is_filed() -> None:
    actions = _actions(record_kind="lead")

    assert actions["notify_lead_police"].state == "due"
    assert actions["transfer_case_police"].state == "conditional"
    assert actions["transfer_case_police"].once is not None
    assert "案件" in actions["transfer_case_police"].once.zh


def test_a_duty_that_hangs_on_an_unknown_fact_names_it() -> None:
    transfer = _actions(crime_suspected=None)["transfer_case_police"]

    assert transfer.state == "conditional"
    assert "crime_suspected" in transfer.needs


def test_a_special_route_takes_the_general_hand_over_away() -> None:
    disinfectant = {"product_categories": ["disinfectant"], "approval_mark": "xiao", "crime_suspected": False}
    actions = _actions(record_kind="lead", other_agency_competence=True, **disinfectant)

    assert actions["transfer_health_disinfectant"].state == "due"
    assert "transfer_competent_dept" not in actions


def test_a_route_that_may_apply_leaves_the_general_one_open() -> None:
    actions = _actions(record_kind="lead", other_agency_competence=True, crime_suspected=False, approval_mark=None)

    assert actions["transfer_competent_dept"].verdict == "open"
    assert "approval_mark" in actions["transfer_competent_dept"].needs


def test_a_basis_in_doubt_leaves_a_duty_conditional_on_the_doubt() -> None:
    actions = _actions(as_of="2023-01-10", jurisdiction="110105", obstructs_enforcement=True)

    action = actions["coordinate_police_obstruction"]
    assert (action.verdict, action.needs, action.doubts) == ("open", [], ["G-29"])


def test_an_unknown_handling_agency_shows_nothing_as_done() -> None:
    states = {action.state for action in _actions(handling_agency_kind=None).values() if action.verdict == "met"}

    assert states == {"due"}
