"""The rules behind a difference: what a scenario expected and what decided otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from enforcerules import Rulebook
from enforcerules.errors import Source, Span
from enforcerules.review.causes import Cause, find_causes, find_remark
from enforcerules.review.difference import Difference
from enforcerules.values import Truth

FACTS = {"jurisdiction": "500118", "as_of": "2022-07-10", "product_categories": ["drug"], "goods_value": 600000}


def differ(part: str, name: str | None, expected: Any, actual: Any) -> Difference:
    return Difference(part, name, expected, actual, Span(Source("s.yaml", ""), 1, 1))


def causes(rulebook: Rulebook, *what: Any, **facts: Any) -> list[Cause]:
    decision = rulebook.decide(rulebook.read_case({**FACTS, **facts}, unknown="absent"))
    return find_causes(decision, differ(*what))


@pytest.mark.parametrize(
    ("what", "rule", "verdict"),
    [
        (("clauses_not_met", "001.t1.value", "not_met", "met"), "goods-value-makes-major-case", Truth.MET),
        (("no_findings", "major_case", "not_met", "met"), "goods-value-makes-major-case", Truth.MET),
        (("major_case.verdict", None, "not_met", "met"), "goods-value-makes-major-case", Truth.MET),
        (("exemptions", "lab_test", "met", "not_met"), "expired-drug-filed-directly", Truth.NOT_MET),
        (("report.value_row", None, "v_20w_50w", "v_50w_1000w"), "annex1/drug/value_row/v_50w_1000w", Truth.MET),
        (
            ("overridden", "suspected-crime-transferred-to-police", "overridden", "not_overridden"),
            "suspected-crime-transferred-to-police",
            Truth.NOT_MET,
        ),
    ],
)
def test_the_rule_behind_a_difference_is_named(rulebook: Rulebook, what: Any, rule: str, verdict: Truth) -> None:
    found = {cause.rule: cause.verdict for cause in causes(rulebook, *what)}

    assert found[rule] is verdict


def test_what_follows_is_explained_by_the_rules_it_follows_from_alone(rulebook: Rulebook) -> None:
    (cause,) = causes(rulebook, "no_findings", "major_case", "not_met", "met")

    assert cause.rule == "goods-value-makes-major-case"
    assert cause.lines[0].text.en == "Value of goods 600,000 yuan ≥ 500,000 yuan"


def test_what_does_not_follow_is_explained_by_what_failed(rulebook: Rulebook) -> None:
    first, *_ = causes(rulebook, "findings", "major_case", "met", "not_met", goods_value="499999.99")

    assert (first.rule, first.verdict) == ("goods-value-makes-major-case", Truth.NOT_MET)
    assert first.lines[0].text.zh == "货值金额 499,999.99元 ＜ 500,000元"
    assert first.to_dict()["why"]


def test_a_rule_that_another_takes_over_says_so(rulebook: Rulebook) -> None:
    (cause,) = causes(rulebook, "clauses_met", "national-template.t1.value", "met", "not_met")[:1]

    assert any("taken by" in line.text.en for line in cause.lines)


def test_a_rule_that_is_no_law_there_says_so(rulebook: Rulebook) -> None:
    (cause, *_) = causes(rulebook, "clauses_met", "002.disinfectant", "met", "not_met", approval_mark="xiao")

    assert cause.verdict is Truth.NOT_MET
    assert "the basis does not apply here and then" in [line.text.en for line in cause.lines]


def test_what_is_known_is_not_asked_for(rulebook: Rulebook) -> None:
    decision = rulebook.decide(rulebook.read_case(FACTS, unknown="absent"))
    difference = differ("questions", "goods_value", "asked", "not_asked")
    remark = find_remark(decision, difference)

    assert remark is not None
    assert remark.en == "Value of goods is known (600,000 yuan); what is known is not asked for"
    assert find_causes(decision, difference) == []


def test_a_question_that_is_asked_is_explained_by_the_rules_it_decides(rulebook: Rulebook) -> None:
    found = causes(rulebook, "no_questions", "goods_value", "not_asked", "asked", goods_value=None)

    assert found
    assert all(cause.verdict is Truth.OPEN for cause in found)


def test_a_due_date_comes_from_the_calendar(rulebook: Rulebook) -> None:
    decision = rulebook.decide(rulebook.read_case(FACTS, unknown="absent"))
    remark = find_remark(decision, differ("next_due", "monthly", None, "2022-08-01"))

    assert remark is not None
    assert "report calendar" in remark.en
