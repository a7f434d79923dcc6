"""Nodes → typed documents, with every fault put at its place in words a person uses."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from enforcerules.errors import Diagnostic, did_you_mean
from enforcerules.syntax.documents import Doc
from enforcerules.syntax.nodes import Document, Mapping, Node, Path, Scalar, Sequence
from enforcerules.text import Text

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

SomeDoc = TypeVar("SomeDoc", bound=Doc)


def plain_value(scalar: Scalar) -> Any:
    """Return what an unquoted or quoted scalar means: only true, false, null, numbers and dates are not text.

    >>> from enforcerules.syntax.nodes import Mark
    >>> [plain_value(Scalar(text, True, Mark(1, 1, 1))) for text in ("no", "12:30", "0123", "7", "2022-05-06")]
    ['no', '12:30', '0123', 7, datetime.date(2022, 5, 6)]
    """
    text = scalar.text
    if not scalar.plain:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if _INTEGER.fullmatch(text) and len(text) <= 18:
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def plain_data(node: Node) -> Any:
    """Return the node as dicts, lists and plain values."""
    if isinstance(node, Mapping):
        return {entry.key.text: plain_data(entry.value) for entry in node.entries}
    if isinstance(node, Sequence):
        return [plain_data(item) for item in node.items]
    return plain_value(node)


def validate(document: Document, doc: type[SomeDoc]) -> tuple[SomeDoc | None, list[Diagnostic]]:
    """Return the document as a `doc`, or every fault found."""
    try:
        return doc.model_validate(plain_data(document.root)), []
    except ValidationError as error:
        return None, [_diagnose(document, details) for details in error.errors(include_url=False)]


def _diagnose(document: Document, details: ErrorDetails) -> Diagnostic:
    kind, path, context = details["type"], tuple(details["loc"]), details.get("ctx", {})
    hint: Text | None = None
    at_key = False
    if kind == "said":
        code, message = "ER0104", Text(context["zh"], context["en"])
        if "hint_zh" in context:
            hint = Text(context["hint_zh"], context["hint_en"])
    elif kind == "condition_expected":
        code, message = "ER0104", Text("这里应为条件", "a condition is expected here")
        hint = Text(
            "写 always，或含 all、any、not、fact、finding 之一的块",
            "write always, or a block with one of all, any, not, fact, finding",
        )
    elif kind == "extra_forbidden":
        word = str(path[-1])
        code, message, at_key = "ER0101", Text(f"没有 `{word}` 这个键", f"there is no key `{word}` here"), True
        known = _keys_beside(document, path)
        listed = "、".join(known)
        hint = did_you_mean(word, known) or Text(f"可用的键：{listed}", f"the keys are: {', '.join(known)}")
    elif kind == "missing":
        word = str(path[-1])
        code, message = "ER0102", Text(f"缺少 `{word}`", f"`{word}` is missing")
        hint = Text(f"补上 `{word}:`", f"add `{word}:`")
    elif kind in ("literal_error", "enum"):
        expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
        shown = details.get("input")
        code, message = "ER0103", Text(f"不是可用的值：`{shown}`", f"not one of the values: `{shown}`")
        hint = did_you_mean(str(shown), expected.split(", ")) or Text(f"可用的值：{expected}", f"the values are: {expected}")
    else:
        code, message = "ER0103", _expected(kind, context)
    return Diagnostic(code, message, document.span(path, key=at_key), hint)


_EXPECTED = {
    "string_type": Text("这里应为文字", "a text is expected here"),
    "string_too_short": Text("文字不能为空", "the text must not be empty"),
    "bool_type": Text("这里应为 true 或 false", "true or false is expected here"),
    "int_type": Text("这里应为整数", "a whole number is expected here"),
    "list_type": Text("这里应为列表", "a list is expected here"),
    "dict_type": Text("这里应为一块键值", "a block of keys is expected here"),
    "model_type": Text("这里应为一块键值", "a block of keys is expected here"),
    "model_attributes_type": Text("这里应为一块键值", "a block of keys is expected here"),
    "date_type": Text("这里应为日期，如 2022-05-06", "a date is expected here, such as 2022-05-06"),
}


def _expected(kind: str, context: dict[str, Any]) -> Text:
    if kind == "too_short":
        return Text("列表不能为空", "the list must not be empty")
    if kind == "string_too_long":
        most = context.get("max_length")
        return Text(f"文字过长，最多 {most} 个字", f"the text is too long: {most} characters at most")
    if kind == "greater_than_equal":
        return Text(f"数值不得小于 {context.get('ge')}", f"the number must be at least {context.get('ge')}")
    return _EXPECTED.get(kind, Text(f"此处的写法不对（{kind}）", f"this is not as it should be ({kind})"))


def _keys_beside(document: Document, path: Path) -> list[str]:
    """Return the keys of the block type that the neighbours of the unknown key fit best."""
    node: Node = document.root
    for step in path[:-1]:
        if isinstance(node, Mapping) and (entry := node.entry(str(step))):
            node = entry.value
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
    if not isinstance(node, Mapping):
        return []
    beside = {entry.key.text for entry in node.entries} - {str(path[-1])}
    best = max(Doc.every_doc, key=lambda doc: (len(beside & set(doc.keys())), -len(doc.keys())))
    return best.keys()
