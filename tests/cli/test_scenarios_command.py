"""`enforcerules test`: what passes, what a failure shows, coverage, JUnit, and how it ends."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from multiprocessing.context import BaseContext
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from enforcerules import load_rulebook
from enforcerules.cli import inputs, scenario_runs, terminal
from enforcerules.errors import Diagnostic, DisagreementError
from enforcerules.text import Text, align, width
from tests.cli.running import ROOT, run, run_alone

PASSING = "S-29"
REFERENCE = ("--engine", "reference")


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    """A rulebook one of whose variants expects what is not so."""
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    for path in (folder / "scenarios").iterdir():
        path.unlink()
    root = folder / "rulebook.yaml"
    kept = root.read_text(encoding="utf-8").split("  scenarios:")[0]
    root.write_text(kept + "  scenarios: [scenarios/s.yaml]\n", encoding="utf-8")
    scenarios = """\
scenarios:
  - id: near
    title: {zh: 差一分钱, en: One fen short}
    world: closed
    facts: {jurisdiction: '500118', as_of: 2022-07-10, product_categories: [drug]}
    variants:
      - name: {zh: 够了, en: enough}
        facts: {goods_value: 500000}
        expect: {findings: [major_case]}
      - name: {zh: 不够, en: short}
        facts: {goods_value: 499999.99}
        expect:
          findings: [major_case]
          report: {value_row: v_50w_1000w}
"""
    (folder / "scenarios" / "s.yaml").write_text(scenarios, encoding="utf-8")
    return folder


# --- what is told ----------------------------------------------------------------------------------


def test_a_scenario_that_passes_is_counted() -> None:
    zh, en = run("test", "--only", PASSING, *REFERENCE), run("test", "--only", PASSING, "--lang", "en", *REFERENCE)

    assert (zh.exit_code, zh.stdout, zh.stderr) == (0, "1 个算例、6 个变例全部相符\n", "")
    assert en.stdout == "all 6 variants passed, scenarios: 1\n"


def test_a_failure_shows_expected_and_actual_side_by_side_and_why(failing: Path) -> None:
    result = run("test", failing, *REFERENCE)

    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith(
        """\
✗ near[short]  scenarios/s.yaml:10:9
  差一分钱：不够

    期望项            名称        应为         实为       行
    findings          major_case  成立         不成立     13
    report.value_row              v_50w_1000w  v_20w_50w  14

  原因：
    ✗ goods-value-makes-major-case  货值金额达到当地规定的大案要案标准的，是大案要案
      ✗ 货值金额 499,999.99元 ＜ 500,000元
"""
    )
    assert result.stdout.endswith("\n\n2 个变例中 1 个不符\n")


def test_a_failure_is_said_in_english_too(failing: Path) -> None:
    result = run("test", failing, "--lang", "en", *REFERENCE)

    assert (
        """\
    expectation       name        expected     actual     line
    findings          major_case  met          not met    13
    report.value_row              v_50w_1000w  v_20w_50w  14
"""
        in result.stdout
    )
    assert "      ✗ Value of goods 499,999.99 yuan ＜ 500,000 yuan\n" in result.stdout
    assert result.stdout.endswith("\n1 of 2 variants failed\n")


def test_columns_are_aligned_in_cells_and_long_cells_go_on_below() -> None:
    lines = align([("应为", "实为"), ("货值金额达到标准", "met"), ("a", "b")], indent=2, widest=10)

    assert lines == ["  应为        实为", "  货值金额达  met", "  到标准", "  a           b"]
    assert width(lines[0].partition("实")[0]) == width(lines[1].partition("met")[0])


def test_one_variant_of_a_scenario_can_be_run_alone(failing: Path) -> None:
    assert run("test", failing, "--only", "near[enough]", *REFERENCE).exit_code == 0
    assert run("test", failing, "--only", "near[short]", *REFERENCE).exit_code == 1
    assert run("test", failing, "--only", "near[enough]", "--only", "near", *REFERENCE).exit_code == 1


def test_a_scenario_that_does_not_exist_is_wrong_usage() -> None:
    result = run("test", "--only", "S-29[Yongchuan]")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "S-29" in result.stderr


def test_the_packaged_rulebook_passes() -> None:
    result = run_alone("test", "--coverage", "--fail-under", "95")

    assert result.returncode == 0, result.stdout.decode()
    assert result.stdout.decode().splitlines()[-1].endswith("全部相符")


def test_progress_is_told_as_variants_are_done(failing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario_runs, "AT_ONCE", 1)
    told: list[int | str] = []
    monkeypatch.setattr(terminal.Progress, "done", lambda _, count: told.append(count))
    monkeypatch.setattr(terminal.Progress, "end", lambda _: told.append("end"))
    run("test", failing, *REFERENCE)

    assert told == [1, 2, "end"]


# --- JSON ------------------------------------------------------------------------------------------


def test_json_holds_every_variant_and_is_the_same_each_time(failing: Path) -> None:
    first, second = (run("test", failing, "--format", "json", "--coverage", *REFERENCE) for _ in range(2))
    found = json.loads(first.stdout)

    assert (first.exit_code, first.stdout) == (1, second.stdout)
    assert (found["passed"], found["failed"], found["engine"], found["faults"]) == (1, 1, "reference", [])
    enough, short = found["variants"]
    assert (enough["id"], enough["passed"], enough["differences"]) == ("near[enough]", True, [])
    assert (short["file"], short["line"]) == ("scenarios/s.yaml", 10)
    difference = short["differences"][0]
    assert {key: difference[key] for key in ("part", "name", "expected", "actual", "line", "remark")} == {
        "part": "findings",
        "name": "major_case",
        "expected": "met",
        "actual": "not_met",
        "line": 13,
        "remark": None,
    }
    assert difference["because"][0]["rule"] == "goods-value-makes-major-case"
    assert difference["because"][0]["why"][0]["en"] == "Value of goods 499,999.99 yuan ＜ 500,000 yuan"
    assert found["coverage"]["cases"] == 2


# --- coverage --------------------------------------------------------------------------------------


def test_coverage_says_what_never_came_out_the_other_way(failing: Path) -> None:
    result = run("test", failing, "--coverage", "--only", "near[enough]", "--lang", "en", *REFERENCE)
    lines = [line.split() for line in result.stdout.splitlines()]
    total = len(load_rulebook().resolved.rules)

    assert result.exit_code == 0
    assert lines[0] == ["coverage", "both", "ways", "of", "share"]
    assert lines[1] == ["rules", "0", str(total), "0.0%"]
    assert ["goods-value-makes-major-case", "the", "whole", "rule", "not", "met"] in lines


def test_too_little_coverage_fails(failing: Path) -> None:
    words = ("test", failing, "--only", "near[enough]", *REFERENCE)
    short = run(*words, "--fail-under", "95", "--lang", "en")

    assert short.exit_code == 1
    assert "coverage of rules is 0.0 %, less than 95 %" in short.stderr
    assert run(*words, "--fail-under", "0%").exit_code == 0


@pytest.mark.parametrize("value", ["101", "-1", "all", "nan"])
def test_a_share_that_is_none_is_wrong_usage(value: str) -> None:
    result = run("test", f"--fail-under={value}")

    assert result.exit_code == 2
    assert "--fail-under" in result.stderr


# --- JUnit -----------------------------------------------------------------------------------------


def test_junit_has_one_entry_a_variant_with_what_failed(failing: Path, tmp_path: Path) -> None:
    target = tmp_path / "junit.xml"
    result = run("test", failing, "--junit", target, "--lang", "en", *REFERENCE)
    root = Xml.fromstring(target.read_bytes())
    (suite,) = root

    assert result.exit_code == 1
    assert root.tag == "testsuites"
    assert {key: suite.get(key) for key in ("name", "tests", "failures", "errors")} == {
        "name": "scenarios/s.yaml",
        "tests": "2",
        "failures": "1",
        "errors": "0",
    }
    enough, short = suite
    assert (enough.get("classname"), enough.get("name"), list(enough)) == ("near", "enough", [])
    assert (short.get("file"), short.get("line")) == ("scenarios/s.yaml", "10")
    (failure,) = short
    assert failure.tag == "failure"
    assert failure.get("message") == "findings `major_case`: expected met, found not met"
    assert "499,999.99 yuan ＜ 500,000 yuan" in (failure.text or "")


def test_a_file_that_cannot_be_written_is_told(failing: Path, tmp_path: Path) -> None:
    result = run("test", failing, "--junit", tmp_path / "none" / "junit.xml", "--lang", "en", *REFERENCE)

    assert result.exit_code == 1
    assert "junit.xml" in result.stderr
    assert "1 of 2 variants failed" in result.stdout


# --- faults ----------------------------------------------------------------------------------------


@pytest.fixture
def faulty(failing: Path) -> Path:
    path = failing / "scenarios" / "s.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[major_case]", "[big_case]"), encoding="utf-8")
    return failing


def test_a_faulty_scenario_file_runs_nothing(faulty: Path) -> None:
    result = run("test", faulty, "--lang", "en")

    assert result.exit_code == 1
    assert "scenarios/s.yaml:9:29" in result.stdout
    assert "there is no finding `big_case`" in result.stdout
    assert result.stderr == "2 faults\n"


def test_faults_come_as_json_and_junit(faulty: Path, tmp_path: Path) -> None:
    target = tmp_path / "junit.xml"
    result = run("test", faulty, "--format", "json", "--junit", target)
    found = json.loads(result.stdout)
    errors = Xml.fromstring(target.read_bytes()).findall(".//error")

    assert result.exit_code == 1
    assert [fault["line"] for fault in found["faults"]] == [9, 13]
    assert len(errors) == 2


def test_a_rulebook_without_scenarios_says_so(failing: Path) -> None:
    root = failing / "rulebook.yaml"
    root.write_text(root.read_text(encoding="utf-8").replace("[scenarios/s.yaml]", "[]"), encoding="utf-8")
    result = run("test", failing, "--lang", "en")

    assert result.exit_code == 0
    assert "the rulebook has no scenarios" in result.stderr


def test_engines_that_disagree_end_with_their_own_code(
    failing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disagree(*_: object) -> None:
        raise DisagreementError([Diagnostic("ER9002", Text("两个引擎不一致", "the engines differ"))])

    monkeypatch.setattr(inputs.Engines, "decide", disagree)
    target = tmp_path / "junit.xml"
    result = run("test", failing, "--lang", "en", "--junit", target)

    assert result.exit_code == 70
    assert result.stdout.count("the engines differ") == 2
    assert len(Xml.fromstring(target.read_bytes()).findall(".//error")) == 2


# --- several processes -----------------------------------------------------------------------------


def _without_times(junit: Path) -> list[tuple[str, dict[str, str], str]]:
    found = Xml.fromstring(junit.read_text(encoding="utf-8"))
    return [
        (one.tag, {key: value for key, value in one.attrib.items() if key != "time"}, one.text or "")
        for one in found.iter()
    ]


def test_one_process_and_two_say_the_same(failing: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenario_runs, "AT_ONCE", 1)
    monkeypatch.setattr(scenario_runs, "FEW", 1)
    words = ("test", failing, "--coverage", "--format", "json", *REFERENCE)
    contexts: list[str | None] = []
    real = multiprocessing.get_context

    def counted(method: str | None = None) -> BaseContext:
        contexts.append(method)
        return real(method)

    monkeypatch.setattr(multiprocessing, "get_context", counted)
    two = run(*words, "--jobs", "2", "--junit", tmp_path / "two.xml")
    one = run(*words, "--jobs", "1", "--junit", tmp_path / "one.xml")

    assert len(contexts) == 1
    assert (two.exit_code, two.stdout) == (1, one.stdout)
    assert json.loads(two.stdout)["failed"] == 1
    assert json.loads(two.stdout)["coverage"]["cases"] == 2
    assert _without_times(tmp_path / "two.xml") == _without_times(tmp_path / "one.xml")


def test_jobs_are_a_whole_number() -> None:
    result = run("test", "--jobs", "0", "--lang", "en")

    assert result.exit_code == 2
    assert "--jobs is a whole number from 1 to 1000000, not `0`" in result.stderr
