"""`enforcerules prove`: what it prints, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from enforcerules import load_rulebook
from enforcerules.rulebook import packaged_folder
from tests.broken.folders import make_base
from tests.cli.running import run

pytest.importorskip("z3")

KEPT = "value-rising-drops-nothing"
BROKEN = "no-publication-at-once-while-local-release-is-forbidden"


def test_a_proved_line_is_said_to_be_proved() -> None:
    result = run("prove", "--property", KEPT, "--lang", "en")

    assert result.exit_code == 0
    assert result.stdout.startswith(f"proved  {KEPT}  Goods value rising never drops")
    assert "1 red lines: proved 1, refuted 0" in result.stdout


@pytest.fixture(scope="module")
def without_override(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the rulebook in which reserved information may be published locally after all."""
    folder = tmp_path_factory.mktemp("book") / "rules"
    shutil.copytree(packaged_folder(), folder)
    path = folder / "common" / "publicity.yaml"
    text = path.read_text(encoding="utf-8")
    gone = "    overrides: [penalised-case-published, publication-waits-for-consent, grave-case-released-jointly]\n"
    assert gone in text
    path.write_text(text.replace(gone, ""), encoding="utf-8")
    return folder


def test_a_refuted_line_comes_with_a_case_that_can_be_explained(without_override: Path, tmp_path: Path) -> None:
    result = run("prove", without_override, "--property", BROKEN, "--format", "json")
    found = json.loads(result.stdout)
    (line,) = found["properties"]

    assert result.exit_code == 1
    assert found["counts"] == {"proved": 0, "refuted": 1, "undecided": 0, "vacuous": 0}
    assert (line["id"], line["kind"], line["verdict"]) == (BROKEN, "never", "refuted")
    assert line["counterexample"]["says"]["prohibition local_release"] == "met"
    case = tmp_path / "case.json"
    case.write_text(json.dumps(line["counterexample"]["facts"]), encoding="utf-8")
    assert run("explain", case, "--rulebook", without_override).exit_code == 0
    answer = load_rulebook(without_override).classify(line["counterexample"]["facts"])
    assert "local_release" in {one.id for one in answer.prohibitions if one.verdict == "met"}
    assert {"publish_case", "joint_release"} & {one.id for one in answer.actions if one.verdict == "met"}


def test_the_page_shows_the_case_the_place_and_what_is_said_of_it(without_override: Path, tmp_path: Path) -> None:
    result = run("prove", without_override, "--property", BROKEN, "--save", tmp_path / "kept")

    assert result.exit_code == 1
    assert f"有反例  {BROKEN}" in result.stdout
    assert "properties.yaml:" in result.stdout
    assert '"major_drug_safety_event"' in result.stdout or "unified_release_required" in result.stdout
    assert "prohibition local_release: met" in result.stdout
    assert [path.name for path in (tmp_path / "kept").iterdir()] == [f"{BROKEN}.yaml"]


@pytest.mark.parametrize("words", [("--property", "nothing-such"), ("--timeout", "soon"), ("--timeout", "0")])
def test_wrong_usage_is_told(words: tuple[str, ...]) -> None:
    result = run("prove", *words)

    assert result.exit_code == 2
    assert "错误" in result.stderr


def test_the_line_meant_is_guessed() -> None:
    result = run("prove", "--property", "value-rising-drop-nothing", "--lang", "en")

    assert result.exit_code == 2
    assert f"did you mean `{KEPT}`?" in result.stderr


def test_without_z3_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    result = run("prove", "--property", KEPT, "--lang", "en")

    assert result.exit_code == 2
    assert "pip install z3-solver" in result.stderr


def test_a_name_of_a_red_line_is_found_in_a_file_that_is_not_listed(tmp_path: Path) -> None:
    folder = make_base(tmp_path)
    root = folder / "rulebook.yaml"
    root.write_text(root.read_text(encoding="utf-8") + "  properties: [lines.yaml]\n", encoding="utf-8")
    (folder / "more" / "new.yaml").write_text("labels:\n  wet: {zh: 淋湿, en: Wet}\n", encoding="utf-8")
    (folder / "lines.yaml").write_text(
        "properties:\n"
        "  - {id: never-wet, title: {zh: 不得淋湿, en: Never wet}, basis: [plan.police], never: {label: wet}}\n",
        encoding="utf-8",
    )
    result = run("prove", folder, "--lang", "en")

    assert result.exit_code == 1
    assert "it stands in `more/new.yaml`, which `rulebook.yaml` does not list" in result.stdout + result.stderr
