"""Which of two laws is the lighter for a case, whatever is not known of its amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import Literal, TypeAlias

from enforcerules.classification import PenaltyResult
from enforcerules.deciding.decision import Decision
from enforcerules.deciding.fines import range_of
from enforcerules.deciding.severity import Severity, severity
from enforcerules.model import Fine
from enforcerules.model.penalties import FINE, MEASURES
from enforcerules.values import Amount
from enforcerules.values.money import LARGEST_FEN

Governing: TypeAlias = Literal["conduct", "decision", "undecided"]
Amounts: TypeAlias = Mapping[str, int]

_MOST_WAYS = 500
_UNKNOWN = Amount(0, None)


def governing_law(decision: Decision, here: Sequence[PenaltyResult], there: Sequence[PenaltyResult]) -> Governing:
    """Return the law that governs: that of the decision only where it is surely the lighter.

    Args:
        decision: of the case by the law of the day of the conduct.
        here: the penalties by that law.
        there: the penalties by the law of the day of the decision.

    """
    order = tuple(decision.book.vocabulary.enumerations[MEASURES].values)
    shared = {(one.id, one.verdict) for one in here} & {(one.id, one.verdict) for one in there}
    here, there = ([one for one in found if (one.id, one.verdict) not in shared] for found in (here, there))
    if not here:
        # the later law only adds, and adding is not lighter
        return "conduct"
    # what is still open can only add to a penalty
    least_here, least_there = ([one for one in found if one.verdict == "met"] for found in (here, there))

    ways = _amounts(decision, [*here, *there])
    if ways is None:
        return "undecided"
    all_here, all_there, sure_here, sure_there = (
        _Severe(decision, found, order) for found in (here, there, least_here, least_there)
    )
    lighter = [(all_there.at(amounts), sure_here.at(amounts)) for amounts in ways]
    if all(one <= other for one, other in lighter) and any(one < other for one, other in lighter):
        return "decision"
    if all(sure_there.at(amounts) >= all_here.at(amounts) for amounts in ways):
        return "conduct"
    return "undecided"


class _Severe:
    """How severe penalties are together, for amounts of which only the fines know."""

    def __init__(self, decision: Decision, found: Iterable[PenaltyResult], order: Sequence[str]) -> None:
        found = list(found)
        whole = severity((one.model_copy(update={"fine": None}) for one in found), order)
        at = len(order) - 1 - order.index(FINE) if FINE in order else len(order)
        self._graver, self._milder = whole[:at], whole[at + 1 :]
        self._fines = [fine for one in found if (fine := decision.book.penalties[one.id].fine) is not None]
        self._known = decision.case.facts.known

    def at(self, amounts: Amounts) -> Severity:
        """Return what compares as greater the more severe they are, were the amounts that are not known these."""
        fines = [self._fine(fine, amounts) for fine in self._fines]
        return (*self._graver, max(fines, default=(Decimal(0),)), *self._milder)

    def _fine(self, fine: Fine, amounts: Amounts) -> tuple[Decimal, ...]:
        value = self._known.get(fine.base or "")
        if fine.base is not None and fine.base in amounts:
            value = Amount.exactly(amounts[fine.base])
        found = range_of(fine, value if isinstance(value, Amount) else None)
        assert found.most is not None
        return (Decimal(1 if fine.may else 2), Decimal(found.most), Decimal(found.least))


def _amounts(decision: Decision, found: Iterable[PenaltyResult]) -> list[Amounts] | None:
    """Return the amounts not known to the fen, at every point where the order of two fines can turn.

    A bound of a fine is a fixed sum or a multiple of its base, so that two of them can only change places where the
    base reaches a floor, a tier, or the amount whose multiple is another's sum. Of several amounts that are not known
    there are too many such points to look at: None.
    """
    fines = [fine for one in found if (fine := decision.book.penalties[one.id].fine) is not None]
    values = {fine.base: _value(decision, fine.base) for fine in fines if fine.base is not None}
    unknown = {base: value for base, value in values.items() if not value.exact}
    sums = {total for fine in fines for total in _sums(fine, values)}
    points = [sorted(_points(base, value, fines, sums)) for base, value in unknown.items()]
    if prod(map(len, points)) > _MOST_WAYS:
        return None
    return [dict(zip(unknown, chosen, strict=True)) for chosen in product(*points)]


def _value(decision: Decision, base: str) -> Amount:
    value = decision.case.facts.known.get(base)
    return value if isinstance(value, Amount) else _UNKNOWN


def _sums(fine: Fine, values: Mapping[str, Amount]) -> Iterator[int]:
    yield from fine.amount or ()
    if fine.base is not None and fine.percent is not None:
        value = values[fine.base]
        for base in (value.low, value.high, *fine.turns):
            yield from (base * percent // 100 for percent in fine.percent if base is not None)


def _points(base: str, value: Amount, fines: Iterable[Fine], sums: Iterable[int]) -> set[int]:
    own = [fine for fine in fines if fine.base == base]
    high = LARGEST_FEN if value.high is None else value.high
    turns = {line for fine in own for line in fine.turns}
    percents = {percent for fine in own for percent in fine.percent or ()}
    turns |= {total * 100 // percent for total in sums for percent in percents}
    beside = {turn + step for turn in turns for step in (-1, 0, 1)}
    return {value.low, high, *(point for point in beside if value.low <= point <= high)}
