"""A case text without a fault is read by the standard library, and any other by our own reader: to the same values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enforcerules.case_text import read_given
from enforcerules.errors import CaseError, Source
from enforcerules.syntax import nodes as n
from enforcerules.syntax.faultless_json import Number, read_faultless
from enforcerules.syntax.json import read_json
from tests.strategies import cases

ODD = ["\x7f", "\ufeff", "true", "null", "NaN", "\\ud83d", "药"]
SIGNS = st.sampled_from([*'{}[]",:0123456789.-+eE \n\t\r\\u/', *ODD])


def _told_apart(value: Any) -> Any:
    """Return JSON data in which a number is not the text that is written like it."""
    if isinstance(value, dict):
        return {key: _told_apart(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_told_apart(inner) for inner in value]
    return (type(value), value)


def _slowly(node: n.Node) -> Any:
    if isinstance(node, n.Mapping):
        return {entry.key.text: _slowly(entry.value) for entry in node.entries}
    if isinstance(node, n.Sequence):
        return [_slowly(item) for item in node.items]
    constants = {"true": True, "false": False, "null": None}
    return constants.get(node.text, Number(node.text)) if node.plain else node.text


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """Return the text of a case with a few signs changed."""
    text = json.dumps(draw(cases()), ensure_ascii=draw(st.booleans()), indent=draw(st.sampled_from([None, 1])))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SIGNS) + text[at + draw(st.integers(0, 2)) :]
    return text


@given(_texts() | st.lists(SIGNS).map("".join))
@example('{"a": 1, "a": 2}')
@example('{"a": "\x7f"}')
@example('{"a": "\ud800"}')
@example(r'{"a": "\ud83d\ude00", "b": "\uD83D"}')
@example('{"a": -0, "b": 1E5, "c": 12345678901234567890.50}')
@example('{"a": Infinity}')
@example("[" * 60 + "]" * 60)
def test_both_readers_read_the_same(text: str) -> None:
    try:
        found = read_faultless(text)
    except ValueError:
        return
    document, faults = read_json(Source("case", text))

    assert faults == []
    assert document is not None
    assert _told_apart(found) == _told_apart(_slowly(document.root))


def test_where_an_entry_stands_is_found_when_it_is_asked_for() -> None:
    given_case, faults = read_given('{\n  "case_id": "1",\n  "stage": ["x"]\n}')

    assert faults == []
    assert given_case.span("stage", 0).line == 3
    assert given_case.span("stage", 0).column == 13


@pytest.mark.parametrize("text", ["[1]", "7", '"a"'])
def test_what_is_no_object_is_no_case(text: str) -> None:
    with pytest.raises(CaseError) as caught:
        read_given(text)
    assert [fault.code for fault in caught.value.diagnostics] == ["ER3007"]
