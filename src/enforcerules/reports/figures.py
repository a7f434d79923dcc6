"""What a filled form holds: figures by cell, each with the cases counted in it, and what could not be placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from enforcerules.text import Text

EntryValue: TypeAlias = str | int | tuple[str, ...] | None


class Cell(NamedTuple):
    """An address in a form: table, part, row and the column, which is a row of the part that gives the columns."""

    table: str
    part: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class CaseKey:
    """Which case: its own number, and where it stood in what was handed in, such as `第3行`.

    Cases are told apart by both, so that two cases without a number are two.
    """

    case_id: str | None
    place: str

    def __str__(self) -> str:
        return self.case_id or self.place

    def __lt__(self, other: CaseKey) -> bool:
        return (self.case_id or "", self.place) < (other.case_id or "", other.place)


@dataclass(frozen=True, slots=True)
class Counted:
    """What one case adds to a cell, in units or fen, and the clauses that put it there.

    `weak` holds the conducts for which it stands in the column only by the column's label or by analogy.
    """

    case: CaseKey
    amount: int
    clauses: tuple[str, ...]
    weak: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lacking:
    """A case that may add to a cell, and the facts that it lacks for that."""

    case: CaseKey
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """The content of a cell. It has no value while a case lacks a fact that decides it.

    `known` is what the cases that lack nothing add up to, in units or fen.
    """

    known: int = 0
    counted: tuple[Counted, ...] = ()
    lacking: tuple[Lacking, ...] = ()

    @property
    def value(self) -> int | None:
        """The number to be filled in; None where it is not known."""
        return None if self.lacking else self.known


NOTHING = Figure()


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a case sheet: whether it is ticked; None where that is open."""

    row: str
    ticked: bool | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a case sheet that is filled with facts: name, value, None where a fact is not known.

    A date is ISO text, an amount is in fen, or a text where only its bounds are known, a set is its members in order.
    """

    row: str
    values: Mapping[str, EntryValue]


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """The sheet of one case where a form asks for one a case: the boxes by part, the entries."""

    case: CaseKey
    table: str
    boxes: Mapping[str, tuple[Box, ...]]
    entries: tuple[Entry, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A case, or a part of it, that is not counted, and why; `needs` are the facts that would settle it.

    `left_out`: nothing is open about it, the form does not count such a case.
    """

    case: CaseKey
    name: str | None
    table: str | None
    part: str | None
    needs: tuple[str, ...]
    reason: Text
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class CaseCount:
    """What one case adds to a form."""

    case: CaseKey
    name: str | None
    table: str | None = None
    counted: Mapping[Cell, Counted] = field(default_factory=dict)
    lacking: Mapping[Cell, Lacking] = field(default_factory=dict)
    sheets: tuple[CaseSheet, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
