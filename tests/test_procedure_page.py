"""The page about filing, periods, publicity and hand-overs says what the rulebook says."""

import re

import pytest

from enforcerules import Rulebook
from tests.law_pages import DOCS, read_page, rules_from, said

PAGES = pytest.mark.parametrize(("language", "encoded"), [("zh", "已编码"), ("en", "encoded")])
FILES = ("law/procedure-", "law/publicity-and-lists", "law/statutory-handovers")
SOURCES = ("samr-penalty-procedure-2022", "penalty-publicity-rules-2021", "admin-penalty-law-2021")
CANDIDATE = re.compile(r"^\| ([JLR]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
RULE = re.compile(r"^\| (?![JLR]\d+ )([^|]+) \| ([^|]+) \| [^|]+ \| `([\w/-]+)` \|$", re.MULTILINE)


def read(language: str) -> str:
    return read_page("procedure", language)


def rules_here(rulebook: Rulebook) -> set[str]:
    return rules_from(rulebook, *FILES)


@PAGES
def test_the_page_lists_every_rule_and_no_other(rulebook: Rulebook, language: str, encoded: str) -> None:
    listed = [name for _, _, name in RULE.findall(read(language))]

    assert len(listed) == len(set(listed))
    assert set(listed) == rules_here(rulebook) != set()


@PAGES
def test_a_rule_stands_there_with_its_title_and_its_time(rulebook: Rulebook, language: str, encoded: str) -> None:
    book = rulebook.resolved
    for title, when, name in RULE.findall(read(language)):
        clocks = [clock for clause in book.rules[name].bases if (clock := book.clauses[clause].clock) is not None]

        assert title == said(book.rules[name].title, language)
        assert when == (said(clocks[0].text, language) if clocks else "—")


@PAGES
def test_every_candidate_names_its_rules_or_the_reason(rulebook: Rulebook, language: str, encoded: str) -> None:
    rows = CANDIDATE.findall(read(language))
    counts = {"J": 18, "L": 11, "R": 11}

    assert [name for name, *_ in rows] == [f"{kind}{n}" for kind, last in counts.items() for n in range(1, last + 1)]
    for _, _, state, why in rows:
        rules = re.findall(r"`([a-z][\w/-]+-[\w/-]+)`", why)
        assert bool(rules) is (state.strip() == encoded)
        assert set(rules) <= rulebook.resolved.rules.keys()
        assert rules or len(why) > len(" x ")


@PAGES
def test_every_rule_here_belongs_to_a_candidate(rulebook: Rulebook, language: str, encoded: str) -> None:
    named = {rule for *_, why in CANDIDATE.findall(read(language)) for rule in re.findall(r"`([\w/-]+)`", why)}

    assert rules_here(rulebook) - named == set()


@PAGES
def test_every_clause_not_encoded_stands_there_with_its_reason(rulebook: Rulebook, language: str, encoded: str) -> None:
    names = "|".join(SOURCES)
    listed = dict(re.findall(rf"^\| `((?:{names})\.[\w.-]+)` \| ([^|]+) \|$", read(language), re.MULTILINE))
    reasons = {
        name: said(clause.not_encoded, language)
        for name, clause in rulebook.resolved.clauses.items()
        if clause.source in SOURCES and clause.not_encoded
    }

    assert listed == reasons != {}


@PAGES
def test_every_doubt_stands_there_with_its_reading(rulebook: Rulebook, language: str, encoded: str) -> None:
    page = read(language)
    file = DOCS.parent / "rules/doubts/procedure.yaml"
    doubts = re.findall(r"^  (G-\d+):$", file.read_text(encoding="utf-8"), re.MULTILINE)

    assert re.findall(r"^\| (G-\d+) \|", page, re.MULTILINE) == doubts
    assert [name for name in doubts if said(rulebook.resolved.doubts[name].reading, language) not in page] == []
