"""The page about the range of penalties: every point, penalty and rule, every published case, every doubt on choosing.

Its tables are made from the rulebook; that they are up to date is tested with the other pages (tests/test_docs.py).
"""

import re

import pytest

from enforcerules import Rulebook
from enforcerules.model import Penalise
from tests.law_pages import DOCS, read_page, said

SCENARIOS = DOCS.parent / "rules/scenarios"
PAGES = pytest.mark.parametrize(("language", "encoded"), [("zh", "已编码"), ("en", "encoded")])
LAW = ("law/penalty-", "law/leniency")
ROWS = [f"{letter}{n}" for letter, last in (("P", 28), ("B", 14), ("M", 6), ("T", 8)) for n in range(1, last + 1)]
POINT = re.compile(r"^\| ([PBMT]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def read(language: str) -> str:
    return read_page("penalty-range", language)


@PAGES
def test_every_point_has_a_state_with_its_rules_or_the_reason(rulebook: Rulebook, language: str, encoded: str) -> None:
    rows = POINT.findall(read(language))
    book = rulebook.resolved

    assert [row for row, *_ in rows] == ROWS
    for _, _, state, penalties, remarks in rows:
        rules = re.findall(r"`([a-z]+-[\w/-]+)`", remarks)
        assert set(rules) <= book.rules.keys()
        assert set(re.findall(r"`(\w+)`", penalties)) <= book.penalties.keys()
        assert set(re.findall(r"G-\d+", remarks)) <= book.doubts.keys()
        assert len(remarks.strip()) > 1
        if state != encoded:
            assert rules == []


@PAGES
def test_every_penalty_and_every_rule_about_penalties_is_listed(
    rulebook: Rulebook, language: str, encoded: str
) -> None:
    named = set(re.findall(r"`([\w/-]+)`", read(language)))
    book = rulebook.resolved

    assert book.penalties.keys() <= named
    assert {rule.id for rule in book.rules.values() if rule.place.startswith(LAW)} <= named


@PAGES
def test_every_published_case_stands_there_beside_its_range(rulebook: Rulebook, language: str, encoded: str) -> None:
    files = sorted(SCENARIOS.glob("penalty-published*.yaml"))
    written = "".join(path.read_text(encoding="utf-8") for path in files)
    cases = re.findall(r"^  - id: (published-rc-\d+-penalty)$", written, re.MULTILINE)
    listed = re.findall(r"^\| `(published-\S+)` \|", read(language), re.MULTILINE)

    assert len(cases) >= 20
    assert listed == sorted(cases)


@PAGES
def test_the_doubts_about_choosing_stand_there(rulebook: Rulebook, language: str, encoded: str) -> None:
    rows = dict(re.findall(r"^\| (G-\d+) \| [^|]+ \| ([^|]+) \|$", read(language), re.MULTILINE))
    files = ("penalties.yaml", "penalty-older-law.yaml")
    written = "".join((DOCS.parent / "rules/doubts" / name).read_text(encoding="utf-8") for name in files)
    doubts = rulebook.resolved.doubts

    assert list(rows) == re.findall(r"^  (G-\d+):$", written, re.MULTILINE)
    assert rows == {name: said(doubts[name].reading, language) for name in rows}


@PAGES
def test_every_article_that_lays_a_penalty_down_was_compared(rulebook: Rulebook, language: str, encoded: str) -> None:
    listed = dict(re.findall(r"^\| `([\w-]+)` \| ([\d, ]+) \|$", read(language), re.MULTILINE))
    compared = {(source, article) for source, articles in listed.items() for article in articles.split(", ")}
    compared |= {("vaccine-law-2019", article) for article in ("2", "100")}
    book = rulebook.resolved
    rules = [
        rule
        for rule in book.rules.values()
        if rule.place.startswith(LAW) or any(isinstance(outcome, Penalise) for outcome in rule.outcomes)
    ]
    clauses = [book.clauses[name] for rule in rules for name in rule.bases]

    assert {(one.source, match[1]) for one in clauses if (match := re.match(r"第(\d+)条", one.at))} <= compared


@pytest.mark.parametrize(
    ("fine", "ranges", "position"),
    [
        (5_000_000, [("50000", "150000")], "inside"),
        (15_000_000, [("50000", "150000")], "inside"),
        (4_999_999, [("50000", "150000")], "below"),
        (15_000_001, [("50000", "150000")], "above"),
        (5_000_000, [("50000", None)], "at_least"),
        (4_999_999, [("50000", None)], "below"),
        (5_000_000, [("10000", "30000"), ("50000", "60000")], "inside"),
        (4_000_000, [("10000", "30000"), ("50000", "60000")], "above"),
        (None, [("50000", "150000")], "no_fine"),
        (5_000_000, [], "no_range"),
    ],
)
def test_a_published_fine_is_inside_below_or_above(
    monkeypatch: pytest.MonkeyPatch, fine: int | None, ranges: list[tuple[str, str | None]], position: str
) -> None:
    monkeypatch.syspath_prepend(str(DOCS.parent / "scripts"))
    from penalty_range import place_of

    assert place_of(fine, ranges) == position
