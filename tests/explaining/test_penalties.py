"""What the page says of penalties where the law changed between the conduct and the decision."""

from typing import Any

import pytest

from enforcerules import Rulebook

EXPIRED = {
    "record_kind": "case",
    "jurisdiction": "510802",
    "as_of": "2026-06-20",
    "product_categories": ["drug"],
    "defect_grounds": ["expired"],
    "stages": ["distribution"],
    "subject_type": "retailer",
    "goods_value": 62_000,
}


def _range(rulebook: Rulebook, **facts: Any) -> str:
    page = rulebook.explain(EXPIRED | facts, unknown="absent")
    found = page.partition("处罚幅度")[2].partition("报表归类")[0]
    return "".join(line.strip() for line in found.splitlines())


def test_a_new_law_that_spares_the_party_governs_and_is_said_to(rulebook: Rulebook) -> None:
    said = _range(rulebook, conduct_date="2026-03-01", purchase_check_done=True, ignorance_proved=True)

    assert "新的规定较轻，适用新的规定（行为时的规定：零售（使用）劣药）" in said
    assert "没有处罚规定" not in said


@pytest.mark.parametrize(("day", "told"), [("2018-06-01", True), ("2026-03-01", False)])
def test_conduct_older_than_the_law_of_the_rulebook_is_left_to_people(rulebook: Rulebook, day: str, told: bool) -> None:
    said = _range(rulebook, conduct_date=day, conducts=["licence_lending"])

    assert ("行为时的法律在本库中没有处罚规定" in said) is told
    assert "伪造、变造、出租、出借、非法买卖许可证" in said
