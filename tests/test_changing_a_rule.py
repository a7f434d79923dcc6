"""The page about changing a rule works: its edits are made and its commands run, on a copy of the rulebook."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run

ROOT = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```', re.MULTILINE | re.DOTALL)


def edited(text: str, change: str) -> str:
    """Return `text` with a change made: the lines without `+` stand in it once, and become those without `-`."""
    lines = change.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(old) == 1, f"to be changed, but not there once: {old}"
    return text.replace(old, new)


def blocks(language: str) -> list[tuple[str, str, str]]:
    return _BLOCK.findall((ROOT / "docs" / language / "changing-a-rule.md").read_text("utf-8"))


def test_both_pages_make_the_same_edits_and_run_the_same_commands() -> None:
    told = [[block for block in blocks(language) if block[0] != "text"] for language in ("zh", "en")]

    assert told[0] == told[1]


# both languages in one test: what is looked for in the rulebook is the same, and takes long
def test_a_rule_is_changed_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language in ("zh", "en"):
        folder = tmp_path / language
        shutil.copytree(ROOT / "rules", folder / "rules")
        monkeypatch.chdir(folder)
        said, commands = "", 0
        for kind, file, content in blocks(language):
            match kind:
                case "yaml":
                    Path(file).write_text(content, "utf-8")
                case "diff":
                    Path(file).write_text(edited(Path(file).read_text("utf-8"), content), "utf-8")
                case "sh":
                    name, *words = shlex.split(content)
                    if name == "cp":
                        shutil.copytree(words[1], words[2])
                        continue
                    assert name == "enforcerules"
                    ended = run(*words, "--lang", language)
                    said, commands = ended.stdout + ended.stderr, commands + 1
                case "text":
                    assert content.strip() in said
        assert commands == 8
