"""What a ledger is told about without being wrong, a line for each kind: thousands of rows may say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from enforcerules.errors import SEVERITIES, Cell, Diagnostic, quoted
from enforcerules.text import Language, Text

_MOST_ROWS = 8

_Kind: TypeAlias = tuple[str, Text, int | None]


@dataclass(slots=True)
class _Same:
    """Notices that say the same about one column."""

    first: Diagnostic
    count: int = 0
    rows: list[int] = field(default_factory=list)


class Notices:
    """Collects notices, and keeps no more of them than is shown."""

    def __init__(self) -> None:
        self.count = 0
        self._kinds: dict[_Kind, _Same] = {}

    def add(self, notices: Iterable[Diagnostic]) -> None:
        """Take notices in the order of the rows."""
        for notice in notices:
            cell = notice.cell
            same = self._kinds.setdefault((notice.code, notice.message, cell.column if cell else None), _Same(notice))
            self.count += 1
            same.count += 1
            if cell is not None and cell.row is not None and len(same.rows) < _MOST_ROWS:
                same.rows.append(cell.row)

    def lines(self, language: Language) -> Iterator[str]:
        """Yield a line for each kind of notice in each column, with the rows where it was met."""
        for (code, message, _), same in self._kinds.items():
            place = (", " if language == "en" else "，").join(_place(same, language))
            between = Text("：", ": ")[language] if place else ""
            yield f"{SEVERITIES[same.first.severity][language]}[{code}]: {place}{between}{message[language]}"


def _place(same: _Same, language: Language) -> Iterator[str]:
    cell = same.first.cell or Cell("")
    if cell.letters is not None:
        named = f" {quoted(cell.heading)}" if cell.heading else ""
        yield Text(f"{cell.letters}列{named}", f"column {cell.letters}{named}")[language]
    if same.rows:
        more = "…" if same.count > len(same.rows) else ""
        numbers = [str(row) for row in same.rows]
        zh, en = f"第{'、'.join(numbers)}{more}行", f"row {', '.join(numbers)}{more}"
        if more:
            zh, en = f"{zh}（共{same.count}处）", f"{en} ({same.count} in all)"
        yield Text(zh, en)[language]
