"""The sheets of the tables that count, as the form prints them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enforcerules.model import Form, FormTable
from enforcerules.reports.figures import Cell
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.saying import chinese_day
from enforcerules.reports.workbook.layout import Layout, Slot, Words, lay_out
from enforcerules.reports.workbook.paper import (
    SHADE,
    TITLE,
    Paper,
    Sheet,
    cells_in,
    fold,
    height_of,
    lay,
    put_merged,
    put_number,
    put_text,
)

_TITLES, _INNER_TITLES, _LABELS, _VALUES = 9.0, 5.5, 27.0, 64.0
_LINE = 15.0
_MOST_ROWS_ON_A_PAGE = 60
_MOST_NAMED = 8
_FAR = 13
FIRST_ROW = 2
"""The row of the sheet in which a table begins, below its title and the head of the form."""


def write_table(paper: Paper, sheet: Sheet, filled: FilledForm, table: FormTable, lines: Mapping[Cell, str]) -> None:
    """Write a table on a sheet that was begun for it; `lines` says where the cases of a cell are listed."""
    layout = lay_out(table)
    widths = _widths(layout)
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, wide)
    last = layout.width - 1
    put_merged(sheet, (0, 0, 0, last), printed_title(table), paper, font_name=TITLE, font_size=14, align="center")
    sheet.set_row(0, 26)
    write_head(paper, sheet, filled, 1, last, layout.left)
    heights = [_LINE] * layout.height
    for words in layout.words:
        area = words.area
        wide = sum(widths[area.left : area.right + 1])
        text = _write_words(paper, sheet, words, wide)
        if words.style == "heading":
            continue
        rows = range(area.top, area.bottom + 1)
        needed = 2 * _LINE + 4 if len(words.texts) > 1 else height_of(text, wide)
        for row in rows:
            heights[row] = max(heights[row], needed / len(rows))
    for row, height in enumerate(heights, FIRST_ROW):
        sheet.set_row(row, height)
    for slot in layout.slots:
        _write_slot(paper, sheet, filled, slot, lines)
    _write_footnotes(paper, sheet, filled, table, FIRST_ROW + layout.height, last, sum(widths))
    sheet.set_portrait()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1 if layout.height <= _MOST_ROWS_ON_A_PAGE else 0)
    sheet.repeat_rows(0, FIRST_ROW)


def _widths(layout: Layout) -> list[float]:
    left = [_TITLES, _INNER_TITLES, _LABELS] if layout.left == 3 else [_TITLES, _INNER_TITLES + _LABELS]
    return [*left, *(share * _VALUES for share in layout.shares)]


def write_head(paper: Paper, sheet: Sheet, filled: FilledForm, row: int, last: int, left: int) -> None:
    """Write the head of the form in one row: the first entry at the left, the others at the right."""
    first, *others = head_lines(filled)
    put_merged(sheet, (row, 0, row, left - 1), first, paper, align="left")
    put_merged(sheet, (row, left, row, last), "　".join(others), paper, align="right")
    sheet.set_row(row, max(18.0, height_of(first, _TITLES + _INNER_TITLES + _LABELS)))


def printed_title(table: FormTable) -> str:
    """Return the title of a table as the form prints it."""
    return (table.printed or table.title).zh


def head_lines(filled: FilledForm) -> list[str]:
    """Return what the head of the form says, filled in."""
    known = {"unit": filled.unit, "as_of": chinese_day(filled.as_of)}
    found = []
    for row in filled.form.header:
        value = "".join(known[name] for name in row.value.facts) if row.value and row.value.kind == "report" else ""
        found.append(row.printed.zh.replace("{}", value) if row.printed else f"{row.label.zh}：{value}")
    return found or [f"{filled.unit}　{chinese_day(filled.as_of)}"]


_LOOKS: dict[str, dict[str, Any]] = {
    "banner": {"bold": True, "align": "center"},
    "corner": {"align": "center"},
    "heading": {"align": "center"},
    "label": {"align": "left", "indent": 1},
    "column": {"align": "center"},
}


def _write_words(paper: Paper, sheet: Sheet, words: Words, wide: float) -> str:
    area, looks = words.area, {"border": 1, **_LOOKS[words.style]}
    text = fold(words.texts[0], cells_in(wide) - (2 if "indent" in looks else 0))
    if len(words.texts) > 1:
        # the line falls from the top left: what the columns are stands above it, what the rows are below
        text = f"{'　' * _FAR}{words.texts[1]}\n　{words.texts[0]}"
        looks |= {"align": "left", "diag_type": 2, "diag_border": 1}
    put_merged(sheet, _on_sheet(words), text, paper, **looks)
    row = words.row
    if row is not None and row.unit is not None and words.style == "label" and row.unit not in text:
        sheet.write_comment(area.top + FIRST_ROW, area.left, f"表样没有注明单位，按“{row.unit}”填写。")
    return text


def _on_sheet(placed: Words | Slot) -> tuple[int, int, int, int]:
    area = placed.area
    return area.top + FIRST_ROW, area.left, area.bottom + FIRST_ROW, area.right


def _write_slot(paper: Paper, sheet: Sheet, filled: FilledForm, slot: Slot, lines: Mapping[Cell, str]) -> None:
    top, left, *_ = where = _on_sheet(slot)
    looks = {"border": 1, "align": "center", "shrink": True, "text_wrap": False}
    state = filled.state(slot.cell)
    if state == "open":
        put_merged(sheet, where, "", paper, **looks, bg_color=SHADE)
        sheet.write_comment(top, left, _what_lacks(filled, slot.cell), {"x_scale": 2})
        return
    put_merged(sheet, where, "", paper, **looks)
    number = filled.number(slot.cell, slot.row)
    if state == "not_applicable" or number is None:
        put_text(sheet, top, left, filled.form.fill.get("not_applicable", "/"), paper, **looks)
        return
    if not number and not filled.form.fill.get("none", "0").isdigit():
        put_text(sheet, top, left, filled.form.fill["none"], paper, **looks)
        return
    if slot.cell in lines:
        # a link to where its cases are listed; the number takes the place of its text
        sheet.write_url(top, left, lines[slot.cell], paper.format(**looks), "", "本格计入的案件")
    put_number(sheet, top, left, number, paper, **looks)


def _what_lacks(filled: FilledForm, cell: Cell) -> str:
    lacking = filled.figure(cell).lacking
    named = "、".join(str(each.case) for each in lacking[:_MOST_NAMED])
    more = "等" if len(lacking) > _MOST_NAMED else ""
    return f"{len(lacking)} 件缺少事实，暂不能填写：{named}{more}。所缺事实见“缺项”表。"


def _write_footnotes(
    paper: Paper, sheet: Sheet, filled: FilledForm, table: FormTable, row: int, last: int, wide: float
) -> None:
    for note in footnotes(filled, table):
        text = lay(note, wide, 9)
        put_merged(sheet, (row, 0, row, last), text, paper, font_size=9, align="left")
        sheet.set_row(row, height_of(text, wide, 9))
        row += 1


def footnotes(filled: FilledForm, table: FormTable) -> list[str]:
    """Return what is said below a table: units that the form leaves out, and why cells are blank."""
    assumed: dict[str, None] = {}
    for part in table.blocks:
        for row in part.rows:
            if row.unit is not None and row.unit not in row.label.zh:
                assumed[f"{row.label.zh}（{row.unit}）"] = None
    notes = [f"注：表样没有注明单位，按括号内单位填写：{'、'.join(assumed)}。"] if assumed else []
    notes += [f"注：{remark.zh}" for remark in table.remarks]
    if any(filled.state(cell) == "open" for *_, cell in filled.cells(table)):
        notes.append("注：灰色空格处有案件缺少事实，暂不能填写，补充后再报；所缺事实见“缺项”表。")
    return notes


def instructions(form: Form) -> list[str]:
    """Return the filling rules as the form prints them, numbered."""
    printed = [note.printed.zh for note in form.notes if note.printed is not None]
    texts = printed or [note.text.zh for note in form.notes]
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)]
