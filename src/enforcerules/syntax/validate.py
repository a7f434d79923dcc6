"""Nodes → typed documents, with every fault put at its place in words a person uses.

What is faulty is cut out or mended as it was meant, and the rest is handed on: the passes find the faults
of meaning in it, and all are told together.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from enforcerules.errors import Diagnostic
from enforcerules.syntax.documents import Doc
from enforcerules.syntax.nodes import Document, Mapping, Node, Scalar, Sequence
from enforcerules.values.days import looks_like_day, parse_day

_CONSTANTS = {"true": True, "false": False, "": None, "~": None, "null": None}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")

SomeDoc = TypeVar("SomeDoc", bound=Doc)


class Validated(NamedTuple, Generic[SomeDoc]):
    """What a file says.

    `document` is the text's nodes without what could not be read, None in `content` means that nothing
    could. `lost` are the words that stood in what was cut out: whoever misses a name that is among them
    misses it because of a fault that was told already.
    """

    document: Document
    content: SomeDoc | None
    faults: list[Diagnostic]
    lost: frozenset[str]


def plain_value(scalar: Scalar) -> Any:
    """Return what an unquoted or quoted scalar means: only true, false, null, numbers and dates are not text.

    >>> from enforcerules.syntax.nodes import Mark
    >>> [plain_value(Scalar(text, True, Mark(1, 1, 1))) for text in ("no", "12:30", "0123", "7", "2022-05-06")]
    ['no', '12:30', '0123', 7, datetime.date(2022, 5, 6)]
    """
    text = scalar.text
    if not scalar.plain:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    # most texts are words
    if text[0] not in "-0123456789":
        return text
    if _INTEGER.fullmatch(text) and len(text) <= 18:
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    if looks_like_day(text):
        try:
            return parse_day(text)
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


def validate(document: Document, doc: type[SomeDoc]) -> Validated[SomeDoc]:
    """Return what `document` says as a `doc`, with every fault found."""
    try:
        return Validated(document, doc.model_validate(plain_data(document.root)), [], frozenset())
    except ValidationError as error:
        # nobody waits for the rest while everything is in order
        from enforcerules.syntax.mending import mend

        return mend(document, doc, error)
