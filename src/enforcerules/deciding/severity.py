"""How severe penalties are together, so that two laws can be compared: the order is that of the rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeAlias

from enforcerules.classification import MeasureResult, PenaltyResult
from enforcerules.model.penalties import FINE

Severity: TypeAlias = tuple[tuple[Decimal, ...], ...]

_UNBOUNDED = Decimal("Infinity")
_NONE = (Decimal(0),)


def severity(penalties: Iterable[PenaltyResult], order: Sequence[str]) -> Severity:
    """Return what compares as greater the more severe penalties are.

    Args:
        penalties: what may be imposed together.
        order: the kinds of penalty, mildest first. The gravest kind decides; where both have it, how long it lasts or
            how high the fine may be, then how low; then the next kind.

    """
    found = list(penalties)
    return tuple(_of_kind(found, kind) for kind in reversed(order))


def _of_kind(penalties: list[PenaltyResult], kind: str) -> tuple[Decimal, ...]:
    if kind == FINE:
        return max((_of_fine(one) for one in penalties), default=_NONE)
    measures = [measure for one in penalties for measure in one.measures if measure.id == kind]
    return max((_of_measure(measure) for measure in measures), default=_NONE)


def _of_fine(penalty: PenaltyResult) -> tuple[Decimal, ...]:
    fine = penalty.fine
    if fine is None:
        return _NONE
    most = Decimal(fine.most) if fine.most is not None else _UNBOUNDED
    return (Decimal(1 if fine.may else 2), most, Decimal(fine.least))


def _of_measure(measure: MeasureResult) -> tuple[Decimal, ...]:
    most = _UNBOUNDED if measure.life else Decimal(measure.years or 0)
    least = Decimal(measure.years) if measure.years is not None else most
    days = (Decimal(measure.most_days or 0), Decimal(measure.least_days or 0))
    return (Decimal(1 if measure.may else 2), most, least, *days)
