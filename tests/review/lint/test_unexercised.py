"""What no scenario goes through."""

from __future__ import annotations

from pathlib import Path

from tests.review.lint.books import change, find, line_of, place, write


def test_the_small_rulebook_has_no_weakness(folder: Path) -> None:
    assert find(folder) == []


def test_a_rule_that_holds_in_no_scenario_is_told(folder: Path) -> None:
    change(folder, "scenarios.yaml", ", suspects: 3, conduct: expired}", ", suspects: 3}")

    (weak,) = find(folder)

    assert (weak.code, weak.severity, weak.of) == ("ER6001", "warning", ("conduct-is-urgent/expired",))
    assert place(weak) == line_of(folder, "rules.yaml", "id: expired")


def test_a_threshold_is_told_with_the_values_that_lack_a_scenario(folder: Path) -> None:
    change(folder, "scenarios.yaml", "goods_value: 499999.99", "goods_value: 499999.98")
    change(folder, "scenarios.yaml", "goods_value: 500000.01", "goods_value: 600000")

    (weak,) = find(folder)

    assert (weak.code, weak.severity) == ("ER6002", "warning")
    assert weak.of == ("goods-value-makes-major-case", "goods_value")
    assert "has no scenario at `499999.99`, `500000.01`" in weak.diagnostic.message.en
    assert place(weak) == line_of(folder, "rules.yaml", "at_least: {parameter: major_case_goods_value}")


def test_a_scenario_where_the_rule_is_no_law_tries_no_threshold(folder: Path) -> None:
    change(folder, "scenarios.yaml", "{goods_value: 500000, ", "{goods_value: 500000, jurisdiction: CN, ")

    (weak,) = find(folder)

    assert weak.of == ("goods-value-makes-major-case", "goods_value")
    assert weak.diagnostic.message.en.endswith("has no scenario at `500000`")


def test_of_a_count_the_nearest_numbers_are_asked_for(folder: Path) -> None:
    change(folder, "scenarios.yaml", "suspects: 2}", "suspects: 5}")

    (weak,) = find(folder)

    assert weak.of == ("serious-online-case-of-many-is-warned-of", "suspects")
    assert weak.diagnostic.message.zh.endswith("没有算例取 `2`")


def test_a_value_that_no_case_can_have_is_not_asked_for(folder: Path) -> None:
    write(
        folder,
        "more/words.yaml",
        """
invariants:
  - {id: two-are-none, title: {zh: 不会是二人, en: Two are never suspected}, never: {fact: suspects, is: 2}}
""",
    )
    change(folder, "scenarios.yaml", "suspects: 2}", "suspects: 5}")

    assert find(folder) == []


def test_the_days_on_which_a_period_begins_and_ends_want_scenarios(folder: Path) -> None:
    change(folder, "scenarios.yaml", "{as_of: 2022-05-05}", "{as_of: 2022-05-04}")
    change(folder, "scenarios.yaml", "{as_of: 2023-05-06}", "{as_of: 2023-05-06, jurisdiction: CN}")

    (weak,) = find(folder)

    assert (weak.code, weak.of) == ("ER6003", ("plan",))
    assert "`2022-05-05`, `2023-05-06`" in weak.diagnostic.message.en
    assert place(weak) == line_of(folder, "plan.yaml", "windows:")


def test_a_scenario_that_contradicts_itself_is_told_unless_it_means_to(folder: Path) -> None:
    new = "{goods_value: 0, fine: 5}\n        expect: {labels: []}"
    change(folder, "scenarios.yaml", "{as_of: 2022-05-06}\n        expect: {labels: []}", new)

    found = find(folder, "ER6004")
    change(folder, "scenarios.yaml", new, new.replace("labels: []", "warnings: [fine-needs-goods]"))

    assert [weak.of for weak in found] == [("all[kind 7]", "fine-needs-goods")]
    assert find(folder, "ER6004") == []
