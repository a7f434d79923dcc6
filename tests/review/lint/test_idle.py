"""What never does anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.lint.books import change, find, line_of, place, write

pytest.importorskip("z3")

RULE = """
rules:
  - id: {id}
    title: {{zh: 规则 {id}, en: Rule {id}}}
    basis: [plan.police]
    when: {when}
    then: [{then}]
"""


def add_rule(folder: Path, id: str, when: str, then: str = "{establish: urgent}", more: str = "") -> None:  # noqa: A002
    text = (folder / "more/rules.yaml").read_text(encoding="utf-8")
    rule = RULE.format(id=id, when=when, then=then).removeprefix("\nrules:\n") + (f"    {more}\n" if more else "")
    write(folder, "more/rules.yaml", text + rule)


def test_a_rule_that_no_case_can_meet_is_an_error(folder: Path) -> None:
    add_rule(folder, "never", "{all: [{fact: suspects, more_than: 5}, {fact: suspects, less_than: 3}]}")

    (weak,) = find(folder, "ER6011")

    assert (weak.severity, weak.of) == ("error", ("never",))
    assert place(weak) == line_of(folder, "more/rules.yaml", "id: never")


def test_a_row_of_a_form_that_no_case_can_meet_is_an_error(folder: Path) -> None:
    change(
        folder, "form.yaml", "when: {fact: goods_value, more_than: 100000}", "when: {fact: product_categories, is: []}"
    )

    (weak,) = find(folder, "ER6011")

    assert weak.of == ("monthly/drug/value/large",)
    assert place(weak) == line_of(folder, "form.yaml", "id: large")


def test_a_rule_that_is_always_overridden_is_an_error(folder: Path) -> None:
    add_rule(folder, "narrow", "{all: [{fact: online, is: true}, {fact: serious, is: true}]}", "{label: priority}")
    add_rule(folder, "wide", "{fact: online, is: true}", "{establish: urgent}", "overrides: [narrow]")

    (weak,) = find(folder, "ER6011", "ER6012")

    assert (weak.code, weak.of) == ("ER6012", ("narrow",))
    assert "`wide`" in weak.diagnostic.message.zh


def test_an_override_of_what_never_holds_at_once_is_told(folder: Path) -> None:
    add_rule(folder, "one", "{fact: online, is: true}", "{label: priority}")
    add_rule(folder, "other", "{fact: online, is: false}", "{establish: urgent}", "overrides: [one]")

    (weak,) = find(folder, "ER6016")

    assert weak.of == ("other", "one")
    assert place(weak) == line_of(folder, "more/rules.yaml", "overrides: [one]")


@pytest.mark.parametrize(
    ("when", "idle"),
    [
        ("{any: [{fact: suspects, more_than: 3}, {fact: suspects, more_than: 5}]}", "more_than: 5"),
        ("{all: [{fact: suspects, more_than: 5}, {fact: suspects, more_than: 3}]}", "more_than: 3"),
        ("{not: {any: [{fact: suspects, more_than: 3}, {fact: suspects, is: 7}]}}", "is: 7"),
        ("{all: [{fact: product_categories, has: drug}, {fact: online, is: true}]}", "has: drug"),
    ],
    ids=["branch", "part", "under-not", "said-by-the-basis"],
)
def test_a_part_that_decides_nothing_is_told_at_its_place(folder: Path, when: str, idle: str) -> None:
    add_rule(folder, "more", when)

    (weak,) = find(folder, "ER6013")

    path, line = place(weak)
    span = weak.diagnostic.span
    assert (weak.severity, weak.of, path) == ("warning", ("more",), "more/rules.yaml")
    assert span is not None
    assert idle in span.source.line(line)[span.column - 1 :].split("}")[0]


@pytest.mark.parametrize(
    "when",
    [
        "{any: [{fact: suspects, more_than: 3}, {fact: online, is: true}]}",
        "{all: [{fact: suspects, more_than: 3}, {fact: suspects, less_than: 9}]}",
        "{all: [{fact: goods_value, at_least: 0}, {fact: online, is: true}]}",
    ],
    ids=["branch", "part", "only-whether-it-is-known"],
)
def test_a_part_that_decides_something_is_left_alone(folder: Path, when: str) -> None:
    add_rule(folder, "more", when)

    assert find(folder, "ER6013") == []


def test_a_part_of_a_table_must_decide_something_for_one_row_only(folder: Path) -> None:
    old = "when: {fact: conduct, is: {column: conduct}}"
    new = "when: {all: [{fact: conduct, is: {column: conduct}}, {fact: suspects, more_than: {column: least}}]}"
    change(folder, "rules.yaml", old, new)
    change(folder, "rules.yaml", "conduct: fake_drug", "conduct: fake_drug\n        least: 4")
    change(folder, "rules.yaml", "conduct: expired", "conduct: expired\n        least: 0")
    write(
        folder,
        "more/words.yaml",
        """
invariants:
  - id: expired-drugs-have-a-suspect
    title: {zh: 过期药必有嫌疑人, en: Expired drugs have a suspect}
    never: {all: [{fact: conduct, is: expired}, {fact: suspects, is: 0}]}
""",
    )

    assert find(folder, "ER6013") == []


def test_a_rule_that_another_always_covers_is_told(folder: Path) -> None:
    add_rule(folder, "wide", "{fact: suspects, more_than: 3}", "{establish: urgent}, {label: priority}")
    add_rule(folder, "narrow", "{fact: suspects, more_than: 5}")

    (weak,) = find(folder, "ER6014")

    assert (weak.severity, weak.of) == ("error", ("narrow", "wide"))
    assert place(weak) == line_of(folder, "more/rules.yaml", "id: narrow")


def test_a_covered_rule_with_a_clause_of_its_own_is_a_warning(folder: Path) -> None:
    add_rule(folder, "wide", "{fact: suspects, more_than: 3}")
    add_rule(folder, "narrow", "{fact: suspects, more_than: 5}")
    text = (folder / "more/rules.yaml").read_text(encoding="utf-8")
    before, _, after = text.partition("- id: narrow")
    write(folder, "more/rules.yaml", f"{before}- id: narrow{after.replace('plan.police', 'plan.value')}")

    assert [weak.severity for weak in find(folder, "ER6014")] == ["warning"]


def test_of_two_rules_that_cover_one_another_the_later_is_told(folder: Path) -> None:
    add_rule(folder, "first", "{fact: suspects, more_than: 5}")
    add_rule(folder, "second", "{fact: suspects, at_least: 6}")

    assert [weak.of for weak in find(folder, "ER6014")] == [("second", "first")]


def test_a_rule_that_reaches_further_is_not_covered(folder: Path) -> None:
    add_rule(folder, "one", "{fact: suspects, more_than: 5}")
    add_rule(folder, "other", "{fact: suspects, less_than: 9}")

    assert find(folder, "ER6014") == []


def test_a_doubt_that_can_never_show_is_told(folder: Path) -> None:
    old, new = "{fact: duty_date, known: true}", "{all: [{fact: suspects, is: 1}, {fact: suspects, known: false}]}"
    change(folder, "doubts.yaml", old, new)

    (weak,) = find(folder, "ER6015")

    assert weak.of == ("G-01",)
    assert place(weak) == line_of(folder, "doubts.yaml", "shows_when")


def test_a_duty_from_a_moment_that_never_comes_is_told(folder: Path) -> None:
    never = "{all: [{fact: online, is: true}, {fact: online, is: false}]}"
    change(
        folder, "rules.yaml", "- require: transfer_case_police", f"- {{require: transfer_case_police, once: {never}}}"
    )

    (weak,) = find(folder, "ER6015")

    assert weak.of == ("major-case-to-police",)
    assert place(weak) == line_of(folder, "rules.yaml", "once:")


def test_what_was_not_decided_in_time_is_a_note(folder: Path) -> None:
    add_rule(folder, "never", "{all: [{fact: suspects, more_than: 5}, {fact: suspects, less_than: 3}]}")

    from enforcerules.review.lint import questions
    from enforcerules.review.search import Found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questions, "find_case", lambda *_: Found("undecided"))
        found = find(folder, "ER6011", "ER6091")

    assert {(weak.code, weak.severity) for weak in found} == {("ER6091", "note")}
    assert ("ER6011", "never") in {weak.of for weak in found}
