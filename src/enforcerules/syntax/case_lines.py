"""JSON Lines, one case a line: the lines of a stream, and whether it is another kind of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from enforcerules.errors import CaseError, Diagnostic, Source, Span
from enforcerules.syntax.files import decode, read_lines
from enforcerules.text import Text


def case_lines(name: str, stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, with their numbers.

    Raises:
        CaseError: when the first of them shows that this is another kind of JSON.

    """
    lines = read_lines(stream)
    for number, line in lines:
        opening = line.decode("utf-8-sig", "replace").strip()
        if opening.startswith("["):
            raise _other_kind(name, number, line, _ARRAY)
        if opening.startswith("{") and not opening.endswith("}"):
            # only now: waiting for a second line would hold up whoever sends one case at a time
            following = next(lines, None)
            if following is not None and not following[1].startswith(b"{"):
                raise _other_kind(name, number, line, _ONE_CASE)
            yield number, line
            if following is not None:
                yield following
        else:
            yield number, line
        break
    yield from lines


def line_source(name: str, line: bytes) -> Source:
    """Return one line of a file of cases as a text.

    Raises:
        CaseError: when it is not UTF-8, or too large.

    """
    source, faults = decode(line, name)
    if source is None:
        raise CaseError(faults)
    return source


def at_line(diagnostic: Diagnostic, number: int) -> Diagnostic:
    """Return a fault found within one line at that line of the file."""
    span = diagnostic.span
    return diagnostic if span is None else replace(diagnostic, span=replace(span, line=number))


_ARRAY = (
    Text("这是 JSON 数组，不是每行一个案件的 JSON Lines", "this is a JSON array, not JSON Lines with one case a line"),
    Text(
        "先拆成行：jq -c '.[]' FILE > cases.jsonl；单个案件用 enforcerules explain FILE",
        "split it into lines: jq -c '.[]' FILE > cases.jsonl; one case: enforcerules explain FILE",
    ),
)
_ONE_CASE = (
    Text(
        "这是分多行书写的一个案件，不是每行一个案件的 JSON Lines",
        "this is one case written over several lines, not JSON Lines",
    ),
    Text("单个案件用 enforcerules explain FILE", "for one case: enforcerules explain FILE"),
)


def _other_kind(name: str, number: int, line: bytes, words: Sequence[Text]) -> CaseError:
    said, how = words
    shown = "CASE" if name == "-" else name
    hint = Text(how.zh.replace("FILE", shown), how.en.replace("FILE", shown))
    source = Source(name, "\n" * (number - 1) + line.decode("utf-8", "replace"))
    return CaseError([Diagnostic("ER3009", said, Span(source, number, 1), hint)])
