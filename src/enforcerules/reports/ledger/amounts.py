"""Amounts as people write them in a ledger: in the unit of the column or another, exact or bounded."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from enforcerules.errors import quoted
from enforcerules.model import Unit
from enforcerules.syntax.remedies import mend_amount
from enforcerules.text import Text
from enforcerules.values import Amount, TooFineError, parse_yuan

_FIGURE = r"[0-9][0-9,]*(?:\.[0-9]+)?(?:万元|亿元|万|亿|元)?"
_UNITS = "元万亿"
_AT_LEAST = re.compile(rf"(?:≥|>=|＞=|至少|不低于|不少于)({_FIGURE})|({_FIGURE})以上")
_AT_MOST = re.compile(rf"(?:≤|<=|＜=|至多|不超过|不高于)({_FIGURE})|({_FIGURE})以下")
_ABOUT = re.compile(rf"约({_FIGURE})|({_FIGURE})左右")
_BETWEEN = re.compile(rf"({_FIGURE})(?:至|到|~|～|-|—|－|–)({_FIGURE})")
_MOST_DIGITS, _MOST_WHOLE = 15, 13

_HINT = Text(
    "写金额，例如 `620000.50`、`62万`、`≥30万`、`30万至50万`、`约30万`",
    "write an amount, such as `620000.50`, `62万`, `≥30万`, `30万至50万`, `约30万`",
)


class WrongAmountError(Exception):
    """What stands there is no amount; says how it is wrong, and what to do."""

    def __init__(self, wrong: Text, hint: Text) -> None:
        super().__init__(wrong)
        self.wrong, self.hint = wrong, hint


def read_amount(text: str, unit: Unit) -> Any:
    """Return an amount as a case file holds it: a text in yuan, or a mapping of bounds.

    >>> read_amount("62.005", "万元"), read_amount("≥30万", "元")
    ('620050', {'at_least': '300000'})

    Raises:
        WrongAmountError: when it is none.

    """
    for key, pattern in (("at_least", _AT_LEAST), ("at_most", _AT_MOST), ("about", _ABOUT)):
        if found := pattern.fullmatch(text):
            return {key: write_yuan(_fen(found[1] or found[2], unit))}
    if found := _BETWEEN.fullmatch(text):
        low, high = found.groups()
        if low[-1] not in _UNITS and high[-1] in _UNITS:
            raise WrongAmountError(
                Text("两个数的单位不清楚", "does not say the unit of both figures"),
                Text(f"写成 {quoted(low + _unit_of(high) + '至' + high)}", "write the unit after both figures"),
            )
        fen = _fen(low, unit), _fen(high, unit)
        if fen[0] > fen[1]:
            raise WrongAmountError(
                Text("上限低于下限", "has its upper bound below the lower"),
                Text("先写小的，后写大的", "write the smaller figure first"),
            )
        return {"at_least": write_yuan(fen[0]), "at_most": write_yuan(fen[1])}
    return write_yuan(_fen(text, unit))


def read_figure(digits: str, unit: Unit) -> str:
    """Return the amount of a cell that holds a number.

    Spreadsheets keep 15 digits and store what is nearest in binary: `1.1` is stored as
    `1.1000000000000001`. The figure is what 15 digits say.

    Raises:
        WrongAmountError: when the figure is negative, finer than a fen, or too long to be exact.

    """
    figure = exact_figure(digits)
    if figure < 0:
        raise WrongAmountError(Text("是负数", "is negative"), Text("金额不带负号", "an amount has no sign"))
    if figure.adjusted() >= _MOST_WHOLE:
        raise WrongAmountError(
            Text("位数过多，表格软件存不准", "has more digits than a spreadsheet keeps"),
            Text("检查位数；确实如此的，把单元格设为文本再填写", "check it; if right, write it in a text cell"),
        )
    return write_yuan(_fen(format(figure, "f"), unit))


def exact_figure(digits: str) -> Decimal:
    """Return the number that a spreadsheet shows for the digits it stores.

    >>> exact_figure("1.1000000000000001"), exact_figure("620000.4999999")
    (Decimal('1.1'), Decimal('620000.4999999'))
    """
    figure = Decimal(digits)
    if len(figure.as_tuple().digits) > _MOST_DIGITS:
        figure = Decimal(f"{float(digits):.{_MOST_DIGITS}g}")
    return figure


def write_amount(value: Amount, unit: Unit) -> str:
    """Return how an amount that is not exact, or too long for a number cell, stands in a column of `unit`."""
    if value.about is not None:
        return f"约{in_unit(value.about, unit)}"
    if value.exact:
        return in_unit(value.low, unit)
    if value.high is None:
        return f"≥{in_unit(value.low, unit)}"
    if value.low == 0:
        return f"≤{in_unit(value.high, unit)}"
    return f"{in_unit(value.low, unit)}至{in_unit(value.high, unit)}"


def in_unit(fen: int, unit: Unit) -> str:
    """Write fen as a figure in `unit`.

    >>> in_unit(62005000, "万元"), in_unit(62005000, "元")
    ('62.005', '620050')
    """
    return _decimal(fen, 6 if unit == "万元" else 2)


def write_yuan(fen: int) -> str:
    """Write fen as a case file does."""
    return _decimal(fen, 2)


def _decimal(number: int, places: int) -> str:
    whole, rest = divmod(number, 10**places)
    decimals = f"{rest:0{places}d}".rstrip("0") if rest else ""
    if places == 2 and decimals:
        decimals = decimals.ljust(2, "0")
    return f"{whole}.{decimals}" if decimals else str(whole)


def _unit_of(figure: str) -> str:
    return figure.lstrip("0123456789.,")


def _fen(text: str, unit: Unit) -> int:
    whole = text if unit == "元" or text[-1:] in _UNITS else text + unit
    try:
        return parse_yuan(whole)
    except TooFineError:
        raise WrongAmountError(
            Text("有不足一分的零头", "is finer than a fen"),
            Text("金额精确到分：检查小数", "an amount is exact to the fen: check the decimals"),
        ) from None
    except ValueError:
        remedy = mend_amount(text)
    raise WrongAmountError(remedy.wrong, _HINT if "`620000.50`" in remedy.hint.zh else remedy.hint)


class Figure(NamedTuple):
    """An exact amount as a number cell holds it: `digits` in the unit of the column."""

    digits: str


def as_figure(value: Amount, unit: Unit) -> Figure | None:
    """Return how an amount stands in a number cell, None where only a text holds it exactly."""
    if not value.exact or value.about is not None:
        return None
    digits = in_unit(value.low, unit)
    significant = digits.replace(".", "").lstrip("0")
    whole = digits.partition(".")[0]
    return Figure(digits) if len(significant) <= _MOST_DIGITS and len(whole) <= _MOST_WHOLE else None
