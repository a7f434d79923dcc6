"""The page about thresholds of crime says what the rulebook says: every rule, reason, doubt and published case."""

import re

import pytest

from enforcerules import Rulebook
from tests.law_pages import DOCS, read_page, rules_from, said

PAGES = pytest.mark.parametrize(("language", "encoded"), [("zh", "已编码"), ("en", "encoded")])
SOURCES = (
    "criminal-law",
    "jud-interp-drug-2022",
    "jud-interp-fake-goods-2001",
    "jud-interp-ip-2025",
    "jud-interp-fraud-2011",
    "jud-interp-narcotics-2016",
    "narcotic-psychotropic-reg-2024",
)
DOUBTS = ("crime", "crime-marks", "crime-further")
CANDIDATE = re.compile(r"^\| (C\d+[ab]?) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def read(language: str) -> str:
    return read_page("crime", language)


def rules_of_crime(rulebook: Rulebook) -> set[str]:
    return rules_from(rulebook, "law/crime-")


@PAGES
def test_the_page_lists_every_rule_and_no_other(rulebook: Rulebook, language: str, encoded: str) -> None:
    listed = re.findall(r"^\| [^|]+ \| .* \| `([\w-]+)` \|$", read(language), re.MULTILINE)

    assert set(listed) == rules_of_crime(rulebook) != set()


@PAGES
def test_a_rule_stands_there_with_its_title(rulebook: Rulebook, language: str, encoded: str) -> None:
    page = read(language)
    titles = [rulebook.resolved.rules[name].title for name in rules_of_crime(rulebook)]

    assert [t for t in titles if said(t, language) not in page] == []


@PAGES
def test_every_candidate_names_its_rules_or_the_reason(rulebook: Rulebook, language: str, encoded: str) -> None:
    rows = CANDIDATE.findall(read(language))
    states = {name: (state.strip() == encoded, re.findall(r"`([\w-]+)`", why), why) for name, _, state, why in rows}

    assert {int(re.sub(r"\D", "", name)) for name in states} == set(range(1, 21))
    for is_encoded, rules, why in states.values():
        assert bool(rules) is is_encoded
        assert set(rules) <= rulebook.resolved.rules.keys()
        assert is_encoded or len(why) > len(" x ")


@PAGES
def test_every_clause_not_encoded_stands_there_with_its_reason(rulebook: Rulebook, language: str, encoded: str) -> None:
    row = r"^\| `((?:criminal|jud|narcotic)[\w-]+\.[\w.-]+)` \| ([^|]+) \|$"
    listed = dict(re.findall(row, read(language), re.MULTILINE))
    reasons = {
        name: clause.not_encoded
        for name, clause in rulebook.resolved.clauses.items()
        if clause.source in SOURCES and clause.not_encoded and clause.governs == "conduct"
    }

    assert listed == {name: said(why, language) for name, why in reasons.items()}


@PAGES
def test_every_doubt_and_every_published_case_stands_there(rulebook: Rulebook, language: str, encoded: str) -> None:
    page = read(language)
    rules = DOCS.parent / "rules"
    told = "".join((rules / f"doubts/{name}.yaml").read_text(encoding="utf-8") for name in DOUBTS)
    doubts = re.findall(r"^  (G-\d+):$", told, re.MULTILINE)
    cases = (rules / "scenarios/crime-published.yaml").read_text(encoding="utf-8")
    published = re.findall(r"^  - id: (published-\S+)$", cases, re.MULTILINE)

    assert re.findall(r"^\| (G-\d+) \|", page, re.MULTILINE) == doubts
    assert [name for name in doubts if said(rulebook.resolved.doubts[name].reading, language) not in page] == []
    assert re.findall(r"^\| `(published-\S+)` \|", page, re.MULTILINE) == published
    assert len(published) >= 8
