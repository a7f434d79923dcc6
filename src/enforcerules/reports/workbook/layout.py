"""Where everything of a counting table stands when it is printed: areas of a grid, from the form's data alone.

A table may have several grids one below the other, each with its own columns. Their columns differ in number,
so the sheet is cut at every border of any of them, and an area spans the columns between its own borders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

from enforcerules.model import FormTable, Part, Row
from enforcerules.reports.figures import Cell

Style: TypeAlias = Literal["banner", "corner", "heading", "label", "column"]


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of cells, counted from 0 within the table, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Words:
    """A printed text: a title, a label, or the two texts of a divided corner. `row` is the row it names."""

    area: Area
    texts: tuple[str, ...]
    style: Style
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a figure is filled in."""

    area: Area
    cell: Cell
    row: Row


@dataclass(slots=True)
class Layout:
    """A table as printed: its areas, and how wide each column of the sheet is as a share of all values.

    `left` is how many columns hold titles and labels.
    """

    left: int
    shares: tuple[float, ...]
    height: int = 0
    words: list[Words] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns of the sheet it takes."""
        return self.left + len(self.shares)


def lay_out(table: FormTable) -> Layout:
    """Return where everything of a counting table stands."""
    grids = list(_grids(table))
    cuts = sorted({Fraction(n, len(axis.rows)) for axis, _ in grids for n in range(len(axis.rows) + 1)})
    left = 3 if any(part.heading == "inside" for part in table.blocks) else 2
    layout = Layout(left, tuple(float(after - before) for before, after in pairwise(cuts)))
    for number, (axis, blocks) in enumerate(grids):
        spans = _spans(cuts, left, len(axis.rows))
        if number:
            # the first grid stands below the title of the table
            _put(layout, 0, layout.width - 1, (axis.title.zh,), "banner")
            layout.height += 1
        _lay_heads(layout, axis, spans)
        for group in _groups(blocks):
            _lay_group(layout, table, axis, group, spans)
    return layout


def _grids(table: FormTable) -> Iterator[tuple[Part, list[Part]]]:
    """Yield each part that gives columns with the parts that stand under them."""
    for axis in dict.fromkeys(part.across for part in table.blocks):
        found = table.part(axis)
        if found is not None:
            yield found, [part for part in table.blocks if part.across == axis]


def _spans(cuts: Sequence[Fraction], left: int, columns: int) -> list[tuple[int, int]]:
    edges = [left + cuts.index(Fraction(n, columns)) for n in range(columns + 1)]
    return [(before, after - 1) for before, after in pairwise(edges)]


def _put(
    layout: Layout,
    left: int,
    right: int,
    texts: tuple[str, ...],
    style: Style,
    *,
    row: Row | None = None,
    top: int | None = None,
    rows: int = 1,
) -> None:
    top = layout.height if top is None else top
    layout.words.append(Words(Area(top, left, top + rows - 1, right), texts, style, row))


def _lay_heads(layout: Layout, axis: Part, spans: list[tuple[int, int]]) -> None:
    """Lay out the names of the columns; one that is part of another stands below it, at its right."""
    depth = 2 if any(row.of_which is not None for row in axis.rows) else 1
    corner = tuple(text.zh for text in axis.corner) or (axis.title.zh,)
    _put(layout, 0, layout.left - 1, corner, "corner", rows=depth)
    for row, (left, right) in zip(axis.rows, spans, strict=True):
        label = ((row.printed or row.label).zh,)
        inner = [span for other, span in zip(axis.rows, spans, strict=True) if other.of_which == row.id]
        if row.of_which is not None:
            _put(layout, left, right, label, "column", row=row, top=layout.height + 1)
        elif inner:
            _put(layout, left, inner[-1][1], label, "column", row=row)
            _put(layout, left, right, ("",), "column", top=layout.height + 1)
        else:
            _put(layout, left, right, label, "column", row=row, rows=depth)
    layout.height += depth


def _groups(blocks: list[Part]) -> Iterator[list[Part]]:
    """Yield the parts that stand beside one title together."""
    group: list[Part] = []
    for part in blocks:
        if group and part.heading in ("shared", "inside") and group[0].heading != "none":
            group.append(part)
        else:
            if group:
                yield group
            group = [part]
    if group:
        yield group


def _lay_group(layout: Layout, table: FormTable, axis: Part, group: list[Part], spans: list[tuple[int, int]]) -> None:
    first, last = group[0], layout.left - 1
    if first.heading != "none":
        _put(layout, 0, 0, (first.title.zh,), "heading", rows=sum(len(part.rows) for part in group))
    for part in group:
        inside = part is not first and part.heading == "inside"
        if inside:
            _put(layout, 1, 1, (part.title.zh,), "heading", rows=len(part.rows))
        left = 0 if part.heading == "none" else 2 if inside else 1
        for row in part.rows:
            _put(layout, left, last, ((row.printed or row.label).zh,), "label", row=row)
            for column, (begin, end) in zip(axis.rows, spans, strict=True):
                area = Area(layout.height, begin, layout.height, end)
                layout.slots.append(Slot(area, Cell(table.id, part.id, row.id, column.id), row))
            layout.height += 1
