"""The ways in which the penalty catalogue may be wrong by one step: figures, measures, who decides, on whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Literal, TypeAlias

from enforcerules.explaining.laid_down import say_amounts, say_measure_laid_down, say_multiple
from enforcerules.model import Fine, Measure, Penalise, Penalty, ResolvedRulebook
from enforcerules.model.penalties import NO_CHOICE
from enforcerules.review.mutation.conditions import move_number
from enforcerules.review.mutation.mutation import Changed, Mutation
from enforcerules.review.mutation.places import Places
from enforcerules.text import Text
from enforcerules.values import show_yuan

_Path: TypeAlias = tuple[str | int, ...]
_Changes: TypeAlias = Iterator[tuple[_Path, str, Text, Any]]


def list_of_penalties(book: ResolvedRulebook, places: Places) -> Iterator[Mutation]:
    """Yield every change of the penalties that some rule yields, and of how one chooses among them.

    What would not load is no change to notice: a lower bound above the upper one, a fine that falls at its tier.
    """
    yielded = {o.penalty for rule in book.rules.values() for o in rule.outcomes if isinstance(o, Penalise)}
    for penalty in book.penalties.values():
        if penalty.id in yielded:
            for path, what, said, now in _penalty(book, penalty):
                yield _mutation(places, penalty, path, what, said, now)
    choices = {
        "lighter_law": (book.lighter_law, Text("不再比较新旧法律的轻重", "the two laws are no longer compared")),
        "one_fine": (book.one_fine, Text("不再只罚款一次", "one act is no longer fined once")),
    }
    for name, (choice, said) in choices.items():
        if choice != NO_CHOICE:
            changed = (Changed("choices", name, NO_CHOICE),)
            yield Mutation(f"{name}#:dropped", "penalty", "choices", name, said, places.of("choices", name), changed)


def _mutation(places: Places, penalty: Penalty, path: _Path, what: str, said: Text, now: Penalty) -> Mutation:
    return Mutation(
        f"{penalty.id}#{'.'.join(map(str, path))}:{what}",
        "penalty",
        "penalties",
        penalty.id,
        said,
        places.of("penalties", penalty.id, *path),
        (Changed("penalties", penalty.id, now),),
    )


def _penalty(book: ResolvedRulebook, penalty: Penalty) -> _Changes:
    other: Literal["unit", "persons"] = "persons" if penalty.on == "unit" else "unit"
    said = Text(f"对象 {penalty.on} → {other}", f"on {penalty.on} → on {other}")
    yield ("on",), other, said, replace(penalty, on=other)
    if penalty.fine is not None:
        for key, what, said, fine in _fine(book, penalty.fine):
            yield ("fine", *key), what, said, replace(penalty, fine=fine)
        if penalty.measures:
            yield ("fine",), "dropped", Text("删去罚款", "the fine is dropped"), replace(penalty, fine=None)
    for index, measure in enumerate(penalty.measures):
        before, after = penalty.measures[:index], penalty.measures[index + 1 :]
        here = say_measure_laid_down(book, measure)
        if penalty.fine is not None or len(penalty.measures) > 1:
            said = Text(f"删去：{here.zh}", f"dropped: {here.en}")
            yield ("measures", index), "dropped", said, replace(penalty, measures=(*before, *after))
        for key, what, now in _measure(book, measure):
            there = say_measure_laid_down(book, now)
            said = Text(f"{here.zh} → {there.zh}", f"{here.en} → {there.en}")
            yield ("measures", index, *key), what, said, replace(penalty, measures=(*before, now, *after))


# --- figures ---------------------------------------------------------------------------------------


def _fine(book: ResolvedRulebook, fine: Fine) -> _Changes:
    found = (*_lines(fine), *_amounts(fine), *_multiples(fine), *_bases(book, fine))
    yield from (one for one in found if _loads(one[-1]))
    said = Text("应当 → 可以", "must → may") if not fine.may else Text("可以 → 应当", "may → must")
    yield ("may",), "turned", said, replace(fine, may=not fine.may)


def _loads(fine: Fine) -> bool:
    """Tell whether a rulebook with this fine loads: what does not is noticed before any scenario."""
    ranges = [bounds for bounds in (fine.amount, fine.percent) if bounds is not None]
    if any(least > most for least, most in ranges) or (fine.percent is not None and fine.percent[0] < 1):
        return False
    if fine.under is None or fine.amount is None or fine.percent is None:
        return True
    return all(low <= fine.under * percent // 100 for low, percent in zip(fine.amount, fine.percent, strict=True))


def _lines(fine: Fine) -> _Changes:
    """Yield the floor and the line between two tiers moved, and the floor left out."""
    if fine.floor is not None:
        for number, what in move_number(fine.floor):
            said = _figures(Text("至少按", "counted as at least"), fine.floor, number)
            yield ("counted_as_at_least",), what, said, replace(fine, floor=number)
        said = Text("删去“不足的按……计”", "nothing counts as at least an amount")
        yield ("counted_as_at_least",), "dropped", said, replace(fine, floor=None)
    if fine.under is not None:
        for number, what in move_number(fine.under):
            said = _figures(Text("分档界限", "the line between the tiers"), fine.under, number)
            yield ("under",), what, said, replace(fine, under=number)


def _figures(what: Text, before: int, now: int) -> Text:
    one, other = show_yuan(before), show_yuan(now)
    return Text(f"{what.zh} {one} → {other}", f"{what.en} {one} → {other}")


def _amounts(fine: Fine) -> _Changes:
    if fine.amount is None:
        return
    for key, bounds, what in _moved_bounds(fine.amount, step=1):
        one, other = say_amounts(*fine.amount), say_amounts(*bounds)
        said = Text(f"{one.zh} → {other.zh}", f"{one.en} → {other.en}")
        yield ("amount", key), what, said, replace(fine, amount=bounds)


def _multiples(fine: Fine) -> _Changes:
    if fine.percent is None:
        return
    whole = all(percent % 100 == 0 for percent in fine.percent)
    for key, bounds, what in _moved_bounds(fine.percent, step=100 if whole else 1):
        one, other = say_multiple(*fine.percent), say_multiple(*bounds)
        said = Text(f"{one.zh} → {other.zh}", f"{one.en} → {other.en}")
        yield ("times" if whole else "percent", key), what, said, replace(fine, percent=bounds)


def _moved_bounds(bounds: tuple[int, int], step: int) -> Iterator[tuple[str, tuple[int, int], str]]:
    """Yield the two bounds with one of them a step off, or with a digit too many or too few."""
    for index, key in enumerate(("least", "most")):
        for number, what in move_number(bounds[index] // step):
            moved = number * step
            yield key, (moved, bounds[1]) if index == 0 else (bounds[0], moved), what


def _bases(book: ResolvedRulebook, fine: Fine) -> _Changes:
    facts = book.vocabulary.facts
    amounts = [fact.name for fact in facts.values() if fact.type == "money"]
    if fine.base is not None and len(amounts) > 1:
        other = _next(fine.base, amounts)
        one, two = facts[fine.base].label, facts[other].label
        said = Text(f"基数 {one.zh} → {two.zh}", f"base {one.en} → {two.en}")
        yield ("base",), f"as-{other}", said, replace(fine, base=other)


# --- measures --------------------------------------------------------------------------------------


def _measure(book: ResolvedRulebook, measure: Measure) -> Iterator[tuple[_Path, str, Measure]]:
    yield ("may",), "turned", replace(measure, may=not measure.may)
    agencies = book.vocabulary.enumerations.get("agency")
    if agencies is not None and measure.by in agencies.values and len(agencies.values) > 1:
        other = _next(measure.by, list(agencies.values))
        yield ("by",), f"as-{other}", replace(measure, by=other)
    if measure.years is not None:
        for years, what in move_number(measure.years):
            if years:
                yield ("years",), what, replace(measure, years=years)
    if measure.years is not None or measure.life:
        yield ("life",), "turned", replace(measure, life=not measure.life)
    if measure.days is not None:
        for key, days, what in _moved_bounds(measure.days, step=1):
            if 1 <= days[0] <= days[1]:
                yield ("days", key), what, replace(measure, days=days)


def _next(name: str, names: Sequence[str]) -> str:
    return names[(names.index(name) + 1) % len(names)]
