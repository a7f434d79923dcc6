"""Where a rulebook changes its mind: the figures, days and places beside which its answers differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from enforcerules.model import (
    Condition,
    Establish,
    FactTest,
    ParameterRef,
    ResolvedRulebook,
    Rule,
    Window,
)
from enforcerules.model.conditions import tests
from enforcerules.review.witnesses import Places

_ONE_DAY = timedelta(days=1)
# where a rulebook compares an amount or count with nothing
_PLAIN_FEN = (0, 1_000_000, 10_000_000, 100_000_000)
_PLAIN_COUNTS = (0, 1, 2, 5)


@dataclass(frozen=True, slots=True)
class TurningPoints:
    """The turning points of one rulebook; in each tuple the plainest stands first.

    Attributes:
        figures: by fact, what some rule, parameter, invariant, doubt or fine compares it with; money in fen.
        fined: by penalty, the fact that its fine is a multiple of, and where that turns: its floor, its tier.
        day: the day on which most clauses are in force.
        window_days: the first and last day of every period and the days beside them.
        working_days: the days on which work stops, begins again, or is made up, and the days beside them.
        places: the places a document names, the most named first; one inside each larger one; one that
            none names; the whole country.
        establishing: by finding, the rules that establish it.

    """

    book: ResolvedRulebook
    figures: dict[str, tuple[int, ...]]
    fined: dict[str, tuple[str, tuple[int, ...]]]
    day: date
    window_days: tuple[date, ...]
    working_days: tuple[date, ...]
    places: tuple[str, ...]
    establishing: dict[str, tuple[Rule, ...]] = field(repr=False)

    def beside(self, fact: str) -> tuple[int, ...]:
        """Return each figure of a fact, one less and one more; never less than zero."""
        return beside(self.figures.get(fact, ()))

    def plain(self, fact: str) -> tuple[int, ...]:
        """Return round figures around those of a fact, themselves among them."""
        found = self.figures.get(fact, ())
        usual = _PLAIN_FEN if self.book.vocabulary.facts[fact].type == "money" else _PLAIN_COUNTS
        return tuple(dict.fromkeys((*usual, *found, *(2 * figure for figure in found))))


def beside(figures: Iterable[int]) -> tuple[int, ...]:
    """Return the figures and nothing at all, each as it is, one less and one more; never less than zero."""
    found = (*figures, 0)
    return tuple(dict.fromkeys(max(0, figure + step) for step in (0, -1, 1) for figure in found))


@lru_cache(maxsize=4)
def _found(kept: _Kept) -> TurningPoints:
    book = kept.book
    days = [window for clause in book.clauses.values() for window in clause.windows]
    days += [value.window for parameter in book.parameters.values() for value in parameter.values]
    makers: dict[str, list[Rule]] = {}
    for rule in book.rules.values():
        for outcome in rule.outcomes:
            if isinstance(outcome, Establish):
                makers.setdefault(outcome.finding, []).append(rule)
    return TurningPoints(
        book=book,
        figures=_figures(book),
        fined=_fined(book),
        day=_busiest(days),
        window_days=tuple(sorted(set(_edges(days)))),
        working_days=tuple(sorted(set(_work_edges(book)))),
        places=_places(book),
        establishing={name: tuple(rules) for name, rules in makers.items()},
    )


@dataclass(frozen=True, eq=False)
class _Kept:
    # a rulebook holds mappings and is no key of a cache, so it is known by what it is
    book: ResolvedRulebook

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.book is self.book

    def __hash__(self) -> int:
        return id(self.book)


def turning_points(book: ResolvedRulebook) -> TurningPoints:
    """Return the turning points of a rulebook; those of the last few asked for are kept."""
    return _found(_Kept(book))


def _conditions(book: ResolvedRulebook) -> Iterator[Condition]:
    yield from (rule.when for rule in book.rules.values())
    yield from (action.done_when for action in book.actions.values() if action.done_when is not None)
    yield from (invariant.never for invariant in book.vocabulary.invariants)
    yield from (doubt.shows_when for doubt in book.doubts.values())


def _figures(book: ResolvedRulebook) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for condition in _conditions(book):
        for test in tests(condition):
            if not isinstance(test, FactTest) or isinstance(test.operand, bool):
                continue
            figures = found.setdefault(test.fact, set())
            if isinstance(test.operand, ParameterRef):
                figures |= {value.value for value in book.parameters[test.operand.name].values}
            elif isinstance(test.operand, int):
                figures.add(test.operand)
            elif isinstance(test.operand, frozenset):
                figures |= {member for member in test.operand if isinstance(member, int)}
    for base, lines in _fined(book).values():
        found.setdefault(base, set()).update(lines)
    return {name: tuple(sorted(figures)) for name, figures in found.items()}


def _fined(book: ResolvedRulebook) -> dict[str, tuple[str, tuple[int, ...]]]:
    fines = ((name, penalty.fine) for name, penalty in book.penalties.items() if penalty.fine is not None)
    return {name: (fine.base, fine.turns) for name, fine in fines if fine.base is not None}


def _edges(windows: Iterable[Window]) -> Iterator[date]:
    for window in windows:
        for edge in (window.since, window.until):
            if edge is not None:
                yield from (edge - _ONE_DAY, edge, edge + _ONE_DAY)


def _busiest(windows: list[Window]) -> date:
    """Return the earliest day on which most periods run."""
    firsts = sorted({window.since for window in windows if window.since is not None})
    if not firsts:
        return date(2024, 1, 15)
    return max(firsts, key=lambda day: sum(window.covers(day) for window in windows))


def _work_edges(book: ResolvedRulebook) -> Iterator[date]:
    for year in book.calendar.years.values():
        for day in year.holidays:
            for beside in (day - _ONE_DAY, day + _ONE_DAY):
                if beside not in year.holidays:
                    yield from (day, beside)
        yield from year.worked


def _places(book: ResolvedRulebook) -> tuple[str, ...]:
    count = Counter(clause.where for clause in book.clauses.values())
    elsewhere, *named = Places(book).codes
    named.sort(key=lambda code: (code == "CN", -count[code], code))
    # a county of a province or prefecture that is named
    inside = [
        code[:4] + "21" if not code.endswith("0000") else code[:2] + "0121" for code in named if code[-2:] == "00"
    ]
    return tuple(dict.fromkeys((*named[:-1], *inside, elsewhere, "CN")))
