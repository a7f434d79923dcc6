"""Edits planted in a copy of the packaged rulebook: each gets the right verdict and cases that show it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enforcerules.review.diff.answers import compare_answers
from tests.review.diff.editing import Decided, Edit, decided

pytest.importorskip("z3")

LINE = "goods-value-makes-major-case"
MAJOR = "common/major-case.yaml"
TEST_OF_THE_LINE = "when: {fact: goods_value, at_least: {parameter: major_case_goods_value}}"


def facts_of(found: Decided, kind: str, name: str, shift: str) -> dict[str, Any]:
    """The case that shows a shift."""
    (number,) = (one.witness for one in found.meaning(kind, name).shifts if one.kind == shift)
    assert number is not None
    return dict(found.meanings.witnesses[number - 1].facts)


def test_a_line_ten_times_as_high_holds_in_fewer_cases(tmp_path: Path) -> None:
    found = decided(
        tmp_path / "rules", Edit("parameters.yaml", "value: 500000, clause: 001", "value: 5000000, clause: 001")
    )

    assert [(change.kind, change.name) for change in found.changes] == [("parameter", "major_case_goods_value")]
    assert found.verdict("rule", LINE) == "less"
    assert found.verdict("finding", "major_case") == "less"
    assert found.verdict("action", "report_four_superiors") == "less"
    facts = facts_of(found, "rule", LINE, "no_longer_met")
    assert (facts["goods_value"], facts["jurisdiction"]) == (500_000, "500118")
    found.confirm()


def test_more_than_instead_of_at_least_loses_the_line_itself(tmp_path: Path) -> None:
    found = decided(
        tmp_path / "rules", Edit(MAJOR, TEST_OF_THE_LINE, TEST_OF_THE_LINE.replace("at_least", "more_than"))
    )

    assert found.verdict("rule", LINE) == "less"
    assert facts_of(found, "rule", LINE, "no_longer_met")["goods_value"] in (50_000, 500_000)
    found.confirm()


def test_all_instead_of_any_holds_in_fewer_cases(tmp_path: Path) -> None:
    before = """        - {fact: sufficient_evidence, is: true}
        - any:
            - {fact: conducts, has_any: [fake_drug"""
    found = decided(tmp_path / "rules", Edit("drugs.yaml", before, before.replace("any:\n", "all:\n")))

    assert found.verdict("rule", "sufficient-evidence-drug-filed-directly") == "less"
    assert found.verdict("action", "file_directly") == "less"
    found.confirm()


def test_an_exception_that_is_dropped_lets_the_general_rule_follow_in_more_cases(tmp_path: Path) -> None:
    gone = "    overrides: [penalised-case-published, publication-waits-for-consent, grave-case-released-jointly]\n"
    found = decided(tmp_path / "rules", Edit("common/publicity.yaml", gone, ""))

    (change,) = found.changes
    assert [(part.part, part.new and part.new.en) for part in change.parts] == [("overrides", "none")]
    # the rule itself holds as before; what it took back is no longer taken
    assert change.name not in [meaning.name for meaning in found.meanings.rules]
    assert found.verdict("rule", "grave-case-released-jointly") == "more"
    assert found.verdict("action", "joint_release") == "more"
    # one of the rules given back takes the outcomes of another in its turn
    assert found.verdict("rule", "penalised-case-published") == "both_ways"
    found.confirm()


def test_a_window_that_ends_a_day_early_loses_that_day(tmp_path: Path) -> None:
    found = decided(
        tmp_path / "rules",
        Edit(
            "sources/002-wuyuan-plan.yaml",
            "until: 2022-11-30, status: in_force, clause: 002.stage.summary",
            "until: 2022-11-29, status: in_force, clause: 002.stage.summary",
        ),
    )
    differing = [meaning for meaning in found.meanings.rules if meaning.shifts]

    assert differing
    assert {meaning.verdict for meaning in differing} <= {"less", "both_ways", "more"}
    assert "less" in {meaning.verdict for meaning in differing}
    less = next(meaning for meaning in differing if meaning.verdict == "less")
    facts = facts_of(found, "rule", less.name, less.shifts[0].kind)
    assert "2022-11-30" in (facts.get("as_of"), facts.get("duty_date"), facts.get("conduct_date"))
    found.confirm()


def test_an_action_addressed_elsewhere_is_required_otherwise(tmp_path: Path) -> None:
    before = """    object: lead
    by: handling_agency
    to: health
    report_row: x_health_leads
"""
    found = decided(
        tmp_path / "rules", Edit("actions/handover.yaml", before, before.replace("health\n", "customs\n", 1))
    )
    kinds = {shift.kind for shift in found.meaning("action", "transfer_health_disinfectant").shifts}

    assert "otherwise" in kinds
    (number,) = (
        one.witness for one in found.meaning("action", "transfer_health_disinfectant").shifts if one.kind == "otherwise"
    )
    assert number is not None
    witness = found.meanings.witnesses[number - 1]
    changed = {change.name: (change.old, change.new) for change in witness.changes}
    assert changed["transfer_health_disinfectant.addressee"] == ("health", "customs")
    answers = found.old.classify(witness.old_facts), found.new.classify(witness.facts)
    assert compare_answers(*answers) == witness.changes


def test_a_rule_that_is_gone_holds_in_fewer_cases_and_a_new_one_in_more(tmp_path: Path) -> None:
    text = (Path(__file__).parents[3] / "rules" / MAJOR).read_text(encoding="utf-8")
    begin = text.index("  - id: planned-licence-revocation-makes-major-case")
    rule = text[begin : text.index("  - id: decided-licence-revocation-makes-major-case")]
    new = """  - id: very-high-value-is-reported
    title: {zh: 货值特别巨大的上报, en: Very high value is reported}
    basis: [001.t1.value]
    when: {fact: goods_value, at_least: 90000000}
    then: [{require: file_directly}]
"""
    found = decided(tmp_path / "rules", Edit(MAJOR, rule, new))

    assert {(c.name, c.status) for c in found.changes} == {
        ("planned-licence-revocation-makes-major-case", "removed"),
        ("very-high-value-is-reported", "added"),
    }
    assert found.verdict("rule", "planned-licence-revocation-makes-major-case") == "less"
    assert found.verdict("rule", "very-high-value-is-reported") == "more"
    assert found.verdict("action", "file_directly") == "more"
    assert facts_of(found, "rule", "very-high-value-is-reported", "newly_met")["goods_value"] == 100_000_000
    found.confirm()


def test_a_new_fact_is_left_out_where_the_old_rulebook_has_no_word_for_it(tmp_path: Path) -> None:
    fact = """
  goods_hidden:
    round: 1
    type: bool
    label: {zh: 隐匿货物, en: Goods hidden}
    ask: {zh: 货物是否隐匿？, en: 'Were the goods hidden?'}
    evidence: {zh: 检查笔录, en: Inspection record}
    closed: false
"""
    last = """    ask: {zh: 医疗器械是否不符合法定要求？, en: 'Does the device fall short of legal requirements?'}
    evidence: {zh: 判断理由，注册备案资料、检验报告, en: 'Written reason, registration file, test report'}
    closed: false
    judgement: true
"""
    also = "when: {any: [" + TEST_OF_THE_LINE.removeprefix("when: ") + ", {fact: goods_hidden, is: true}]}"
    found = decided(
        tmp_path / "rules",
        Edit("vocabulary/product.yaml", last, last + fact.lstrip("\n")),
        Edit("reports/ledger.yaml", "      - fact: quantity\n", "      - fact: quantity\n      - fact: goods_hidden\n"),
        Edit(MAJOR, TEST_OF_THE_LINE, also),
    )

    assert found.verdict("finding", "major_case") in ("more", "both_ways")
    (number,) = (one.witness for one in found.meaning("rule", LINE).shifts if one.kind == "newly_met")
    assert number is not None
    witness = found.meanings.witnesses[number - 1]
    assert witness.facts["goods_hidden"] is True
    assert "goods_hidden" not in witness.old_facts
    found.confirm()


def test_a_new_value_of_an_enumeration_is_no_value_to_the_old_rulebook(tmp_path: Path) -> None:
    found = decided(
        tmp_path / "rules",
        Edit(
            "vocabulary/money.yaml",
            "      decided: {zh: 已吊销, en: Decided}\n",
            "      decided: {zh: 已吊销, en: Decided}\n      proposed: {zh: 建议吊销, en: Proposed}\n",
        ),
        Edit(
            MAJOR,
            "when: {fact: license_revocation, is: planned}",
            "when: {fact: license_revocation, in: [planned, proposed]}",
        ),
    )
    rule = "planned-licence-revocation-makes-major-case"

    facts = facts_of(found, "rule", rule, "newly_met")
    assert facts["license_revocation"] == "proposed"
    witness = next(one for one in found.meanings.witnesses if dict(one.facts) == facts)
    assert "license_revocation" not in witness.old_facts
    found.confirm()


def test_a_parameter_that_ends_a_day_early_is_lacking_on_that_day(tmp_path: Path) -> None:
    found = decided(
        tmp_path / "rules",
        Edit("parameters.yaml", "until: 2023-05-05, value: 500000", "until: 2023-05-04, value: 500000"),
    )
    differing = [meaning for meaning in found.meanings.rules if meaning.shifts]

    # on that day the value for the whole country steps in, which is the same: nothing differs
    assert differing == []
    assert found.meanings.outcomes
    assert {meaning.verdict for meaning in found.meanings.outcomes} == {"equivalent"}


def test_another_basis_moves_where_and_when_the_rule_is_law(tmp_path: Path) -> None:
    before = "    basis: [001.t1.value, 001.a2.value, 001.a3.value, 003.a3.value]\n    when: {fact: goods_value"
    after = before.replace("003.a3.value", "003.a3.criminal").replace("001.t1.value, 001.a2.value, 001.a3.value, ", "")
    found = decided(tmp_path / "rules", Edit(MAJOR, before, after))

    assert found.verdict("rule", LINE) == "less"
    assert facts_of(found, "rule", LINE, "no_longer_met")["jurisdiction"] == "500118"
    found.confirm()
