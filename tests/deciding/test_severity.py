"""How severe penalties are: the gravest kind decides, then how long, how much, and whether it must be."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from enforcerules.classification import FineResult, MeasureResult, PenaltyResult, Said
from enforcerules.deciding.severity import severity

ORDER = ("warning", "confiscate_goods", "fine", "revoke_permit", "ban_from_trade", "detention")
TITLE = Said(zh="甲", en="A")


def fine(least: str, most: str | None, *, may: bool = False) -> FineResult:
    none = dict.fromkeys(("base", "value", "counted", "least_percent", "most_percent", "floor", "under"))
    return FineResult(**none, least=least, most=most, may=may)


def measure(kind: str, **more: Any) -> MeasureResult:
    given: dict[str, Any] = {"by": "handling_agency", "may": False, "years": None, "life": False}
    given |= {"least_days": None, "most_days": None}
    return MeasureResult(id=kind, title=TITLE, **(given | more))


def penalty(*measures: MeasureResult, fined: FineResult | None = None, name: str = "a") -> PenaltyResult:
    return PenaltyResult(
        id=name,
        verdict="met",
        title=TITLE,
        on="unit",
        fine=fined,
        measures=list(measures),
        rules=[],
        clauses=[],
        needs=[],
        doubts=[],
    )


NOTHING: list[PenaltyResult] = []
MILDEST_FIRST = [
    NOTHING,
    [penalty(measure("warning", may=True))],
    [penalty(measure("warning"))],
    [penalty(measure("warning"), measure("confiscate_goods"))],
    [penalty(fined=fine("0", "50000", may=True))],
    [penalty(measure("warning"), fined=fine("0", "50000", may=True))],
    [penalty(fined=fine("0", "50000"))],
    [penalty(fined=fine("10000", "50000"))],
    [penalty(fined=fine("0", "50000.01"))],
    [penalty(fined=fine("0", None))],
    [penalty(measure("revoke_permit", may=True))],
    [penalty(measure("revoke_permit"))],
    [penalty(measure("revoke_permit"), fined=fine("0", "1"))],
    [penalty(measure("ban_from_trade", years=5))],
    [penalty(measure("ban_from_trade", years=10))],
    [penalty(measure("ban_from_trade", years=10, life=True))],
    [penalty(measure("ban_from_trade", life=True))],
    [penalty(measure("detention", may=True, least_days=5, most_days=15))],
    [penalty(measure("detention", least_days=1, most_days=10))],
    [penalty(measure("detention", least_days=5, most_days=10))],
    [penalty(measure("detention", least_days=5, most_days=15))],
]


@pytest.mark.parametrize(("milder", "graver"), list(pairwise(MILDEST_FIRST)))
def test_each_is_graver_than_the_one_before(milder: list[PenaltyResult], graver: list[PenaltyResult]) -> None:
    assert severity(milder, ORDER) < severity(graver, ORDER)


def test_the_order_of_the_vocabulary_decides() -> None:
    fined, revoked = [penalty(fined=fine("0", "1"))], [penalty(measure("revoke_permit"))]

    assert severity(fined, ORDER) < severity(revoked, ORDER)
    turned = ("warning", "confiscate_goods", "revoke_permit", "fine", "ban_from_trade", "detention")
    assert severity(revoked, turned) < severity(fined, turned)


def test_of_several_penalties_the_gravest_of_a_kind_counts_and_their_order_does_not() -> None:
    one = penalty(measure("warning"), fined=fine("0", "50000"))
    other = penalty(measure("revoke_permit", may=True), fined=fine("10000", "20000"), name="b")

    assert severity([one, other], ORDER) == severity([other, one], ORDER)
    assert severity([one, other], ORDER) > severity([one], ORDER)
    assert severity([one, other], ORDER) > severity([other], ORDER)


def test_a_kind_that_the_order_does_not_name_does_not_count() -> None:
    assert severity([penalty(measure("something"))], ORDER) == severity(NOTHING, ORDER)
