"""Where two fines come to different ranges: the amounts that tell one from the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise, product

from enforcerules.deciding.fines import range_of
from enforcerules.model import Fine
from enforcerules.values import Amount
from enforcerules.values.money import LARGEST_FEN

Bounds = tuple[int, int]


def telling_amounts(one: Fine, other: Fine) -> Iterator[Mapping[str, Bounds]]:
    """Yield, by base, bounds in fen between which exact amounts are fined otherwise by the two.

    Between the figures that a fine turns on, its bounds are straight lines, so that comparing both ends of each
    stretch compares all of it but a point where lines cross. Of two bases the amounts themselves are yielded.
    """
    bases = {fine.base: None for fine in (one, other) if fine.base is not None}
    figures = {point for fine in (one, other) for point in fine.turns if point}
    if len(bases) > 1:
        figures |= {1_000_000, 100_000_000}
    points = sorted({1, *figures, LARGEST_FEN + 1})
    stretches = [(low, high - 1) for low, high in pairwise(points)]
    for chosen in product(stretches, repeat=len(bases)):
        for ends in product(*chosen):
            amounts = dict(zip(bases, ends, strict=True))
            if _range(one, amounts) != _range(other, amounts):
                exact = {base: (amount, amount) for base, amount in amounts.items()}
                yield exact if len(bases) > 1 else dict(zip(bases, chosen, strict=True))
                break


def _range(fine: Fine, amounts: Mapping[str, int]) -> tuple[int, int | None]:
    value = Amount.exactly(amounts[fine.base]) if fine.base is not None else None
    found = range_of(fine, value)
    return found.least, found.most
