"""The documentation page of each error code: that of the catalogue, with a message as it is really told.

The messages are those that `tests/broken` expects word for word, so a page never shows one that is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from enforcerules.codes import load_codes, render_code
from enforcerules.text import Language, Text

CORPUS = Path(__file__).resolve().parents[1] / "tests" / "broken"
_HEADLINE = re.compile(r"\w+\[(ER\d{4})\]: ")


def code_pages(language: Language) -> dict[str, str]:
    """Return the page of every code as Markdown, by code."""
    return {code: code_page(code, language) for code in load_codes()}


def code_page(code: str, language: Language) -> str:
    """Return the page of one code as Markdown; codes that no file can show have no message on it."""
    message = _messages().get(code)
    return render_code(code, language, message=message[language] if message else "")


@cache
def _messages() -> dict[str, Text]:
    """Return of each code the shortest message that shows the line it is about, else the shortest."""
    shown: dict[str, Text] = {}
    for code, message in _told():
        best = shown.get(code)
        if best is None or _rank(message) < _rank(best):
            shown[code] = message
    return shown


def _rank(message: Text) -> tuple[bool, int, str]:
    return (" | " not in message.en, len(message.en), message.en)


def _told() -> Iterator[tuple[str, Text]]:
    for path in sorted(CORPUS.rglob("*.en.txt")):
        english = path.read_text(encoding="utf-8").rstrip().split("\n\n")
        chinese = path.with_name(path.name.replace(".en.", ".zh.")).read_text(encoding="utf-8").rstrip().split("\n\n")
        for en, zh in zip(english, chinese, strict=True):
            headline = _HEADLINE.match(en)
            if headline is not None:
                yield headline[1], Text(zh, en)


if __name__ == "__main__":
    for chosen in get_args(Language):
        print("\n".join(code_pages(chosen).values()))
