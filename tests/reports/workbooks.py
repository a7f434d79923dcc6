"""A small ledger whose figures are plain to see, the workbook made of it, and how to read a printed table back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from enforcerules import Rulebook
from enforcerules.reports import FilledForm, Request, fill_form
from enforcerules.reports.workbook import write_workbook

AS_OF = date(2022, 10, 31)
UNIT = "永川区市场监督管理局"

_FILED = {
    "record_kind": "case",
    "jurisdiction": "500118",
    "duty_date": "2022-07-05",
    "progress": ["filed"],
}
ROWS: tuple[dict[str, Any], ...] = (
    {
        **_FILED,
        "case_id": "药-1",
        "case_name": "某药店销售劣药案",
        "product_categories": ["drug"],
        "primary_product": "drug",
        "stages": ["distribution"],
        "primary_stage": "distribution",
        "case_source": "complaint",
        "goods_value": "620000.01",
        "case_amount": "700000",
        "progress": ["filed", "penalised"],
        "fined_entities": 2,
        "fine": "123456.78",
        "conducts": ["unlicensed_distribution"],
        "online": True,
        "planned_penalty": '=HYPERLINK("http://example.com","罚款")',
        "planned_close_date": "2022-12-01",
        "summary_offence": "无证经营药品。",
    },
    {
        **_FILED,
        "case_id": "药-2",
        "product_categories": ["drug"],
        "primary_product": "drug",
        "case_source": "complaint",
        "goods_value": "0",
    },
    {
        **_FILED,
        "case_id": "械-1",
        "case_name": "+1 说明",
        "product_categories": ["device"],
        "primary_product": "device",
        "stages": ["use"],
        "primary_stage": "use",
        "case_source": "sampling",
        "goods_value": "30000",
        "license_revocation": "planned",
        "conducts": ["distribute_unregistered_device"],
        "online": True,
    },
    {**_FILED, "case_id": "晚-1", "product_categories": ["drug"], "filed_on": "2022-11-05"},
)


def fill(rulebook: Rulebook, rows: Sequence[dict[str, Any]] = ROWS, **more: Any) -> FilledForm:
    """Fill in the monthly form; `more` goes into the request."""
    wanted: dict[str, Any] = {"form": "annex1", "unit": UNIT, "as_of": AS_OF, "unknown": "absent"}
    request = Request(**wanted | more)
    return fill_form(rulebook, request, [(f"第{number}行", row) for number, row in enumerate(rows, 2)])


def write(filled: FilledForm, folder: Path) -> Any:
    """Write the workbook and open it again."""
    path = folder / "monthly.xlsx"
    write_workbook(filled, path)
    return openpyxl.load_workbook(path)


class Printed:
    """A sheet as somebody sees it: a merged range shows one text wherever one looks."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._top_left = {
            (row, column): (area.min_row, area.min_col)
            for area in sheet.merged_cells.ranges
            for row in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col, area.max_col + 1)
        }

    def at(self, row: int, column: int) -> Any:
        """Return the cell that shows at a place."""
        return self.sheet.cell(*self._top_left.get((row, column), (row, column)))

    def line(self, row: int) -> list[Any]:
        """Return what stands in a row, each printed cell once, wherever its lines are broken."""
        seen = dict.fromkeys(
            self._top_left.get((row, column), (row, column)) for column in range(1, self.sheet.max_column + 1)
        )
        values = [self.sheet.cell(*place).value for place in seen]
        return [value.replace("\n", "") if isinstance(value, str) else value for value in values]


def lines_of(sheet: Any) -> list[dict[str, Any]]:
    """Return the lines of a sheet that is a list, by heading."""
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
