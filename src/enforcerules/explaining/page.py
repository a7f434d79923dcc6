"""What a page is: sections of lines that cite clauses. Said in both languages, laid out nowhere yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from enforcerules.model import ResolvedRulebook
from enforcerules.text import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One statement. `mark` stands before it; `clauses` are the ids it rests on."""

    text: Text
    clauses: tuple[str, ...] = ()
    mark: str = "•"
    inner: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines."""

    heading: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A title, the answer in one statement, and sections; sections without lines are not shown."""

    title: Text
    answer: Line
    sections: tuple[Section, ...]
    footer: tuple[Line, ...]


MOST_SOURCES, MOST_PLACES = 2, 2

_ARTICLE = re.compile(r"第([0-9]+)条(?:之([一二三]))?(?:第([0-9]+)款)?(?:第([0-9]+)项)?")


def _in_english(places: str) -> str:
    """Return the places in a statute as they are cited in English; other places keep their numbering.

    >>> _in_english("第25条第1款")
    'art. 25(1)'
    """
    return _ARTICLE.sub(_article, places).replace("附件", "annex ").replace("表", "table ").replace("，", ", ")


def _article(found: re.Match[str]) -> str:
    number, _, *inner = found.groups()
    return f"art. {number}" + "".join(f"({part})" for part in inner if part)


def cite(book: ResolvedRulebook, clauses: Iterable[str], *, whole: bool = False) -> Text:
    """Return the clauses as a person cites them: the document once, then the places in it.

    Unless `whole`, long citations are cut: the first documents, and the first places of each.
    """
    by_source: dict[str, dict[str, None]] = {}
    for name in clauses:
        clause = book.clauses[name]
        by_source.setdefault(clause.source, {})[clause.at] = None
    zh, en = [], []
    for source, places in by_source.items():
        short = book.sources[source].short
        shown = list(places) if whole else list(places)[:MOST_PLACES]
        joined = "，".join(shown)
        more = len(shown) < len(places)
        zh.append(f"{short.zh} {joined}{'等' if more else ''}")
        en.append(f"{short.en} {_in_english(joined)}{' etc.' if more else ''}")
    if not whole and len(zh) > MOST_SOURCES:
        rest = len(zh) - MOST_SOURCES
        zh, en = zh[:MOST_SOURCES], en[:MOST_SOURCES]
        zh[-1] += f" 等{rest + MOST_SOURCES}件"
        en[-1] += f" and {rest} more"
    return Text("；".join(zh), "; ".join(en))


def join(texts: Iterable[Text], zh: str = "、", en: str = ", ") -> Text:
    """Return the texts as a list in a sentence."""
    found = list(texts)
    return Text(zh.join(text.zh for text in found), en.join(text.en for text in found))


def doubt_line(book: ResolvedRulebook, name: str) -> Line:
    """Return a doubt in full: the question, how it is read here, and who must settle it."""
    doubt = book.doubts[name]
    return Line(
        Text(
            f"{name} {doubt.question.zh}读法：{doubt.reading.zh}由谁明确：{doubt.settle.zh}",
            f"{name} {doubt.question.en} Read here: {doubt.reading.en} To be settled by: {doubt.settle.en}",
        ),
        mark="!",
    )
