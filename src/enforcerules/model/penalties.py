"""Penalties as the law lays them down: fines by figures, and measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enforcerules.text import Text

FINE = "fine"
"""The name under which a fine has its place in the order of severity."""

MEASURES = "penalty_measure"
"""The enumeration of measures; its order, mildest first, is the order of severity."""


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine, in fen and per cent of a base.

    `base` is the fact that is multiplied. Below `under` it is `amount`, else the multiple; a base below `floor`
    counts as `floor`. `may` where it can be imposed but need not be.
    """

    base: str | None
    floor: int | None
    under: int | None
    amount: tuple[int, int] | None
    percent: tuple[int, int] | None
    may: bool

    @property
    def turns(self) -> tuple[int, ...]:
        """The bases in fen at which the fine turns: its floor, its tier."""
        return tuple(line for line in (self.floor, self.under) if line is not None)


@dataclass(frozen=True, slots=True)
class Measure:
    """A penalty other than a fine, and who decides on it.

    With `life` it is for life, from `years` years up where those are given. `days` are the least and the most.
    """

    do: str
    by: str
    may: bool
    years: int | None
    life: bool
    days: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Choice:
    """The law by which one chooses among penalties; without clauses there is no choice."""

    clauses: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


NO_CHOICE = Choice()


@dataclass(frozen=True, slots=True)
class Penalty:
    """What the law lays down for one act; the clauses are those of the rules that yield it."""

    id: str
    title: Text
    on: Literal["unit", "persons"]
    fine: Fine | None
    measures: tuple[Measure, ...]
    note: Text | None
