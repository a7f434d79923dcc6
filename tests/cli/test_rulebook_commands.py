"""`enforcerules check`, `rule`, `schema` and `version`: about the rulebook, without a case."""

from __future__ import annotations

import json
import platform
import re
import shutil
import sys
from pathlib import Path

import pytest

import enforcerules
from enforcerules import load_rulebook
from enforcerules.engines import durable
from enforcerules.schemas import case_schema, classification_schema, rulebook_kinds, rulebook_schema
from enforcerules.syntax.rulebook import find_unlisted
from enforcerules.syntax.unlisted import UnlistedFiles
from tests.broken.folders import BASE
from tests.cli.running import ROOT, run
from tests.review.lint.books import change, sound_folder


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    for name in ("drugs.yaml", "devices.yaml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace("title:", "titel:", 1), encoding="utf-8")
    return folder


# --- check -----------------------------------------------------------------------------------------


def test_a_sound_rulebook_is_summed_up_in_one_line() -> None:
    book = load_rulebook().resolved
    zh, en = run("check"), run("check", ROOT / "rules", "--lang", "en")

    assert (zh.exit_code, zh.stderr) == (0, "")
    assert zh.stdout.count("\n") == 1
    assert f"规则 {len(book.rules)} 条；条款 {len(book.clauses)} 条" in zh.stdout
    assert f"{len(book.rules)} rules; {len(book.clauses)} clauses" in en.stdout


def test_the_counts_add_up() -> None:
    found = json.loads(run("check", "--format", "json").stdout)
    counts = found["counts"]

    assert found["sound"] is True
    assert [weak for weak in found["weaknesses"] if "accepted" not in weak] == []
    assert found["not_searched"] == []
    assert found["sha256"] == load_rulebook().sha256
    assert counts["clauses_used"] + counts["clauses_explained"] == counts["clauses"]
    assert set(counts) >= {"rules", "doubts", "parameters", "forms"}
    assert all(counts.values())


def test_every_fault_of_every_file_is_told(faulty: Path) -> None:
    result = run("check", faulty, "--lang", "en")

    assert result.exit_code == 1
    assert " --> drugs.yaml:" in result.stdout
    assert " --> devices.yaml:" in result.stdout
    assert "did you mean `title`?" in result.stdout
    tally, about = result.stderr.splitlines()
    assert tally == f"{result.stdout.count('error[')} faults"
    assert re.fullmatch(r"about a code: enforcerules code ER\d{4}", about)


def test_faults_come_as_json(faulty: Path) -> None:
    result = run("check", faulty, "--format", "json")
    found = json.loads(result.stdout)

    assert result.exit_code == 1
    assert found["sound"] is False
    assert {fault["file"] for fault in found["faults"]} == {"drugs.yaml", "devices.yaml"}
    assert all({"code", "message", "file", "line", "column"} <= set(fault) for fault in found["faults"])
    assert {fault["severity"] for fault in found["faults"]} == {"error"}


def test_a_file_that_is_not_listed_is_warned_of_and_stops_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", folder)
    (folder / "draft.yaml").write_text("rules: []\n", encoding="utf-8")
    (folder / ".hidden.yaml").write_text("rules: []\n", encoding="utf-8")
    # another rulebook in a folder below is no part of this one
    shutil.copytree(BASE, folder / "small")
    text, data = run("check", folder, "--lang", "en"), json.loads(run("check", folder, "--format", "json").stdout)

    assert text.exit_code == 0
    assert text.stdout.startswith("warning[ER0019]: `draft.yaml` is in the folder of the rulebook")
    assert "has 1 warning: " in text.stdout.splitlines()[-1]
    assert text.stderr.splitlines() == ["about a code: enforcerules code ER0019"]
    assert (data["sound"], [fault["severity"] for fault in data["faults"]]) == (True, ["warning"])


def test_the_rulebook_that_comes_with_the_program_lists_all_its_files() -> None:
    assert find_unlisted(ROOT / "rules") == []


def test_a_sound_rulebook_is_loaded_without_looking_for_files_that_are_not_listed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("somebody looked")

    monkeypatch.setattr(UnlistedFiles, "names", property(fail))

    assert load_rulebook(BASE).version == "1.0.0"


def test_a_folder_without_a_rulebook_is_told(tmp_path: Path) -> None:
    for name in (tmp_path, tmp_path / "none"):
        result = run("check", name)
        assert result.exit_code == 1
        assert "ER0012" in result.stdout


def test_a_faulty_rulebook_explains_nothing(faulty: Path) -> None:
    result = run("explain", "-", "--rulebook", faulty, stdin="{}")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "drugs.yaml" in result.stderr


# --- weaknesses of a rulebook that loads ------------------------------------------------------------


@pytest.fixture
def weak(tmp_path: Path) -> Path:
    folder = sound_folder(tmp_path)
    change(folder, "rulebook.yaml", "files:", "  '110105': {zh: 朝阳, en: Chaoyang}\nfiles:")
    return folder


def test_a_warning_is_told_and_fails_only_when_strict(weak: Path) -> None:
    result, strict = run("check", weak, "--lang", "en"), run("check", weak, "--strict")

    assert (result.exit_code, strict.exit_code) == (0, 1)
    assert "warning[ER6057]: the place `110105` is used by nothing\n --> rulebook.yaml:9:3\n" in result.stdout
    assert "  = of: 110105\n" in result.stdout
    assert "has 1 warning: " in result.stdout
    assert "1 处警告" in strict.stdout


def test_an_error_fails_and_comes_with_its_case(weak: Path) -> None:
    change(
        weak,
        "rules.yaml",
        "- require: transfer_case_police",
        "- {require: transfer_case_police}\n      - {forbid: transfer_case_police}",
    )
    text, data = run("check", weak, "--lang", "en"), json.loads(run("check", weak, "--format", "json").stdout)

    assert text.exit_code == 1
    (found,) = [each for each in data["weaknesses"] if each["code"] == "ER6021"]
    assert data["sound"] is False
    assert found["severity"] == "error"
    assert found["of"] == ["major-case-to-police", "major-case-to-police"]
    assert found["case"]["goods_value"] == 500_000
    assert f"  = case: {json.dumps(found['case'], ensure_ascii=False)}" in text.stdout


def test_what_was_accepted_is_counted_and_shown_when_asked_for(weak: Path) -> None:
    change(weak, "rulebook.yaml", "  calendars:", "  accepted: [accepted.yaml]\n  calendars:")
    reason = "{zh: 以后要用, en: It will be needed}"
    (weak / "accepted.yaml").write_text(
        f"accepted: [{{code: ER6057, of: '110105', because: {reason}}}]", encoding="utf-8"
    )
    short, long = run("check", weak, "--strict"), run("check", weak, "--accepted")

    assert (short.exit_code, long.exit_code) == (0, 0)
    assert short.stdout.count("\n") == 1
    assert "已接受的弱点 1 处" in short.stdout
    assert "警告[ER6057]" in long.stdout
    assert "  = 已接受: 以后要用\n" in long.stdout


def test_a_faulty_scenario_is_a_fault_of_the_rulebook(weak: Path) -> None:
    change(weak, "scenarios.yaml", "{as_of: 2022-05-05}", "{as_off: 2022-05-05}")
    result = run("check", weak)

    assert result.exit_code == 1
    assert "错误[ER3001]" in result.stdout
    assert result.stderr == "1 处错误\n编号的说明：enforcerules code ER3001\n"


def test_without_z3_one_line_says_what_was_not_looked_for(weak: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    result, data = run("check", weak, "--lang", "en"), run("check", weak, "--format", "json")

    assert result.exit_code == 0
    assert "pip install z3-solver" in result.stderr
    assert result.stderr.splitlines()[1:] == ["about a code: enforcerules code ER6057"]
    assert "ER6021" in json.loads(data.stdout)["not_searched"]


# --- rule ------------------------------------------------------------------------------------------


def test_a_rule_is_explained_with_its_clauses() -> None:
    zh, en = (run("rule", "goods-value-makes-major-case", "--lang", language) for language in ("zh", "en"))
    rule = load_rulebook().resolved.rules["goods-value-makes-major-case"]

    assert (zh.exit_code, en.exit_code) == (0, 0)
    assert rule.title.zh in zh.stdout
    assert rule.title.en in en.stdout
    assert all(clause in zh.stdout for clause in rule.bases)


def test_an_unknown_rule_is_told_with_the_one_that_was_meant() -> None:
    result = run("rule", "good-value-makes-major-case")

    assert (result.exit_code, result.stdout) == (1, "")
    assert "`goods-value-makes-major-case`" in result.stderr


def test_without_an_id_every_rule_is_listed_once() -> None:
    rules = load_rulebook().resolved.rules
    lines = run("rule").stdout.splitlines()

    assert [line.split()[0] for line in lines] == list(rules)
    assert all(rule.title.zh in line for rule, line in zip(rules.values(), lines, strict=True))


def test_the_list_is_searched_in_ids_and_titles_of_both_languages() -> None:
    by_id, zh, en = (run("rule", "--grep", word).stdout for word in ("Major-Case", "大案要案", "MAJOR case"))

    assert "goods-value-makes-major-case" in by_id
    assert "goods-value-makes-major-case" in zh
    assert en
    assert len(by_id) < len(run("rule").stdout)


def test_nothing_found_is_said() -> None:
    result = run("rule", "--grep", "zzz")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "zzz" in result.stderr


# --- schema ----------------------------------------------------------------------------------------


def test_each_schema_is_printed() -> None:
    book = load_rulebook().resolved

    assert json.loads(run("schema", "case").stdout) == case_schema(book)
    assert json.loads(run("schema", "case", "--rulebook", ROOT / "rules").stdout) == case_schema(book)
    assert json.loads(run("schema", "classification").stdout) == classification_schema()
    assert json.loads(run("schema", "rulebook").stdout) == rulebook_schema("rulebook")
    for kind in rulebook_kinds():
        assert json.loads(run("schema", "rulebook", kind).stdout) == rulebook_schema(kind)


# --- version ---------------------------------------------------------------------------------------


def test_version_says_what_would_answer() -> None:
    book = load_rulebook().resolved
    program, rulebook, sha256, engines, python = run("version").stdout.splitlines()

    assert program == f"enforcerules {enforcerules.__version__}"
    assert rulebook == f"规则库 {book.id} {book.version}"
    assert sha256 == f"sha256 {book.sha256}"
    assert engines.startswith("引擎 reference, durable")
    assert python == f"Python {platform.python_version()}"


def test_version_says_how_to_add_the_second_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "durable_available", lambda: False)

    assert "pip install durable-rules==2.0.28" in run("version", "--lang", "en").stdout
