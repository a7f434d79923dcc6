"""Values written in a rulebook, checked against the fact they are compared with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from enforcerules.errors import Span, did_you_mean
from enforcerules.model import Fact
from enforcerules.passes.draft import Draft
from enforcerules.text import Text
from enforcerules.values import parse_yuan

Literal = bool | int | str | date | frozenset[str]

_EXPECTED = {
    "bool": Text("true 或 false", "true or false"),
    "enum": Text("枚举值", "a value of the enumeration"),
    "set": Text("枚举值的列表", "a list of values of the enumeration"),
    "money": Text("金额，如 500000 或 50万", "an amount, such as 500000 or 50万"),
    "count": Text("非负整数", "a whole number from 0"),
    "date": Text("日期，如 2022-05-06", "a date, such as 2022-05-06"),
    "text": Text("文字", "a text"),
}


def read_literal(draft: Draft, fact: Fact, given: Any, span: Span) -> Literal | None:
    """Return `given` as a value of the type of `fact` (money in fen), or record a fault and return None."""
    match fact.type, given:
        case "bool", bool():
            return given
        case "enum", str():
            return given if _member(draft, fact, given, span) else None
        case "set", list() if all(isinstance(member, str) for member in given):
            known = [_member(draft, fact, member, span) for member in given]
            return frozenset(given) if all(known) else None
        case "money", int() | Decimal() | str() if not isinstance(given, bool):
            try:
                return parse_yuan(str(given))
            except ValueError:
                pass
        case "count", int() if not isinstance(given, bool) and given >= 0:
            return given
        case "date", date():
            return given
        case "text", str():
            return given
    zh, en = _EXPECTED[fact.type]
    draft.fault(
        "ER1021",
        Text(
            f"`{fact.name}` 的值应为{zh}，这里是 `{shown(given)}`",
            f"the value of `{fact.name}` is {en}, not `{shown(given)}`",
        ),
        span,
    )
    return None


def read_member(draft: Draft, fact: Fact, given: Any, span: Span) -> str | None:
    """Return `given` as one member of the set `fact`, or record a fault and return None."""
    if isinstance(given, str) and _member(draft, fact, given, span):
        return given
    if not isinstance(given, str):
        draft.fault("ER1021", Text(f"这里应为一个枚举值，不是 `{shown(given)}`", f"one value of the enumeration is expected here, not `{shown(given)}`"), span)
    return None


def _member(draft: Draft, fact: Fact, value: str, span: Span) -> bool:
    if fact.enumeration is None or value in fact.enumeration.values:
        return True
    draft.fault(
        "ER1022",
        Text(
            f"枚举 {fact.enumeration.name} 没有值 `{value}`",
            f"the enumeration {fact.enumeration.name} has no value `{value}`",
        ),
        span,
        did_you_mean(value, fact.enumeration.values),
    )
    return False


def shown(given: Any) -> str:
    """Return a value the way it was written, cut short."""
    text = {True: "true", False: "false", None: "null"}.get(given, str(given)) if not isinstance(given, (list, dict)) else str(given)
    return text if len(text) <= 40 else text[:39] + "…"
