"""The page about the penalties of devices and cosmetics says what the rulebook says."""

import re

import pytest

from enforcerules import Rulebook
from tests.law_pages import read_page

PAGES = pytest.mark.parametrize("language", ["zh", "en"])
ROW = re.compile(r"^\| ([PBMR]\d+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
DOUBT = re.compile(r"^\| (G-\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ENCODED = {"zh": "已编码", "en": "encoded"}


def read(language: str) -> str:
    return read_page("device-cosmetic-penalties", language)


@PAGES
def test_every_candidate_names_rules_that_exist(rulebook: Rulebook, language: str) -> None:
    rows = ROW.findall(read(language))

    expected = [*(f"P{n}" for n in range(17, 28)), "B7", "B8", "B9", "B10", "B13", "M2", "M3", "M5", "M6", "R10"]
    assert [name for name, *_ in rows] == expected
    for _, state, rules in rows:
        named = re.findall(r"`([a-z]+-[\w-]+)`", rules)
        assert state == ENCODED[language]
        assert named != []
        assert set(named) <= rulebook.resolved.rules.keys()


@PAGES
def test_the_doubts_are_those_of_the_register(rulebook: Rulebook, language: str) -> None:
    doubts = rulebook.resolved.doubts
    listed = DOUBT.findall(read(language))

    assert [name for name, *_ in listed] == [f"G-{n}" for n in range(140, 150)]
    for name, question, reading in listed:
        zh = language == "zh"
        assert (doubts[name].question.zh if zh else doubts[name].question.en) == question
        assert (doubts[name].reading.zh if zh else doubts[name].reading.en) == reading
