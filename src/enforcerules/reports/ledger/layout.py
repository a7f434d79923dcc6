"""The columns of a ledger, and which column of somebody's spreadsheet is which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from enforcerules.model import Fact, LedgerColumn, LedgerForm, LedgerGroup, ResolvedRulebook, Unit, Value
from enforcerules.text import Text

EXAMPLE_MARKS = ("示例（不计入）", "Example (not counted)")
"""What stands as the case number of the example row."""

_ENGLISH_UNITS = {"元": "yuan", "万元": "10,000 yuan"}
_UNIT = re.compile(r"[(\[]?(?:单位[:：]?)?(万元|元|10,000yuan|yuan)[)\]]?$")
_REMARK = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Column:
    """The column of a fact; `unit` is None for all but money."""

    fact: Fact
    unit: Unit | None

    @property
    def heading(self) -> Text:
        """What stands over the column."""
        label = self.fact.label
        if self.unit is None:
            return label
        return Text(f"{label.zh}（{self.unit}）", f"{label.en} ({_ENGLISH_UNITS[self.unit]})")

    @property
    def key(self) -> str:
        """What ties the column to its fact, whatever its heading becomes."""
        return self.fact.name if self.unit in (None, "元") else f"{self.fact.name} {self.unit}"


@dataclass(frozen=True, slots=True)
class Group:
    """Columns under one heading."""

    title: Text
    folded: bool
    columns: tuple[Column, ...]


class Layout:
    """How the ledger of a rulebook is laid out, and how headings are understood."""

    def __init__(self, book: ResolvedRulebook) -> None:
        form = book.case_ledger or _plain_form(book)
        facts = book.vocabulary.facts
        self.title = form.title
        self.groups = tuple(
            Group(group.title, group.folded, tuple(Column(facts[c.fact], c.unit) for c in group.columns))
            for group in form.groups
        )
        self.own_columns = frozenset(fold(name) for name in form.own_columns)
        self.total_rows = frozenset(fold(word) for word in form.total_rows)
        self.example: Mapping[str, Value] = form.example
        self._by_name = {column.fact.name: column for column in self.columns()}
        self._by_heading = self._headings()

    def columns(self) -> Iterator[Column]:
        """Yield every column in order."""
        for group in self.groups:
            yield from group.columns

    def by_key(self, text: str) -> Column | None:
        """Return the column that the hidden row names, such as `goods_value 万元`."""
        name, _, unit = text.strip().partition(" ")
        column = self._by_name.get(name)
        if column is None or unit not in ("", "元", "万元"):
            return None
        return _in_unit(column, "万元" if unit == "万元" else "元")

    def by_heading(self, text: str) -> tuple[Column, bool] | None:
        """Return the column that a heading names, and whether the heading says the unit."""
        folded = fold(text)
        name = self._by_heading.get(folded)
        if name is not None:
            return _in_unit(self._by_name[name], "元"), False
        unit = _UNIT.search(folded)
        name = self._by_heading.get(folded[: unit.start()]) if unit else None
        if unit is None or name is None or self._by_name[name].unit is None:
            return None
        return _in_unit(self._by_name[name], "万元" if unit[1] in ("万元", "10,000yuan") else "元"), True

    def is_own(self, heading: str) -> bool:
        """Tell whether a column is the bureau's own, and not read."""
        folded = fold(heading)
        return folded in self.own_columns or _REMARK.sub("", folded) in self.own_columns

    def is_total(self, text: str) -> bool:
        """Tell whether a row that begins with `text` sums up others."""
        return fold(text).rstrip(":：") in self.total_rows

    def headings(self) -> dict[str, str]:
        """Return the names of facts by everything that names them."""
        return {text: c.fact.name for c in self.columns() for text in (c.fact.name, c.fact.label.zh, c.fact.label.en)}

    def _headings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        short: dict[str, set[str]] = {}
        for name, column in self._by_name.items():
            for text in (name, *column.fact.label):
                found[fold(text)] = name
                # 主要环节（填表用） is also called 主要环节
                short.setdefault(_REMARK.sub("", fold(text)), set()).add(name)
        for text, names in short.items():
            if text and len(names) == 1:
                found.setdefault(text, next(iter(names)))
        return found


def fold(text: str) -> str:
    """Return `text` without the differences that nobody means in a heading: width, case, spaces.

    >>> fold("货值 金额（万元）")
    '货值金额(万元)'
    """
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("*\ufeff")


def _in_unit(column: Column, unit: Unit) -> Column:
    return column if column.unit is None or column.unit == unit else Column(column.fact, unit)


def _plain_form(book: ResolvedRulebook) -> LedgerForm:
    """Return the layout of a rulebook that has none: all facts in the order of the vocabulary."""
    facts = book.vocabulary.facts.values()
    columns = tuple(LedgerColumn(fact.name, "元" if fact.type == "money" else None) for fact in facts)
    title = Text("案件台账", "Case ledger")
    return LedgerForm("ledger", title, (LedgerGroup("all", title, False, columns),), frozenset(), frozenset(), {})
