"""Two-valued conditions packed into rulesets that durable_rules 2.0.28 runs without harm.

Its limits are silent or deadly: more than 254 fields a message or 64 pending nodes are errors that abort
a case, 128 alternatives or 256 rules on one node write past an array, 512 tests on one node loop for ever,
16 nested groups are refused, and a rule fires once for every way in which its condition can hold. So
rules stand in small groups, each behind a marker field of its own; a condition too wide for a group is
cut into several rules that yield the same; and one that could hold in too many ways has parts of it
decided before, in rounds of their own.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any, Generic, TypeVar

from enforcerules.engines.encoding import Field, Part
from enforcerules.engines.two_valued import (
    NEVER,
    Check,
    Comparison,
    Every,
    Some,
    TwoValued,
    checks,
    every,
    some,
)

MOST_FIELDS = 200
MOST_GROUPS = 8
MOST_RULES = 15
# nodes that a group may leave pending at once; with one for every marker that stays below 64
MOST_PENDING = 48
MOST_NESTED = 14
# of one rule for one case; each copies the case
MOST_FIRINGS = 256

SENTINEL = "s"

Yield = TypeVar("Yield", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Ruleset(Generic[Yield]):
    """A ruleset as durable_rules reads it.

    `yields` says what a rule that fires stands for; the sentinel, which always fires, is not among them.
    `names` are the fields to send when they are known; `always` is to be sent with every case.
    """

    definition: str
    yields: Mapping[str, Yield]
    names: Mapping[Field, str]
    always: Mapping[str, int]


def pack(conditions: Iterable[tuple[Yield, TwoValued]]) -> tuple[tuple[Ruleset[Yield | Part], ...], ...]:
    """Return rulesets that together yield, for every case, each thing whose condition holds.

    They stand in rounds, mostly one: what a round yields of parts, the later rounds read.
    """
    parts = _Parts()
    whole: list[tuple[Yield | Part, TwoValued]] = [(wanted, parts.relieve(found)) for wanted, found in conditions]
    return tuple(tuple(_pack_round(each)) for each in (*parts.rounds, whole) if each)


class _Parts:
    """The parts taken out of conditions, in rounds: a part reads only parts of rounds before its own."""

    def __init__(self) -> None:
        self.rounds: list[list[tuple[Any, TwoValued]]] = []
        self._round_of: dict[Field, int] = {}

    def relieve(self, condition: TwoValued) -> TwoValued:
        """Return `condition` with so many parts taken out that it cannot fire too often or read too much."""
        match condition:
            case Check():
                return condition
            case Some(parts):
                return some(map(self.relieve, parts))
            case Every(parts):
                kept = [self.relieve(part) for part in parts]
        while prod(map(_firings, kept)) > MOST_FIRINGS:
            kept = self._take_out(kept, [max(kept, key=_firings)])
        while len(_fields(every(kept))) > MOST_FIELDS:
            choices = [part for part in kept if isinstance(part, Some)]
            widest = max(choices, key=lambda part: len(_fields(part)), default=None)
            kept = self._take_out(kept, [widest] if widest else kept[: MOST_FIELDS // 2])
        return every(kept)

    def _take_out(self, parts: list[TwoValued], taken: list[TwoValued]) -> list[TwoValued]:
        condition = every(taken)
        at = max((self._round_of.get(check.field, -1) for check in checks(condition)), default=-1) + 1
        part = Part(len(self._round_of))
        self._round_of[part] = at
        self.rounds += [[] for _ in range(at + 1 - len(self.rounds))]
        self.rounds[at].append((part, condition))
        return [*(each for each in parts if each not in taken), Check(part, Comparison.EQUAL, 1)]


def _pack_round(conditions: Iterable[tuple[Yield, TwoValued]]) -> Iterator[Ruleset[Yield]]:
    groups: list[list[tuple[Yield, TwoValued]]] = [[]]
    fields: set[Field] = set()
    pending = 0
    for wanted, condition in conditions:
        for piece in _cut(condition):
            grown = fields | _fields(piece)
            full = len(groups[-1]) == MOST_RULES or pending + _pending(piece) > MOST_PENDING
            if len(grown) > MOST_FIELDS or (full and len(groups) == MOST_GROUPS):
                yield _ruleset(groups)
                groups, grown, pending = [[]], _fields(piece), 0
            elif full:
                groups.append([])
                pending = 0
            groups[-1].append((wanted, piece))
            fields = grown
            pending += _pending(piece)
    if groups[0]:
        yield _ruleset(groups)


def _ruleset(groups: Iterable[Iterable[tuple[Yield, TwoValued]]]) -> Ruleset[Yield]:
    rules: dict[str, Any] = {SENTINEL: _rule({SENTINEL: 1})}
    yields: dict[str, Yield] = {}
    names: dict[Field, str] = {}
    always = {SENTINEL: 1}
    for number, group in enumerate(groups):
        marker = f"g{number}"
        always[marker] = 1
        for wanted, piece in group:
            name = f"r{len(yields)}"
            yields[name] = wanted
            parts = piece.parts if isinstance(piece, Every) else (piece,)
            rules[name] = _rule({"$and": [{marker: 1}, *(_written(part, names) for part in parts)]})
    return Ruleset(json.dumps(rules, separators=(",", ":")), yields, names, always)


def _rule(pattern: dict[str, Any]) -> dict[str, Any]:
    return {"all": [{"m": pattern}]}


_WRITTEN = {
    Comparison.UNEQUAL: "$neq",
    Comparison.AT_LEAST: "$gte",
    Comparison.MORE_THAN: "$gt",
    Comparison.AT_MOST: "$lte",
    Comparison.LESS_THAN: "$lt",
}


def _written(condition: TwoValued, names: dict[Field, str]) -> dict[str, Any]:
    match condition:
        case Check(field, comparison, number):
            test = {names.setdefault(field, f"f{len(names)}"): number}
            return test if comparison is Comparison.EQUAL else {_WRITTEN[comparison]: test}
        case Every(parts):
            return {"$and": [_written(part, names) for part in parts]}
        case Some(parts):
            return {"$or": [_written(part, names) for part in parts]}


def _cut(condition: TwoValued) -> Iterator[TwoValued]:
    """Yield conditions of which one holds whenever `condition` does, each small enough for a group."""
    waiting = [] if condition == NEVER else [condition]
    while waiting:
        piece = waiting.pop()
        if _nested(piece) <= MOST_NESTED and _pending(piece) <= MOST_PENDING and len(_fields(piece)) <= MOST_FIELDS:
            yield piece
            continue
        parts = piece.parts if isinstance(piece, Every) else (piece,)
        widest = max((part for part in parts if isinstance(part, Some)), key=_pending)
        rest = tuple(part for part in parts if part is not widest)
        middle = len(widest.parts) // 2
        waiting += (every((*rest, some(half))) for half in (widest.parts[:middle], widest.parts[middle:]))


def _fields(condition: TwoValued) -> set[Field]:
    return {check.field for check in checks(condition)}


def _nested(condition: TwoValued) -> int:
    """How many groups the condition needs within the one of its rule."""
    if isinstance(condition, Check):
        return 0
    return isinstance(condition, Some) + sum(_nested(part) + isinstance(part, Every) for part in condition.parts)


def _pending(condition: TwoValued) -> int:
    """At most how many nodes the condition keeps waiting while the engine follows the others."""
    match condition:
        case Check():
            return 1
        case Every(parts):
            return 1 + sum(_pending(part) - 1 for part in parts)
        case Some(parts):
            return max(1, sum(map(_pending, parts)))


def _firings(condition: TwoValued) -> int:
    """At most how often a rule with this condition fires for one case: once for each way it can hold."""
    match condition:
        case Check():
            return 1
        case Every(parts):
            return prod(map(_firings, parts))
        case Some(parts):
            return sum(map(_firings, parts))
