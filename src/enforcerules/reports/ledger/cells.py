"""What stands in the cells of a table, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

CellKind = Literal["text", "number", "percent", "date", "bool", "error"]
Formula = Literal["", "cached", "empty", "external"]


class RawCell(NamedTuple):
    """One cell that is not empty.

    `text` is the text, the digits of a number as they are stored, the day of a date, `1` or `0` of a
    boolean, the name of an error. `formula` tells a value that somebody typed from one that was calculated:
    `cached` is its value when the file was saved, `empty` means that none was saved, and `external` that the
    formula looks into another file, or fetches its value.
    """

    column: int
    kind: CellKind
    text: str
    formula: Formula = ""


@dataclass(slots=True)
class RawRow:
    """One row: its number as the spreadsheet shows it, and its cells from left to right."""

    number: int
    cells: list[RawCell] = field(default_factory=list)
    hidden: bool = False
    fault: str | None = None
