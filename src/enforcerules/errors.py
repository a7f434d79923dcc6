"""What went wrong, where, and what to do about it.

A `Diagnostic` is a value; exceptions only carry diagnostics, all that were found together.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from enforcerules.text import Language, Text, pad, printable, width

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Source:
    """A text with the name it is known by: a path, or `-` for standard input."""

    path: str
    text: str = field(repr=False)
    _lines: list[str] = field(default_factory=list, repr=False, compare=False)

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line end, empty when there is none."""
        if not self._lines:
            # asked for only when something is wrong, and then often: a text may have a million faulty lines
            self._lines.extend(self.text.split("\n"))
        return self._lines[number - 1].removesuffix("\r") if number <= len(self._lines) else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line. Lines and columns count from 1, columns in characters."""

    source: Source
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{printable(self.source.path)}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a ledger kept as a spreadsheet: a cell, a row, a column, a sheet or the whole file.

    Rows and columns count from 1, as a spreadsheet shows them. `shown` is what stands in the cell.
    """

    path: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None
    heading: str | None = None
    shown: str | None = None

    @property
    def letters(self) -> str | None:
        """The column as a spreadsheet names it.

        >>> Cell("a.xlsx", column=28).letters
        'AB'
        """
        if self.column is None:
            return None
        left, letters = self.column, ""
        while left:
            left, digit = divmod(left - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return letters

    def say(self, language: Language) -> str:
        """Return the place in words."""
        zh = language == "zh"
        parts = [printable(self.path)]
        if self.sheet is not None:
            parts.append(f"工作表“{printable(self.sheet)}”" if zh else f"sheet '{printable(self.sheet)}'")
        if self.row is not None:
            parts.append(f"第{self.row}行" if zh else f"row {self.row}")
        if self.column is not None:
            parts.append(f"{self.letters}列" if zh else f"column {self.letters}")
        if self.heading:
            parts.append(quoted(self.heading))
        return " ".join(parts)

    def to_dict(self) -> dict[str, object]:
        """Return the place as plain JSON data."""
        found = {"sheet": self.sheet, "row": self.row, "column": self.letters, "heading": self.heading}
        named = {name: value for name, value in {**found, "value": self.shown}.items() if value is not None}
        return {"file": self.path, **named}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about one place in a rulebook, a case or a ledger.

    `code` is stable: ``ER``, the area (0 text, 1 meaning, 2 clauses, 3 case, 4 calendar, 5 scenarios, 7 ledger
    and reports, …), three digits; `enforcerules.codes` explains each. What is no error stops
    nothing. The place is a `span` of a text or a `cell` of a ledger.
    """

    code: str
    message: Text
    span: Span | None = None
    hint: Text | None = None
    related: tuple[tuple[Text, Span], ...] = ()
    severity: Severity = "error"
    cell: Cell | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the finding as plain JSON data."""
        found: dict[str, object] = {"code": self.code, "severity": self.severity, "message": self.message.to_dict()}
        if self.span is not None:
            found |= {"file": self.span.source.path, "line": self.span.line, "column": self.span.column}
        if self.cell is not None:
            found |= self.cell.to_dict()
        if self.hint is not None:
            found["hint"] = self.hint.to_dict()
        return found


class EnforceRulesError(Exception):
    """Any failure this library tells its caller about, with every finding that led to it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        # a table's condition is read once a row: what is said twice at one place is one finding
        self.diagnostics = tuple(sorted(dict.fromkeys(diagnostics), key=_place))
        # the arguments rebuild the error when it is pickled on its way between processes
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return render(self.diagnostics, "en")


class RulebookError(EnforceRulesError):
    """The rulebook does not load."""


class CaseError(EnforceRulesError):
    """The case is wrong: not incomplete, but impossible to read as it stands."""


class LedgerError(EnforceRulesError):
    """The file cannot be read as a ledger, or a ledger cannot be written."""


class DisagreementError(EnforceRulesError):
    """Two engines answered differently; the case is in the message."""


class EngineUnavailableError(EnforceRulesError):
    """The engine asked for, or another part that comes as an extra, is not installed."""


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    span, cell = diagnostic.span, diagnostic.cell
    if cell is not None:
        return (cell.path, cell.row or 0, cell.column or 0, diagnostic.code)
    return (span.source.path, span.line, span.column, diagnostic.code) if span else ("", 0, 0, diagnostic.code)


def render(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """Lay the findings out for a terminal: code, sentence, place, the line with carets, remedy."""
    return "\n\n".join(_render_one(diagnostic, language) for diagnostic in diagnostics)


SEVERITIES: dict[Severity, Text] = {
    "error": Text("错误", "error"),
    "warning": Text("警告", "warning"),
    "note": Text("提示", "note"),
}


def _render_one(diagnostic: Diagnostic, language: Language) -> str:
    lines = [f"{SEVERITIES[diagnostic.severity][language]}[{diagnostic.code}]: {diagnostic.message[language]}"]
    if diagnostic.span is not None:
        lines += _excerpt(diagnostic.span)
    if diagnostic.cell is not None:
        lines.append(f" --> {diagnostic.cell.say(language)}")
    for message, span in diagnostic.related:
        lines += [f"  = {message[language]}", *_excerpt(span)]
    if diagnostic.hint is not None:
        lines.append(f"  = {'建议' if language == 'zh' else 'hint'}: {diagnostic.hint[language]}")
    return "\n".join(lines)


_WIDEST = 120


def _excerpt(span: Span) -> list[str]:
    if not span.source.text:
        return [f" --> {printable(span.source.path)}"]
    line = span.source.line(span.line)
    if not line.strip():
        return [f" --> {span}"]
    begin, end = _part_to_show(line, span.column - 1)
    shown = ("…" if begin else "") + printable(line[begin:end].replace("\t", " ")) + ("…" if end < len(line) else "")
    first = span.column - 1 - begin + (1 if begin else 0)
    before, marked = shown[:first], shown[first : first + max(1, span.length)]
    number = str(span.line)
    return [
        f" --> {span}",
        f"{number} | {shown}",
        f"{pad('', len(number))} | {pad('', width(before))}{'^' * max(1, width(marked))}",
    ]


def _part_to_show(line: str, place: int) -> tuple[int, int]:
    """Return where the part of `line` around `place` begins and ends that a terminal shows without a break."""
    if len(line) <= _WIDEST and width(line) <= _WIDEST:
        return 0, len(line)
    # a line of a machine-written file may hold the whole case
    begin, cells = min(place, len(line)), 0
    while begin and cells < _WIDEST // 2:
        begin -= 1
        cells += width(line[begin])
    end, cells = begin, 0
    while end < len(line) and cells < _WIDEST:
        cells += width(line[end])
        end += 1
    return begin, end


# --- words in messages -----------------------------------------------------------------------------

_DIGITS = re.compile("[0-9]+")


def quoted(given: object, most: int = 40) -> str:
    """Return what somebody wrote, in backticks, cut to `most` characters and safe to print.

    >>> quoted("goods`value"), quoted(True), quoted(["a", 1]), quoted("")
    ("`goods'value`", '`true`', '`[a, 1]`', '`""`')
    """
    text = printable(_written(given, 2)[: most + 1]).replace("`", "'")
    return f"`{text if len(text) <= most else text[: most - 1] + '…'}`"


def _written(given: object, depth: int) -> str:
    match given:
        case None:
            return "null"
        case bool():
            return "true" if given else "false"
        case str():
            return given or '""'
        case list() | tuple() if depth:
            return f"[{', '.join(_written(item, depth - 1) for item in given[:9])}]"
        case dict() if depth:
            inner = (f"{_written(k, 0)}: {_written(v, depth - 1)}" for k, v in list(given.items())[:9])
            return f"{{{', '.join(inner)}}}"
        case list() | tuple() | dict():
            return "…"
    try:
        return str(given)
    except Exception:  # somebody else's object, which may fail in any way, and its name will do
        return type(given).__name__


def listed(words: Iterable[str], most: int = 12) -> Text:
    """Return words in backticks one after another, at most `most` of them.

    >>> listed(["zh", "en"])
    Text(zh='`zh`、`en`', en='`zh`, `en`')
    """
    all_of_them = list(words)
    shown = [quoted(word) for word in all_of_them[:most]] + (["…"] if len(all_of_them) > most else [])
    return Text("、".join(shown), ", ".join(shown))


def way(names: Iterable[str]) -> str:
    """Return names in backticks with arrows between them; of a long way the middle is left out.

    >>> way(["a", "b"])
    '`a` → `b`'
    """
    shown = [quoted(name) for name in names]
    return " → ".join(shown if len(shown) <= 7 else [*shown[:3], "…", *shown[-3:]])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` most likely was meant to be, or None.

    >>> nearest("good_value", ["goods_value", "fine"]), nearest("Goods-Value", ["goods_value"])
    ('goods_value', 'goods_value')
    """
    by_letters = {_letters(name): name for name in known}
    meant = _letters(word[:100])
    if meant in by_letters:
        return by_letters[meant]
    close = difflib.get_close_matches(meant, by_letters, n=3, cutoff=0.7)
    return next((by_letters[found] for found in close if not _numbered_apart(meant, found)), None)


def _numbered_apart(one: str, other: str) -> bool:
    """Tell whether two words differ in a number only: `G-11` is another doubt than `G-01`, and no slip."""
    if _DIGITS.sub("", one) != _DIGITS.sub("", other):
        return False
    return [int(n[:20]) for n in _DIGITS.findall(one)] != [int(n[:20]) for n in _DIGITS.findall(other)]


def _letters(word: str) -> str:
    """Return `word` without the differences that nobody sees or means: width, case, hyphens, spaces."""
    return unicodedata.normalize("NFKC", word).strip().casefold().replace("-", "_").replace(" ", "_")


def did_you_mean(word: str, known: Iterable[str], labels: Mapping[str, Text] | None = None) -> Text | None:
    """Return the hint that names the nearest known word, with its label if it has one, or None when none is near."""
    guess = nearest(word, known)
    return suggest(guess, (labels or {}).get(guess)) if guess else None


def suggest(guess: str, label: Text | None = None) -> Text:
    """Return the hint that names what was meant, with what people call it.

    >>> suggest("goods_value").en, suggest("goods_value", Text("货值金额", "Value of goods")).zh
    ('did you mean `goods_value`?', '是否为 `goods_value`（货值金额）？')
    """
    word = quoted(guess, 80)
    zh, en = (f"（{printable(label.zh)}）", f" ({printable(label.en)})") if label else ("", "")
    return Text(f"是否为 {word}{zh}？", f"did you mean {word}{en}?")
