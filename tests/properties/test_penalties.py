"""What holds of every fine and every choice between two laws, by generated figures and amounts."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from enforcerules import Rulebook, load_rulebook
from enforcerules.classification import PenaltiesResult, PenaltyResult
from enforcerules.deciding.fines import range_of, surely_higher
from enforcerules.deciding.severity import severity
from enforcerules.model import Fine, Measure, Penalty
from enforcerules.model.penalties import MEASURES
from enforcerules.values import Amount, write_yuan
from tests.penalty_books import write_penalty_book

SMALL = st.integers(0, 300)
FIGURES = st.one_of(SMALL, st.integers(0, 10**13))
PERCENTS = st.tuples(st.integers(1, 5000), st.integers(1, 5000)).map(lambda pair: (min(pair), max(pair)))


def ordered(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


@st.composite
def fines(
    draw: st.DrawFn, bases: tuple[str, ...] = ("goods_value",), figures: st.SearchStrategy[int] = FIGURES
) -> Fine:
    """Return a fine that loads: a fixed range, a multiple with or without a floor, or two tiers."""
    kind = draw(st.sampled_from(("fixed", "multiple", "floor", "tiers")))
    may = draw(st.booleans())
    if kind == "fixed":
        return Fine(None, None, None, ordered(draw(figures), draw(figures)), None, may=may)
    base, percent = draw(st.sampled_from(bases)), draw(PERCENTS)
    if kind != "tiers":
        return Fine(base, draw(figures) if kind == "floor" else None, None, None, percent, may=may)
    under = draw(figures)
    # the fine may not fall where the base reaches the tier
    most = draw(st.integers(0, under * percent[1] // 100))
    least = draw(st.integers(0, min(most, under * percent[0] // 100)))
    return Fine(base, None, under, (least, most), percent, may=may)


@st.composite
def near(draw: st.DrawFn, fine: Fine) -> int:
    """Return an amount, often where the fine turns or a fen beside it."""
    turns = [line for line in (fine.floor, fine.under) if line is not None]
    beside = [max(0, line + step) for line in turns for step in (-1, 0, 1)]
    return draw(st.one_of(FIGURES, st.sampled_from(beside)) if beside else FIGURES)


@given(st.data())
def test_the_least_is_never_above_the_most(data: st.DataObject) -> None:
    fine = data.draw(fines())
    found = range_of(fine, Amount.exactly(data.draw(near(fine))))

    assert found.most is not None
    assert 0 <= found.least <= found.most


@given(st.data())
def test_a_range_never_falls_when_the_amount_rises(data: st.DataObject) -> None:
    fine = data.draw(fines())
    low, high = ordered(data.draw(near(fine)), data.draw(near(fine)))
    one, other = (range_of(fine, Amount.exactly(value)) for value in (low, high))

    assert one.most is not None
    assert other.most is not None
    assert one.least <= other.least
    assert one.most <= other.most


@given(st.data())
def test_bounds_contain_the_range_of_every_amount_within(data: st.DataObject) -> None:
    fine = data.draw(fines())
    low, value, high = sorted(data.draw(near(fine)) for _ in range(3))
    inside = range_of(fine, Amount.exactly(value))
    assert inside.most is not None

    for bounds in (None, Amount(low, high), Amount(low, None), Amount(0, None, value)):
        around = range_of(fine, bounds)
        assert around.least <= inside.least
        assert around.most is None or inside.most <= around.most


@given(st.data())
def test_a_fine_that_is_surely_higher_is_higher_for_every_amount(data: st.DataObject) -> None:
    one, other = data.draw(fines()), data.draw(fines())
    if not surely_higher(one, other, {}):
        return
    value = Amount.exactly(data.draw(near(data.draw(st.sampled_from((one, other))))))
    high, low = (range_of(fine, value) for fine in (one, other))
    assert high.most is not None
    assert low.most is not None
    assert (high.most, high.least) >= (low.most, low.least)


# --- two laws ----------------------------------------------------------------------------------------


@cache
def small() -> Rulebook:
    with tempfile.TemporaryDirectory() as folder:
        return load_rulebook(write_penalty_book(Path(folder)))


def with_penalties(found: Mapping[str, Penalty]) -> Rulebook:
    book = small().resolved
    return Rulebook(replace(book, penalties={**book.penalties, **found}))


KINDS = tuple(name for name in ("warning", "confiscate_goods", "revoke_permit", "ban_from_trade"))
MEASURED = st.lists(
    st.builds(
        Measure,
        do=st.sampled_from(KINDS),
        by=st.just("handling_agency"),
        may=st.booleans(),
        years=st.sampled_from((None, None, 5, 10)),
        life=st.booleans(),
        days=st.none(),
    ),
    max_size=2,
    unique_by=lambda measure: measure.do,
)


@st.composite
def laws(draw: st.DrawFn) -> Rulebook:
    """Return a rulebook with an old and a new law about one act."""
    bases = ("goods_value", "income")
    found = {}
    # the same measures on both sides more often than not, so that the fines decide
    shared = draw(MEASURED)
    for name in ("expired_old", "expired_new"):
        measures = draw(st.one_of(st.just(shared), MEASURED))
        fine = draw(st.one_of(fines(bases, SMALL), fines(bases)))
        found[name] = replace(small().resolved.penalties[name], fine=fine, measures=tuple(measures), on="unit")
    return with_penalties(found)


def across(rulebook: Rulebook, **facts: Any) -> PenaltiesResult:
    days = {"as_of": "2023-03-01", "conduct_date": "2022-12-31", "decided_on": "2023-03-01"}
    return rulebook.classify({**days, "conduct": "expired", **facts}).penalties


def severe(rulebook: Rulebook, found: list[PenaltyResult]) -> Any:
    return severity(found, tuple(rulebook.resolved.vocabulary.enumerations[MEASURES].values))


def old_and_new(found: PenaltiesResult) -> tuple[list[PenaltyResult], list[PenaltyResult]]:
    both = [*found.imposed, *found.by_other_law]
    old, new = ([one for one in both if one.id == name] for name in ("expired_old", "expired_new"))
    return old, new


@settings(deadline=None)
@given(laws(), FIGURES, FIGURES)
def test_the_lighter_of_two_laws_is_the_lighter(rulebook: Rulebook, goods: int, income: int) -> None:
    found = across(rulebook, goods_value=write_yuan(goods), income=write_yuan(income))
    old, new = old_and_new(found)

    lighter = severe(rulebook, new) < severe(rulebook, old)
    assert found.law == ("decision" if lighter else "conduct")
    assert found.imposed == (new if lighter else old)


@settings(deadline=None)
@given(laws(), st.lists(SMALL, min_size=2, max_size=2), st.lists(FIGURES, min_size=2, max_size=2), st.data())
def test_what_is_chosen_without_knowing_the_amounts_is_right_for_all_of_them(
    rulebook: Rulebook, few: list[int], many: list[int], data: st.DataObject
) -> None:
    low, high = ordered(*data.draw(st.sampled_from((few, many))))
    unknown: dict[str, Any] = data.draw(
        st.sampled_from(({}, {"goods_value": {"at_least": write_yuan(low), "at_most": write_yuan(high)}}))
    )
    chosen = across(rulebook, **unknown).law
    if chosen == "undecided":
        return
    goods = data.draw(st.integers(low, high)) if unknown else data.draw(st.sampled_from((*few, *many)))
    income = data.draw(st.sampled_from((*few, *many)))
    old, new = old_and_new(across(rulebook, goods_value=write_yuan(goods), income=write_yuan(income)))

    if chosen == "decision":
        assert severe(rulebook, new) <= severe(rulebook, old)
    else:
        assert severe(rulebook, new) >= severe(rulebook, old)


@settings(deadline=None)
@given(st.lists(st.tuples(fines(), MEASURED), min_size=2, max_size=2), FIGURES)
def test_severity_orders_all_penalties_and_more_is_never_less(
    given_penalties: list[tuple[Fine, list[Measure]]], value: int
) -> None:
    names = ("expired_old", "expired_new")
    before = small().resolved.penalties
    found = {
        name: replace(before[name], fine=fine, measures=tuple(measures), on="unit")
        for name, (fine, measures) in zip(names, given_penalties, strict=True)
    }
    rulebook = with_penalties(found)
    old, new = old_and_new(across(rulebook, goods_value=write_yuan(value)))
    one, other = severe(rulebook, old), severe(rulebook, new)

    assert (one < other) + (one == other) + (one > other) == 1
    assert severe(rulebook, [*old, *new]) == severe(rulebook, [*new, *old]) >= max(one, other)
    assert severe(rulebook, []) <= min(one, other)
