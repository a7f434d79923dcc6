"""Red lines: what must be so of every case, whatever its facts.

Their conditions also speak of the answer, which no rule may do, so they are a language of their own around
that of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from enforcerules.model.conditions import Condition
from enforcerules.text import Text

AnswerKind = Literal[
    "action",
    "permission",
    "exemption",
    "prohibition",
    "penalty",
    "label",
    "rule",
    "row",
    "clause_in_force",
    "unfounded",
]
ANY = "any"
"""The name under which a red line speaks of any penalty at all."""

AnswerState = Literal["met", "not_met", "open", "due", "done"]


@dataclass(frozen=True, slots=True)
class AnswerTest:
    """What the answer says of one thing.

    `met` and `not_met` are as open as the answer; `open`, `due` and `done` hold or do not. `unfounded`
    holds where something of the kind `name` is yielded by a rule none of whose clauses is in force.
    """

    kind: AnswerKind
    name: str
    expected: AnswerState = "met"


@dataclass(frozen=True, slots=True)
class EveryPart:
    """Every part holds."""

    parts: tuple[PropertyCondition, ...]


@dataclass(frozen=True, slots=True)
class SomePart:
    """Some part holds."""

    parts: tuple[PropertyCondition, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """The part does not hold."""

    part: PropertyCondition


PropertyCondition: TypeAlias = AnswerTest | EveryPart | SomePart | Opposite | Condition


@dataclass(frozen=True, slots=True)
class AlwaysHolds:
    """The condition is met; an open one will not do."""

    condition: PropertyCondition


@dataclass(frozen=True, slots=True)
class NeverHolds:
    """The condition is not met; it may be open."""

    condition: PropertyCondition


@dataclass(frozen=True, slots=True)
class ExactlyOne:
    """Never two parts are met, and never none of them can be.

    Where the facts are known, one part is met and the others are not; where they are not, several may be
    open, and one of them is the one.
    """

    parts: tuple[PropertyCondition, ...]


@dataclass(frozen=True, slots=True)
class Monotone:
    """What is met stays met when `fact` rises and nothing else changes.

    An amount or count rises, a day is later, a set gains members, a no becomes a yes.
    """

    fact: str
    keeps: tuple[PropertyCondition, ...]


Claim: TypeAlias = AlwaysHolds | NeverHolds | ExactlyOne | Monotone


@dataclass(frozen=True, slots=True)
class Property:
    """A red line: `claim` is so of every case of which `when` is met."""

    id: str
    title: Text
    bases: tuple[str, ...]
    when: PropertyCondition
    claim: Claim
    doubts: tuple[str, ...]
    note: Text | None

    @property
    def kind(self) -> Literal["always", "never", "exactly_one", "monotone"]:
        """The word under which the claim is written."""
        match self.claim:
            case AlwaysHolds():
                return "always"
            case NeverHolds():
                return "never"
            case ExactlyOne():
                return "exactly_one"
            case Monotone():
                return "monotone"


def claimed(claim: Claim) -> tuple[PropertyCondition, ...]:
    """Return the conditions that a claim is about."""
    match claim:
        case AlwaysHolds(condition) | NeverHolds(condition):
            return (condition,)
        case ExactlyOne(parts):
            return parts
        case Monotone(_, keeps):
            return keeps


def leaves(condition: PropertyCondition) -> Iterator[AnswerTest | Condition]:
    """Yield every leaf in the tree, left to right; an ordinary condition is one leaf."""
    match condition:
        case EveryPart(parts) | SomePart(parts):
            for part in parts:
                yield from leaves(part)
        case Opposite(part):
            yield from leaves(part)
        case _:
            yield condition
