"""Rows laid out in aligned columns, Chinese counted as two cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from enforcerules.text import pad, width, wrap

GAP = 2


def align(rows: Sequence[Sequence[str]], *, indent: int = 0, widest: int = 40) -> list[str]:
    """Return the lines of a table. Cells wider than `widest` go on in the next line, where they can be broken.

    >>> align([("应为", "实为"), ("成立", "不成立")])
    ['应为  实为', '成立  不成立']
    """
    broken = [[wrap(cell, widest) for cell in row] for row in rows]
    columns = [max(width(line) for cell in column for line in cell) for column in zip(*broken, strict=True)]
    lines = []
    for row in broken:
        for pieces in zip_longest(*row, fillvalue=""):
            cells = [pad(piece, column + GAP) for piece, column in zip(pieces, columns, strict=True)]
            lines.append((" " * indent + "".join(cells)).rstrip())
    return lines
