"""Counts of many cases put together. Two tallies of one form add up to the tally of all their cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from enforcerules.reports.figures import CaseCount, CaseKey, CaseSheet, Cell, Counted, Figure, Lacking, Unplaced


@dataclass(slots=True)
class Tally:
    """What was counted so far. Everything it returns is in the order of the case numbers, not of arrival."""

    tables: dict[str, list[CaseKey]] = field(default_factory=dict)
    names: dict[CaseKey, str | None] = field(default_factory=dict)
    _counted: dict[Cell, list[Counted]] = field(default_factory=dict)
    _lacking: dict[Cell, list[Lacking]] = field(default_factory=dict)
    _sheets: list[CaseSheet] = field(default_factory=list)
    _unplaced: list[Unplaced] = field(default_factory=list)

    def add(self, count: CaseCount) -> None:
        """Add one case."""
        self.names[count.case] = count.name
        if count.table is not None:
            self.tables.setdefault(count.table, []).append(count.case)
        for cell, counted in count.counted.items():
            self._counted.setdefault(cell, []).append(counted)
        for cell, lacking in count.lacking.items():
            self._lacking.setdefault(cell, []).append(lacking)
        self._sheets.extend(count.sheets)
        self._unplaced.extend(count.unplaced)

    def merge(self, other: Tally) -> None:
        """Add all that another tally of the same form counted."""
        self.names |= other.names
        for table, cases in other.tables.items():
            self.tables.setdefault(table, []).extend(cases)
        for cell, counted in other._counted.items():
            self._counted.setdefault(cell, []).extend(counted)
        for cell, lacking in other._lacking.items():
            self._lacking.setdefault(cell, []).extend(lacking)
        self._sheets.extend(other._sheets)
        self._unplaced.extend(other._unplaced)

    def figures(self) -> dict[Cell, Figure]:
        """Return the content of every cell to which some case adds or may add."""
        found = {}
        for cell in sorted(self._counted.keys() | self._lacking.keys()):
            counted = sorted(self._counted.get(cell, ()), key=lambda each: each.case)
            lacking = sorted(self._lacking.get(cell, ()), key=lambda each: each.case)
            found[cell] = Figure(sum(each.amount for each in counted), tuple(counted), tuple(lacking))
        return found

    def sheets(self) -> tuple[CaseSheet, ...]:
        """Return the sheets of single cases."""
        return tuple(sorted(self._sheets, key=lambda sheet: (sheet.table, sheet.case)))

    def unplaced(self) -> tuple[Unplaced, ...]:
        """Return what was not counted: what is open first, then what the form does not count."""
        return tuple(
            sorted(self._unplaced, key=lambda each: (each.left_out, each.case, each.table or "", each.part or ""))
        )


def add_up(tallies: Iterable[Tally]) -> Tally:
    """Return the tally of all cases of `tallies`."""
    whole = Tally()
    for tally in tallies:
        whole.merge(tally)
    return whole
