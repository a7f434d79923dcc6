"""Every example's page is as committed, and every page keeps to the layout an inspector relies on.

`ENFORCERULES_RENEW=1 pytest tests/explaining` writes the pages anew; the difference is then reviewed.
"""

import os
import re
from datetime import date
from pathlib import Path

import pytest

from enforcerules import Rulebook, load_rulebook
from enforcerules.explaining.render import LINE_WIDTH
from enforcerules.text import Language, width

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))
PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 11, 21)
# two screens; the same in English takes more words
MOST_LINES = {"zh": 110, "en": 120}

RULEBOOK: Rulebook = load_rulebook()
# the hash changes with every edit of the rulebook, the page does not
_STAMP = re.compile(r"[(（][0-9a-f]{12}[)）]")


def _page(path: Path, language: Language, *, full: bool = False) -> str:
    return RULEBOOK.explain(path.read_text(encoding="utf-8"), language=language, full=full, today=TODAY)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_page_is_as_committed(path: Path, language: Language) -> None:
    expected = PAGES / f"{path.stem}.{language}.txt"
    actual = _STAMP.sub("(…)", _page(path, language))
    if os.environ.get("ENFORCERULES_RENEW"):
        expected.write_text(actual, encoding="utf-8")

    assert actual == expected.read_text(encoding="utf-8")


def test_there_are_at_least_twelve_real_examples_and_no_stale_page() -> None:
    real = [path for path in EXAMPLES if "虚构" not in path.read_text(encoding="utf-8")]

    assert len(real) >= 12
    assert {page.name.split(".")[0] for page in PAGES.glob("*.txt")} == {path.stem for path in EXAMPLES}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_page_fits_two_screens_and_no_line_is_too_wide(path: Path) -> None:
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        lines = _page(path, language).splitlines()

        assert len(lines) <= MOST_LINES[language]
        assert max(width(line) for line in lines) <= LINE_WIDTH


def test_the_first_statement_is_the_answer() -> None:
    for path in EXAMPLES:
        first = _page(path, "zh").split("\n\n")[1].replace("\n", "")
        lead = '"record_kind": "lead"' in path.read_text(encoding="utf-8")

        assert first.startswith("本线索" if lead else "本案")
        assert lead or "大案要案" in first


def test_with_nothing_known_the_page_is_short_and_leads_with_the_questions() -> None:
    lines = RULEBOOK.explain("{}", today=TODAY).splitlines()

    assert len(lines) <= 60
    assert any("待查事实" in line for line in lines)


def test_markdown_and_html_say_the_same_as_the_text() -> None:
    path = next(path for path in EXAMPLES if path.stem == "made-up-yongchuan-expired-drug")
    text = path.read_text(encoding="utf-8")
    markdown = RULEBOOK.explain(text, format="markdown", today=TODAY)
    html = RULEBOOK.explain(text, format="html", today=TODAY)

    for heading in ("应办事项", "报表归类", "理由"):
        assert f"## {heading}" in markdown
        assert f"<h2>{heading}</h2>" in html


def test_what_a_case_says_cannot_become_markup() -> None:
    case = {"case_name": "<script>alert(1)</script> [x](http://y) *b*", "as_of": "2022-07-10"}

    assert "<script>" not in RULEBOOK.explain(case, format="html")
    assert "\\[x\\]" in RULEBOOK.explain(case, format="markdown")


def test_the_full_page_leaves_nothing_out() -> None:
    path = next(path for path in EXAMPLES if path.stem == "made-up-yongan-device")
    result = RULEBOOK.classify(path.read_text(encoding="utf-8"))
    page = _page(path, "zh", full=True)

    for warning in result.warnings:
        assert warning.id in page or warning.message.zh[:10] in page.replace("\n   ", "")
    for action in result.actions:
        if action.state == "due":
            assert action.title.zh[:8] in page.replace("\n   ", "")


def test_one_rule_is_shown_with_its_whole_condition() -> None:
    page = RULEBOOK.explain({"as_of": "2022-07-10", "jurisdiction": "500118"}, rule="expired-drug-filed-directly")

    assert "过期" in page
    assert "未知" in page
