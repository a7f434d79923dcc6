"""Amounts in yuan, exact to the fen, and amounts of which only a bound is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Decimal() also reads "1e3", "NaN", "1_000", " 5 " and full-width digits. A penalty decision must not.
_PLAIN = re.compile(r"([0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.([0-9]+))?(万元|亿元|万|亿|元)?")
LARGEST_FEN = 10**17 - 1
"""The largest amount that can be written in plain yuan."""

_DIGITS_TO_FEN = {"": 2, "元": 2, "万": 6, "万元": 6, "亿": 10, "亿元": 10}


class TooFineError(ValueError):
    """The amount is finer than one fen."""


def parse_yuan(text: str) -> int:
    """Read an amount and return it in fen.

    >>> parse_yuan("499999.99"), parse_yuan("62万元"), parse_yuan("1.2亿元"), parse_yuan("620,000")
    (49999999, 62000000, 12000000000, 62000000)

    Raises:
        ValueError: for anything but plain digits with an optional unit (元, 万, 万元, 亿, 亿元). Signs,
            exponents, full-width digits and NaN are refused.
        TooFineError: for an amount finer than one fen. Zeros after the fen say nothing and are read.

    """
    match = _PLAIN.fullmatch(text)
    if match is None:
        raise ValueError("not an amount")
    whole, decimals, unit = match.groups(default="")
    places = _DIGITS_TO_FEN[unit]
    decimals = decimals.rstrip("0")
    if len(decimals) > places:
        raise TooFineError("finer than one fen")
    return int(whole.replace(",", "") + decimals.ljust(places, "0"))


def show_yuan(fen: int) -> str:
    """Write fen as yuan with thousands separators and no needless decimals.

    >>> show_yuan(62000000), show_yuan(49999999)
    ('620,000', '499,999.99')
    """
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d}" if rest else f"{yuan:,}"


def write_yuan(fen: int) -> int | str:
    """Write fen as yuan in a case file: a whole number where it is one.

    >>> write_yuan(50000000), write_yuan(49999999)
    (500000, '499999.99')
    """
    whole, rest = divmod(fen, 100)
    return f"{whole}.{rest:02d}" if rest else whole


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in fen, or the bounds between which it lies.

    A published "at least 300,000" decides a threshold of 200,000 and leaves one of 500,000 open.
    `high` is None when there is no upper bound. `about` is a figure without a bound: it decides nothing.

    >>> Amount.exactly(500_00).exact
    True
    """

    low: int
    high: int | None
    about: int | None = None

    @classmethod
    def exactly(cls, fen: int) -> Amount:
        """Return the amount of which both bounds are `fen`."""
        return cls(fen, fen)

    @property
    def exact(self) -> bool:
        """Whether the amount is known to the fen."""
        return self.low == self.high

    def __str__(self) -> str:
        if self.about is not None:
            return f"约{show_yuan(self.about)}"
        if self.exact:
            return show_yuan(self.low)
        if self.high is None:
            return f"≥{show_yuan(self.low)}"
        return f"{show_yuan(self.low)}–{show_yuan(self.high)}"
