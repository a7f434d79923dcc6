"""One value of a case → the value that the engines decide on, or every fault in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from enforcerules.case_text import Given, Number
from enforcerules.errors import Diagnostic, did_you_mean, listed, nearest, quoted
from enforcerules.model import Enumeration, Fact, Value
from enforcerules.syntax.remedies import mend_amount, mend_day
from enforcerules.text import Text
from enforcerules.values import Amount, Place, parse_day, parse_yuan

FIRST_YEAR, LAST_YEAR = 1949, 2100

_LONGEST_COUNT = 12
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ValueFault:
    """What is wrong with a value, or with a part of it."""

    code: str
    message: Text
    hint: Text
    path: tuple[str | int, ...] = ()
    at_key: bool = False

    def at(self, given: Given, name: str) -> Diagnostic:
        """Return the fault of the entry `name` of a case."""
        return Diagnostic(self.code, self.message, given.span(name, *self.path, key=self.at_key), self.hint)


class Read(NamedTuple):
    """A value, or the faults that keep it from being one."""

    value: Value | None
    faults: tuple[ValueFault, ...] = ()


class _WrongError(Exception):
    def __init__(self, code: str, message: Text, hint: Text, *path: str | int) -> None:
        self.fault = ValueFault(code, message, hint, path)


def read_value(fact: Fact, raw: Any) -> Read:
    """Read one value that is not null."""
    if fact.type == "set" and isinstance(raw, list):
        return _members(fact, raw)
    if fact.type == "money" and isinstance(raw, dict):
        return _bounds(fact, raw)
    try:
        return Read(_one(fact, raw))
    except _WrongError as wrong:
        return Read(None, (wrong.fault,))


def _one(fact: Fact, raw: Any) -> Value:
    match fact.type:
        case "bool" if isinstance(raw, bool):
            return raw
        case "enum" if _is_text(raw):
            return _member(fact, raw)
        case "money" if isinstance(raw, str):
            return Amount.exactly(_fen(fact, raw))
        case "count" if isinstance(raw, Number) and raw.isascii() and raw.isdigit() and len(raw) <= _LONGEST_COUNT:
            return int(raw)
        case "date" if isinstance(raw, (date, str)):
            return _day(fact, str(raw.isoformat())[:10] if isinstance(raw, date) else raw)
        case "text" if _is_text(raw):
            return _place(fact, raw) if fact.name == "jurisdiction" else _text(fact, raw)
    expected = _EXPECTED[fact.type]
    name = _called(fact)
    said = quoted(f'"{raw}"' if _is_text(raw) else raw)
    raise _WrongError(
        "ER3002",
        Text(f"{name.zh} 应为{expected.zh}，而不是 {said}", f"{name.en} should be {expected.en}, not {said}"),
        _how_to_write(fact, raw),
    )


def _is_text(raw: Any) -> bool:
    return isinstance(raw, str) and not isinstance(raw, Number)


def _called(fact: Fact) -> Text:
    """Return what a fact is called in a sentence."""
    return Text(f"{fact.label.zh} `{fact.name}`", f"`{fact.name}`")


_EXPECTED = {
    "bool": Text(" `true` 或者 `false`", "`true` or `false`"),
    "enum": Text("加双引号的一个值", "one value in double quotes"),
    "set": Text("值的列表", "a list of values"),
    "money": Text("金额", "an amount"),
    "count": Text("从 0 起的整数", "a whole number from 0"),
    "date": Text("日期", "a date"),
    "text": Text("加双引号的文字", "a text in double quotes"),
}
_YES = ("yes", "y", "true", "1", "1.0", "是", "有", "真", "已")
_NO = ("no", "n", "false", "0", "0.0", "否", "无", "假", "未")
_UNKNOWN = Text("不清楚时删去该项，或者写 `null`", "leave it out, or write `null`, when it is not known")


def _how_to_write(fact: Fact, raw: Any) -> Text:
    shown = quoted(raw)[1:-1]
    match fact.type:
        case "bool" if isinstance(raw, str) and raw.casefold() in (*_YES, *_NO):
            meant = "true" if raw.casefold() in _YES else "false"
            return Text(f"写 `{meant}`，不加引号", f"write `{meant}`, without quotes")
        case "enum" if isinstance(raw, list) and len(raw) == 1 and _is_text(raw[0]):
            one = quoted(raw[0])[1:-1]
            return Text(f'写成 `"{one}"`，不用列表', f'write `"{one}"`, not a list')
        case "set" if _is_text(raw):
            return Text(f'写成 `["{shown}"]`', f'write `["{shown}"]`')
        case "enum" | "set":
            return _choice(fact.enumeration)
        case "money":
            return Text('写元，例如 `"620000.50"` 或者 `"62万"`', 'write yuan, such as `"620000.50"` or `"62万"`')
        case "count" if _is_text(raw) and raw.isascii() and raw.isdigit():
            return Text(f"去掉引号：`{shown}`", f"write it without quotes: `{shown}`")
        case "count" if isinstance(raw, Number) and raw.isdigit():
            return Text("检查位数", "check the number of digits")
        case "date":
            return Text('例如 `"2022-07-10"`', 'such as `"2022-07-10"`')
        case "text" if isinstance(raw, Number):
            return Text(f'加双引号：`"{shown}"`', f'put it in double quotes: `"{shown}"`')
    return _UNKNOWN


# --- values of an enumeration ----------------------------------------------------------------------


def _choice(enumeration: Enumeration | None) -> Text:
    values = listed(enumeration.values if enumeration else ())
    return Text(f"可用的值：{values.zh}", f"the values are: {values.en}")


def _member(fact: Fact, value: str, *path: int) -> str:
    if fact.enumeration is None or value in fact.enumeration.values:
        return value
    known = fact.enumeration.values
    by_label = {label: name for name, text in known.items() for label in (text.zh, text.en)}
    label = nearest(value, by_label) if nearest(value, known) is None else None
    name = _called(fact)
    raise _WrongError(
        "ER3003",
        Text(f"{name.zh} 没有值 {quoted(value)}", f"{name.en} has no value {quoted(value)}"),
        did_you_mean(by_label[label] if label else value, known, known) or _choice(fact.enumeration),
        *path,
    )


def _members(fact: Fact, raw: list[Any]) -> Read:
    """Read every member, and tell of each that is wrong."""
    faults: list[ValueFault] = []
    name = _called(fact)
    for index, member in enumerate(raw):
        try:
            if not _is_text(member):
                said = Text(
                    f"{name.zh} 中的一项应为加双引号的值，而不是 {quoted(member)}",
                    f"an item of {name.en} should be a value in double quotes, not {quoted(member)}",
                )
                raise _WrongError("ER3002", said, _choice(fact.enumeration), index)
            _member(fact, member, index)
        except _WrongError as wrong:
            faults.append(wrong.fault)
    return Read(None, tuple(faults)) if faults else Read(frozenset(raw))


# --- amounts ---------------------------------------------------------------------------------------


def _fen(fact: Fact, raw: str, *path: str) -> int:
    try:
        return parse_yuan(str(raw))
    except ValueError:
        wrong, hint = mend_amount(raw, bounds=True)
    name = _called(fact)
    raise _WrongError(
        "ER3004",
        Text(f"{name.zh} {wrong.zh}：{quoted(raw)}", f"{name.en} {wrong.en}: {quoted(raw)}"),
        hint,
        *path,
    )


_BOUNDS = ("at_least", "at_most", "about")


def _bounds(fact: Fact, raw: dict[str, Any]) -> Read:
    faults = list(_wrong_bounds(fact, raw))
    fen: dict[str, int] = {}
    name = _called(fact)
    for bound in _BOUNDS:
        value = raw.get(bound)
        if bound not in raw:
            continue
        try:
            if not isinstance(value, str):
                said = Text(
                    f"{name.zh} 的 `{bound}` 应为金额，而不是 {quoted(value)}",
                    f"`{bound}` of {name.en} should be an amount, not {quoted(value)}",
                )
                hint = Text(f'例如 `{{"{bound}": "30万"}}`', f'such as `{{"{bound}": "30万"}}`')
                raise _WrongError("ER3004", said, hint, bound)
            fen[bound] = _fen(fact, value, bound)
        except _WrongError as wrong:
            faults.append(wrong.fault)
    low, high = fen.get("at_least", 0), fen.get("at_most")
    if high is not None and high < low:
        said = Text(f"{name.zh} 的上限低于下限", f"the upper bound of {name.en} is below the lower one")
        hint = Text("`at_least` 写下限，`at_most` 写上限", "`at_least` is the lower bound, `at_most` the upper one")
        faults.append(ValueFault("ER3004", said, hint, ("at_most",)))
    if faults:
        return Read(None, tuple(faults))
    return Read(Amount(0, None, fen["about"]) if "about" in fen else Amount(low, high))


def _wrong_bounds(fact: Fact, raw: dict[str, Any]) -> Iterator[ValueFault]:
    name = _called(fact)
    hint = Text(
        '例如 `{"at_least": "30万", "at_most": "50万"}`，或者 `{"about": "30万"}`',
        'such as `{"at_least": "30万", "at_most": "50万"}`, or `{"about": "30万"}`',
    )
    if not raw:
        yield ValueFault("ER3004", Text(f"{name.zh} 没有写明界限", f"{name.en} has no bounds"), hint)
    for bound in raw:
        if bound not in _BOUNDS:
            said = Text(f"{name.zh} 没有界限 {quoted(bound)}", f"{name.en} has no bound {quoted(bound)}")
            yield ValueFault("ER3004", said, did_you_mean(bound, _BOUNDS) or hint, (bound,), at_key=True)
    if "about" in raw and len(raw.keys() & set(_BOUNDS)) > 1:
        said = Text(f"{name.zh} 的 `about` 不能与界限同写", f"`about` of {name.en} stands alone, without bounds")
        yield ValueFault("ER3004", said, hint, ("about",), at_key=True)


# --- dates, places, texts --------------------------------------------------------------------------


def _day(fact: Fact, raw: str) -> date:
    name = _called(fact)
    try:
        day = parse_day(str(raw))
    except ValueError:
        wrong, hint = mend_day(raw, quotes=True)
        said = Text(f"{name.zh} {wrong.zh}：{quoted(raw)}", f"{name.en} {wrong.en}: {quoted(raw)}")
        raise _WrongError("ER3005", said, hint) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _WrongError(
            "ER3005",
            Text(f"{name.zh} 的年份不可能：{quoted(raw)}", f"{name.en} is in a year that cannot be: {quoted(raw)}"),
            Text(f"年份为 {FIRST_YEAR} 至 {LAST_YEAR}", f"years run from {FIRST_YEAR} to {LAST_YEAR}"),
        )
    return day


def _place(fact: Fact, raw: str) -> str:
    try:
        return Place.parse(raw).code
    except ValueError:
        name = _called(fact)
        raise _WrongError(
            "ER3006",
            Text(f"{name.zh} 不是地区代码：{quoted(raw)}", f"{name.en} is not a place code: {quoted(raw)}"),
            Text(
                '写六位行政区划代码，例如 `"500118"`（永川），或者 `"CN"`',
                'write a six-digit place code, such as `"500118"` (Yongchuan), or `"CN"`',
            ),
        ) from None


def _text(fact: Fact, raw: str) -> str:
    odd = _UNSEEN.search(raw)
    if odd is None:
        return raw
    name = _called(fact)
    code = f"U+{ord(odd.group()):04X}"
    raise _WrongError(
        "ER0008",
        Text(f"{name.zh} 含有不可见的控制字符 `{code}`", f"{name.en} holds the invisible control character `{code}`"),
        Text("删去该字符", "remove the character"),
    )
