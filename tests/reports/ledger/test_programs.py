"""Ledgers as different spreadsheet programs save them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.table import Table

from enforcerules import load_rulebook
from enforcerules.reports.ledger import LedgerRow, read_ledger

BOOK = load_rulebook()
STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)


@pytest.fixture
def book() -> Any:
    made = openpyxl.Workbook()
    made.worksheets[0].append(["编号", "案件名称", "立案日期", "货值金额（万元）", "涉网"])
    made.worksheets[0].append(["1", "甲", date(2022, 7, 10), 62.005, True])
    made.worksheets[0].append(["2", "乙", datetime(2022, 7, 10, 14, 30), "62", None])
    return made


FACTS: list[dict[str, Any]] = [
    {"case_id": "1", "case_name": "甲", "filed_on": "2022-07-10", "goods_value": "620050", "online": True},
    {"case_id": "2", "case_name": "乙", "filed_on": "2022-07-10", "goods_value": "620000"},
]


def rows_of(path: Path) -> list[LedgerRow]:
    return list(read_ledger(BOOK, path))


def facts_of(path: Path) -> list[Any]:
    return [row.facts for row in rows_of(path)]


def test_the_strict_format_is_read_as_the_usual_one(book: Any, tmp_path: Path) -> None:
    book.save(tmp_path / "usual.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "usual.xlsx") as usual,
        zipfile.ZipFile(tmp_path / "strict.xlsx", "w") as strict,
    ):
        for name in usual.namelist():
            text = usual.read(name).decode()
            for one, other in STRICT:
                text = text.replace(one, other)
            strict.writestr(name, text)

    assert facts_of(tmp_path / "usual.xlsx") == facts_of(tmp_path / "strict.xlsx") == FACTS


def test_dates_written_as_such_are_read(book: Any, tmp_path: Path) -> None:
    book.iso_dates = True
    book.save(tmp_path / "l.xlsx")

    assert facts_of(tmp_path / "l.xlsx") == FACTS


def test_days_may_count_from_1904(book: Any, tmp_path: Path) -> None:
    book.epoch = CALENDAR_MAC_1904
    book.save(tmp_path / "l.xlsx")

    assert facts_of(tmp_path / "l.xlsx") == FACTS


def test_a_workbook_made_for_macros_is_read_and_nothing_in_it_runs(book: Any, tmp_path: Path) -> None:
    book.save(tmp_path / "l.xlsm")
    with zipfile.ZipFile(tmp_path / "l.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 a macro")

    assert facts_of(tmp_path / "l.xlsm") == FACTS


def test_rich_texts_tables_filters_and_other_sheets_do_not_matter(book: Any, tmp_path: Path) -> None:
    sheet = book.worksheets[0]
    sheet["B2"] = CellRichText(TextBlock(InlineFont(b=True), "甲"), "药店")
    sheet.add_table(Table(displayName="案件", ref="A1:E3"))
    sheet.auto_filter.ref = "A1:E3"
    sheet.row_dimensions[3].hidden = True
    sheet.freeze_panes = "B2"
    book.create_sheet("汇总").append(["合计", 2])
    book.save(tmp_path / "l.xlsx")

    first, second = rows_of(tmp_path / "l.xlsx")
    assert first.facts == FACTS[0] | {"case_name": "甲药店"}
    assert second.facts == FACTS[1]
    assert "ER7042" in [notice.code for notice in second.notices]
