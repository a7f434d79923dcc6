"""Values written in a rulebook, checked against the fact they are compared with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from enforcerules.errors import did_you_mean, listed, quoted
from enforcerules.model import Enumeration, Fact
from enforcerules.passes.draft import Draft, Place
from enforcerules.syntax.remedies import mend_amount, mend_day
from enforcerules.text import Text
from enforcerules.values import parse_yuan
from enforcerules.values.days import guess_day, looks_like_day

Literal = bool | int | str | date | frozenset[str]

_EXPECTED = {
    "bool": Text(" `true` 或者 `false`", "`true` or `false`"),
    "enum": Text("一个枚举值", "one value of the enumeration"),
    "set": Text("枚举值的列表", "a list of values of the enumeration"),
    "money": Text("金额", "an amount"),
    "count": Text("从 0 起的整数", "a whole number from 0"),
    "date": Text("日期", "a date"),
    "text": Text("文字", "a text"),
}
_YES, _NO = ("yes", "y", "on", "true", "是", "有"), ("no", "n", "off", "false", "否", "无")


def read_literal(draft: Draft, fact: Fact, given: Any, place: Place, *path: str | int) -> Literal | None:
    """Return `given` as a value of the type of `fact` (money in fen), or record a fault and return None."""
    match fact.type, given:
        case "bool", bool():
            return given
        case "enum", str():
            return given if is_member(draft, fact.enumeration, given, place, *path) else None
        case "set", list() if all(isinstance(member, str) for member in given):
            known = [is_member(draft, fact.enumeration, m, place, *path, i) for i, m in enumerate(given)]
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
    if given is None:
        missing = Text(f"没有写明 {quoted(fact.name)} 的值", f"the value of {quoted(fact.name)} is missing")
        draft.fault(
            "ER1021", missing, place.span(*path, key=isinstance(path[-1], str)), Text("写上值", "write the value")
        )
        return None
    expected = _EXPECTED[fact.type]
    said = quoted(f"'{given}'" if _needlessly_quoted(fact, given) else given)
    draft.fault(
        "ER1021",
        Text(
            f"{quoted(fact.name)} 的值应为{expected.zh}，而不是 {said}",
            f"the value of {quoted(fact.name)} should be {expected.en}, not {said}",
        ),
        place.span(*path),
        _how_to_write(fact, given),
    )
    return None


def _needlessly_quoted(fact: Fact, given: Any) -> bool:
    """Tell whether `given` would be right without its quotes."""
    if not isinstance(given, str):
        return False
    match fact.type:
        case "bool":
            return given in ("true", "false")
        case "count":
            return given.isascii() and given.isdigit()
        case "date":
            return guess_day(given) is not None and looks_like_day(given)
    return False


def _how_to_write(fact: Fact, given: Any) -> Text:
    match fact.type, given:
        case "bool", str() if given.casefold() in (*_YES, *_NO):
            meant = "true" if given.casefold() in _YES else "false"
            return Text(f"写 `{meant}`，不加引号", f"write `{meant}` without quotes")
        case "bool", _:
            return Text("写 `true` 或者 `false`", "write `true` or `false`")
        case "enum" | "set", list() | str():
            shown = quoted(given)[1:-1]
            if fact.type == "set":
                return Text(f"写成 `[{shown}]`，或者改用 `has`", f"write `[{shown}]`, or use `has`")
            return Text("列表用 `in`", "use `in` for a list")
        case "enum" | "set", _ if fact.enumeration:
            known = listed(fact.enumeration.values)
            return Text(f"可用的值：{known.zh}", f"the values are: {known.en}")
        case "money", str() | int() | Decimal():
            return mend_amount(str(given)).hint
        case "date", str() if _needlessly_quoted(fact, given):
            return Text(f"去掉引号：`{given}`", f"write it without quotes: `{given}`")
        case "date", str():
            return mend_day(given).hint
        case "text", bool() | int() | Decimal() | date():
            return Text(f"加引号：`'{quoted(given)[1:-1]}'`", f"put it in quotes: `'{quoted(given)[1:-1]}'`")
        case "count", str() if given.isascii() and given.isdigit():
            return Text(f"去掉引号：`{given[:20]}`", f"write it without quotes: `{given[:20]}`")
    samples = {"money": "500000", "count": "3", "date": "2022-05-06", "text": "…", "enum": "…", "set": "[…]"}
    return Text(f"例如 `{samples[fact.type]}`", f"such as `{samples[fact.type]}`")


def read_member(draft: Draft, fact: Fact, given: Any, place: Place, *path: str | int) -> str | None:
    """Return `given` as one member of the set `fact`, or record a fault and return None."""
    if isinstance(given, str):
        return given if is_member(draft, fact.enumeration, given, place, *path) else None
    draft.fault(
        "ER1021",
        Text(
            f"这里应为一个枚举值，而不是 {quoted(given)}",
            f"one value of the enumeration is expected here, not {quoted(given)}",
        ),
        place.span(*path),
        Text(
            "几个值用 `has_any`、`has_all` 或者 `has_none`", "use `has_any`, `has_all` or `has_none` for several values"
        )
        if isinstance(given, list)
        else Text("写枚举中的一个值", "write a value of the enumeration"),
    )
    return None


def is_member(draft: Draft, enumeration: Enumeration | None, value: str, place: Place, *path: str | int) -> bool:
    """Tell whether an enumeration has `value`; record a fault when it does not."""
    if enumeration is None or value in enumeration.values:
        return True
    if not draft.may_be_lost("actions" if enumeration.name == "action" else "vocabulary", value):
        by_label = {text.zh: name for name, text in enumeration.values.items()}
        known = listed(enumeration.values)
        draft.fault(
            "ER1022",
            Text(
                f"枚举 {quoted(enumeration.name)} 没有值 {quoted(value)}",
                f"the enumeration {quoted(enumeration.name)} has no value {quoted(value)}",
            ),
            place.span(*path),
            did_you_mean(by_label.get(value, value), enumeration.values, enumeration.values)
            or Text(f"可用的值：{known.zh}", f"the values are: {known.en}"),
        )
    return False
