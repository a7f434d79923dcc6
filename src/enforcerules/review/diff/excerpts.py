"""Where things stand in the files of a rulebook, and the lines there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from enforcerules.errors import Span
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.gather import gather
from enforcerules.syntax.rulebook import read_rulebook

_MOST_LINES = 60


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines of a rulebook file in which something is written, without the space before them."""

    file: str
    line: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the excerpt as plain JSON data."""
        return {"file": self.file, "line": self.line, "text": self.text}


Locator: TypeAlias = Mapping[tuple[str, str], Excerpt]


def locate(folder: Path) -> dict[tuple[str, str], Excerpt]:
    """Return where each named thing of the rulebook in `folder` stands, by kind and name."""
    files = read_rulebook(folder)
    draft = Draft(files, [])
    gather(draft)
    found = {}
    for kind, documents in draft.documents.items():
        # a part of a report form is found by its table
        named = "row" if kind == "table" else kind
        for name, (_, place) in documents.items():
            found[named, name] = _head(place) if kind == "source" else excerpt_at(_begin(place))
    return found


def _begin(place: Place) -> Span:
    # what has a key of its own begins there; what stands in a list begins at its dash
    return place.span(key=bool(place.path) and isinstance(place.path[-1], str))


def _head(place: Place) -> Excerpt:
    """Return what a file of a source says before its clauses, which are things of their own."""
    span, clauses = place.span(), place.span("clauses", key=True)
    lines = [span.source.line(number) for number in range(span.line, clauses.line)]
    return Excerpt(span.source.path, span.line, "\n".join(lines[:_MOST_LINES]))


def excerpt_at(span: Span) -> Excerpt:
    """Return the block that begins at `span`: the lines after it that stand further to the right."""
    source, number = span.source, span.line
    first = source.line(number)
    indent = _indent(first)
    lines = [first]
    last = source.text.count("\n") + 1
    while number < last and len(lines) < _MOST_LINES:
        number += 1
        line = source.line(number)
        if line.strip() and _indent(line) <= indent:
            break
        lines.append(line)
    while lines and not lines[-1].strip():
        lines.pop()
    return Excerpt(source.path, span.line, "\n".join(line[indent:] for line in lines))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
