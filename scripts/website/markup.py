"""Markdown as the site reads it: escaped text, links, tables, sections."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from enforcerules.text import Language, Text


class Page(NamedTuple):
    """One generated page: its path in the language's folder, and its Markdown."""

    path: str
    text: str


def escape(text: str) -> str:
    """Return a text that no reader of Markdown takes for markup, on one line."""
    for character in "\\`*_[]{}#":
        text = text.replace(character, "\\" + character)
    return " ".join(text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "&#124;").split())


class Voice:
    """Says things in one language, on the page at one path."""

    def __init__(self, language: Language, path: str) -> None:
        self.language, self.path = language, path

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def of(self, text: Text) -> str:
        """Return a text of the rulebook, escaped."""
        return escape(text[self.language])

    def link(self, label: str, target: str) -> str:
        """Return a link to another page, whose path may end in an anchor."""
        page, _, anchor = target.partition("#")
        path = posixpath.relpath(page, posixpath.dirname(self.path) or ".") if page != self.path else ""
        return f"[{label}]({path}{'#' + anchor if anchor else ''})"

    def doubts(self, names: Iterable[str]) -> str:
        """Return links to doubts."""
        return self.listed(self.link(name, f"doubts.md#{name}") for name in names)

    def listed(self, items: Iterable[str]) -> str:
        """Return items in a row."""
        return ("、" if self.language == "zh" else ", ").join(items)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table without the columns that stay empty, none where it has no rows."""
    body = list(rows)
    shown = [column for column in range(len(heads)) if any(row[column] for row in body)]

    def line(cells: Sequence[str]) -> str:
        return f"| {' | '.join(cells[column] for column in shown)} |"

    return [line(heads), f"|{' --- |' * len(shown)}", *map(line, body), ""] if body else []


def section(heading: str, lines: Iterable[str], *, searched: bool = True) -> list[str]:
    """Return a heading with its lines, nothing where there are none.

    What repeats other pages is not `searched`: a search should find those.
    """
    found = list(lines)
    mark = "" if searched else " { data-search-exclude }"
    return ["", f"## {heading}{mark}", "", *found] if found else []


def items(lines: Iterable[str]) -> list[str]:
    """Return the lines as a list."""
    return [f"* {line}" for line in lines]


def excerpt(place: str, lines: Iterable[str]) -> list[str]:
    """Return YAML under the name of the place where it stands."""
    return [f'```yaml title="{place}"', *lines, "```"]


def front(title: str, *, boost: float | None = None) -> list[str]:
    """Return what stands before a page: its title in the navigation, and its weight in a search."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    weight = ["search:", f"  boost: {boost}"] if boost else []
    return ["---", f'title: "{quoted}"', *weight, "---", ""]


def page(path: str, lines: Iterable[str]) -> Page:
    """Return a page with these lines."""
    return Page(path, "\n".join(lines).rstrip() + "\n")
