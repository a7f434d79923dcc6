"""How a fault is worded, whatever it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enforcerules.errors import Diagnostic, Span
from enforcerules.text import Text

_CHINESE = re.compile("[\u4e00-\u9fff，。；：？]")
_LATIN = re.compile(r"[A-Za-z]+")
_QUOTED = re.compile("`[^`]*`")
# names that have no Chinese form
_ENGLISH_NAMES = {
    "JSON",
    "YAML",
    "UTF",
    "GBK",
    "GB",
    "MB",
    "U",
    "CSV",
    "XML",
    "Excel",
    "WPS",
    "OpenDocument",
    "XlsxWriter",
}


def faults_of_wording(diagnostic: Diagnostic) -> Iterator[str]:
    """Yield what is wrong with how `diagnostic` says what is wrong."""
    if not re.fullmatch(r"ER\d{4}", diagnostic.code):
        yield "the code"
    yield from _faults_of_text(diagnostic.message, sentence=True)
    if diagnostic.hint is None:
        yield "there is no hint"
    else:
        yield from _faults_of_text(diagnostic.hint, sentence=False)
    if diagnostic.span is None and diagnostic.cell is None:
        yield "there is no place"
    for span in (diagnostic.span, *(span for _, span in diagnostic.related)):
        if span is not None:
            yield from _faults_of_span(span)
    for message, _ in diagnostic.related:
        yield from _faults_of_text(message, sentence=False)


def _faults_of_text(text: Text, *, sentence: bool) -> Iterator[str]:
    for said in text:
        if not said.strip() or said != said.strip():
            yield f"empty or with spaces around: {said!r}"
        if not said.isprintable():
            yield f"not printable: {said!r}"
        if said.count("`") % 2:
            yield f"an odd backtick: {said!r}"
        if said.endswith((".", "。", "!", "！")):
            yield f"a full stop: {said!r}"
        if re.search(r"pydantic|Traceback|NoneType|Input should|\bdict\b|\bstr\b|\bNone\b", _QUOTED.sub("", said)):
            yield f"a word of the program: {said!r}"
    english, chinese = _QUOTED.sub("", text.en), _QUOTED.sub("", text.zh)
    if _CHINESE.search(english):
        yield f"Chinese in English: {text.en!r}"
    if english[:1].isupper() and not english.startswith(tuple(_ENGLISH_NAMES)):
        yield f"a capital letter: {text.en!r}"
    if set(_LATIN.findall(chinese)) - _ENGLISH_NAMES:
        yield f"English in Chinese: {text.zh!r}"
    if sentence and not _CHINESE.search(chinese):
        yield f"no Chinese: {text.zh!r}"


def _faults_of_span(span: Span) -> Iterator[str]:
    lines = span.source.text.split("\n")
    if not 1 <= span.line <= len(lines):
        yield f"line {span.line} of {len(lines)}"
        return
    line = lines[span.line - 1].removesuffix("\r")
    if not 1 <= span.column <= len(line) + 1 or span.length < 1:
        yield f"column {span.column} of {len(line)}"
    elif span.column - 1 + span.length > max(len(line), span.column):
        yield f"{span.length} characters from column {span.column} of {len(line)}"
