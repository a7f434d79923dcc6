"""Two-valued conditions packed into rulesets that durable_rules 2.0.28 runs without harm.

Its limits are silent or deadly: more than 254 fields a message or 64 pending nodes are errors that abort
a case, 128 alternatives or 256 rules on one node write past an array, 512 tests on one node loop for ever,
16 nested groups are refused. So rules stand in small groups, each behind a marker field of its own, and a
condition that is too wide for a group is cut into several rules that yield the same.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from enforcerules.engines.encoding import Field
from enforcerules.engines.two_rails import (
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
# a group may leave this many nodes pending at once; with a marker for every group that stays below 64
MOST_PENDING = 48
MOST_NESTED = 14
MOST_CUTS = 256
# of one rule, for one case; each is a copy of the case
MOST_FIRINGS = 4096

SENTINEL = "s"

Yield = TypeVar("Yield", bound=Hashable)


class TooInvolvedError(ValueError):
    """A condition that no number of rules of durable_rules says within reason."""


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


def pack(conditions: Iterable[tuple[Yield, TwoValued]]) -> tuple[Ruleset[Yield], ...]:
    """Return rulesets that together yield, for every case, each thing whose condition holds.

    Raises:
        TooInvolvedError: with what it would yield, for a condition that is too much for the engine.
    """
    packed: list[Ruleset[Yield]] = []
    groups: list[list[tuple[Yield, TwoValued]]] = [[]]
    fields: set[Field] = set()
    pending = 0
    for wanted, condition in conditions:
        for piece in _cut(wanted, condition):
            grown = fields | _fields(piece)
            full = len(groups[-1]) == MOST_RULES or pending + _pending(piece) > MOST_PENDING
            if len(grown) > MOST_FIELDS or (full and len(groups) == MOST_GROUPS):
                packed.append(_ruleset(groups))
                groups, grown, pending = [[]], _fields(piece), 0
            elif full:
                groups.append([])
                pending = 0
            groups[-1].append((wanted, piece))
            fields = grown
            pending += _pending(piece)
    return (*packed, _ruleset(groups)) if groups[0] else tuple(packed)


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


def _cut(wanted: Yield, condition: TwoValued) -> Iterator[TwoValued]:
    """Yield conditions of which one holds whenever `condition` does, each small enough for a group."""
    if _firings(condition) > MOST_FIRINGS:
        raise TooInvolvedError(wanted)
    waiting = [] if condition == NEVER else [condition]
    cuts = 0
    while waiting:
        piece = waiting.pop()
        if _nested(piece) <= MOST_NESTED and _pending(piece) <= MOST_PENDING and len(_fields(piece)) <= MOST_FIELDS:
            yield piece
            continue
        cuts += 1
        parts = piece.parts if isinstance(piece, Every) else (piece,)
        widest = max((part for part in parts if isinstance(part, Some)), key=_pending, default=NEVER)
        if cuts > MOST_CUTS or not isinstance(widest, Some) or not widest.parts:
            raise TooInvolvedError(wanted)
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
            ways = 1
            for part in parts:
                ways *= _firings(part)
            return ways
        case Some(parts):
            return sum(map(_firings, parts))
