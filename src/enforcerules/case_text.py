"""What was handed in as a case: its entries as plain data, and where each of them stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from enforcerules.errors import CaseError, Diagnostic, Source, Span, nearest, quoted, suggest
from enforcerules.model import Vocabulary
from enforcerules.syntax import nodes as n
from enforcerules.syntax.faultless_json import Number, read_faultless
from enforcerules.syntax.files import decode
from enforcerules.syntax.json import MOST_FAULTS, read_json
from enforcerules.text import Text

__all__ = ["MOST_FAULTS", "Given", "Number", "read_given", "too_many", "unknown_fact"]

_DEEPEST = 4


class Given:
    """The entries of a case: text, `Number`, bool, date, None, and lists and dicts of these.

    Where they stand is worked out when something is wrong with one of them: in their text, its `source`, and of a
    case that is no text, but a mapping, in one that is written for it.
    """

    def __init__(self, items: list[tuple[str, Any]], source: Source | None, document: n.Document | None = None) -> None:
        self.items = items
        self._source = source
        self._document = document

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Return the place of what stands at `path`."""
        if self._document is None:
            read = read_json(self._source)[0] if self._source else None
            self._document = read or _write(self.items)
        return self._document.span(path, key=key)


def read_given(case: object) -> tuple[Given, list[Diagnostic]]:
    """Take a case apart: a mapping, JSON text, or a named source of JSON text.

    Raises:
        CaseError: when there is nothing in it that could be read on.

    """
    if isinstance(case, Mapping):
        return Given([(_name(name), _plain(value, _DEEPEST)) for name, value in case.items()], None), []
    if isinstance(case, (bytes, bytearray, memoryview)):
        decoded, faults = decode(bytes(case), "case")
        if decoded is None:
            raise CaseError(faults)
        case = decoded
    if isinstance(case, str):
        case = Source("case", case)
    if not isinstance(case, Source):
        raise CaseError([_no_case(Span(Source("case", ""), 1, 1), many=isinstance(case, (list, tuple)))])
    with suppress(ValueError):
        whole = read_faultless(case.text)
        if isinstance(whole, dict):
            return Given(list(whole.items()), case), []
    document, faults = read_json(case)
    if document is None:
        raise CaseError(faults)
    root = document.root
    if not isinstance(root, n.Mapping):
        span = n.span_of(document.source, root.mark)
        raise CaseError([*faults, _no_case(span, many=isinstance(root, n.Sequence))])
    return Given([(entry.key.text, _raw(entry.value)) for entry in root.entries], case, document), faults


def _no_case(span: Span, *, many: bool) -> Diagnostic:
    hint = Text('例如 `{"case_id": "1", "goods_value": "62万"}`', 'such as `{"case_id": "1", "goods_value": "62万"}`')
    if many:
        hint = Text(
            "一次一个案件；多个案件每行一个，用 `enforcerules classify`",
            "one case at a time; many cases stand one a line, for `enforcerules classify`",
        )
    return Diagnostic("ER3007", Text("案件应为一个 JSON 对象", "a case should be a JSON object"), span, hint)


def _raw(node: n.Node) -> Any:
    if isinstance(node, n.Mapping):
        return {entry.key.text: _raw(entry.value) for entry in node.entries}
    if isinstance(node, n.Sequence):
        return [_raw(item) for item in node.items]
    if not node.plain:
        return node.text
    return {"true": True, "false": False, "null": None}.get(node.text, Number(node.text))


# --- mappings --------------------------------------------------------------------------------------


def _name(name: object) -> str:
    return name if isinstance(name, str) else quoted(name)[1:-1]


def _plain(value: object, depth: int) -> Any:
    if isinstance(value, (bool, date, str)) or value is None:
        return value
    if isinstance(value, int):
        # Python refuses to write a number of thousands of digits
        return Number(value if abs(value) < 10**30 else f"{'-' if value < 0 else ''}1e{value.bit_length() * 3 // 10}")
    if isinstance(value, float):
        return Number(repr(value))
    if isinstance(value, Decimal):
        return Number(_decimal(value))
    if depth == 0:
        return "…"
    if isinstance(value, Mapping):
        return {_name(key): _plain(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(inner, depth - 1) for inner in value]
    return value


def _decimal(value: Decimal) -> str:
    if not value.is_finite() or not -30 < value.adjusted() < 30:
        return str(value)
    return format(value, "f")


def _write(items: list[tuple[str, Any]]) -> n.Document:
    """Write a case as text, one entry a line, with the place of everything in it."""
    lines: list[str] = []
    entries: list[n.Entry] = []
    for number, (name, value) in enumerate(items, 1):
        key = _text(name)
        shown, node = _written(value, number, len(key) + 3)
        lines.append(f"{key}: {shown}")
        entries.append(n.Entry(n.Scalar(name, False, n.Mark(number, 1, len(key))), node))
    source = Source("case", "\n".join(lines))
    return n.Document(source, n.Mapping(tuple(entries), n.Mark(1, 1, 1)))


def _written(value: Any, line: int, column: int) -> tuple[str, n.Node]:
    """Return `value` as text, and as a node that stands at `column` of `line`."""
    if isinstance(value, (list, dict)):
        pieces: list[str] = []
        entries: list[n.Entry] = []
        items: list[n.Node] = []
        at = column + 1
        for name, inner in value.items() if isinstance(value, dict) else ((None, item) for item in value):
            key = "" if name is None else f"{_text(name)}: "
            shown, node = _written(inner, line, at + len(key))
            items.append(node)
            entries.append(n.Entry(n.Scalar(name or "", False, n.Mark(line, at, max(1, len(key) - 2))), node))
            pieces.append(key + shown)
            at += len(key) + len(shown) + 2
        opening, closing = "{}" if isinstance(value, dict) else "[]"
        text = opening + ", ".join(pieces) + closing
        mark = n.Mark(line, column, len(text))
        return text, n.Mapping(tuple(entries), mark) if isinstance(value, dict) else n.Sequence(tuple(items), mark)
    text = quoted(value)[1:-1] if isinstance(value, Number) or not isinstance(value, str) else _text(value)
    return text, n.Scalar(text, True, n.Mark(line, column, len(text)))


def _text(text: str) -> str:
    return json.dumps(text[:200], ensure_ascii=False)


# --- names -----------------------------------------------------------------------------------------


def unknown_fact(words: Vocabulary, name: str, raw: Any, given: Given) -> Diagnostic:
    """Return the fault of an entry that names no fact."""
    by_label = {fact.label.zh: fact.name for fact in words.facts.values()}
    guess = by_label.get(name) or nearest(name, words.facts) or by_label.get(nearest(name, by_label) or "")
    hint = Text("`enforcerules schema case` 列出全部事实", "`enforcerules schema case` lists every fact")
    if isinstance(raw, dict) and words.facts.keys() & raw.keys():
        hint = Text("事实没有层级：把里面的各项写到最外层", "facts have no levels: write the entries in it at the top")
    elif guess is not None:
        hint = suggest(guess, words.facts[guess].label)
    message = Text(f"没有名为 {quoted(name)} 的事实", f"there is no fact {quoted(name)}")
    return Diagnostic("ER3001", message, given.span(name, key=True), hint)


def too_many(given: Given, name: str) -> Diagnostic:
    """Return the fault that says that nobody would read any more of them."""
    return Diagnostic(
        "ER0018",
        Text("错误太多，其余的没有列出", "there are too many faults, and the others are not told"),
        given.span(name, key=True),
        Text("先改正已列出的", "put right those that are told first"),
    )
