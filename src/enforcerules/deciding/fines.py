"""What a fine comes to: from the amount of the case to the least and the most in fen."""

from __future__ import annotations

from dataclasses import dataclass

from enforcerules.model import Fine
from enforcerules.values import Amount
from enforcerules.values.money import LARGEST_FEN


@dataclass(frozen=True, slots=True)
class FineRange:
    """The lawful range in fen. `counted` is the base as it counts; `most` is None where nothing bounds it yet."""

    counted: Amount | None
    least: int
    most: int | None


def range_of(fine: Fine, value: Amount | None) -> FineRange:
    """Return the range of a fine for the base `value`; None where that is not known, or the fine has none.

    The range never falls when the base rises, which the passes make sure of, so its bounds are those at the
    bounds of the base.

    >>> ten_to_twenty = Fine("goods_value", floor=100_000_00, under=None, amount=None, percent=(1000, 2000), may=False)
    >>> found = range_of(ten_to_twenty, Amount.exactly(62_000_00))
    >>> str(found.counted), found.least, found.most
    ('100,000', 100000000, 200000000)
    """
    if fine.base is None:
        return FineRange(None, *_at(fine, 0))
    known = value if value is not None else Amount(0, None)
    least, _ = _at(fine, known.low)
    most = None if known.high is None else _at(fine, known.high)[1]
    return FineRange(_counted(fine, value), least, most)


def surely_higher(one: Fine, other: Fine, facts: dict[str, Amount]) -> bool:
    """Tell whether `one` is the higher fine of the two, whatever is not known: by the most, then by the least."""
    ranges = [range_of(fine, facts.get(fine.base or "")) for fine in (one, other)]
    if ranges[0].most is not None and ranges[1].most is not None:
        return (ranges[0].most, ranges[0].least) >= (ranges[1].most, ranges[1].least)
    if one.base != other.base:
        return False
    # straight lines between these points, so that comparing there compares everywhere; a tier leaps where it begins
    turns = {point for fine in (one, other) for point in fine.turns if point}
    points = sorted({0, *(point - step for point in turns for step in (0, 1)), LARGEST_FEN})
    return all((_at(one, x)[1], _at(one, x)[0]) >= (_at(other, x)[1], _at(other, x)[0]) for x in points)


def _counted(fine: Fine, value: Amount | None) -> Amount | None:
    if value is None or fine.floor is None or value.low >= fine.floor:
        return value
    high = None if value.high is None else max(value.high, fine.floor)
    return Amount(fine.floor, high)


def _at(fine: Fine, base: int) -> tuple[int, int]:
    """Return the least and the most for a base known to the fen; parts of a fen fall inside the lawful range.

    Where no whole fen lies inside, it is the first one above.
    """
    if fine.percent is None or (fine.under is not None and base < fine.under):
        return fine.amount or (0, 0)
    counted = max(base, fine.floor or 0)
    least, most = fine.percent
    lowest = -(-counted * least // 100)
    return lowest, max(lowest, counted * most // 100)
