"""Text for people, in Chinese and in English, and how wide it is on a screen."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """One thing said in both languages.

    >>> Text("货值金额", "Value of goods")["en"]
    'Value of goods'
    """

    zh: str
    en: str

    def __getitem__(self, language: Language) -> str:  # type: ignore[override]
        return self.zh if language == "zh" else self.en

    def to_dict(self) -> dict[str, str]:
        """Return ``{"zh": …, "en": …}``."""
        return {"zh": self.zh, "en": self.en}


def width(text: str) -> int:
    """Return the number of terminal cells that `text` takes: two for a wide character.

    >>> width("货值 ≥ 5")
    8
    """
    return sum(_cells(character) for character in text)


@lru_cache(maxsize=8192)
def _cells(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """Replace what no terminal should be sent, such as escapes, line ends and half characters.

    >>> printable("a" + chr(27) + "[31m" + chr(0xD800))
    'a·[31m·'
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else "·" for c in text)


def pad(text: str, cells: int) -> str:
    """Fill `text` with spaces to `cells` terminal cells.

    >>> pad("药品", 6) + "|"
    '药品  |'
    """
    return text + " " * max(0, cells - width(text))


def shorten(text: str, cells: int) -> str:
    """Cut `text` to at most `cells` terminal cells, an ellipsis included.

    >>> shorten("货值金额", 5)
    '货值…'
    """
    if width(text) <= cells:
        return text
    kept = ""
    for character in text:
        if width(kept) + _cells(character) > cells - 1:
            break
        kept += character
    return kept + "…"


_NO_LINE_START = "，。；：、！？）】〕》”’·,.;:!?)]}%"
_NO_LINE_END = "（【〔《“‘([{"
_COUNTED = "条款项段年月日元件个家张次项表号万亿"
_COUNTING = "第表件"


def wrap(text: str, cells: int) -> list[str]:
    """Break `text` into lines of at most `cells` terminal cells.

    Chinese breaks between any two characters but not before closing or after opening punctuation;
    other scripts at spaces.

    >>> wrap("货值金额，达到标准", 9)
    ['货值金', '额，达到', '标准']
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    if line.rstrip() or not lines:
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end."""
    pieces: list[str] = []
    for character in text:
        previous = pieces[-1] if pieces else ""
        joins = bool(previous) and (
            character in _NO_LINE_START
            or previous[-1] in _NO_LINE_END
            or character == " "
            or (previous[-1].isdigit() and character in _COUNTED)
            or (previous[-1] in _COUNTING and character.isdigit())
            or (_cells(character) < 2 and _cells(previous[-1]) < 2 and previous[-1] != " ")
        )
        if joins:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


_GAP = 2


def align(rows: Sequence[Sequence[str]], *, indent: int = 0, widest: int = 40) -> list[str]:
    """Return the lines of a table. Cells wider than `widest` go on in the next line, where they can be broken.

    >>> align([("应为", "实为"), ("成立", "不成立")])
    ['应为  实为', '成立  不成立']
    """
    broken = [[wrap(cell, widest) for cell in row] for row in rows]
    columns = [max(width(line) for cell in column for line in cell) for column in zip(*broken, strict=True)]
    lines = []
    for row in broken:
        for pieces in zip_longest(*row, fillvalue=""):
            cells = [pad(piece, column + _GAP) for piece, column in zip(pieces, columns, strict=True)]
            lines.append((" " * indent + "".join(cells)).rstrip())
    return lines
