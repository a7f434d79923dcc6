"""`enforcerules code`: the page of a code, and the list of all."""

from __future__ import annotations

import json

import pytest

from enforcerules.codes import index_table, load_areas, load_codes, render_code
from tests.cli.running import run


def test_the_page_of_a_code_says_all_of_it_in_the_language_asked_for() -> None:
    code = load_codes()["ER2003"]
    zh, en = (run("code", "ER2003", "--lang", language) for language in ("zh", "en"))

    assert (zh.exit_code, zh.stderr, en.exit_code) == (0, "", 0)
    assert zh.stdout.startswith(f"ER2003 {code.says.zh}\n")
    assert en.stdout.startswith(f"ER2003 {code.says.en}\n")
    assert code.example is not None
    assert all(line.strip() in zh.stdout for line in code.example.wrong.splitlines())


def test_a_code_may_be_named_by_its_name_and_in_small_letters() -> None:
    assert run("code", "key-twice").stdout == run("code", "er0002").stdout == run("code", "ER0002").stdout


def test_the_page_comes_as_markdown_and_as_json() -> None:
    code = load_codes()["ER0002"]
    found = json.loads(run("code", "ER0002", "--format", "json").stdout)

    assert run("code", "ER0002", "--format", "markdown", "--lang", "en").stdout == render_code("ER0002", "en")
    assert found["code"] == "ER0002"
    assert found["why"] == code.why.to_dict()
    assert code.example is not None
    assert found["example"]["wrong"] == code.example.wrong


def test_without_a_code_every_code_is_listed_by_area() -> None:
    text, data = run("code").stdout, json.loads(run("code", "--format", "json").stdout)
    listed = [line.split()[0] for line in text.splitlines() if line.startswith("  ")]

    assert listed == list(load_codes())
    assert [code["code"] for area in data["areas"] for code in area["codes"]] == listed
    assert [area["digit"] for area in data["areas"]] == [area.digit for area in load_areas()]
    assert run("code", "--format", "markdown", "--lang", "en").stdout == index_table("en")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("unknwn-key", "the nearest are: `unknown-key`"),
        ("ER9004", "the nearest are: `ER9003`, `ER9002`, `ER9001`"),
        ("zzz", "enforcerules code lists every code"),
        ("ER2004", "the code `ER2004` is no longer used"),
    ],
)
def test_a_wrong_code_is_told_with_those_that_were_meant(wrong: str, told: str) -> None:
    result = run("code", wrong, "--lang", "en")

    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
