"""What a set of cases decides: rules, exceptions and conditions that came out both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest

from enforcerules import Rulebook
from enforcerules.review.coverage import Coverage, LeafCoverage, Share

YONGCHUAN = {"jurisdiction": "500118", "as_of": "2022-07-10", "product_categories": ["drug"]}
WUXI = YONGCHUAN | {"jurisdiction": "320200"}
RULE = "goods-value-makes-major-case"


def cover(rulebook: Rulebook, *cases: dict[str, Any]) -> Coverage:
    coverage = Coverage(rulebook.resolved)
    for number, facts in enumerate(cases, start=1):
        coverage.add(rulebook.decide(rulebook.read_case(facts, unknown="absent")), f"case {number}")
    return coverage


def leaf(coverage: Coverage, rule: str, number: int = 1) -> LeafCoverage:
    (found,) = [leaf for leaf in coverage.leaves if (leaf.rule, leaf.number) == (rule, number)]
    return found


def test_a_rule_and_its_condition_are_decided_either_way(rulebook: Rulebook) -> None:
    coverage = cover(rulebook, YONGCHUAN | {"goods_value": 500000}, YONGCHUAN | {"goods_value": "499999.99"})
    (rule,) = [entry for entry in coverage.rules if entry.rule == RULE]

    assert rule.sides.to_dict() == {"met": 1, "not_met": 1, "met_in": "case 1", "not_met_in": "case 2"}
    assert leaf(coverage, RULE).sides == rule.sides
    assert rule.sides.both


def test_what_stays_open_is_decided_neither_way(rulebook: Rulebook) -> None:
    coverage = cover(rulebook, YONGCHUAN | {"goods_value": None})

    assert leaf(coverage, RULE).sides.to_dict() == {"met": 0, "not_met": 0, "met_in": None, "not_met_in": None}


def test_a_condition_decides_nothing_where_its_rule_is_no_law(rulebook: Rulebook) -> None:
    coverage = cover(rulebook, WUXI | {"goods_value": 600000}, WUXI | {"goods_value": 100})

    assert leaf(coverage, RULE).sides.to_dict() == {"met": 0, "not_met": 0, "met_in": None, "not_met_in": None}
    assert leaf(coverage, "default-goods-value-makes-major-case").sides.both


def test_an_exception_is_taken_or_not_where_the_rule_it_takes_from_holds(rulebook: Rulebook) -> None:
    exception = ("local-plan-governs-major-cases", "default-goods-value-makes-major-case")

    def sides(*cases: dict[str, Any]) -> tuple[int, int]:
        found = {(e.rule, e.overrides): e.sides for e in cover(rulebook, *cases).exceptions}[exception]
        return found.met, found.not_met

    assert sides(YONGCHUAN | {"goods_value": 600000}) == (1, 0)
    assert sides(WUXI | {"goods_value": 600000}) == (0, 1)
    assert sides(YONGCHUAN, WUXI) == (0, 0)


def test_no_exception_of_the_rulebook_stands_between_rules_of_two_places(rulebook: Rulebook) -> None:
    coverage = cover(rulebook)
    counted = {(entry.rule, entry.overrides) for entry in coverage.exceptions}

    named = {(rule.id, other) for rule in rulebook.resolved.rules.values() for other in rule.overrides}
    assert coverage.apart == ()
    assert counted == named


def test_every_test_of_a_rule_is_a_leaf_also_that_of_a_later_moment(rulebook: Rulebook) -> None:
    coverage = cover(rulebook)
    numbers = [leaf.number for leaf in coverage.leaves if leaf.rule == "approved-transfer-made-in-time"]

    assert numbers == [1, 2, 3, 4]
    assert leaf(coverage, "approved-transfer-made-in-time", 4).said.en.endswith("on or after 2020-08-07")


@pytest.mark.parametrize(
    ("decided", "total", "percent"), [(0, 0, 100.0), (2, 3, 66.6), (1999, 2000, 99.9), (3, 3, 100)]
)
def test_a_share_is_never_rounded_up(decided: int, total: int, percent: float) -> None:
    assert Share(decided, total).percent == percent


def test_coverage_is_stable_json(rulebook: Rulebook) -> None:
    cases: list[dict[str, Any]] = [YONGCHUAN | {"goods_value": 500000}, WUXI]
    found = cover(rulebook, *cases).to_dict()

    assert json.loads(json.dumps(found)) == cover(rulebook, *cases).to_dict()
    assert list(found) == ["cases", "rules", "exceptions", "leaves", "by_rule", "by_exception", "never_meet", "by_leaf"]
    assert found["cases"] == 2
    assert found["rules"]["total"] == len(found["by_rule"]) == len(rulebook.resolved.rules)
    assert found["leaves"]["total"] == len(found["by_leaf"])
    assert set(found["by_leaf"][0]) == {"rule", "leaf", "test", "met", "not_met", "met_in", "not_met_in"}
