"""The plugin of pytest, on a small rulebook of its own: what it collects, and what it says of what fails."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from enforcerules.review.properties import Proof
from enforcerules.text import Language

OWN = Path(__file__).parents[2] / "examples" / "own-rulebook"
SCENARIOS, RED_LINES = 10, 4


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rulebook below the folder in which pytest runs, without its own tests and settings."""
    monkeypatch.setenv("ENFORCERULES_LANG", "en")
    ignored = shutil.ignore_patterns("tests", "pytest.ini", "schemas", ".*", "__pycache__")
    return Path(shutil.copytree(OWN, pytester.path / "stalls", ignore=ignored))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "no:cacheprovider", "--enforcerules-cases=60", *words)


CONFIGURED = "--enforcerules-rulebook=stalls"


# --- what is collected -----------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_without_a_rulebook_it_collects_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(): pass")

    run(pytester).assert_outcomes(passed=1)


@pytest.mark.usefixtures("folder")
def test_a_rulebook_named_in_the_settings_is_collected_beside_the_tests(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_one(): pass")
    pytester.makeini("[pytest]\nenforcerules_rulebook = stalls\nenforcerules_cases = 5\n")

    run(pytester).assert_outcomes(passed=1 + SCENARIOS + RED_LINES)


@pytest.mark.usefixtures("folder")
def test_a_rulebook_outside_the_paths_of_tests_is_collected_too(pytester: pytest.Pytester) -> None:
    pytester.mkdir("own")
    pytester.makeini("[pytest]\nenforcerules_rulebook = stalls\ntestpaths = own\n")

    run(pytester).assert_outcomes(passed=SCENARIOS + RED_LINES)
    assert run(pytester, "own").ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.usefixtures("folder")
def test_a_rulebook_named_on_the_command_line_is_collected_with_what_else_is_named(pytester: pytest.Pytester) -> None:
    path = pytester.makepyfile("def test_one(): pass")

    run(pytester, CONFIGURED, str(path)).assert_outcomes(passed=1 + SCENARIOS + RED_LINES)


@pytest.mark.usefixtures("folder")
def test_files_scenarios_and_red_lines_can_be_chosen(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nenforcerules_rulebook = stalls\n")

    run(pytester, "stalls/scenarios.yaml").assert_outcomes(passed=SCENARIOS)
    run(pytester, "stalls/scenarios.yaml::takings-at-the-line[One fen short]").assert_outcomes(passed=1)
    run(pytester, "stalls/red-lines.yaml::takings-rising-drop-nothing").assert_outcomes(passed=1)
    run(pytester, "-m", "enforcerules_red_line").assert_outcomes(passed=RED_LINES, deselected=SCENARIOS)
    run(pytester, "-k", "chilled-food").assert_outcomes(passed=6, deselected=SCENARIOS + RED_LINES - 6)


@pytest.mark.usefixtures("folder")
def test_tests_of_ones_own_may_ask_for_the_rulebook(pytester: pytest.Pytester) -> None:
    path = pytester.makepyfile(
        "def test_it(enforcerules_rulebook): assert enforcerules_rulebook.resolved.id == 'street-stalls'"
    )
    pytester.makeini("[pytest]\nenforcerules_rulebook = stalls\n")

    run(pytester, str(path)).assert_outcomes(passed=1)


def test_who_asks_for_the_rulebook_without_naming_one_is_told(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(enforcerules_rulebook): pass")
    result = run(pytester)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no rulebook is configured: enforcerules_rulebook or --enforcerules-rulebook"])


# --- what fails ------------------------------------------------------------------------------------


def test_a_scenario_that_fails_shows_expected_beside_actual_and_why(pytester: pytest.Pytester, folder: Path) -> None:
    change(folder / "parameters.yaml", "value: 10000", "value: 100000")
    result = run(pytester, CONFIGURED)

    result.assert_outcomes(passed=SCENARIOS + RED_LINES - 2, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*takings-at-the-line?10,000 exactly?*",
            "*expectation*name*expected*actual*line",
            "*findings*risky_stall*met*not met*",
            "*why:",
            "*Takings a month 10,000 yuan*100,000 yuan",
            "FAILED stalls/scenarios.yaml::takings-at-the-line?10,000 exactly?*",
        ]
    )


@pytest.mark.parametrize("language", get_args(Language))
def test_what_the_page_of_the_test_kit_shows_is_what_is_told(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    page = (OWN.parents[1] / "docs" / language / "testing.md").read_text(encoding="utf-8")
    scenario, red_line = re.findall(r"```text\n(✗.*?)```", page, re.DOTALL)
    monkeypatch.setenv("ENFORCERULES_LANG", language)
    change(folder / "parameters.yaml", "value: 10000", "value: 100000")
    wrong_line = run(pytester, CONFIGURED, "-k", "exactly").stdout.str()
    change(folder / "parameters.yaml", "value: 100000", "value: 10000")
    change(folder / "rules.yaml", "{finding: risky_stall}", NARROWER)
    broken = run(pytester, CONFIGURED, "-k", "risky-stall-always-inspected").stdout.str()

    assert scenario in wrong_line
    assert red_line in broken


NARROWER = "{all: [{finding: risky_stall}, {fact: registered, is: true}]}"


@pytest.mark.parametrize("way", ["--enforcerules-cases=60", "--enforcerules-prove"])
def test_a_broken_red_line_shows_the_smallest_case_that_breaks_it(
    pytester: pytest.Pytester, folder: Path, way: str
) -> None:
    if way == "--enforcerules-prove":
        pytest.importorskip("z3")
    change(folder / "rules.yaml", "{finding: risky_stall}", NARROWER)
    result = run(pytester, CONFIGURED, way, "-k", "risky-stall-always-inspected")

    result.assert_outcomes(failed=1, deselected=SCENARIOS + RED_LINES - 1)
    result.stdout.fnmatch_lines(
        [
            "✗ risky-stall-always-inspected  red-lines.yaml:*",
            "  A risky stall is always inspected",
            "    {",
            '      "jurisdiction": "990101",',
            "    }",
            "    action inspect_stall: *",
        ]
    )


def test_a_red_line_of_rising_facts_shows_what_is_lost(pytester: pytest.Pytester, folder: Path) -> None:
    change(folder / "rules.yaml", "takings, at_least", "takings, at_most")
    result = run(pytester, CONFIGURED, "-m", "enforcerules_red_line")

    result.assert_outcomes(passed=RED_LINES - 1, failed=1, deselected=SCENARIOS)
    result.stdout.fnmatch_lines(["*when `takings` rises to *, no longer met:", "*action inspect_stall: *"])


@pytest.mark.usefixtures("folder")
def test_red_lines_are_proved_for_every_case(pytester: pytest.Pytester) -> None:
    pytest.importorskip("z3")

    run(pytester, CONFIGURED, "--enforcerules-prove=30").assert_outcomes(passed=SCENARIOS + RED_LINES)


def test_what_is_not_proved_does_not_pass(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("z3")
    never = "{all: [{fact: fridge, is: true}, {fact: fridge, is: false}]}"
    change(folder / "red-lines.yaml", "{fact: fridge, is: true}", never)
    vacuous = run(pytester, CONFIGURED, "--enforcerules-prove", "-k", "red-lines and refrigerator")
    monkeypatch.setattr(
        "enforcerules.testing.collecting.prove_property", lambda _, __, line, seconds: Proof(line, "undecided", seconds)
    )
    undecided = run(pytester, CONFIGURED, "--enforcerules-prove", "-m", "enforcerules_red_line")

    vacuous.assert_outcomes(failed=1, deselected=SCENARIOS + RED_LINES - 1)
    vacuous.stdout.fnmatch_lines(["*vacuous: no case meets its `when`"])
    undecided.assert_outcomes(failed=RED_LINES, deselected=SCENARIOS)
    undecided.stdout.fnmatch_lines(["*undecided: the time was up; that is no proof"])


def test_both_engines_may_decide_the_scenarios(pytester: pytest.Pytester, folder: Path) -> None:
    pytest.importorskip("durable_rules_engine")
    change(folder / "rulebook.yaml", "version: 1.0.0", "version: 1.0.1")

    run(pytester, CONFIGURED, "--enforcerules-engine=both", "-m", "enforcerules_scenario").assert_outcomes(
        passed=SCENARIOS, deselected=RED_LINES
    )


# --- what cannot be run ----------------------------------------------------------------------------


def test_a_faulty_rulebook_is_told_once_at_its_place(pytester: pytest.Pytester, folder: Path) -> None:
    change(folder / "rules.yaml", "finding: risky_stall", "finding: risky_stal")
    result = run(pytester, CONFIGURED)

    result.assert_outcomes(errors=1)
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["error?ER????]: *risky_stal*", " --> rules.yaml:*", "*risky_stall*"])


def test_a_faulty_scenario_is_told(pytester: pytest.Pytester, folder: Path) -> None:
    change(folder / "scenarios.yaml", "questions: [takings]", "questions: [taking]")
    result = run(pytester, CONFIGURED, "stalls/scenarios.yaml")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["error?ER1010]: *taking*", " --> scenarios.yaml:*"])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--enforcerules-rulebook=elsewhere"], "*there is no rulebook.yaml*"),
        ([CONFIGURED, "-o", "enforcerules_engine=rete"], "*enforcerules_engine: 'rete'*"),
        ([CONFIGURED, "-o", "enforcerules_cases=many", "--enforcerules-cases=0"], "*enforcerules_cases*many*"),
    ],
)
def test_wrong_settings_are_told(pytester: pytest.Pytester, words: list[str], told: str) -> None:
    result = run(pytester, *words)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([told])
