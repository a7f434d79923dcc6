"""How the case ledger of a bureau is laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from enforcerules.model.facts import Value
from enforcerules.text import Text

Unit = Literal["元", "万元"]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """The column of one fact; `unit` is None for all but money."""

    fact: str
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class LedgerGroup:
    """Columns that stand together; of a `folded` group only the first is seen at once."""

    id: str
    title: Text
    folded: bool
    columns: tuple[LedgerColumn, ...]


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """The case ledger: every fact of the vocabulary in one column.

    `own_columns` are headings of columns that a bureau keeps for itself, `total_rows` the words with which a
    row begins that sums up others; neither is read. `example` holds the facts of the example row.
    """

    id: str
    title: Text
    groups: tuple[LedgerGroup, ...]
    own_columns: frozenset[str]
    total_rows: frozenset[str]
    example: Mapping[str, Value]
