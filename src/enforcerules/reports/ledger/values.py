"""One cell of a ledger → the value as a case file holds it, or what is wrong with it.

An empty cell is unknown; 无 is an empty set; what a person plainly said in another way is read and told
as a notice; everything else is a fault. Nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from enforcerules.case_values import FIRST_YEAR, LAST_YEAR, read_value
from enforcerules.errors import Severity, listed, nearest, quoted, suggest
from enforcerules.model import Fact, ResolvedRulebook
from enforcerules.reports.ledger.amounts import WrongAmountError, exact_figure, read_amount, read_figure
from enforcerules.reports.ledger.cells import CellKind
from enforcerules.reports.ledger.layout import Column, fold
from enforcerules.syntax.remedies import mend_day
from enforcerules.text import Text
from enforcerules.values.days import guess_day

UNKNOWN = ("待查", "不明", "未知", "不详")
"""Words for what is not known; the first is the one we write. A label of an enumeration goes before them."""

YES, NO = ("是", "yes", "true", "√", "✓"), ("否", "no", "false", "×")
NONE = ("无", "none", "[]")
SEPARATOR = "、"

_EDGES = (
    " \t\r\n\v\f\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
)
_DAY = re.compile(
    r"(?:([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2}))"
    r"(?:[T ]00?:00(?::00(?:\.0+)?)?)?"
)
_MOST_CACHED = 20_000


@dataclass(frozen=True, slots=True)
class Said:
    """A fault or notice about a value, without its place."""

    code: str
    message: Text
    hint: Text | None = None
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: a value (None for explicitly unknown), whether it says anything, and what is to be told."""

    value: Any = None
    empty: bool = False
    faults: tuple[Said, ...] = ()
    notices: tuple[Said, ...] = ()


class _WrongError(Exception):
    def __init__(self, code: str, message: Text, hint: Text | None = None) -> None:
        self.said = Said(code, message, hint)


@dataclass(slots=True)
class ValueReader:
    """Reads the cells of one column. Cells that say the same are read once."""

    book: ResolvedRulebook
    column: Column
    _seen: dict[tuple[str, str], Reading] = field(default_factory=dict)
    _members: Mapping[str, str] = field(default_factory=dict)
    _tokens: re.Pattern[str] | None = None

    def __post_init__(self) -> None:
        enumeration = self.column.fact.enumeration
        if enumeration is not None:
            self._members = members_by_name(self.column.fact)
            longest = sorted(self._members, key=len, reverse=True)
            self._tokens = re.compile(f"({'|'.join(map(re.escape, longest))})(?=[、;,]|$)")

    def read(self, kind: CellKind, text: str) -> Reading:
        """Return what a cell with `text` of `kind` says."""
        found = self._seen.get((kind, text))
        if found is None:
            found = self._read(kind, text)
            if len(self._seen) < _MOST_CACHED:
                self._seen[(kind, text)] = found
        return found

    def _read(self, kind: CellKind, text: str) -> Reading:
        notices: list[Said] = []
        try:
            if kind == "text":
                if text.startswith("'"):
                    # what follows an apostrophe is meant exactly so
                    return self._checked(text[1:]) if self.column.fact.type == "text" else self._read(kind, text[1:])
                bare = text.strip(_EDGES)
                if not bare:
                    return Reading(empty=True)
                if bare != text:
                    notices.append(_SPACES)
                if bare in UNKNOWN and fold(bare) not in self._members:
                    return Reading(None, notices=tuple(notices))
                value = self._of_text(bare, notices)
            else:
                value = self._of_cell(kind, text, notices)
        except _WrongError as wrong:
            return Reading(faults=(wrong.said,), notices=tuple(notices))
        return replace(self._checked(value), notices=tuple(notices))

    def _checked(self, value: Any) -> Reading:
        """Return a value that a case file may hold, or what is wrong with it there."""
        fact = self.column.fact
        if fact.type not in ("text", "count"):
            return Reading(value)
        found = read_value(fact, value if fact.type == "text" else _number(value))
        if not found.faults:
            return Reading(value)
        return Reading(faults=tuple(Said("ER7027", fault.message, fault.hint) for fault in found.faults))

    # --- texts ---------------------------------------------------------------------------------

    def _of_text(self, text: str, notices: list[Said]) -> Any:
        fact = self.column.fact
        match fact.type:
            case "bool":
                return self._bool(text)
            case "enum":
                return self._member(text)
            case "set":
                return self._set(text)
            case "money":
                try:
                    return read_amount(text, self.column.unit or "元")
                except WrongAmountError as error:
                    raise self._wrong_amount(text, error) from None
            case "count":
                if text.isascii() and text.isdigit() and len(text) <= 12:
                    return int(text)
                plain = unicodedata.normalize("NFKC", text)
                narrow = (
                    Text(f"写成 {quoted(plain)}", f"write {quoted(plain)}") if _is_narrower(plain, text) else _WHOLE
                )
                raise self._unfit(text, Text("从 0 起的整数", "a whole number from 0"), narrow)
            case "date":
                return self._day(text, notices)
            case "text":
                return self._place(text) if fact.name == "jurisdiction" else text

    def _bool(self, text: str) -> bool:
        word = text.casefold()
        if word in YES or word in NO:
            return word in YES
        expected = Text("“是”或者“否”", "`是` or `否`")
        raise self._unfit(
            text, expected, Text("填 `是`、`否`，不清楚的留空", "write `是` or `否`; leave empty what is not known")
        )

    def _member(self, text: str) -> str:
        found = self._members.get(fold(text))
        if found is None:
            raise self._no_member(text)
        return found

    def _set(self, text: str) -> list[str]:
        if text.casefold() in NONE and fold(text) not in self._members:
            return []
        # a line end separates as well, and folding would take it away
        whole = fold(re.sub(r"[\r\n]+", SEPARATOR, text))
        found: dict[str, None] = {}
        unknown: list[str] = []
        at = 0
        while at < len(whole):
            if whole[at] in "、;,":
                at += 1
                continue
            match = self._tokens.match(whole, at) if self._tokens else None
            if match is None:
                end = re.compile("[、;,]|$").search(whole, at)
                stop = end.start() if end else len(whole)
                unknown.append(whole[at:stop])
                at = stop
            else:
                found[self._members[match[1]]] = None
                at = match.end()
        if unknown:
            raise self._no_member(*unknown)
        order = list(self.column.fact.enumeration.values) if self.column.fact.enumeration else []
        return sorted(found, key=order.index)

    def _no_member(self, *texts: str) -> _WrongError:
        fact = self.column.fact
        enumeration = fact.enumeration
        values = enumeration.values if enumeration else {}
        said = listed(texts)
        message = Text(f"“{fact.label.zh}”没有 {said.zh} 这一项", f"`{fact.label.en}` has no value {said.en}")
        labels = {name: name for text in values.values() for name in text} | {name: values[name].zh for name in values}
        guess = nearest(texts[0], labels)
        by_fold = {fold(label): label for label in labels}
        folded = nearest(fold(texts[0]), by_fold)
        guess = guess or (by_fold[folded] if folded else None)
        if guess is not None:
            return _WrongError("ER7021", message, suggest(labels[guess]))
        shown = listed([text.zh for text in values.values()], 20)
        in_english = listed([text.en for text in values.values()], 20)
        return _WrongError("ER7021", message, Text(f"可填：{shown.zh}", f"it may be: {in_english.en}"))

    def _day(self, text: str, notices: list[Said]) -> str:
        found = _DAY.fullmatch(text)
        if found is None or (not text.isascii() and not found[5]):
            raise self._wrong_day(text)
        year, month, day = (int(part) for part in found.groups() if part and part not in "-/.")
        try:
            value = date(year, month, day)
        except ValueError:
            raise self._wrong_day(f"{year:04d}-{month:02d}-{day:02d}") from None
        if text != value.isoformat():
            notices.append(_WRITTEN_DAY)
        return self._in_range(value)

    def _in_range(self, day: date) -> str:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            label = self.column.fact.label
            raise _WrongError(
                "ER7023",
                Text(
                    f"“{label.zh}”的年份不可能：{quoted(day)}",
                    f"`{label.en}` is in a year that cannot be: {quoted(day)}",
                ),
                Text(f"年份为 {FIRST_YEAR} 至 {LAST_YEAR}", f"years run from {FIRST_YEAR} to {LAST_YEAR}"),
            )
        return day.isoformat()

    def _place(self, text: str) -> str:
        places, folded = self.book.places, fold(text)
        code = next((code for code, names in places.items() if folded in map(fold, names)), text)
        if code in places or text.isascii():
            return code
        # a part of a name is not taken for the name: there is more than one 城区
        meant = [code for code, names in places.items() if folded in fold(names.zh)]
        label, said = self.column.fact.label, quoted(text)
        raise _WrongError(
            "ER7027",
            Text(f"“{label.zh}”不是规则库中的地名：{said}", f"`{label.en}` is no place of the rulebook: {said}"),
            suggest(meant[0], places[meant[0]]) if len(meant) == 1 else _SIX_DIGITS,
        )

    # --- numbers, dates and the like -----------------------------------------------------------

    def _of_cell(self, kind: CellKind, text: str, notices: list[Said]) -> Any:
        fact = self.column.fact
        match kind, fact.type:
            case "error", _:
                raise _WrongError(
                    "ER7025",
                    Text(
                        f"“{fact.label.zh}”的单元格是错误值 {quoted(text)}",
                        f"the cell of `{fact.label.en}` holds the error {quoted(text)}",
                    ),
                    Text("改正公式，或者直接填写值", "correct the formula, or type the value"),
                )
            case "number", "money":
                try:
                    return read_figure(text, self.column.unit or "元")
                except WrongAmountError as error:
                    raise self._wrong_amount(text, error) from None
            case "number", "count":
                figure = exact_figure(text)
                if figure < 0 or figure != figure.to_integral_value() or figure.adjusted() >= 12:
                    raise self._unfit(format(figure, "f"), Text("从 0 起的整数", "a whole number from 0"), _WHOLE)
                return int(figure)
            case "number", "text":
                figure = exact_figure(text)
                if figure.adjusted() >= 15 or figure.adjusted() < -15:
                    raise self._unfit(text, Text("文字", "a text"), _AS_TEXT)
                if fact.name != "jurisdiction":
                    notices.append(_NUMBER_AS_TEXT)
                return format(figure.normalize() if figure else figure, "f")
            case "number", "date":
                figure = exact_figure(text)
                if figure == figure.to_integral_value() and _DAY.fullmatch(shown := format(figure, "f")):
                    return self._day(shown, notices)
                raise self._unfit(format(figure, "f"), Text("日期", "a date"), _NOT_FORMATTED)
            case "date", "date":
                day, _, rest = text.partition(" ")
                if not day[:1].isdigit():
                    raise self._wrong_day(text)
                if rest:
                    notices.append(_TIME)
                return self._in_range(date.fromisoformat(day))
            case "bool", "bool":
                return text == "1"
        shown = {"bool": "TRUE" if text == "1" else "FALSE", "percent": f"{text} %"}.get(kind, text)
        expected = _EXPECTED[fact.type]
        raise self._unfit(shown, expected, _HOW.get(kind) or _HOW_FOR.get(fact.type))

    # --- what is wrong -------------------------------------------------------------------------

    def _unfit(self, shown: str, expected: Text, hint: Text | None) -> _WrongError:
        label = self.column.fact.label
        said = quoted(shown)
        return _WrongError(
            "ER7020",
            Text(f"“{label.zh}”应为{expected.zh}，而不是 {said}", f"`{label.en}` should be {expected.en}, not {said}"),
            hint,
        )

    def _wrong_amount(self, text: str, error: WrongAmountError) -> _WrongError:
        label, said = self.column.fact.label, quoted(text)
        return _WrongError(
            "ER7022",
            Text(f"“{label.zh}”{error.wrong.zh}：{said}", f"`{label.en}` {error.wrong.en}: {said}"),
            error.hint,
        )

    def _wrong_day(self, text: str) -> _WrongError:
        label, said = self.column.fact.label, quoted(text)
        remedy = mend_day(text)
        plain = unicodedata.normalize("NFKC", text).strip()
        guess = guess_day(text) if re.match(r"[0-9]{4}[-/.年]", plain) else None
        hint = remedy.hint if guess or remedy.wrong.en != "is not how a date is written" else _SAMPLE_DAY
        return _WrongError(
            "ER7023", Text(f"“{label.zh}”{remedy.wrong.zh}：{said}", f"`{label.en}` {remedy.wrong.en}: {said}"), hint
        )


def members_by_name(fact: Fact) -> dict[str, str]:
    """Return the values of the fact's enumeration by everything they may be called in a ledger."""
    found: dict[str, str] = {}
    values = fact.enumeration.values if fact.enumeration else {}
    for language in ("zh", "en"):
        for name, label in values.items():
            # of two values with one label neither is meant by it
            key = fold(getattr(label, language))
            found[key] = name if found.get(key, name) == name else ""
    found |= {fold(name): name for name in values}
    return {key: name for key, name in found.items() if key and name}


def _is_narrower(plain: str, text: str) -> bool:
    return plain != text and plain.isascii() and plain.isdecimal()


def _number(value: Any) -> Any:
    from enforcerules.case_text import Number

    return Number(value)


_SPACES = Said("ER7040", Text("前后有空格，没有读入", "the spaces around it were left out"), severity="note")
_WRITTEN_DAY = Said("ER7045", Text("日期是按写法读出的", "the date was read from how it is written"), severity="note")
_TIME = Said("ER7045", Text("日期带有时刻，只读了日期", "the time of day was left out"), severity="note")
_NUMBER_AS_TEXT = Said("ER7049", Text("单元格是数字，按文字读", "a number, read as a text"), severity="note")
_SIX_DIGITS = Text("写六位行政区划代码", "write the six digits of the place")
_WHOLE = Text("只写数字，不写单位；不清楚的留空", "write digits only; leave empty what is not known")
_AS_TEXT = Text("把单元格设为文本，再填写一遍", "make it a text cell, and type it again")
_NOT_FORMATTED = Text("把单元格设为日期格式，或者写成 `2022-07-10`", "format the cell as a date, or write `2022-07-10`")
_SAMPLE_DAY = Text("写成年月日，例如 `2022-07-10`", "write year, month and day, such as `2022-07-10`")
_EXPECTED = {
    "bool": Text("“是”或者“否”", "`是` or `否`"),
    "enum": Text("可选的一项", "one of the values"),
    "set": Text("可选的各项", "some of the values"),
    "money": Text("金额", "an amount"),
    "count": Text("从 0 起的整数", "a whole number from 0"),
    "date": Text("日期", "a date"),
    "text": Text("文字", "a text"),
}
_HOW = {"percent": Text("单元格是百分比格式：改为数字格式", "the cell is formatted as a percentage: make it a number")}
_HOW_FOR = {
    "bool": Text("填 `是`、`否`，不清楚的留空", "write `是` or `否`; leave empty what is not known"),
    "date": _NOT_FORMATTED,
    "text": _AS_TEXT,
    "money": Text("把单元格设为数字格式，再填写一遍", "format the cell as a number, and type it again"),
    "count": Text("把单元格设为数字格式，再填写一遍", "format the cell as a number, and type it again"),
    "enum": Text("从下拉列表中选", "choose from the list"),
    "set": Text("从下拉列表中选；几项之间用“、”隔开", "choose from the list, with `、` between several"),
}
