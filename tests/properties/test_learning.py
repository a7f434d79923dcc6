"""What is settled stays settled, whatever else becomes known."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from enforcerules import Classification, Rulebook
from enforcerules.testing import CaseFacts, Pair, assert_learns
from tests.strategies import learning_pairs

# one case a place with as many facts as a careful inspector would know
RICH_CASES: dict[str, CaseFacts] = {
    "Yongchuan": {
        "case_id": "永川-1", "record_kind": "case", "as_of": "2022-07-10", "duty_date": "2022-07-08",
        "conduct_date": "2022-06-30", "jurisdiction": "500118", "handling_agency_kind": "integrated_market_regulator",
        "product_categories": ["drug"], "primary_product": "drug", "approval_mark": "guoyao",
        "presented_as": "same_as_category", "product_tags": ["vaccine", "prescription_drug"], "covid_related": True,
        "product_identity_uncertain": False, "defect_grounds": ["expired", "contaminated"],
        "sufficient_evidence": True, "lab_result": "not_tested", "may_endanger_health": True,
        "conducts": ["substandard_drug", "unlicensed_distribution", "illegal_online_sale"],
        "stages": ["distribution"], "primary_stage": "distribution", "case_source": "network_monitoring",
        "goods_value": "620000", "case_amount": "500000", "subject_type": "online_store",
        "subject_tags": ["online_seller"], "place_tags": ["urban_rural_fringe"], "online": True,
        "via_third_party_platform": True, "seller_identified": False, "seller_registered_entity": False,
        "illegal_website": True, "website_count": 2, "black_den": True, "gang_type": True, "series_type": False,
        "cross_region": True, "crime_suspected": True, "criminal_transfer": "none", "police_decision": "none",
        "characterisation_disputed": True, "impact_tags": ["potential_major_social_impact"],
        "license_revocation": "planned", "progress": ["filed"], "knowing_violation": True, "serious_violation": True,
        "serious_dishonesty_met": True, "other_agency_competence": True, "smuggling_suspected": True,
        "market_order_issues": ["false_advertising"], "medical_insurance_violation_suspected": False,
        "obstructs_enforcement": True, "risk_found": True, "risk_in_library": True, "release_planned": "none",
        "duty_failures": [], "dereliction_suspected": False, "jointly_supervised": False, "actions_done": [],
        "agencies_with_case": [], "notified_by": [], "discovered_on": "2022-07-01", "filed_on": "2022-07-02",
    },
    "Wuyuan": {
        "record_kind": "lead", "as_of": "2022-06-15", "duty_date": "2022-06-15", "conduct_date": "2022-06-01",
        "jurisdiction": "361130", "handling_agency_kind": "drug_regulator",
        "product_categories": ["disinfectant", "drug"], "primary_product": "drug", "approval_mark": "xiao",
        "presented_as": "drug", "product_tags": ["tcm_pieces"], "covid_related": False,
        "defect_grounds": ["expiry_unmarked_or_altered"], "sufficient_evidence": False,
        "lab_result": "non_conforming", "may_endanger_health": True,
        "conducts": ["non_drug_as_drug", "drug_buyback", "cold_chain_violation"], "stages": ["use"],
        "primary_stage": "use", "case_source": "complaint", "goods_value": "500000", "subject_type": "retailer",
        "subject_tags": ["single_pharmacy", "tcm_pieces_retailer_or_institution"], "place_tags": ["rural"],
        "online": False, "black_den": False, "crime_suspected": True, "criminal_transfer": "lead_notified",
        "characterisation_disputed": False, "impact_tags": ["grave_case"], "progress": [],
        "other_agency_competence": True, "smuggling_suspected": False, "market_order_issues": ["monopoly"],
        "risk_found": True, "rectifiable": True, "lead_pending_verification": True, "problem_product_lead": True,
        "release_planned": "none", "agencies_with_case": ["health"],
    },
    "Yong'an": {
        "record_kind": "case", "as_of": "2023-11-15", "duty_date": "2023-11-15", "conduct_date": "2023-10-01",
        "jurisdiction": "350481", "handling_agency_kind": "integrated_market_regulator",
        "product_categories": ["device", "cosmetic"], "primary_product": "device", "approval_mark": "none",
        "product_tags": ["medical_aesthetic", "class1_device", "children_cosmetic"], "defect_grounds": [],
        "device_nonconforming_statutory": True, "sufficient_evidence": False, "lab_result": "pending",
        "conducts": ["produce_unregistered_device", "use_unregistered_device", "unregistered_cosmetic"],
        "stages": ["production", "use"], "primary_stage": "use", "case_source": "onsite_inspection",
        "goods_value": "50000", "subject_type": "medical_institution", "medical_institution_violation": True,
        "medical_insurance_violation_suspected": True, "subject_tags": ["medical_aesthetic_institution"],
        "place_tags": ["urban_rural_fringe"], "online": True, "via_third_party_platform": False,
        "seller_identified": True, "black_den": True, "crime_suspected": True, "criminal_transfer": "accepted",
        "police_decision": "filed", "police_received_lead": True, "characterisation_disputed": True,
        "impact_tags": ["wide_territory", "hype_prone", "major_situation"], "license_revocation": "decided",
        "progress": ["filed", "penalised"], "fine": "120000", "other_agency_competence": True,
        "smuggling_suspected": True, "assist_request_received": True, "cross_region": True, "risk_found": True,
        "duty_failures": ["not_filing"], "dereliction_suspected": True, "jointly_supervised": True,
        "release_planned": "major_case_info", "actions_done": ["seize"], "seized_on": "2023-11-10",
    },
}  # fmt: skip


def _settled(answer: Classification) -> dict[str, Any]:
    """Return what an answer says for certain: verdicts, and the cells of the forms that are filled."""
    said: dict[str, Any] = {
        "major case": answer.major_case.verdict,
        "direct filing": answer.direct_filing.verdict,
        "counted": answer.report.counted,
        **{f"finding {name}": finding.verdict for name, finding in answer.findings.items()},
    }
    for action in answer.actions:
        said[f"action {action.id}"] = action.verdict
        if action.state == "done" and action.verdict == "met":
            said[f"action {action.id} is done"] = True
    for kind in ("permissions", "exemptions", "prohibitions", "labels"):
        said |= {f"{kind} {effect.id}": effect.verdict for effect in getattr(answer, kind)}
    for cells in answer.report.cells:
        said |= {f"table {cells.table}": True}
        for part in ("stage", "source_row", "value_row"):
            said[f"{cells.table} {part}"] = getattr(cells, part)
    said["major case form"] = answer.report.major_case_form
    for part in ("transfer_rows", "list_rows", "grounds", "attachments"):
        said |= {f"{part} {row}": True for row in getattr(answer.report, part)}
    return {what: value for what, value in said.items() if value not in (None, "open")}


def _taken_back(rulebook: Rulebook, before: CaseFacts, after: CaseFacts) -> dict[str, Any]:
    then, now = _settled(rulebook.classify(before)), _settled(rulebook.classify(after))
    return {what: (value, now.get(what)) for what, value in then.items() if now.get(what) != value}


@given(learning_pairs())
def test_learning_a_fact_never_reverses_a_settled_verdict(rulebook: Rulebook, cases: Pair) -> None:
    assert_learns(rulebook, cases.before, cases.after)


@given(learning_pairs())
def test_learning_a_fact_never_takes_back_what_the_answer_said(rulebook: Rulebook, cases: Pair) -> None:
    assert _taken_back(rulebook, cases.before, cases.after) == {}


@pytest.mark.parametrize("place", RICH_CASES)
def test_forgetting_any_one_fact_of_a_rich_case_settles_nothing_wrongly(rulebook: Rulebook, place: str) -> None:
    full = RICH_CASES[place]

    assert len(full) >= 40
    for forgotten in full:
        before = full | {forgotten: None}
        if forgotten in rulebook.read_case(before).facts.known:
            continue  # taken from another fact instead: assumed, not unknown
        assert_learns(rulebook, before, full)
        assert _taken_back(rulebook, before, full) == {}, forgotten
