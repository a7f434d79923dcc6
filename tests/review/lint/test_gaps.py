"""What is missing for a part of the time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.lint.books import change, find, line_of, place, write


def test_a_rule_without_its_parameter_for_some_days_is_told_with_the_days(folder: Path) -> None:
    change(folder, "parameters.yaml", "from: 2022-05-06, until: 2023-05-05", "from: 2022-06-01, until: 2023-05-04")

    rule, value = find(folder, "ER6041", "ER6042")

    assert (rule.code, rule.severity) == ("ER6041", "error")
    assert rule.of == ("goods-value-makes-major-case", "major_case_goods_value")
    assert "from 2022-05-06 to 2022-05-31, on 2023-05-05" in rule.diagnostic.message.en
    assert place(rule) == line_of(folder, "rules.yaml", "id: goods-value-makes-major-case")
    assert (value.code, value.of) == ("ER6042", ("major_case_goods_value", "plan.value"))
    assert place(value) == line_of(folder, "parameters.yaml", "from: 2022-06-01")


def test_where_a_wider_value_steps_in_the_gap_is_told_all_the_same(folder: Path) -> None:
    change(
        folder,
        "parameters.yaml",
        "values:\n      - {where: '500118', from: 2022-05-06, until: 2023-05-05",
        "values:\n      - {where: CN, from: 2022-05-06, until: 2023-05-05, value: 900000, clause: plan.value}\n"
        "      - {where: '500118', from: 2022-05-06, until: 2023-05-04",
    )

    (weak,) = find(folder, "ER6041", "ER6042")

    assert (weak.code, weak.severity) == ("ER6042", "error")
    assert "for `500118` on 2023-05-05" in weak.diagnostic.message.en


def test_a_value_beyond_its_clause_is_told(folder: Path) -> None:
    change(folder, "parameters.yaml", "until: 2023-05-05", "until: 2023-05-07")

    (weak,) = find(folder, "ER6042")

    assert "自 2023-05-06 至 2023-05-07 有值" in weak.diagnostic.message.zh


def test_a_later_value_takes_the_days_that_an_earlier_one_leaves(folder: Path) -> None:
    old = "until: 2023-05-05, value: 500000, clause: plan.value}"
    later = "- {where: '500118', from: 2022-09-01, until: 2023-05-05, value: 500000, clause: plan.value}"
    change(folder, "parameters.yaml", old, f"until: 2022-08-31, value: 300000, clause: plan.value}}\n      {later}")

    assert find(folder, "ER6041", "ER6042") == []


@pytest.mark.parametrize(("counting", "told"), [("working", 1), ("natural", 0)])
def test_working_days_in_a_year_without_calendar_are_told(folder: Path, counting: str, told: int) -> None:
    change(folder, "plan.yaml", "days: 3,", f"days: 3, counting: {counting},")
    change(folder, "plan.yaml", "from: 2022-05-06, until: 2023-05-05", "from: 2020-05-06, until: 2023-05-05")

    found = find(folder, "ER6043")

    # the notice for the year after the last calendar is not published yet
    assert [(weak.of, "`2020–2021`" in weak.diagnostic.message.en) for weak in found] == [
        (("plan.police",), True)
    ] * told
    assert [place(weak) for weak in found] == [line_of(folder, "plan.yaml", "clock:")] * told


def test_an_override_of_a_rule_that_is_never_law_then_is_told(folder: Path) -> None:
    write(
        folder,
        "more/clauses.yaml",
        """
clauses_of: plan
clauses:
  plan.later:
    at: 四
    gist: {zh: 以后的事, en: What comes later}
    windows: [{from: 2024-01-01, status: in_force}]
""",
    )
    text = (folder / "more/rules.yaml").read_text(encoding="utf-8")
    rule = """  - id: later
    title: {zh: 以后, en: Later}
    basis: [plan.later]
    when: {fact: online, is: true}
    then: [{label: priority}]
    overrides: [major-case-to-police]
"""
    write(folder, "more/rules.yaml", text + rule)

    (weak,) = find(folder, "ER6044", "ER6016")

    assert (weak.code, weak.of) == ("ER6044", ("later", "major-case-to-police"))
    assert place(weak) == line_of(folder, "more/rules.yaml", "overrides:")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("reports.yaml", "due: [2022-06-05, 2022-07-05]", "due: [2022-05-05, 2022-06-05, 2023-05-06]"),
        ("reports.yaml", "where: '500118'\n    to", "where: CN\n    to"),
    ],
)
def test_a_due_day_on_which_nothing_orders_the_report_is_told(folder: Path, file: str, old: str, new: str) -> None:
    assert find(folder, "ER6045") == []
    change(folder, file, old, new)

    (weak,) = find(folder, "ER6045")

    moved = "CN" in new
    days = "`2022-06-05`, `2022-07-05`" if moved else "`2022-05-05`, `2023-05-06`"
    name = "CN/monthly" if moved else "500118/monthly"
    assert (weak.severity, weak.of) == ("error", (name,))
    assert weak.diagnostic.message.en == (
        f"no clause of the report `{name}` is in force on {days}: no list of due reports has it"
    )
    assert place(weak) == line_of(folder, "reports.yaml", "due:")
