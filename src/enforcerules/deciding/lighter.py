"""Which of two laws is the lighter for a case, whatever is not known of its amounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Literal, TypeAlias

from enforcerules.classification import PenaltyResult
from enforcerules.deciding.decision import Decision
from enforcerules.deciding.fines import range_of
from enforcerules.deciding.severity import Severity, severity
from enforcerules.model import Fine
from enforcerules.model.penalties import MEASURES
from enforcerules.values import Amount

Governing: TypeAlias = Literal["conduct", "decision", "undecided"]
Amounts: TypeAlias = Mapping[str, int]

_HIGHEST = 10**17 - 1
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

    def severe(found: Iterable[PenaltyResult], amounts: Amounts) -> Severity:
        return severity((_with(decision, one, amounts) for one in found), order)

    ways = _amounts(decision, [*here, *there])
    if ways is None:
        return "undecided"
    lighter = [(severe(there, amounts), severe(least_here, amounts)) for amounts in ways]
    if all(one <= other for one, other in lighter) and any(one < other for one, other in lighter):
        return "decision"
    if all(severe(least_there, amounts) >= severe(here, amounts) for amounts in ways):
        return "conduct"
    return "undecided"


def _with(decision: Decision, penalty: PenaltyResult, amounts: Amounts) -> PenaltyResult:
    """Return a penalty as it would be, were the amounts that are not known these."""
    fine = decision.book.penalties[penalty.id].fine
    if penalty.fine is None or fine is None or fine.base is None or fine.base not in amounts:
        return penalty
    found = range_of(fine, Amount.exactly(amounts[fine.base]))
    assert found.most is not None
    figures = {"least": _yuan(found.least), "most": _yuan(found.most)}
    return penalty.model_copy(update={"fine": penalty.fine.model_copy(update=figures)})


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


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
        for base in (value.low, value.high, fine.floor, fine.under):
            yield from (base * percent // 100 for percent in fine.percent if base is not None)


def _points(base: str, value: Amount, fines: Iterable[Fine], sums: Iterable[int]) -> set[int]:
    own = [fine for fine in fines if fine.base == base]
    high = _HIGHEST if value.high is None else value.high
    turns = {line for fine in own for line in (fine.floor, fine.under) if line is not None}
    percents = {percent for fine in own for percent in fine.percent or ()}
    turns |= {total * 100 // percent for total in sums for percent in percents}
    beside = {turn + step for turn in turns for step in (-1, 0, 1)}
    return {value.low, high, *(point for point in beside if value.low <= point <= high)}
