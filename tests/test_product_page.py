"""The page about what the product is and whether it must be tested says what the rulebook says."""

import re

import pytest

from enforcerules import Rulebook
from tests.law_pages import DOCS, read_page, rules_from, said

PAGES = pytest.mark.parametrize(("language", "encoded"), [("zh", "已编码"), ("en", "encoded")])
FILES = ("law/product-identity.yaml", "law/direct-filing.yaml", "law/testing.yaml")
CANDIDATE = re.compile(r"^\| ([FT]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
CONFLICT = re.compile(r"^\| (\d) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
COMPARED = re.compile(r"^\| `([\w-]+)` \| ([\d(), ]+) \|$", re.MULTILINE)


def read(language: str) -> str:
    return read_page("product", language)


def rules_of_the_page(rulebook: Rulebook) -> set[str]:
    return rules_from(rulebook, *FILES)


@PAGES
def test_the_page_lists_every_rule_with_its_title_and_no_other(rulebook: Rulebook, language: str, encoded: str) -> None:
    listed = dict(re.findall(r"^\| ([^|]+) \| [^|]+ \| `([\w-]+)` \|$", read(language), re.MULTILINE))
    titles = {said(rulebook.resolved.rules[name].title, language): name for name in rules_of_the_page(rulebook)}

    assert listed == titles != {}


@PAGES
def test_every_candidate_stands_there_with_rules_and_doubts_that_exist(
    rulebook: Rulebook, language: str, encoded: str
) -> None:
    rows = CANDIDATE.findall(read(language))

    assert [name for name, *_ in rows] == [*(f"F{n}" for n in range(1, 14)), "T2", "T6"]
    for _, _, state, remarks in rows:
        rules = re.findall(r"`([a-z]+-[\w-]+)`", remarks)
        assert state.strip() == encoded
        assert set(rules) <= rulebook.resolved.rules.keys()
        assert rules != []
        assert set(re.findall(r"G-\d+", remarks)) <= rulebook.resolved.doubts.keys()


@PAGES
def test_every_conflict_names_a_doubt_that_is_shown(rulebook: Rulebook, language: str, encoded: str) -> None:
    rows = CONFLICT.findall(read(language))
    scenarios = "".join(path.read_text(encoding="utf-8") for path in (DOCS.parent / "rules/scenarios").glob("*.yaml"))
    shown = {name for line in re.findall(r"(?<!no_)warnings: \[([^]]+)\]", scenarios) for name in line.split(", ")}

    assert [number for number, *_ in rows] == ["1", "2", "3", "4", "5"]
    for _, _, doubts, _ in rows:
        assert set(doubts.strip().split(", ")) <= rulebook.resolved.doubts.keys() & shown


@PAGES
def test_a_reason_stands_beside_every_clause_not_encoded(rulebook: Rulebook, language: str, encoded: str) -> None:
    listed = dict(re.findall(r"^\| `((?:drug|jud)[\w-]+\.[\w.-]+)` \| ([^|]+) \|$", read(language), re.MULTILINE))

    assert listed != {}
    for name, reason in listed.items():
        why = rulebook.resolved.clauses[name].not_encoded
        assert why is not None
        assert reason == said(why, language)


@PAGES
def test_every_source_of_the_rules_is_named_as_compared(rulebook: Rulebook, language: str, encoded: str) -> None:
    rules = [rulebook.resolved.rules[name] for name in rules_of_the_page(rulebook)]
    sources = {rulebook.resolved.clauses[clause].source for rule in rules for clause in rule.bases}

    assert sources <= {name for name, _ in COMPARED.findall(read(language))}


@PAGES
def test_every_doubt_stands_there_with_its_reading(rulebook: Rulebook, language: str, encoded: str) -> None:
    page = read(language)
    file = (DOCS.parent / "rules/doubts/product.yaml").read_text(encoding="utf-8")
    doubts = re.findall(r"^  (G-\d+):$", file, re.MULTILINE)

    assert re.findall(r"^\| (G-\d+) \|", page, re.MULTILINE) == doubts
    assert [name for name in doubts if said(rulebook.resolved.doubts[name].reading, language) not in page] == []
