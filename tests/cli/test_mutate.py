"""`enforcerules mutate`: what it prints, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.review.mutation.small_rulebook import SCENARIOS, write_small

pytest.importorskip("z3")

RULE = "goods-value-makes-major-case"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the small rulebook."""
    return write_small(tmp_path_factory.mktemp("book"))


def test_the_page_lists_by_rule_what_nobody_noticed_and_ends_with_the_sums(book: Path) -> None:
    result = run("mutate", book, "--kind", "outcome", "--kind", "basis", "--jobs", "1", "--lang", "en")

    assert result.exit_code == 0
    assert "rule conduct-is-urgent/fake  Fake drugs are urgent" in result.stdout
    assert "✗ the outcome is dropped: found: urgent  [outcome]" in result.stdout
    assert "    --> rules.yaml:" in result.stdout
    assert "write a scenario like this: {" in result.stdout
    last = result.stdout.rstrip().split("\n")[-1]
    assert " changes: " in last
    assert "% noticed" in last


def test_chinese_is_spoken_by_default(book: Path) -> None:
    result = run("mutate", book, "--rule", RULE, "--kind", "connective", "--jobs", "1")

    assert "connective  条件的连接" in result.stdout
    assert "处：发现" in result.stdout


def test_the_json_holds_every_change_and_is_the_same_each_time(book: Path) -> None:
    words = ("mutate", book, "--rule", RULE, "--kind", "comparison", "--format", "json", "--jobs", "1")
    found, again = json.loads(run(*words).stdout), json.loads(run(*words).stdout)
    found.pop("seconds"), again.pop("seconds")

    assert found == again
    assert found["changes"] == len(found["mutations"]) == found["scenario"] == 2
    assert found["percent"] == 100
    first = found["mutations"][0]
    assert (first["id"], first["place"], first["by"]) == (f"{RULE}#when:less_than", "rules.yaml:5:11", "line[exactly]")
    line = "“Line of a major case”"
    assert first["change"]["en"] == f"value of goods reaches {line} → value of goods stays below {line}"


def test_too_few_noticed_fails(book: Path) -> None:
    words = ("mutate", book, "--kind", "doubt", "--jobs", "1", "--lang", "en")

    assert run(*words, "--fail-under", "0").exit_code == 0
    result = run(*words, "--fail-under", "95")
    assert result.exit_code == 1
    assert "0.0 % noticed, less than the 95 % asked for" in result.stderr


def test_only_the_unnoticed_are_shown_when_asked(book: Path) -> None:
    result = run("mutate", book, "--rule", RULE, "--kind", "comparison", "--survivors", "--jobs", "1")

    assert (result.exit_code, result.stdout.strip()) == (0, "")


def test_scenarios_that_fail_already_are_told_first(tmp_path: Path) -> None:
    wrong = write_small(tmp_path, scenarios=SCENARIOS.replace("no_findings", "findings"))
    result = run("mutate", wrong, "--lang", "en")

    assert result.exit_code == 1
    assert "1 scenarios fail before any change, such as `line[one fen short]`" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rule", "goods-value-makes-mayor-case"), "there is no rule `goods-value-makes-mayor-case`"),
        (("--kind", "windows"), "there is no kind of change `windows`"),
        (("--sample", "0"), "--sample is a whole number from 1 to 1000000, not `0`"),
        (("--jobs", "many"), "--jobs is a whole number from 1 to 1000000, not `many`"),
        (("--fail-under", "101"), "--fail-under is a number from 0 to 100, not `101`"),
        (("--timeout", "0"), "--timeout is a number of seconds, not `0`"),
    ],
)
def test_wrong_words_are_refused(book: Path, words: tuple[str, str], said: str) -> None:
    result = run("mutate", book, *words, "--lang", "en")

    assert result.exit_code == 2
    assert said in result.stderr
