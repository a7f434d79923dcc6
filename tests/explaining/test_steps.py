"""What is indicated and how far the next line is: amounts beside lines, and never a word of guilt."""

from typing import Any

import pytest

from enforcerules import Rulebook

FAKE: dict[str, Any] = {
    "record_kind": "case",
    "jurisdiction": "510802",
    "as_of": "2022-07-11",
    "product_categories": ["drug"],
    "product_tags": [],
    "defect_grounds": ["composition_mismatch"],
    "stages": ["distribution"],
    "intent_found": True,
    "folk_recipe": False,
    "nonprofit_mutual_aid": False,
}
TITLE = "离下一标准还差多少"


def steps(rulebook: Rulebook, case: dict[str, Any]) -> list[str]:
    """Return the lines of the section, each whole."""
    page = rulebook.explain(FAKE | case, language="zh", format="markdown")
    if TITLE not in page:
        return []
    section = page.partition(TITLE)[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.strip().startswith(("-", "*", "•"))]


def test_an_amount_below_a_step_says_how_much_is_lacking(rulebook: Rulebook) -> None:
    (line,) = steps(rulebook, {"drug_crime_amount": "180000"})

    assert "涉案药品金额（定罪用） 180,000元，距 200,000元差 20,000元" in line
    assert "第3条第2项" in line


@pytest.mark.parametrize(("amount", "line"), [("0.01", "200,000"), ("200000", "500,000"), ("499999.99", "500,000")])
def test_only_the_nearest_step_is_named(rulebook: Rulebook, amount: str, line: str) -> None:
    (found,) = steps(rulebook, {"drug_crime_amount": amount})

    assert f"距 {line}元差" in found


def test_beyond_the_last_step_nothing_is_lacking(rulebook: Rulebook) -> None:
    assert steps(rulebook, {"drug_crime_amount": "500000"}) == []


def test_a_line_that_other_facts_rule_out_is_no_step(rulebook: Rulebook) -> None:
    assert steps(rulebook, {"drug_crime_amount": "180000", "defect_grounds": []}) == []
    assert steps(rulebook, {"drug_crime_amount": "180000", "nonprofit_mutual_aid": True}) == []


def test_an_amount_known_only_by_a_bound_lacks_nothing_certain(rulebook: Rulebook) -> None:
    assert steps(rulebook, {"drug_crime_amount": {"at_least": "180000"}}) == []


def test_what_weighs_heavier_brings_the_gravest_tier_nearer(rulebook: Rulebook) -> None:
    (line,) = steps(rulebook, {"drug_crime_amount": "120000", "product_tags": ["injection"]})

    assert "差 80,000元" in line
    assert "第4条第7项" in line


@pytest.mark.parametrize(
    ("suspected", "said"),
    [(None, "按所列事实达到入罪标准，是否涉嫌犯罪由人判断："), (True, "按所列事实达到入罪标准：")],
)
def test_the_answer_names_the_charge_and_leaves_the_decision(
    rulebook: Rulebook, suspected: bool | None, said: str
) -> None:
    answer = rulebook.explain(FAKE | {"crime_suspected": suspected}, language="zh").split("\n\n")[1].replace("\n", "")

    assert f"{said}“生产、销售、提供假药罪”" in answer
    assert "有罪" not in answer
