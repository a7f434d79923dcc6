"""A value of a case → what stands in its cell, such that reading the cell gives the value back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from enforcerules.model import ResolvedRulebook, Value
from enforcerules.reports.ledger.amounts import Figure, as_figure, write_amount, write_yuan
from enforcerules.reports.ledger.layout import EXAMPLE_MARKS, Column, Layout
from enforcerules.reports.ledger.values import SEPARATOR, UNKNOWN, ValueReader
from enforcerules.values import Amount

Shown = str | int | date | Figure

_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠|%]")


class ValueWriter:
    """Writes the cells of one column."""

    def __init__(self, book: ResolvedRulebook, layout: Layout, column: Column) -> None:
        self._layout, self._column = layout, column
        self._reader = ValueReader(book, column)

    def show(self, value: Value | None, *, plain: bool = False) -> Shown:
        """Return what stands in the cell; `plain` where a program may take a text for a formula."""
        fact = self._column.fact
        unit = self._column.unit or "元"
        if value is None:
            return UNKNOWN[0]
        if isinstance(value, Amount):
            return as_figure(value, unit) or write_amount(value, unit)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, frozenset):
            return self._set(value)
        if isinstance(value, str):
            if fact.enumeration is not None:
                return self._exactly(fact.enumeration.values[value].zh, value, value)
            return self._text(value, plain=plain)
        return value

    def _set(self, members: frozenset[str]) -> str:
        fact = self._column.fact
        known = fact.enumeration.values if fact.enumeration else {}
        ordered = [name for name in known if name in members]
        if not ordered:
            return self._exactly("无", [], "[]")
        labels = SEPARATOR.join(known[name].zh for name in ordered)
        return self._exactly(labels, ordered, SEPARATOR.join(ordered))

    def _exactly(self, shown: str, value: Any, otherwise: str) -> str:
        """Return `shown` where it reads back as `value`; a label may hold a separator, or be another's too."""
        found = self._reader.read("text", shown)
        return shown if found.value == value and not found.faults and not found.empty else otherwise

    def _text(self, text: str, *, plain: bool) -> str:
        found = self._reader.read("text", text)
        reads_back = found.value == text and not found.faults and not found.notices and not found.empty
        marks = self._layout.is_total(text) or text in EXAMPLE_MARKS
        if reads_back and not marks and not (plain and _FORMULA.match(text)):
            return text
        return f"'{text}"


def as_json(value: Value) -> Any:
    """Return a value as a case file holds it."""
    if isinstance(value, Amount):
        if value.about is not None:
            return {"about": write_yuan(value.about)}
        if value.exact:
            return write_yuan(value.low)
        bounds = {"at_least": write_yuan(value.low)}
        return bounds if value.high is None else {**bounds, "at_most": write_yuan(value.high)}
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value
