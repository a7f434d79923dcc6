"""Every kind of mistake in a rulebook or a case, and word for word what is said about it.

The expectations are in `tests/broken`: a folder of `rulebooks/` holds the files that differ from `base/` (one
named `WITHOUT` lists those left out), and `expected.zh.txt` and `expected.en.txt`; a case stands beside its two
texts in `cases/`. What git could not keep is made in `broken/folders.py`. To write the expectations anew:

    ENFORCERULES_RENEW=1 pytest tests/test_broken.py

and then read every changed line as the one who made the mistake would.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from enforcerules import CaseError, Diagnostic, Rulebook, RulebookError, load_rulebook
from enforcerules.errors import Source, render
from enforcerules.syntax.rulebook import find_unlisted
from enforcerules.text import Language
from tests.broken.folders import BASE, CASES, RULEBOOKS, case_bytes, case_names, make_rulebook, rulebook_names, tidy
from tests.wording import faults_of_wording

RENEW = bool(os.environ.get("ENFORCERULES_RENEW"))
SOURCES = Path(__file__).parents[1] / "src"


def _compare(expected: Path, said: str) -> None:
    if RENEW:
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_text(said, encoding="utf-8")
    assert expected.is_file(), f"{expected} is missing; see the top of this file"
    assert said == expected.read_text(encoding="utf-8")


def _check_all(diagnostics: Iterable[Diagnostic]) -> None:
    for diagnostic in diagnostics:
        assert not list(faults_of_wording(diagnostic)), diagnostic


@pytest.fixture(scope="session")
def small() -> Rulebook:
    return load_rulebook(BASE)


@pytest.mark.parametrize("name", rulebook_names())
def test_a_faulty_rulebook_is_told_word_for_word(name: str, tmp_path: Path) -> None:
    folder = make_rulebook(name, tmp_path)

    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder)

    told = [*caught.value.diagnostics, *find_unlisted(folder)]
    _check_all(told)
    for language in get_args(Language):
        expected = RULEBOOKS / name / f"expected.{language}.txt"
        _compare(expected, tidy(render(told, language), folder))


@pytest.mark.parametrize("name", case_names())
def test_a_faulty_case_is_told_word_for_word(name: str, small: Rulebook) -> None:
    data = case_bytes(name)

    with pytest.raises(CaseError) as caught:
        small.read_case(data)

    _check_all(caught.value.diagnostics)
    for language in get_args(Language):
        _compare(CASES / f"{name}.{language}.txt", tidy(render(caught.value.diagnostics, language), CASES))


def test_the_rulebook_that_all_others_differ_from_is_sound(small: Rulebook) -> None:
    assert small.version == "1.0.0"


def test_a_path_that_is_no_file_is_told(tmp_path: Path) -> None:
    from enforcerules.syntax.files import read_text

    (tmp_path / "locked").mkdir()
    told = {}
    for name in ("locked", "gone.json", "gone/gone.json", "nul\0", "x" * 5000):
        source, faults = read_text(tmp_path / name, shown_as=name)
        assert source is None
        _check_all(faults)
        told[name[:10]] = [fault.code for fault in faults]

    assert told == {
        "locked": ["ER0011"],
        "gone.json": ["ER0012"],
        "gone/gone.": ["ER0012"],
        "nul\0": ["ER0013"],
        "x" * 10: ["ER0013"],
    }


def test_no_rulebook_is_told(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone", BASE / "rules.yaml"):
        with pytest.raises(RulebookError, match=r"there is no `rulebook.yaml` here"):
            load_rulebook(folder)


def test_a_case_that_is_no_text_is_told_with_its_place(small: Rulebook) -> None:
    case = {"case_id": 7, "product_categories": ["drug", "drag"], "goods_value": {"at_least": "5", "atmost": 3}}

    with pytest.raises(CaseError) as caught:
        small.read_case(case)

    _check_all(caught.value.diagnostics)
    assert render(caught.value.diagnostics[2:], "en") == (
        "error[ER3004]: `goods_value` has no bound `atmost`\n"
        " --> case:3:34\n"
        '3 | "goods_value": {"at_least": "5", "atmost": 3}\n'
        "  |                                  ^^^^^^^^\n"
        "  = hint: did you mean `at_most`?"
    )


@pytest.mark.parametrize("case", [[{"case_id": "1"}], None, 7, ("a", 1), object()])
def test_what_is_no_case_at_all_is_told(case: object, small: Rulebook) -> None:
    with pytest.raises(CaseError, match="ER3007"):
        small.read_case(case)  # type: ignore[arg-type]


def test_every_code_of_a_rulebook_or_a_case_is_expected_somewhere() -> None:
    """Scenarios, the command line and the engines have codes of their own, which are tested elsewhere."""
    used = {
        code
        for path in SOURCES.rglob("*.py")
        for code in re.findall(r'"(ER[0-4]\d{3})"', path.read_text(encoding="utf-8"))
        if not {"review", "cli", "engines"} & set(path.parts)
    }
    expected = {
        code
        for folder in (RULEBOOKS, CASES)
        for path in folder.rglob("*.txt")
        for code in re.findall(r"\[(ER\d{4})\]", path.read_text(encoding="utf-8"))
    }
    # a file that is not there is told by the rulebook that lists it, or, for a case, before there is a text; what is
    # no file of many cases is no file of one case either, and is tested with the commands that read many
    assert used - expected == {"ER0013", "ER3009"}


def test_no_expectation_is_left_over() -> None:
    names = set(rulebook_names())
    assert {path.parent.name for path in RULEBOOKS.rglob("expected.*.txt")} <= names
    assert {path.name.split(".")[0] for path in CASES.glob("*.txt")} <= set(case_names())


def test_a_case_error_can_be_sent_to_another_process(small: Rulebook) -> None:
    import pickle

    with pytest.raises(CaseError) as caught:
        small.read_case(Source("c.json", '{"fine": -5}'))

    again = pickle.loads(pickle.dumps(caught.value))
    assert again.diagnostics == caught.value.diagnostics
