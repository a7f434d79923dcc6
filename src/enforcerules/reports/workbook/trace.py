"""From every figure back to its cases: what each adds and under which clauses, and what each blank lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from enforcerules.explaining.page import cite
from enforcerules.model import FormTable, Part, Row
from enforcerules.reports.figures import CaseKey, Cell, Counted
from enforcerules.reports.filled import FilledForm, in_unit
from enforcerules.reports.workbook.lists import ListSheet
from enforcerules.reports.workbook.paper import Paper
from enforcerules.wording import STRENGTHS

_COLUMNS = (
    ("表", 8.0),
    ("栏目", 14.0),
    ("项目", 30.0),
    ("列", 18.0),
    ("案件编号", 24.0),
    ("案件名称", 40.0),
    ("计入", 12.0),
    ("单位", 7.0),
    ("归入须确认", 24.0),
    ("依据", 60.0),
)
_SAID = "每格计入了哪些案件、各计多少、依据哪些条款。“列”中带有合计的，同时计入合计；按“项目”筛选即得合计的全部案件。"
_LACKING = (*_COLUMNS[:6], ("缺少的事实", 60.0))
_LACKING_SAID = "灰色空格处的案件各缺少哪些事实；补充后重新生成。“列”为可能计入的各列。"


def write_trace(paper: Paper, filled: FilledForm) -> tuple[dict[Cell, str], list[str]]:
    """Write a line for each case in each figure; return where the lines of each cell begin, and the sheets."""
    sheet = ListSheet(paper, "取数明细", _COLUMNS, _SAID)
    links: dict[Cell, str] = {}
    cited = lru_cache(maxsize=None)(lambda clauses: cite(filled.book, clauses, whole=True).zh)
    names = filled.tally.names
    for table, part, row in _rows(filled):
        short = table.title.zh.split()[0]
        for cells, columns, axis, counted in _columns(filled, table, part, row):
            if counted:
                link = sheet.next_line
                for cell in cells:
                    links.setdefault(cell, link)
            for each in counted:
                amount = Decimal(each.amount) if row.value is None else in_unit(each.amount, row)
                sheet.put(
                    (
                        short,
                        part.title.zh,
                        row.label.zh,
                        columns,
                        str(each.case),
                        names.get(each.case) or "",
                        amount,
                        row.unit or "",
                        "、".join(weakly(filled, axis, each.weak)),
                        cited(each.clauses),
                    )
                )
    sheet.end()
    return links, sheet.names


def _rows(filled: FilledForm) -> Iterator[tuple[FormTable, Part, Row]]:
    for table in filled.counting_tables:
        for part in table.blocks:
            for row in part.rows:
                yield table, part, row


def weakly(filled: FilledForm, column: Row, conducts: Iterable[str]) -> Iterator[str]:
    """Yield the conducts that put a case in a column by its label or by analogy, each with that."""
    known = filled.book.vocabulary.facts["conducts"].enumeration
    for conduct in conducts:
        label = known.values[conduct].zh if known else conduct
        yield label + STRENGTHS[column.strength[conduct]].zh


def _columns(
    filled: FilledForm, table: FormTable, part: Part, row: Row
) -> Iterator[tuple[list[Cell], str, Row, tuple[Counted, ...]]]:
    """Yield the columns of a row with their cases; a case that a column counts is not repeated for the total."""
    axis = table.part(part.across)
    if axis is None:
        return
    totals = [column for column in axis.rows if column.total]
    total_cells = [Cell(table.id, part.id, row.id, column.id) for column in totals]
    both = "".join(f"、{column.label.zh}" for column in totals)
    seen: set[CaseKey] = set()
    for column in axis.rows:
        if column.total:
            continue
        cell = Cell(table.id, part.id, row.id, column.id)
        counted = filled.figure(cell).counted
        if totals:
            seen.update(each.case for each in counted)
        yield [cell, *total_cells], column.label.zh + both, column, counted
    for column, cell in zip(totals, total_cells, strict=True):
        # of a case without a stage it may be known that it counts, and not where
        yield (
            [cell],
            column.label.zh,
            column,
            tuple(each for each in filled.figure(cell).counted if each.case not in seen),
        )


def write_lacking(paper: Paper, filled: FilledForm) -> list[str]:
    """Write a line for each case and row of which a figure waits; return the names of the sheets."""
    sheet = ListSheet(paper, "缺项", _LACKING, _LACKING_SAID)
    facts = filled.book.vocabulary.facts
    said = lru_cache(maxsize=None)(
        lambda needs: "、".join(facts[need].label.zh if need in facts else need for need in needs)
    )
    names = filled.tally.names
    for table, part, row in _rows(filled):
        short = table.title.zh.split()[0]
        axis = table.part(part.across)
        # the same case may wait in several columns of a row: one line for all of them
        waiting: dict[tuple[CaseKey, tuple[str, ...]], list[str]] = {}
        for column in axis.rows if axis else ():
            for each in filled.figure(Cell(table.id, part.id, row.id, column.id)).lacking:
                waiting.setdefault((each.case, each.needs), []).append(column.label.zh)
        for (case, needs), columns in waiting.items():
            sheet.put(
                (
                    short,
                    part.title.zh,
                    row.label.zh,
                    "、".join(columns),
                    str(case),
                    names.get(case) or "",
                    said(needs),
                )
            )
    sheet.end()
    return sheet.names
