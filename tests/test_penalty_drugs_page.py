"""The page about the penalties for drugs and vaccines says what the rulebook says."""

import re

import pytest

from enforcerules import Rulebook
from enforcerules.model import Penalise
from tests.law_pages import DOCS, read_page, rules_from, said

PAGES = pytest.mark.parametrize(("language", "encoded"), [("zh", "已编码"), ("en", "encoded")])
FILES = ("law/penalty-drugs", "law/penalty-vaccines")
CANDIDATES = [
    *(f"P{n}" for n in range(1, 17)),
    *(f"B{n}" for n in (1, 2, 3, 4, 5, 6, 11, 13, 14)),
    "M1",
    "M4",
    "T7",
]


def read(language: str) -> str:
    return read_page("penalty-drugs", language)


def rules_of_the_page(rulebook: Rulebook) -> set[str]:
    return rules_from(rulebook, *FILES)


@PAGES
def test_the_page_lists_every_rule_with_its_title_and_no_other(rulebook: Rulebook, language: str, encoded: str) -> None:
    listed = {
        name: title for title, name in re.findall(r"^\| ([^|]+) \| [^|]+ \| `([\w/-]+)` \|$", read(language), re.M)
    }

    assert listed == {name: said(rulebook.resolved.rules[name].title, language) for name in rules_of_the_page(rulebook)}


@PAGES
def test_every_fine_stands_there_with_its_floor(rulebook: Rulebook, language: str, encoded: str) -> None:
    book = rulebook.resolved
    rules = [book.rules[name] for name in rules_of_the_page(rulebook)]
    named = {outcome.penalty for rule in rules for outcome in rule.outcomes if isinstance(outcome, Penalise)}
    fines = {name: fine for name in named if (fine := book.penalties[name].fine) is not None}
    listed = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([\d—]+) \| [^|]+ \| `(\w+)` \|$", read(language), re.MULTILINE)

    assert {name: floor for _, floor, name in listed} == {
        name: str(fine.floor // 100) if fine.floor else "—" for name, fine in fines.items()
    }
    assert {name: title for title, _, name in listed} == {
        name: said(book.penalties[name].title, language) for name in fines
    }


@PAGES
def test_every_candidate_stands_there_with_rules_and_doubts_that_exist(
    rulebook: Rulebook, language: str, encoded: str
) -> None:
    rows = re.findall(r"^\| ([PBMT]\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", read(language), re.MULTILINE)

    assert [name for name, *_ in rows] == CANDIDATES
    for _, state, remarks in rows:
        rules = set(re.findall(r"`([a-z]+-[\w/-]+)`", remarks))
        assert state == encoded
        assert rules != set()
        assert rules <= rules_of_the_page(rulebook)
        assert set(re.findall(r"G-\d+", remarks)) <= rulebook.resolved.doubts.keys()


@PAGES
def test_a_reason_stands_beside_every_clause_not_encoded(rulebook: Rulebook, language: str, encoded: str) -> None:
    listed = dict(re.findall(r"^\| `((?:drug|vaccine)[\w-]+\.[\w.-]+)` \| ([^|]+) \|$", read(language), re.MULTILINE))

    assert listed != {}
    for name, reason in listed.items():
        why = rulebook.resolved.clauses[name].not_encoded
        assert why is not None
        assert reason == said(why, language)


@PAGES
def test_every_doubt_stands_there_with_its_reading(rulebook: Rulebook, language: str, encoded: str) -> None:
    page = read(language)
    file = (DOCS.parent / "rules/doubts/penalty-drugs.yaml").read_text(encoding="utf-8")
    doubts = re.findall(r"^  (G-\d+):$", file, re.MULTILINE)

    assert re.findall(r"^\| (G-\d+) \|", page, re.MULTILINE) == doubts
    assert [name for name in doubts if said(rulebook.resolved.doubts[name].reading, language) not in page] == []
