"""What went wrong, where, and what to do about it.

A `Diagnostic` is a value; exceptions only carry diagnostics, all that were found together.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from enforcerules.text import Language, Text, pad, width


@dataclass(frozen=True, slots=True)
class Source:
    """A text with the name it is known by: a path, or `-` for standard input."""

    path: str
    text: str = field(repr=False)

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line end, empty when there is none."""
        lines = self.text.split("\n", number)
        return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line. Lines and columns count from 1, columns in characters."""

    source: Source
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.source.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about one place in a rulebook or a case.

    `code` is stable: ``ER``, the area (0 text, 1 meaning, 2 ledger, 3 case, 4 calendar), three digits.
    """

    code: str
    message: Text
    span: Span | None = None
    hint: Text | None = None
    related: tuple[tuple[Text, Span], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return the finding as plain JSON data."""
        found: dict[str, object] = {"code": self.code, "message": self.message.to_dict()}
        if self.span is not None:
            found |= {"file": self.span.source.path, "line": self.span.line, "column": self.span.column}
        if self.hint is not None:
            found["hint"] = self.hint.to_dict()
        return found


class EnforceRulesError(Exception):
    """Any failure this library tells its caller about, with every finding that led to it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=_place))
        # the arguments rebuild the error when it is pickled on its way between processes
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return render(self.diagnostics, "en")


class RulebookError(EnforceRulesError):
    """The rulebook does not load."""


class CaseError(EnforceRulesError):
    """The case is wrong: not incomplete, but impossible to read as it stands."""


class DisagreementError(EnforceRulesError):
    """Two engines answered differently; the case is in the message."""


class EngineUnavailableError(EnforceRulesError):
    """The engine asked for is not installed."""


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    span = diagnostic.span
    return (span.source.path, span.line, span.column, diagnostic.code) if span else ("", 0, 0, diagnostic.code)


def render(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """Lay the findings out for a terminal: code, sentence, place, the line with carets, remedy."""
    return "\n\n".join(_render_one(diagnostic, language) for diagnostic in diagnostics)


def _render_one(diagnostic: Diagnostic, language: Language) -> str:
    lines = [f"{'错误' if language == 'zh' else 'error'}[{diagnostic.code}]: {diagnostic.message[language]}"]
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span)
    for message, span in diagnostic.related:
        lines += [f"  = {message[language]}", *_excerpt(span)]
    if diagnostic.hint is not None:
        lines.append(f"  = {'建议' if language == 'zh' else 'hint'}: {diagnostic.hint[language]}")
    return "\n".join(lines)


_LONGEST_LINE = 160


def _excerpt(span: Span) -> list[str]:
    text = span.source.line(span.line).replace("\t", " ")
    if not text.strip():
        return [f" --> {span}"]
    # a line of a machine-written file may hold the whole case: show the part around the place
    begin = max(0, span.column - 1 - _LONGEST_LINE // 2) if len(text) > _LONGEST_LINE else 0
    shown = "".join(c if c.isprintable() else "·" for c in text[begin : begin + _LONGEST_LINE])
    before = shown[: span.column - 1 - begin]
    marked = shown[span.column - 1 - begin : span.column - 1 - begin + max(1, span.length)]
    number = str(span.line)
    return [
        f" --> {span}",
        f"{number} | {shown}",
        f"{pad('', len(number))} | {pad('', width(before))}{'^' * max(1, width(marked))}",
    ]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` most likely was meant to be, or None.

    >>> nearest("good_value", ["goods_value", "fine"])
    'goods_value'
    """
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> Text | None:
    """Return the hint that names the nearest known word, or None when none is near."""
    guess = nearest(word, known)
    return Text(f"是否为 {guess}？", f"did you mean {guess}?") if guess else None
