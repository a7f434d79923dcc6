"""The layout of the case ledger."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from enforcerules.syntax.documents.blocks import Doc, TextDoc


class LedgerColumnDoc(Doc):
    """The column of one fact."""

    fact: str
    unit: Literal["元", "万元"] | None = None


class LedgerGroupDoc(Doc):
    """Columns that stand together under one heading."""

    id: str
    title: TextDoc
    folded: bool = True
    columns: list[LedgerColumnDoc] = Field(min_length=1)


class LedgerDoc(Doc):
    """The case ledger: which column comes first, what is folded away, in which unit."""

    ledger: str
    title: TextDoc
    own_columns: list[str] = []
    total_rows: list[str] = []
    groups: list[LedgerGroupDoc] = Field(min_length=1)
    example: dict[str, Any] = {}
