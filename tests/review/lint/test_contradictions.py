"""What contradicts itself in some case, and cases that no row of a form takes or that two take."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcerules import load_rulebook
from enforcerules.values import Truth
from tests.review.lint.books import change, find, line_of, place, write
from tests.review.lint.test_idle import add_rule

pytest.importorskip("z3")

DUTY = "{require: transfer_case_police}"


@pytest.mark.parametrize(
    ("code", "severity", "one", "other"),
    [
        ("ER6021", "error", DUTY, "{forbid: transfer_case_police}"),
        ("ER6022", "error", "{permit: transfer_case_police}", "{forbid: transfer_case_police}"),
        ("ER6023", "warning", DUTY, "{exempt: transfer_case_police}"),
    ],
)
def test_rules_that_contradict_one_another_are_told_with_a_small_case(
    folder: Path, code: str, severity: str, one: str, other: str
) -> None:
    add_rule(folder, "one", "{fact: suspects, more_than: 3}", one)
    add_rule(folder, "other", "{fact: suspects, less_than: 9}", other)

    (weak,) = [weak for weak in find(folder, code) if "one" in weak.of]

    assert (weak.severity, weak.of) == (severity, ("one", "other"))
    assert place(weak) == line_of(folder, "more/rules.yaml", "id: one")
    assert weak.case is not None
    case = dict(weak.case)
    assert case.pop("suspects") in (4, 5)
    assert case.keys() == {"jurisdiction", "as_of", "product_categories"}
    rulebook = load_rulebook(folder)
    effects = rulebook.decide(rulebook.read_case(weak.case)).verdicts.effects
    assert effects["one"] is effects["other"] is Truth.MET


def test_what_an_override_settles_is_no_contradiction(folder: Path) -> None:
    add_rule(folder, "one", "{fact: suspects, more_than: 3}", DUTY)
    add_rule(folder, "other", "{fact: suspects, less_than: 9}", "{forbid: transfer_case_police}", "overrides: [one]")

    assert [weak for weak in find(folder, "ER6021") if "one" in weak.of] == []


def test_rules_that_never_meet_do_not_contradict_one_another(folder: Path) -> None:
    add_rule(folder, "one", "{fact: suspects, more_than: 8}", "{permit: transfer_case_police}")
    add_rule(folder, "other", "{fact: suspects, less_than: 9}", "{forbid: transfer_case_police}")

    assert find(folder, "ER6022") == []


def test_a_duty_that_comes_later_contradicts_from_then_on_only(folder: Path) -> None:
    add_rule(
        folder,
        "one",
        "{fact: suspects, more_than: 3}",
        "{require: transfer_case_police, once: {fact: online, is: true}}",
    )
    add_rule(folder, "other", "{fact: online, is: false}", "{forbid: transfer_case_police}")

    assert [weak for weak in find(folder, "ER6021") if "one" in weak.of] == []


def test_findings_that_a_red_line_keeps_apart_are_told_when_both_follow(folder: Path) -> None:
    change(
        folder,
        "properties.yaml",
        "never: {fact: goods_value, less_than: 0}",
        "never: {all: [{finding: major_case}, {finding: urgent}]}",
    )

    found = find(folder, "ER6024")

    assert {weak.of for weak in found} == {
        ("goods-value-makes-major-case", "conduct-is-urgent/fake"),
        ("goods-value-makes-major-case", "conduct-is-urgent/expired"),
    }
    assert all(weak.case is not None and weak.severity == "error" for weak in found)


# --- rows of forms -----------------------------------------------------------------------------------

PART = """        choose: one
        rows:
          - {{id: small, label: {{zh: 小, en: Small}}, when: {{fact: goods_value, {0}}}, value: {{count: case}}}}
"""


def test_the_rows_of_a_part_that_take_each_case_once_are_sound(folder: Path) -> None:
    _choose_one(folder, "at_most: 100000")

    assert find(folder, "ER6031", "ER6032") == []


def test_a_case_that_no_row_takes_is_told(folder: Path) -> None:
    _choose_one(folder, "less_than: 100000")

    (weak,) = find(folder, "ER6031", "ER6032")

    assert (weak.code, weak.severity, weak.of) == ("ER6031", "error", ("monthly/drug/value",))
    assert place(weak) == line_of(folder, "form.yaml", "id: value")
    assert weak.case is not None
    assert weak.case["goods_value"] == 100_000


def test_a_case_that_two_rows_take_is_told(folder: Path) -> None:
    _choose_one(folder, "at_most: 100000.01")

    (weak,) = find(folder, "ER6031", "ER6032")

    assert (weak.code, weak.severity) == ("ER6032", "error")
    assert weak.of == ("monthly/drug/value/small", "monthly/drug/value/large")
    assert place(weak) == line_of(folder, "form.yaml", "id: large")
    assert weak.case is not None
    assert weak.case["goods_value"] == "100000.01"


def test_a_case_that_the_form_does_not_count_needs_no_row(folder: Path) -> None:
    _choose_one(folder, "less_than: 100000")
    change(
        folder,
        "form.yaml",
        "basis: [plan.table]\ntables:",
        "basis: [plan.table]\ncounts_when: {fact: goods_value, less_than: 5}\ntables:",
    )

    assert find(folder, "ER6031") == []


def _choose_one(folder: Path, small: str) -> None:
    change(folder, "form.yaml", "        rows:\n", PART.format(small))
    text = (folder / "form.yaml").read_text(encoding="utf-8")
    known = "        when: {fact: goods_value, at_least: 0}\n        choose: one"
    write(folder, "form.yaml", text.replace("        choose: one", known))
