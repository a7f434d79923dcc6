"""The pages of the site: everything has one in both languages, and every link between them leads somewhere.

The built site is tried in a browser by `scripts/check_site.py`.
"""

from __future__ import annotations

import posixpath
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from enforcerules import Rulebook
from enforcerules.codes import load_codes
from enforcerules.review.properties import read_properties
from enforcerules.wording import say_rule

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import build_site  # noqa: E402 - a program, not a package
from tests.penalty_books import write_penalty_book  # noqa: E402
from website.material import Material, gather  # noqa: E402
from website.names import PACKS  # noqa: E402
from website.penalties import penalty_page  # noqa: E402

Pages = Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def material() -> Material:
    return gather(ROOT / "rules")


@pytest.fixture(scope="module")
def pages(material: Material) -> Pages:
    found: dict[str, dict[str, str]] = {}
    for language in build_site.LANGUAGES:
        written = build_site.hand_written(language)
        found[language] = {path: build_site.prepared(file.read_text("utf-8")) for path, file in written.items()}
        made = list(build_site.made_pages(material, language))
        found[language] |= {page.path: page.text for page in made}
        assert len(found[language]) == len(written) + len(made)
    return found


def test_both_languages_have_the_same_pages(pages: Pages) -> None:
    assert build_site.missing_pages() == []
    assert pages["zh"].keys() == pages["en"].keys()


def test_every_rule_source_clause_doubt_action_fact_and_red_line_has_its_place(
    rulebook: Rulebook, pages: Pages
) -> None:
    book = rulebook.resolved
    for found in pages.values():
        assert [name for name in book.rules if f"rules/{name}.md" not in found] == []
        assert [name for name in book.sources if f"sources/{name}.md" not in found] == []
        clauses = book.clauses.values()
        assert [c.id for c in clauses if f"{{ #{c.id} }}" not in found[f"sources/{c.source}.md"]] == []
        for page, names in {
            "doubts.md": book.doubts,
            "actions.md": book.actions,
            "penalties.md": book.penalties,
            "vocabulary.md": [*book.vocabulary.facts, *book.vocabulary.findings],
            "parameters.md": book.parameters,
            "forms.md": book.forms,
            "red-lines.md": [line.id for line in read_properties(rulebook)],
        }.items():
            assert [name for name in names if f"{{ #{name} }}" not in found[page]] == []


def test_a_penalty_stands_in_the_catalogue_with_its_figures_rules_and_clauses(tmp_path: Path) -> None:
    small = gather(write_penalty_book(tmp_path))
    english, chinese = (penalty_page(small, language).text for language in ("en", "zh"))

    assert "## Selling fake drugs { #fake_drugs }" in english
    assert "a fine (15 to 30 times the value of goods, which counts as at least 100,000 yuan)" in english
    assert "* possibly permit revoked (by: police)" in english
    assert "Rules: [Fake drugs are penalised](rules/fake-drugs-are-penalised.md)" in english
    assert "[Penalty law art. 50](sources/law.md#law.50)" in english
    assert "Note: The new law is milder" in english
    assert "责任人员" in chinese
    assert "禁止从业10年直至终身" in chinese
    assert "货值金额不足10,000元的50,000—150,000元，10,000元以上的为货值金额的15—30倍" in chinese
    assert "轻重次序](vocabulary.md#penalty_measure-values)" in chinese


def test_every_error_code_has_a_page(pages: Pages) -> None:
    for found in pages.values():
        assert [code for code in load_codes() if f"errors/{code}.md" not in found] == []


def test_every_link_between_pages_leads_to_one(pages: Pages) -> None:
    broken = []
    for language, found in pages.items():
        for path, text in found.items():
            prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
            for link in re.findall(r"\]\(([^)\s]+)\)", prose):
                page = link.partition("#")[0]
                if page and "://" not in page:
                    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), page))
                    # the pictures stand beside the pages of either language
                    picture = target.startswith("pictures/") and (ROOT / "docs" / target).is_file()
                    if target not in found and not picture:
                        broken.append(f"{language}/{path}: {link}")

    assert broken == []


def test_every_page_stands_in_the_navigation_once(material: Material, pages: Pages) -> None:
    def paths(entry: object) -> list[str]:
        if isinstance(entry, str):
            return [entry]
        inner = entry.values() if isinstance(entry, dict) else entry
        return [path for one in inner for path in paths(one)]  # type: ignore[attr-defined]

    for language in build_site.LANGUAGES:
        assert sorted(paths(build_site.navigation(material, language))) == sorted(pages[language])


def test_a_rule_is_said_as_one_sentence_on_its_page(rulebook: Rulebook, pages: Pages) -> None:
    for rule in rulebook.resolved.rules.values():
        said = say_rule(rulebook.resolved, rule)
        assert said.zh.startswith(("凡", "任何情况下，")), rule.id
        assert said.zh.endswith("。"), rule.id
        assert not re.search("。。|：[是否]|[≥≤＜＞]", said.zh), rule.id
        assert not re.search(r"\.\.|[≥≤＜＞]", said.en), rule.id
    text = pages["zh"]["rules/goods-value-makes-major-case.md"]
    assert "> 凡货值金额达到大案要案货值标准的，认定为大案要案（事由：货值金额达到标准）。" in text
    assert "rules/common/major-case.yaml:" in text


def test_every_file_of_rules_is_a_chapter(material: Material) -> None:
    files = {material.place_of(rule).file for rule in material.book.rules.values()}

    assert {file for file in files if not file.startswith("reports/")} == PACKS.keys()


def test_a_page_shows_the_whole_block_that_it_names(material: Material) -> None:
    rule = material.book.rules["goods-value-makes-major-case"]
    (line,) = [line for line in material.red_lines if line.id == "major-at-the-line-in-yongan"]

    assert material.written(material.place_of(rule))[0] == f"- id: {rule.id}"
    assert material.written(material.place_at(line.span))[0] == f"- id: {line.id}"
    assert any(text.startswith("  always:") for text in material.written(material.place_at(line.span)))
