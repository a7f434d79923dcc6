"""Major cases: by place, by ground, planned or done, provisional where no plan is in force."""

from typing import Any

import pytest

from enforcerules import classify
from enforcerules.classification import MajorCase

YONGCHUAN = {"record_kind": "case", "jurisdiction": "500118", "as_of": "2022-07-10", "product_categories": ["drug"]}


def _major(**changes: Any) -> MajorCase:
    return classify(YONGCHUAN | changes, unknown="absent").major_case


@pytest.mark.parametrize(("value", "verdict"), [("499999.99", "not_met"), ("500000", "met"), ("500000.01", "met")])
def test_the_line_itself_counts(value: str, verdict: str) -> None:
    assert _major(goods_value=value).verdict == verdict


def test_a_planned_ground_says_that_it_is_planned() -> None:
    (ground,) = _major(license_revocation="planned").grounds

    assert (ground.id, ground.status, ground.clauses) == ("license_revocation", "planned", ["001.t1.revoke"])


def test_a_decided_revocation_is_done() -> None:
    (ground,) = _major(license_revocation="decided").grounds

    assert ground.status == "done"
    assert "001.a2.revoked" in ground.clauses


def test_a_plan_alone_makes_no_major_case_where_only_done_counts() -> None:
    yongan = {"jurisdiction": "350481", "as_of": "2023-11-15", "license_revocation": "planned"}

    assert _major(**yongan).verdict == "not_met"


def test_a_place_without_a_plan_has_the_national_line_provisionally() -> None:
    major = _major(jurisdiction="110105", goods_value="500000")

    assert (major.verdict, major.provisional) == ("met", True)


def test_a_place_with_a_plan_that_sets_no_line_has_none() -> None:
    wuyuan = _major(jurisdiction="361130", as_of="2022-06-15", goods_value="5000000")

    assert wuyuan.verdict == "not_met"


def test_while_the_plan_is_in_doubt_the_case_is_open() -> None:
    assert _major(as_of="2022-12-01", goods_value="600000").verdict == "open"


def test_after_the_plan_the_national_line_applies_provisionally() -> None:
    major = _major(as_of="2023-05-06", goods_value="600000")

    assert (major.verdict, major.provisional) == ("met", True)


def test_an_unknown_place_leaves_a_value_between_the_lines_open() -> None:
    major = classify({"record_kind": "case", "as_of": "2023-11-15", "goods_value": "60000"}).major_case

    assert major.verdict == "open"
