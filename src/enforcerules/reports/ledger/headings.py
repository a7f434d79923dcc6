"""Which row of a table holds the headings, and which fact each column is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enforcerules.errors import Cell, Diagnostic, listed, nearest, quoted, suggest
from enforcerules.reports.ledger.cells import RawRow
from enforcerules.reports.ledger.layout import Column, Layout
from enforcerules.text import Text

SEARCHED_ROWS = 20
"""The headings stand among the first rows."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of somebody's table: its number from 1, its heading as it stands there, and its fact."""

    number: int
    heading: str
    column: Column


@dataclass(frozen=True, slots=True)
class Headings:
    """What the first rows of a table say about its columns.

    `last_row` is the last row of the headings; `faulty` says for each column that cannot be read why not,
    by its number, and `own` names those that are the bureau's own.
    """

    last_row: int
    columns: tuple[TableColumn, ...]
    faulty: Mapping[int, Diagnostic]
    own: Mapping[int, str]
    notices: tuple[Diagnostic, ...]

    def heading(self, number: int) -> str | None:
        """Return the heading of a column."""
        return next((column.heading for column in self.columns if column.number == number), self.own.get(number))


def find_headings(layout: Layout, rows: Sequence[RawRow], place: Cell, *, least: int) -> Headings | None:
    """Return the headings among the first rows of a table, None where fewer than `least` are known."""
    texts = [(row.number, {cell.column: cell.text for cell in row.cells if cell.kind == "text"}) for row in rows]
    keys_at, keys = next(
        ((number, row) for number, row in texts if len(row) >= least and all(map(layout.by_key, row.values()))), (0, {})
    )
    # our own hidden row stands right below the headings; a table may also have nothing but the names of facts
    above = [(number, row) for number, row in texts if not keys_at or 0 < keys_at - number <= 1]
    counted = [(sum(layout.by_heading(text) is not None for text in row.values()), number) for number, row in above]
    most, heading_at = max(counted, key=lambda entry: (entry[0], -entry[1]), default=(0, 0))
    if not keys and most < least:
        return None
    headings = dict(above).get(heading_at, {})
    return _match(layout, keys, headings or keys, max(keys_at, heading_at), heading_at or keys_at, place)


def _match(
    layout: Layout, keys: Mapping[int, str], headings: Mapping[int, str], last: int, row: int, place: Cell
) -> Headings:
    columns: list[TableColumn] = []
    faulty: dict[int, Diagnostic] = {}
    own: dict[int, str] = {}
    first: dict[str, int] = {}
    for number in sorted({*keys, *headings}):
        heading = headings.get(number, keys.get(number, ""))
        cell = Cell(place.path, place.sheet, row, number, heading or None, heading or None)
        found = _column(layout, keys.get(number), heading, cell)
        if isinstance(found, Diagnostic):
            faulty[number] = found
        elif found is None:
            own[number] = heading
        elif found.fact.name in first:
            faulty[number] = _repeated(cell, heading, first[found.fact.name])
        else:
            first[found.fact.name] = number
            columns.append(TableColumn(number, heading, found))
    notices = [*_own_notice(own, place, row), *_missing(layout, first, place, row)]
    return Headings(last, tuple(columns), faulty, own, tuple(notices))


def _column(layout: Layout, key: str | None, heading: str, cell: Cell) -> Column | Diagnostic | None:
    by_key = layout.by_key(key) if key is not None else None
    named = layout.by_heading(heading)
    if by_key is None:
        if named is not None:
            return named[0]
        return None if layout.is_own(heading) else _unknown(layout, heading, cell)
    if named is None:
        return by_key
    column, says_unit = named
    if column.fact != by_key.fact:
        return Diagnostic(
            "ER7012",
            Text(
                f"标题 {quoted(heading)} 与隐藏行的 {quoted(key)} 说的不是同一项",
                f"the heading {quoted(heading)} and the hidden {quoted(key)} name two different facts",
            ),
            hint=Text(
                "恢复原标题；换了内容的，把该列隐藏行的单元格清空",
                "restore the heading; where the column is now about something else, empty its hidden cell",
            ),
            cell=cell,
        )
    return column if says_unit else by_key


def _unknown(layout: Layout, heading: str, cell: Cell) -> Diagnostic:
    names = layout.headings()
    guess = nearest(heading, names)
    own = Text(
        "改成台账的标题；本单位自用的栏，标题用“备注”，或者列入规则库的 `own_columns`",
        "use a heading of the ledger; for a column of your own, list its heading under `own_columns` of the rulebook",
    )
    column = next((c for c in layout.columns() if guess is not None and c.fact.name == names[guess]), None)
    return Diagnostic(
        "ER7010",
        Text(f"不认识的标题 {quoted(heading)}", f"the heading {quoted(heading)} is not known"),
        hint=suggest(column.heading.zh) if column is not None else own,
        cell=cell,
    )


def _repeated(cell: Cell, heading: str, first: int) -> Diagnostic:
    other = Cell(cell.path, cell.sheet, cell.row, first).letters
    return Diagnostic(
        "ER7011",
        Text(
            f"标题 {quoted(heading)} 与 {other} 列重复", f"the heading {quoted(heading)} repeats that of column {other}"
        ),
        hint=Text("只保留一列", "keep one of the columns"),
        cell=cell,
    )


def _own_notice(own: Mapping[int, str], place: Cell, row: int) -> Iterable[Diagnostic]:
    if own:
        names = listed(own.values())
        said = Text(f"本单位自用的栏没有读：{names.zh}", f"these columns of your own were not read: {names.en}")
        yield Diagnostic("ER7046", said, severity="note", cell=Cell(place.path, place.sheet, row))


def _missing(layout: Layout, found: Mapping[str, int], place: Cell, row: int) -> Iterable[Diagnostic]:
    if layout.groups[0].folded:
        return
    missing = [column for column in layout.groups[0].columns if column.fact.name not in found]
    if missing:
        zh, en = (listed([getattr(c.heading, language) for c in missing], 20) for language in ("zh", "en"))
        yield Diagnostic(
            "ER7047",
            Text(
                f"没有这些栏，各案的这些事实视为不明：{zh.zh}",
                f"these columns are missing, and unknown in every case: {en.en}",
            ),
            hint=Text("需要的，加上这一列", "add those that you need"),
            severity="note",
            cell=Cell(place.path, place.sheet, row),
        )


def no_headings(layout: Layout, place: Cell) -> Diagnostic:
    """Return the fault of a table in which no headings are found."""
    shown = listed([column.heading.zh for column in layout.columns()], 6)
    in_english = listed([column.heading.en for column in layout.columns()], 6)
    return Diagnostic(
        "ER7005",
        Text(
            f"前 {SEARCHED_ROWS} 行中没有台账的标题",
            f"there are no headings of a ledger in the first {SEARCHED_ROWS} rows",
        ),
        hint=Text(
            f"标题例如 {shown.zh}；空白台账用 `enforcerules ledger new` 生成",
            f"headings are such as {in_english.en}; `enforcerules ledger new` makes an empty ledger",
        ),
        cell=place,
    )
