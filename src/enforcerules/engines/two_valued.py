"""Two-valued conditions over integer fields: what a rule is made of before it goes to an engine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from enforcerules.engines.encoding import Field


class Comparison(StrEnum):
    """How a field is compared with a number."""

    EQUAL = "="
    UNEQUAL = "≠"
    AT_LEAST = "≥"
    MORE_THAN = ">"
    AT_MOST = "≤"
    LESS_THAN = "<"


@dataclass(frozen=True, slots=True)
class Check:
    """Holds when the field is there and compares so with the number."""

    field: Field
    comparison: Comparison
    number: int


@dataclass(frozen=True, slots=True)
class Every:
    """Holds when every part does; without parts, always."""

    parts: tuple[TwoValued, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds when some part does; without parts, never."""

    parts: tuple[TwoValued, ...]


TwoValued: TypeAlias = Check | Every | Some
ALWAYS = Every(())
NEVER = Some(())


def every(parts: Iterable[TwoValued]) -> TwoValued:
    """Return the condition that holds when all of `parts` do: flat, plain checks first, none twice."""
    return _flat(parts, Every)


def some(parts: Iterable[TwoValued]) -> TwoValued:
    """Return the condition that holds when one of `parts` does: flat, plain checks first, none twice."""
    return _flat(parts, Some)


def _flat(parts: Iterable[TwoValued], kind: type[Every] | type[Some]) -> TwoValued:
    other = Some if kind is Every else Every
    found: dict[TwoValued, None] = {}
    for part in parts:
        if isinstance(part, other) and not part.parts:
            return part
        found |= dict.fromkeys(part.parts if isinstance(part, kind) else (part,))
    ordered = sorted(found, key=lambda part: not isinstance(part, Check))
    return ordered[0] if len(ordered) == 1 else kind(tuple(ordered))


def checks(condition: TwoValued) -> Iterable[Check]:
    """Yield every check in the tree, left to right."""
    if isinstance(condition, Check):
        yield condition
    else:
        for part in condition.parts:
            yield from checks(part)
