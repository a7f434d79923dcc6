"""Scenario files: what they may say, what is a fault in them, and what a failure tells."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from enforcerules import Rulebook, RulebookError, load_rulebook
from enforcerules.review.difference import Difference, say_value
from enforcerules.review.scenarios import Variant, read_scenarios, run_scenarios, run_variant
from enforcerules.rulebook import packaged_folder
from enforcerules.text import Text

ROOT = """\
id: test
version: '1'
language: 1
title: {zh: 测试, en: test}
default_place: CN
places: {CN: {zh: 全国, en: China}}
files: {vocabulary: [], sources: [], parameters: [], actions: [], doubts: [], rules: [], forms: [], report_calendar: [],
        calendars: [], scenarios: [s.yaml]}
"""
SCENARIO = """\
scenarios:
  - id: one
    title: {zh: 一个案件, en: One case}
    world: closed
    facts: {jurisdiction: '500118', as_of: 2022-07-10, product_categories: [drug]}
    variants:
      - name: {zh: 第一种, en: first}
        facts: FACTS
        expect: EXPECT
"""


def _read(rulebook: Rulebook, folder: Path, *, facts: str = "{goods_value: 600000}", expect: str) -> list[Variant]:
    (folder / "rulebook.yaml").write_text(ROOT, encoding="utf-8")
    text = SCENARIO.replace("FACTS", facts).replace("EXPECT", expect)
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    return list(read_scenarios(rulebook, folder))


def _differences(
    rulebook: Rulebook, folder: Path, expect: str, *, facts: str = "{goods_value: 600000}"
) -> list[Difference]:
    (variant,) = _read(rulebook, folder, facts=facts, expect=expect)
    return list(run_variant(rulebook, variant).differences)


def _faults(rulebook: Rulebook, folder: Path, **texts: str) -> list[tuple[str, str, str]]:
    with pytest.raises(RulebookError) as caught:
        _read(rulebook, folder, **texts)
    return [(found.code, str(found.span), found.message.en) for found in caught.value.diagnostics]


# --- what passes and what does not -------------------------------------------------------------------


@pytest.mark.parametrize(
    "expect",
    [
        "{clauses_met: [001.t1.value], clauses_not_met: [003.a3.value]}",
        "{findings: [major_case], no_findings: [fake_drug]}",
        "{major_case: {verdict: met, provisional: false}}",
        "{actions: [report_four_superiors], no_actions: [supervise_or_elevate]}",
        "{report: {form: annex1, tables: [drug], major_case_form: true, value_row: v_50w_1000w, list_rows: []}}",
        "{report: {grounds: [f.ground.value, q.ground.value, t1.ground.value_ge_500k]}}",
        "{next_due: {monthly: 2022-08-01, interim: null}}",
        "{labels: [local_plan_in_force], overridden: [default-goods-value-makes-major-case]}",
        "{warnings: [G-05], no_warnings: [G-02], no_questions: [goods_value]}",
    ],
)
def test_what_is_so_makes_no_difference(rulebook: Rulebook, tmp_path: Path, expect: str) -> None:
    assert _differences(rulebook, tmp_path, expect, facts="{goods_value: 600000, case_amount: null}") == []


@pytest.mark.parametrize(
    ("expect", "part", "name", "expected", "actual"),
    [
        ("{clauses_met: [003.a3.value]}", "clauses_met", "003.a3.value", "met", "not_met"),
        ("{clauses_open: [001.t1.value]}", "clauses_open", "001.t1.value", "open", "met"),
        ("{clauses_not_met: [001.t1.value]}", "clauses_not_met", "001.t1.value", "not_met", "met"),
        ("{no_findings: [major_case]}", "no_findings", "major_case", "not_met", "met"),
        ("{actions_done: [report_four_superiors]}", "actions_done", "report_four_superiors", "done", "due"),
        ("{actions: [transfer_case_police]}", "actions", "transfer_case_police", "due", "not_met"),
        ("{exemptions: [lab_test]}", "exemptions", "lab_test", "met", "not_met"),
        ("{major_case: {verdict: open}}", "major_case.verdict", None, "open", "met"),
        ("{report: {value_row: null}}", "report.value_row", None, None, "v_50w_1000w"),
        ("{report: {tables: [drug, device]}}", "report.tables", None, ["device", "drug"], ["drug"]),
        ("{next_due: {monthly: null}}", "next_due", "monthly", None, "2022-08-01"),
        ("{warnings: [G-02]}", "warnings", "G-02", "shown", "not_shown"),
        ("{questions: [goods_value]}", "questions", "goods_value", "asked", "not_asked"),
        (
            "{clocks: {report_four_superiors: {kind: within}}}",
            "clocks.kind",
            "report_four_superiors",
            "within",
            "prompt",
        ),
        ("{clocks: {report_four_superiors: {days_left: 3}}}", "clocks.days_left", "report_four_superiors", 3, None),
        (
            "{overridden: [suspected-crime-transferred-to-police]}",
            "overridden",
            "suspected-crime-transferred-to-police",
            "overridden",
            "not_overridden",
        ),
    ],
)
def test_what_is_not_so_is_told_with_its_place(
    rulebook: Rulebook, tmp_path: Path, expect: str, part: str, name: str | None, expected: object, actual: object
) -> None:
    (found,) = _differences(rulebook, tmp_path, expect)

    assert (found.part, found.name, found.expected, found.actual) == (part, name, expected, actual)
    assert (found.span.source.path, found.span.line) == ("s.yaml", 9)


def test_days_left_are_said_as_a_number() -> None:
    assert say_value(-1) == Text("-1", "-1")


def test_an_empty_calendar_means_that_no_report_falls_due(rulebook: Rulebook, tmp_path: Path) -> None:
    found = _differences(rulebook, tmp_path, "{next_due: {}}")

    assert {(d.name, d.actual) for d in found} == {
        ("monthly", "2022-08-01"),
        ("quarterly", "2022-09-20"),
        ("final", "2022-11-20"),
    }


def test_a_duty_that_may_arise_is_conditional_and_neither_met_nor_absent(rulebook: Rulebook, tmp_path: Path) -> None:
    unknown = "{crime_suspected: null}"

    assert _differences(rulebook, tmp_path, "{actions_conditional: [transfer_case_police]}", facts=unknown) == []
    (found,) = _differences(rulebook, tmp_path, "{no_actions: [transfer_case_police]}", facts=unknown)
    assert (found.expected, found.actual) == ("not_met", "conditional")


def test_a_difference_is_said_in_both_languages_and_as_data(rulebook: Rulebook, tmp_path: Path) -> None:
    (found,) = _differences(rulebook, tmp_path, "{no_findings: [major_case]}")

    assert found.message.en == "no_findings `major_case`: expected not met, found met"
    assert found.message.zh == "no_findings `major_case`：应为不成立，实为成立"
    assert found.to_dict() == {
        "part": "no_findings",
        "name": "major_case",
        "expected": "not_met",
        "actual": "met",
        "file": "s.yaml",
        "line": 9,
    }


def test_a_variant_is_named_after_its_scenario(rulebook: Rulebook, tmp_path: Path) -> None:
    (variant,) = _read(rulebook, tmp_path, expect="{findings: [major_case]}")
    (result,) = run_scenarios(rulebook, [variant])

    assert variant.id == "one[first]"
    assert result.passed


def test_in_an_open_world_what_is_not_written_is_unknown(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "rulebook.yaml").write_text(ROOT, encoding="utf-8")
    text = SCENARIO.replace("closed", "open").replace("FACTS", "{}").replace("EXPECT", "{questions: [goods_value]}")
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")

    (variant,) = read_scenarios(rulebook, tmp_path)

    assert run_variant(rulebook, variant).passed


# --- faults ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        ("{clauses_not_met: [001.t1.valu]}", "there is no clause `001.t1.valu`"),
        ("{no_actions: [transfer_case_polic]}", "there is no action `transfer_case_polic`"),
        ("{no_findings: [big_case]}", "there is no finding `big_case`"),
        ("{no_warnings: [G-999]}", "there is no doubt or warning `G-999`"),
        ("{no_questions: [value]}", "there is no fact `value`"),
        ("{no_labels: [priority]}", "there is no label `priority`"),
        ("{next_due: {weekly: null}}", "there is no report `weekly`"),
        ("{report: {form: annex2}}", "there is no form `annex2`"),
        ("{report: {value_row: v_5w}}", "there is no row of a form `v_5w`"),
        ("{overridden: [goods-value]}", "there is no rule `goods-value`"),
        ("{clocks: {transfer_case_police: {clause: 000.x}}}", "there is no clause `000.x`"),
    ],
)
def test_a_name_that_the_rulebook_does_not_know_is_a_fault(
    rulebook: Rulebook, tmp_path: Path, expect: str, message: str
) -> None:
    ((code, place, said),) = _faults(rulebook, tmp_path, expect=expect)

    assert (code, said) == ("ER1010", message)
    assert place.startswith("s.yaml:9:")


def test_the_nearest_name_is_offered(rulebook: Rulebook, tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as caught:
        _read(rulebook, tmp_path, expect="{clauses_met: [001.t1.valu]}")

    (found,) = caught.value.diagnostics
    assert found.hint is not None
    assert "001.t1.value" in found.hint.en


def test_a_name_that_nothing_can_bring_about_is_a_fault(rulebook: Rulebook, tmp_path: Path) -> None:
    faults = _faults(
        rulebook,
        tmp_path,
        expect="{clauses_not_met: [001.duration], no_exemptions: [seize], overridden: [every-pending-lead-verified]}",
    )

    assert [(code, said) for code, _, said in faults] == [
        ("ER5001", "no rule can yield `001.duration`"),
        ("ER5001", "no rule can yield `seize`"),
        ("ER5001", "no rule overrides `every-pending-lead-verified`"),
    ]


@pytest.mark.parametrize(
    ("facts", "code", "column"),
    [
        ("{good_value: 1}", "ER3001", 17),
        ("{goods_value: -1}", "ER3004", 30),
        ("{case_source: letter}", "ER3003", 30),
        ("{online: 1}", "ER3002", 25),
    ],
)
def test_a_wrong_fact_is_a_fault_at_its_place(
    rulebook: Rulebook, tmp_path: Path, facts: str, code: str, column: int
) -> None:
    ((found, place, _),) = _faults(rulebook, tmp_path, facts=facts, expect="{findings: [major_case]}")

    assert (found, place) == (code, f"s.yaml:8:{column}")


def test_a_wrong_fact_of_the_scenario_is_told_once(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "rulebook.yaml").write_text(ROOT, encoding="utf-8")
    text = SCENARIO.replace("[drug]", "[drugs]").replace("FACTS", "{}").replace("EXPECT", "{findings: [major_case]}")
    second = "      - name: {zh: 第二种, en: second}\n        expect: {findings: [major_case]}\n"
    (tmp_path / "s.yaml").write_text(text + second, encoding="utf-8")

    with pytest.raises(RulebookError) as caught:
        read_scenarios(rulebook, tmp_path)

    assert [(found.code, str(found.span)) for found in caught.value.diagnostics] == [("ER3003", "s.yaml:5:76")]


def test_a_name_used_twice_points_at_both_places(rulebook: Rulebook, tmp_path: Path) -> None:
    (tmp_path / "rulebook.yaml").write_text(ROOT, encoding="utf-8")
    once = SCENARIO.replace("FACTS", "{}").replace("EXPECT", "{no_findings: [major_case]}")
    again = "\n".join(once.splitlines()[1:])
    (tmp_path / "s.yaml").write_text(once + again, encoding="utf-8")

    with pytest.raises(RulebookError) as caught:
        read_scenarios(rulebook, tmp_path)

    (found,) = caught.value.diagnostics
    assert (found.code, found.message.en) == ("ER1001", "`one` is defined twice")
    assert [str(span) for _, span in found.related] == ["s.yaml:2:9"]


def test_an_unknown_key_is_a_fault(rulebook: Rulebook, tmp_path: Path) -> None:
    ((code, _, said),) = _faults(rulebook, tmp_path, expect="{action: [file_directly]}")

    assert (code, said) == ("ER0101", "there is no key `action` here")


def test_a_variant_that_expects_nothing_is_a_fault(rulebook: Rulebook, tmp_path: Path) -> None:
    ((code, _, said),) = _faults(rulebook, tmp_path, expect="{}")

    assert (code, said) == ("ER0104", "nothing is expected here")


def test_loading_a_rulebook_leaves_its_scenarios_unread(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(packaged_folder(), folder)
    shutil.rmtree(folder / "scenarios")

    loaded = load_rulebook(folder)

    with pytest.raises(RulebookError) as caught:
        read_scenarios(loaded, folder)
    assert {found.code for found in caught.value.diagnostics} == {"ER0012"}
