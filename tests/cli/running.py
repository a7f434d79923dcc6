"""Run the command line: within this process, or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

import enforcerules
from enforcerules.cli.program import Program

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
COMPLETE = EXAMPLES / "made-up-yongchuan-expired-drug.json"
LEAD = EXAMPLES / "wuxi-complaint-lead.json"
LINES = EXAMPLES / "cases.jsonl"

NO_LANGUAGE = dict.fromkeys(("ENFORCERULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))


def run(*words: str | Path, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    """Run a command line here, in Chinese unless `env` or the words say otherwise."""
    surroundings = {**NO_LANGUAGE, "NO_COLOR": None, "COLUMNS": "100", **(env or {})}
    return CliRunner().invoke(Program(), [str(word) for word in words], input=stdin, env=surroundings)


def surroundings(**more: str) -> dict[str, str]:
    """Return the environment of a program of its own, in which this very package is found."""
    kept = {name: value for name, value in os.environ.items() if name not in (*NO_LANGUAGE, "NO_COLOR")}
    return {**kept, "PYTHONPATH": str(Path(enforcerules.__file__).parents[1]), **more}


def command(*words: str | Path) -> list[str]:
    """Return the words that start the program."""
    return [sys.executable, "-m", "enforcerules", *map(str, words)]


def run_alone(
    *words: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command line as a program of its own."""
    return subprocess.run(
        command(*words), input=stdin, capture_output=True, env=surroundings(**(env or {})), check=False
    )
