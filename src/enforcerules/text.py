"""Text for people, in Chinese and in English, and how wide it is on a screen."""

from __future__ import annotations

import unicodedata
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


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


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
