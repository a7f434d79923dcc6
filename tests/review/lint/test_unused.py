"""What nothing uses, and titles that stand twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.lint.books import change, find, line_of, place, write

FACT = "facts:\n  colour: {type: bool, label: {zh: 颜色, en: Colour}, ask: {zh: 有无颜色？, en: 'Is it coloured?'}}\n"
PARAMETER = """parameters:
  idle_line:
    type: money
    label: {zh: 无用的标准, en: An idle line}
    values: [{where: '500118', from: 2022-05-06, until: 2023-05-05, value: 5, clause: plan.value}]
"""
ACTION = "actions:\n  wait: {title: {zh: 等候, en: Wait}, verb: {zh: 等, en: wait}, object: case}\n"
LABEL = "labels:\n  dull: {zh: 平淡, en: Dull}\n"
FINDING = "findings:\n  dull: {label: {zh: 平淡, en: Dull}}\n"
ENUMERATION = "enumerations:\n  shade:\n    label: {zh: 深浅, en: Shade}\n    values: {dark: {zh: 深, en: Dark}}\n"


@pytest.mark.parametrize(
    ("code", "file", "text", "name"),
    [
        ("ER6051", "more/words.yaml", FACT, "colour"),
        ("ER6052", "more/actions.yaml", ACTION, "wait"),
        ("ER6053", "more/parameters.yaml", PARAMETER, "idle_line"),
        ("ER6054", "more/words.yaml", ENUMERATION, "shade"),
        ("ER6055", "more/words.yaml", FINDING, "dull"),
        ("ER6056", "more/words.yaml", LABEL, "dull"),
    ],
)
def test_what_nothing_uses_is_told(folder: Path, code: str, file: str, text: str, name: str) -> None:
    write(folder, file, text)

    (weak,) = find(folder)

    assert (weak.code, weak.severity, weak.of) == (code, "warning", (name,))
    assert place(weak) == line_of(folder, file, f"  {name}:")


def test_a_place_that_nothing_is_about_is_told(folder: Path) -> None:
    change(folder, "rulebook.yaml", "files:", "  '110105': {zh: 北京市朝阳区, en: Chaoyang}\nfiles:")

    (weak,) = find(folder)

    assert (weak.code, weak.of) == ("ER6057", ("110105",))
    assert place(weak) == line_of(folder, "rulebook.yaml", "110105")


def test_a_finding_that_is_read_and_never_established_is_an_error(folder: Path) -> None:
    write(folder, "more/words.yaml", FINDING)
    change(folder, "rules.yaml", "when: {finding: major_case}", "when: {any: [{finding: major_case}, {finding: dull}]}")

    (weak,) = find(folder, "ER6055")

    assert (weak.severity, weak.of) == ("error", ("dull",))


def test_a_ground_on_which_no_rule_rests_is_told(folder: Path) -> None:
    change(
        folder,
        "vocabulary.yaml",
        "goods_value: {zh: 货值, en: Value of goods}",
        "goods_value: {zh: 货值, en: V}\n      other: {zh: 其他, en: Other}",
    )

    (weak,) = find(folder)

    assert (weak.code, weak.of) == ("ER6055", ("major_case", "other"))


def test_one_value_may_stand_for_the_rest_and_two_are_noted(folder: Path) -> None:
    one = "expired: {zh: 销售过期药品, en: Selling expired drugs}"
    change(folder, "vocabulary.yaml", one, f"{one}\n      slow: {{zh: 迟缓, en: Slow}}")
    assert find(folder) == []

    change(folder, "vocabulary.yaml", one, f"{one}\n      late: {{zh: 迟到, en: Late}}")
    (weak,) = find(folder)

    assert (weak.code, weak.severity, weak.of) == ("ER6054", "note", ("conduct",))
    assert "`late`, `slow`" in weak.diagnostic.message.en


def test_a_title_that_stands_twice_is_told_with_both_places(folder: Path) -> None:
    change(folder, "rules.yaml", "en: Expired drugs are urgent", "en: Fake drugs are urgent")

    (weak,) = find(folder)

    assert (weak.code, weak.of) == ("ER6061", ("conduct-is-urgent/expired", "conduct-is-urgent/fake"))
    assert place(weak) == line_of(folder, "rules.yaml", "id: expired")
    assert [span.line for _, span in weak.diagnostic.related] == [line_of(folder, "rules.yaml", "id: fake")[1]]
