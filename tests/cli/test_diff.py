"""`enforcerules diff`: folders and revisions, the forms of the result, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import LINES, run
from tests.review.diff.editing import Edit, edited, few_scenarios

pytest.importorskip("z3")

RULES = few_scenarios()
WORDS = Edit("common/major-case.yaml", "是大案要案\n", "，属于大案要案\n")
REVOKED = Edit(
    "common/major-case.yaml",
    "when: {fact: license_revocation, is: planned}",
    "when: {fact: license_revocation, in: [planned, decided]}",
)


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the rulebook in which one rule holds in more cases."""
    return edited(tmp_path_factory.mktemp("book") / "rules", [REVOKED])


def test_the_same_rulebook_is_no_difference() -> None:
    result = run("diff", RULES, RULES)

    assert result.exit_code == 0
    assert result.stdout.startswith("规则库变更审阅材料\n两个版本完全相同。\n")


def test_other_words_exit_with_zero_and_say_so(tmp_path: Path) -> None:
    result = run("diff", RULES, edited(tmp_path / "rules", [WORDS]), "--lang", "en")

    assert result.exit_code == 0
    assert "Written differently, means the same: no case comes out differently." in result.stdout
    assert "kind of change: words only" in result.stdout


def test_another_meaning_exits_with_one_and_shows_a_case(changed: Path) -> None:
    result = run("diff", RULES, changed)

    assert result.exit_code == 1
    assert "修改规则 planned-licence-revocation-makes-major-case" in result.stdout
    assert "判定：适用的案件变多（变为成立（例1）" in result.stdout
    assert "已吊销" in result.stdout


def test_json_is_for_programs(changed: Path) -> None:
    result = run("diff", RULES, changed, "--format", "json", "--cases", LINES)
    found = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (found["format"], found["outcome"]) == (1, "changed")
    assert found["old"]["meaning_sha256"] != found["new"]["meaning_sha256"]
    assert found["cases"]["count"] == len(LINES.read_text(encoding="utf-8").splitlines())
    (rule,) = (one for one in found["rules"] if one["name"] == "planned-licence-revocation-makes-major-case")
    assert (rule["verdict"], rule["shifts"][0]["state"]) == ("more", "found")


def test_the_packet_is_written_to_a_file(changed: Path, tmp_path: Path) -> None:
    packet = tmp_path / "packet.html"
    result = run("diff", RULES, changed, "--format", "html", "-o", packet)

    assert (result.exit_code, result.stdout) == (1, "")
    assert f"已写入 {packet}" in result.stderr
    assert packet.read_text(encoding="utf-8").startswith('<!doctype html>\n<html lang="zh-CN">')


def test_a_faulty_case_is_told_with_its_line(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"goods_value": 1}\n{"goods_valu": 1}\n', encoding="utf-8")
    result = run("diff", RULES, RULES, "--cases", cases)

    assert result.exit_code == 1
    assert "案件2件：结论不同的0件，只有待查事实或者提示不同的0件，不能读取的1件。" in "".join(
        result.stdout.split("\n")
    )


def test_one_case_written_over_several_lines_will_do(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{\n  "goods_value": 1\n}\n', encoding="utf-8")
    result = run("diff", RULES, RULES, "--cases", case, "--lang", "en")

    assert result.exit_code == 0
    assert "1 cases: 0 come out differently" in result.stdout


# --- revisions -------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run(["git", "-C", str(folder), *who, *words], check=True, capture_output=True)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, changed: Path) -> Path:
    """Return a repository with the rulebook as it is, tagged, and with the change in the working folder."""
    if shutil.which("git") is None:
        pytest.fail("these tests need git")
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(RULES, folder / "law" / "rules")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "as it is")
    git(folder, "tag", "v1")
    shutil.rmtree(folder / "law" / "rules")
    shutil.copytree(changed, folder / "law" / "rules")
    return folder


def test_a_revision_is_compared_with_the_working_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "law")

    assert run("diff", "v1", "HEAD", "--folder", "law/rules").exit_code == 0
    result = run("diff", "v1", "--folder", "law/rules", "--lang", "en")
    assert result.exit_code == 1
    assert "  from\n    old: v1\n    new: law/rules\n" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("v9", "HEAD"), "error[ER0021]: `v9` is neither a folder of a rulebook nor a git revision"),
        (("v1", "HEAD", "--folder", "rulez"), "error[ER0022]: the revision `v1` has no folder `rulez`"),
        (("--", "--output=x", "HEAD"), "error[ER0021]: `--output=x` is neither a folder of a rulebook nor"),
    ],
)
def test_what_is_no_revision_is_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(repository)
    result = run("diff", "--lang", "en", *words)

    assert result.exit_code == 1
    assert said in result.stderr


def test_without_a_repository_or_git_there_are_no_revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert "error[ER0020]: this is no git repository" in run("diff", "v1", "v2", "--lang", "en").stderr
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "error[ER0020]: git does not run" in run("diff", "v1", "v2", "--lang", "en").stderr


def test_without_z3_it_says_how_to_get_it(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)
    result = run("diff", RULES, changed, "--lang", "en")

    assert result.exit_code == 2
    assert "pip install z3-solver" in result.stderr


def test_the_help_says_what_the_exit_codes_mean() -> None:
    result = run("diff", "--help", "--lang", "en")

    assert "Exits with 0 when the meaning is the same, 1 when it differs, 3 when nothing differs and" in result.stdout
    assert "enforcerules diff rules rules --cases examples/cases.jsonl" in result.stdout
