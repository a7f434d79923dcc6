"""A case as it is handed in → the facts the engines decide on.

Every fault is told at once, at its place where the case is a text. What is absent or null is unknown;
what is wrong is an error, never unknown and never false.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from enforcerules.errors import CaseError, Diagnostic, Source, Span, did_you_mean
from enforcerules.model import Fact, Facts, ResolvedRulebook, Value
from enforcerules.syntax import nodes as n
from enforcerules.syntax.files import decode
from enforcerules.syntax.json import read_json
from enforcerules.text import Text
from enforcerules.values import Amount, Place, parse_yuan

Unknown = Literal["open", "absent"]
"""What an absent fact means: not known yet, or (for systems whose missing means no) the closed-world value."""

FIRST_YEAR, LAST_YEAR = 1949, 2100


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value the case did not give. `because` is `closed`, `today` or the fact it was taken from."""

    fact: str
    value: Value
    because: str


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was read: its facts, those given in so many words, and what was assumed."""

    facts: Facts
    given: Mapping[str, Value]
    assumptions: tuple[Assumption, ...]

    @property
    def case_id(self) -> str | None:
        """The number the case system gave it."""
        found = self.given.get("case_id")
        return found if isinstance(found, str) else None

    @property
    def as_of(self) -> date | None:
        """The date for which the case is looked at."""
        found = self.facts.known.get("as_of")
        return found if isinstance(found, date) else None


def read_case(
    book: ResolvedRulebook,
    case: Mapping[str, Any] | str | bytes | Source,
    *,
    today: date | None = None,
    unknown: Unknown = "open",
) -> Case:
    """Read a case: a mapping, JSON text, or a named source of JSON text.

    Args:
        book: the rulebook whose vocabulary the case uses.
        case: facts by name.
        today: the date taken when the case gives neither `as_of` nor `duty_date`; the result says so.
        unknown: what an absent fact means. A fact given as null stays unknown either way.

    Raises:
        CaseError: with every fault found.
    """
    items, faults = _items(case)
    given: dict[str, Value] = {}
    for name, raw, key_span, span in items:
        fact = book.vocabulary.facts.get(name)
        if fact is None:
            faults.append(_unknown_fact(book, name, key_span))
        elif raw is not None:
            try:
                given[name] = _read_value(fact, raw)
            except _WrongError as wrong:
                faults.append(Diagnostic(wrong.code, wrong.message, span, wrong.hint))
    if faults:
        raise CaseError(faults)
    named = {name for name, _, _, _ in items}
    known, assumptions = _assume(book, given, named, today, unknown)
    return Case(_facts(known), given, tuple(assumptions))


def _facts(known: Mapping[str, Value]) -> Facts:
    place, duty, conduct = known.get("jurisdiction"), known.get("duty_date"), known.get("conduct_date")
    return Facts(
        known,
        Place(place) if isinstance(place, str) else None,
        duty if isinstance(duty, date) else None,
        conduct if isinstance(conduct, date) else None,
    )


# --- what was not given ----------------------------------------------------------------------------


def _assume(
    book: ResolvedRulebook, given: Mapping[str, Value], named: set[str], today: date | None, unknown: Unknown
) -> tuple[dict[str, Value], list[Assumption]]:
    known = dict(given)
    assumptions: list[Assumption] = []

    def take(fact: str, value: Value, because: str) -> None:
        known[fact] = value
        assumptions.append(Assumption(fact, value, because))

    if "as_of" not in known:
        if "duty_date" in known:
            take("as_of", known["duty_date"], "duty_date")
        elif today is not None:
            take("as_of", today, "today")
    _take_defaults(book, known, take)
    if unknown == "absent":
        for fact in book.vocabulary.facts.values():
            if fact.closed is not None and fact.name not in known and fact.name not in named:
                take(fact.name, fact.closed, "closed")
        _take_defaults(book, known, take)
    return known, assumptions


def _take_defaults(book: ResolvedRulebook, known: Mapping[str, Value], take: Any) -> None:
    for fact in _by_dependence(book):
        if fact.name in known or fact.default_from is None:
            continue
        value = known.get(fact.default_from)
        if isinstance(value, frozenset):
            # a set stands for one value only when it has just that one
            value = next(iter(value)) if len(value) == 1 else None
        if value is None or (fact.enumeration is not None and value not in fact.enumeration.values):
            continue
        take(fact.name, value, fact.default_from)


def _by_dependence(book: ResolvedRulebook) -> list[Fact]:
    facts = book.vocabulary.facts

    def steps(fact: Fact) -> int:
        return 0 if fact.default_from is None else 1 + steps(facts[fact.default_from])

    return sorted((fact for fact in facts.values() if fact.default_from is not None), key=steps)


# --- what was given --------------------------------------------------------------------------------


class _Number(str):
    """A number as it was written."""

    __slots__ = ()


class _WrongError(Exception):
    def __init__(self, code: str, message: Text, hint: Text | None = None) -> None:
        self.code, self.message, self.hint = code, message, hint


_Item = tuple[str, Any, Span | None, Span | None]


def _items(case: Mapping[str, Any] | str | bytes | Source) -> tuple[list[_Item], list[Diagnostic]]:
    if isinstance(case, Mapping):
        source = Source("case", "")
        return [(str(name), _raw_value(value), Span(source, 1, 1), Span(source, 1, 1)) for name, value in case.items()], []
    faults: list[Diagnostic] = []
    if isinstance(case, bytes):
        decoded, faults = decode(case, "case")
        if decoded is None:
            raise CaseError(faults)
        case = decoded
    source = Source("case", case) if isinstance(case, str) else case
    document, faults = read_json(source)
    if document is None:
        raise CaseError(faults)
    root = document.root
    if not isinstance(root, n.Mapping):
        span = n.span_of(source, root.mark)
        message = Text("案件应为一个 JSON 对象", "a case is a JSON object")
        hint = Text('例如 {"record_kind": "case", "goods_value": "62万"}', 'such as {"record_kind": "case", "goods_value": "62万"}')
        raise CaseError([*faults, Diagnostic("ER3007", message, span, hint)])
    return list(_entries(source, root)), faults


def _entries(source: Source, root: n.Mapping) -> Iterator[_Item]:
    for key, value in root.entries:
        yield key.text, _raw_node(value), n.span_of(source, key.mark), n.span_of(source, value.mark)


def _raw_node(node: n.Node) -> Any:
    if isinstance(node, n.Mapping):
        return {entry.key.text: _raw_node(entry.value) for entry in node.entries}
    if isinstance(node, n.Sequence):
        return [_raw_node(item) for item in node.items]
    if not node.plain:
        return node.text
    return {"true": True, "false": False, "null": None}.get(node.text, _Number(node.text))


def _raw_value(value: Any) -> Any:
    if isinstance(value, (bool, date, str)) or value is None:
        return value
    if isinstance(value, int):
        return _Number(str(value))
    if isinstance(value, float):
        return _Number(repr(value))
    if isinstance(value, Decimal):
        return _Number(format(value, "f"))
    if isinstance(value, Mapping):
        return {str(key): _raw_value(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_raw_value(inner) for inner in value]
    return value


def _unknown_fact(book: ResolvedRulebook, name: str, span: Span | None) -> Diagnostic:
    facts = book.vocabulary.facts
    by_label = {fact.label.zh: fact.name for fact in facts.values()}
    hint = did_you_mean(by_label.get(name, name), facts)
    if hint is None:
        hint = Text("`enforcerules schema case` 列出全部事实", "`enforcerules schema case` lists every fact")
    return Diagnostic("ER3001", Text(f"没有名为 `{name}` 的事实", f"there is no fact `{name}`"), span, hint)


def _read_value(fact: Fact, raw: Any) -> Value:
    match fact.type:
        case "bool":
            if isinstance(raw, bool):
                return raw
        case "enum":
            if isinstance(raw, str) and not isinstance(raw, _Number):
                return _member(fact, raw)
        case "set":
            if isinstance(raw, list) and all(isinstance(m, str) and not isinstance(m, _Number) for m in raw):
                return frozenset(_member(fact, member) for member in raw)
        case "money":
            if isinstance(raw, dict):
                return _bounds(fact, raw)
            if isinstance(raw, str):
                return Amount.exactly(_fen(fact, raw))
        case "count":
            if isinstance(raw, _Number) and raw.isascii() and raw.isdigit() and len(raw) <= 12:
                return int(raw)
        case "date":
            if isinstance(raw, date):
                return _day(fact, raw.isoformat()[:10])
            if isinstance(raw, str):
                return _day(fact, raw)
        case "text":
            if isinstance(raw, str) and not isinstance(raw, _Number):
                return _place(raw) if fact.name == "jurisdiction" else raw
    zh, en = _EXPECTED[fact.type]
    shown = _shown(raw)
    raise _WrongError(
        "ER3002",
        Text(f"{fact.label.zh} `{fact.name}` 应为{zh}，这里是 {shown}", f"`{fact.name}` is {en}, not {shown}"),
        _remedy(fact),
    )


_EXPECTED = {
    "bool": Text("true 或 false", "true or false"),
    "enum": Text("文字（枚举值）", "a text (one value of its enumeration)"),
    "set": Text("文字的列表", "a list of texts"),
    "money": Text("金额", "an amount"),
    "count": Text("非负整数", "a whole number from 0"),
    "date": Text("日期", "a date"),
    "text": Text("加引号的文字", "a text in quotes"),
}


def _remedy(fact: Fact) -> Text | None:
    if fact.type == "money":
        return Text('写元，如 "620000.50"、"62万"，或 {"at_least": "30万"}', 'write yuan, such as "620000.50", "62万" or {"at_least": "30万"}')
    if fact.type == "date":
        return Text('写成 "2022-07-10"', 'write it as "2022-07-10"')
    if fact.enumeration is not None:
        values = list(fact.enumeration.values)
        more = "…" if len(values) > 8 else ""
        listed = ", ".join(values[:8]) + more
        wrapped = f"[{listed}]" if fact.type == "set" else listed
        return Text(f"可用的值：{wrapped}", f"the values are: {wrapped}")
    return Text("不清楚时请删去该项或写 null", "leave it out, or write null, when it is not known")


def _shown(raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, list):
        return "[…]" if raw else "[]"
    if isinstance(raw, dict):
        return "{…}"
    text = str(raw)
    return f"`{text if len(text) <= 40 else text[:39] + '…'}`"


def _member(fact: Fact, value: str) -> str:
    if fact.enumeration is None or value in fact.enumeration.values:
        return value
    by_label = {text.zh: name for name, text in fact.enumeration.values.items()}
    hint = did_you_mean(by_label.get(value, value), fact.enumeration.values) or _remedy(fact)
    message = Text(
        f"{fact.label.zh} `{fact.name}` 没有值 {_shown(value)}", f"`{fact.name}` has no value {_shown(value)}"
    )
    raise _WrongError("ER3003", message, hint)


def _fen(fact: Fact, raw: str) -> int:
    try:
        return parse_yuan(str(raw))
    except ValueError as error:
        fine = "finer" in str(error)
        message = Text(
            f"{fact.label.zh} `{fact.name}` {'精确到分以下' if fine else '不是金额'}：{_shown(raw)}",
            f"`{fact.name}` {'is finer than one fen' if fine else 'is not an amount'}: {_shown(raw)}",
        )
        raise _WrongError("ER3004", message, _remedy(fact)) from None


def _bounds(fact: Fact, raw: dict[str, Any]) -> Amount:
    if not raw or not set(raw) <= {"at_least", "at_most", "about"} or ("about" in raw and len(raw) > 1):
        message = Text(
            f"{fact.label.zh} `{fact.name}` 的范围只写 at_least、at_most，或单写 about",
            f"the bounds of `{fact.name}` are at_least and at_most, or about alone",
        )
        raise _WrongError("ER3004", message, _remedy(fact))
    wrong = next((value for value in raw.values() if not isinstance(value, str)), None)
    if wrong is not None:
        message = Text(f"`{fact.name}` 的界限应为金额，这里是 {_shown(wrong)}", f"a bound of `{fact.name}` is an amount, not {_shown(wrong)}")
        raise _WrongError("ER3004", message, _remedy(fact))
    fen = {name: _fen(fact, value) for name, value in raw.items()}
    if "about" in fen:
        return Amount(0, None, fen["about"])
    low, high = fen.get("at_least", 0), fen.get("at_most")
    if high is not None and high < low:
        message = Text(f"`{fact.name}` 的上限低于下限", f"the upper bound of `{fact.name}` is below the lower")
        raise _WrongError("ER3004", message, _remedy(fact))
    return Amount(low, high)


def _day(fact: Fact, raw: str) -> date:
    try:
        if len(raw) != 10 or not raw.isascii():
            raise ValueError
        day = date.fromisoformat(raw)
    except ValueError:
        message = Text(f"{fact.label.zh} `{fact.name}` 不是日期：{_shown(raw)}", f"`{fact.name}` is not a date: {_shown(raw)}")
        raise _WrongError("ER3005", message, _remedy(fact)) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = Text(f"`{fact.name}` 的年份不可能：{day.year}", f"the year of `{fact.name}` cannot be: {day.year}")
        raise _WrongError("ER3005", message)
    return day


def _place(raw: str) -> str:
    try:
        return Place.parse(raw).code
    except ValueError:
        message = Text(f"办案辖区 `jurisdiction` 不是地区代码：{_shown(raw)}", f"`jurisdiction` is not a place code: {_shown(raw)}")
        hint = Text('写六位行政区划代码，如 "500118"（永川），或 "CN"', 'write a six-digit place code such as "500118" (Yongchuan), or "CN"')
        raise _WrongError("ER3006", message, hint) from None
