"""Every code is explained, every explanation has a code, and the examples do what they say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from enforcerules import Diagnostic, EnforceRulesError, load_rulebook
from enforcerules.codes import (
    Code,
    Example,
    find_code,
    load_areas,
    load_codes,
    near_codes,
    render_code,
    render_code_text,
)
from enforcerules.review.properties import read_properties
from enforcerules.review.scenarios import read_scenarios
from enforcerules.syntax.rulebook import find_unlisted
from enforcerules.text import Language, width
from tests.broken.folders import BASE, make_base
from tests.cli.running import run

ROOT = Path(__file__).parents[2]
CODES = load_codes()
LANGUAGES: tuple[Language, ...] = get_args(Language)


def raised_codes() -> set[str]:
    """Return every code that stands as a text of its own in the program."""
    return {
        node.value
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"ER\d{4}", node.value)
    }


# --- what stands in it -------------------------------------------------------------------------------


def test_every_code_that_is_raised_is_in_the_catalogue_and_no_other() -> None:
    assert sorted(raised_codes()) == list(CODES)


def test_a_code_is_used_once_and_one_that_was_retired_never_again() -> None:
    every = [code for area in load_areas() for code in (*(each.id for each in area.codes), *area.retired)]

    assert len(every) == len(set(every))


def test_the_first_digit_of_a_code_is_its_area() -> None:
    areas = load_areas()

    assert [area.digit for area in areas] == sorted({area.digit for area in areas})
    assert [code.id for area in areas for code in area.codes if code.id[2] != str(area.digit)] == []
    assert list(CODES) == sorted(CODES)


def test_every_area_file_is_read() -> None:
    there = [path.name for path in files("enforcerules.codes").iterdir() if path.name.endswith(".yaml")]

    assert len(there) == len(load_areas())


def test_names_are_unique_and_kebab_case() -> None:
    names = [code.name for code in CODES.values()]

    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", name)] == []


def faults_of_style(code: Code) -> Iterator[str]:
    """Yield what is wrong with how a code is explained."""
    for language in LANGUAGES:
        for part in ("says", "remedy"):
            text = getattr(code, part)[language]
            if not text or text != text.strip() or text.endswith((".", "。", "!", "！", ":", "：")):
                yield f"{part} {language}: {text!r}"
        if not code.why[language].endswith("。" if language == "zh" else "."):
            yield f"why {language}: {code.why[language]!r}"
        if len(re.findall(r"[。]|\.(?: |$)", code.why[language])) > 2:
            yield f"more than two sentences: {code.why[language]!r}"
        for text in (code.says[language], code.why[language], code.remedy[language]):
            if text.count("`") % 2:
                yield f"an odd backtick: {text!r}"
            chinese = re.search("[\u4e00-\u9fff，。；：]", re.sub("`[^`]*`", "", text))
            if (chinese is not None) != (language == "zh"):
                yield f"not {language}: {text!r}"


@pytest.mark.parametrize("code", CODES.values(), ids=list(CODES))
def test_every_code_has_a_page_with_all_its_parts_in_both_languages(code: Code) -> None:
    assert list(faults_of_style(code)) == []
    for language in LANGUAGES:
        markdown, text = render_code(code.id, language, message="the message"), render_code_text(code, language, 80)
        for part in (code.id, code.name, code.says[language], code.why[language], code.remedy[language]):
            assert part in markdown
            assert "".join(part.split()) in "".join(text.split())
        if code.example is not None:
            assert code.example.wrong != code.example.right
            assert code.example.wrong in markdown
            assert code.example.right in markdown
        assert markdown.count("```") % 2 == 0
        assert "the message" in markdown


def test_a_page_fits_the_terminal_but_for_what_is_shown_as_written() -> None:
    page = render_code_text(CODES["ER2001"], "zh", 60)

    assert max(width(line) for line in page.split("错误的写法")[0].split("\n")) <= 60


def test_a_code_is_found_by_its_id_however_written_and_by_its_name() -> None:
    for code in CODES.values():
        assert {find_code(word) for word in (code.id, code.id.lower(), code.id[2:], code.name)} == {code}
    assert find_code("ER2004") is None
    assert "ER2002" in near_codes("ER2004")
    assert near_codes("zzz") == []


def test_explaining_a_case_does_not_read_the_catalogue() -> None:
    program = "import sys, enforcerules as e; e.explain({'as_of': '2022-07-10'}); print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert "enforcerules.explaining" in said.stdout.split()
    assert "enforcerules.codes" not in said.stdout.split()


# --- the examples ------------------------------------------------------------------------------------

RULE = """\
rules:
  - id: a-rule
    title: {{zh: 甲, en: A}}
    basis: [plan.police]
    {}
    then: [{{label: priority}}]
"""
FILES = {
    "rules": "more/rules.yaml",
    "vocabulary": "more/words.yaml",
    "sources": "more/clauses.yaml",
    "parameters": "more/parameters.yaml",
    "penalties": "more/penalties.yaml",
    "doubts": "more/doubts.yaml",
    "calendars": "more/calendar.yaml",
}
APART = {"scenarios": read_scenarios, "properties": read_properties}


def faults_of(where: str, text: str, folder: Path) -> list[Diagnostic]:
    """Return what is said about a part of an example that stands where it belongs."""
    try:
        if where == "case":
            load_rulebook(BASE).read_case(text)
            return []
        made = make_base(folder)
        listing = made / "rulebook.yaml"
        listed = listing.read_text(encoding="utf-8")
        if where == "files":
            kind = text.split(":")[0]
            listing.write_text(re.sub(rf"(?m)^  {kind}: .*$", f"  {text.strip()}", listed), encoding="utf-8")
        elif where in APART:
            listing.write_text(f"{listed}  {where}: [apart.yaml]\n", encoding="utf-8")
            (made / "apart.yaml").write_text(text, encoding="utf-8")
            APART[where](load_rulebook(made), made)
        else:
            where, text = ("rules", RULE.format(text.strip())) if where == "when" else (where, text)
            (made / FILES[where]).write_text(text, encoding="utf-8")
        load_rulebook(made)
        return find_unlisted(made)
    except EnforceRulesError as error:
        return list(error.diagnostics)


EXAMPLES = {code.id: code.example for code in CODES.values() if code.example and code.example.where != "lines"}


@pytest.mark.parametrize(("code", "example"), EXAMPLES.items(), ids=list(EXAMPLES))
def test_the_wrong_example_is_told_with_its_code_alone_and_the_right_one_is_right(
    code: str, example: Example, tmp_path: Path
) -> None:
    wrong = faults_of(example.where, example.wrong, tmp_path / "wrong")
    right = faults_of(example.where, example.right, tmp_path / "right")

    assert {fault.code for fault in wrong} == {code}
    assert {fault.severity for fault in wrong} == {CODES[code].severity}
    assert right == []


def test_the_wrong_example_of_many_cases_is_refused_and_the_right_one_is_classified() -> None:
    (code,) = [code for code in CODES.values() if code.example and code.example.where == "lines"]
    assert code.example is not None
    wrong, right = (run("classify", "-", stdin=text) for text in (code.example.wrong, code.example.right))

    assert (wrong.exit_code, f"[{code.id}]" in wrong.stderr) == (1, True)
    assert (right.exit_code, right.stdout.count("\n")) == (0, 2)
