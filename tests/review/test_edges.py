"""Scenarios that say what their case comes to, for what else the same comes out, and what undoes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcerules import Rulebook, RulebookError
from enforcerules.review.scenarios import Variant, read_scenarios, run_variant
from tests.review.test_scenarios import ROOT

EDGES = """\
scenarios:
  - id: seized
    title: {zh: 查封, en: Seized}
    world: closed
    facts: {jurisdiction: '510802', as_of: 2022-07-11, product_categories: [cosmetic], may_endanger_health: true}
    expect: EXPECT
    MORE
"""
EXPECT = "{rests_on: {permissions: {seize: [cosmetics-reg-2020.46.4]}}}"


def _read(
    rulebook: Rulebook, folder: Path, more: str = "note: {zh: 无, en: none}", expect: str = EXPECT
) -> list[Variant]:
    (folder / "rulebook.yaml").write_text(ROOT, encoding="utf-8")
    (folder / "s.yaml").write_text(EDGES.replace("EXPECT", expect).replace("MORE", more), encoding="utf-8")
    return list(read_scenarios(rulebook, folder))


def _faults(rulebook: Rulebook, folder: Path, **parts: str) -> list[tuple[str, str, str]]:
    with pytest.raises(RulebookError) as caught:
        _read(rulebook, folder, **parts)
    return [(found.code, str(found.span), found.message.en) for found in caught.value.diagnostics]


def test_each_value_each_alternative_and_each_undoing_is_a_variant(rulebook: Rulebook, tmp_path: Path) -> None:
    more = """each: {as_of: [2021-01-01, 2023-01-01]}
    also: [{jurisdiction: CN, as_of: 2024-01-01}]
    but: [{may_endanger_health: false}, {as_of: 2020-12-31}]
    variants: [{name: {zh: 另一个, en: another}, facts: {goods_value: 1}, expect: {permissions: [seize]}}]"""
    variants = _read(rulebook, tmp_path, more)

    assert [variant.id for variant in variants] == [
        "seized[As it stands]",
        "seized[Date of assessment: 2021-01-01]",
        "seized[Date of assessment: 2023-01-01]",
        "seized[Place of the handling agency: CN, Date of assessment: 2024-01-01]",
        "seized[But: May endanger health: no]",
        "seized[But: Date of assessment: 2020-12-31]",
        "seized[another]",
    ]
    assert all(run_variant(rulebook, variant).passed for variant in variants)
    assert variants[4].expect.no_rests_on == variants[0].expect.rests_on


def test_what_is_not_undone_is_told_at_its_place(rulebook: Rulebook, tmp_path: Path) -> None:
    *_, variant = _read(rulebook, tmp_path, "but: [{goods_value: 1}]")
    (difference,) = run_variant(rulebook, variant).differences

    assert (difference.part, difference.name) == ("no_rests_on.permissions", "seize")
    assert difference.actual == ["cosmetics-reg-2020.46.4"]
    assert str(difference.span).endswith("s.yaml:7:11")


@pytest.mark.parametrize(
    ("expect", "part", "name", "expected", "actual"),
    [
        (
            "{rests_on: {permissions: {seize: [device-reg-2021.70.1.3]}}}",
            "rests_on.permissions",
            "seize",
            ["device-reg-2021.70.1.3"],
            ["cosmetics-reg-2020.46.4"],
        ),
        ("{duties: {seize: {actor: police}}}", "duties.actor", "seize", "police", None),
        ("{rows: [annex1/drug]}", "rows", "annex1/drug", "met", "not_met"),
        ("{grounds: {major_case: {goods_value: met}}}", "grounds.major_case", "goods_value", "met", None),
    ],
)
def test_what_is_not_so_is_one_difference(
    rulebook: Rulebook, tmp_path: Path, expect: str, part: str, name: str, expected: object, actual: object
) -> None:
    (variant,) = _read(rulebook, tmp_path, expect=expect)
    (difference,) = run_variant(rulebook, variant).differences

    assert (difference.part, difference.name, difference.expected, difference.actual) == (part, name, expected, actual)


def test_another_ground_than_those_written_is_a_difference(rulebook: Rulebook, tmp_path: Path) -> None:
    both = "but: [{goods_value: 500000}]\n    variants: [{name: {zh: 一, en: one}, facts: {goods_value: 500000, "
    both += "license_revocation: decided}, expect: {grounds: {major_case: {goods_value: met}}}}]"
    *_, variant = _read(rulebook, tmp_path, both)

    found = [(one.name, one.expected, one.actual) for one in run_variant(rulebook, variant).differences]
    assert found == [("license_revocation", None, "done")]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        (
            {"more": "each: {goods_worth: [1]}"},
            ("ER3001", "s.yaml:7:26", "there is no fact `goods_worth`"),
        ),
        (
            {"more": "but: [{may_endanger_health: perhaps}]"},
            ("ER3002", "s.yaml:7:33", '`may_endanger_health` should be `true` or `false`, not `"perhaps"`'),
        ),
        (
            {"expect": "{no_actions: [seize]}", "more": "but: [{goods_value: 1}]"},
            ("ER0104", "s.yaml:2:5", "there is nothing that `but` could undo"),
        ),
        (
            {"expect": "{rests_on: {permissions: {seize: [no.such]}}}"},
            ("ER1010", "s.yaml:6:47", "there is no clause `no.such`"),
        ),
        (
            {"expect": "{duties: {lab_test: {addressee: postman}}}"},
            ("ER1010", "s.yaml:6:45", "there is no agency `postman`"),
        ),
        (
            {"expect": "{grounds: {major_case: {whim: met}}}"},
            ("ER1010", "s.yaml:6:37", "there is no ground `whim`"),
        ),
    ],
)
def test_a_fault_is_told_at_its_place(
    rulebook: Rulebook, tmp_path: Path, parts: dict[str, str], fault: tuple[str, str, str]
) -> None:
    (found,) = _faults(rulebook, tmp_path, **parts)

    assert (found[0], found[1].rpartition("/")[2], found[2]) == fault
