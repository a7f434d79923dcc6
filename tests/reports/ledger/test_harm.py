"""Workbooks that would have us fetch, run or remember without end, and those that only look as if they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from enforcerules import load_rulebook
from enforcerules.errors import LedgerError
from enforcerules.reports.ledger import read_ledger, unpacking
from enforcerules.reports.ledger import workbook as workbook_module
from tests.reports.ledger.workbooks import MAIN, formula_cell, row_xml, sheet_xml, write_workbook

BOOK = load_rulebook()
HEADINGS = ("编号", "货值金额（元）")


@pytest.mark.parametrize(
    "formula",
    [
        "[1]Sheet1!A1",
        "'[1]七月 案件'!A1",
        "'C:\\台账\\[七月.xlsx]案件'!$B$2",
        "[1]!总额",
        "cmd|'/c calc'!A0",
        'WEBSERVICE("http://example.com")',
        'RTD("x",,"y")+1',
        "SUM(B2,[2]Sheet1!A1)",
    ],
)
def test_a_value_from_elsewhere_is_refused_though_it_is_saved(tmp_path: Path, formula: str) -> None:
    sheet = sheet_xml([HEADINGS, ["1", formula_cell(formula, "5")], ["2", 6]])
    first, second = read_ledger(BOOK, write_workbook(tmp_path / "l.xlsx", sheet))

    assert [fault.code for fault in first.faults] == ["ER7024"]
    assert second.facts == {"case_id": "2", "goods_value": "6"}


@pytest.mark.parametrize(
    "formula", ["表1[[#This Row],[金额]]*2", "[@金额]*Sheet2!A1", 'IF(A2="[1]x!","|",5)', "七月!A1", "MYRTD(1)", "B3"]
)
def test_a_value_from_within_the_workbook_is_read_and_told(tmp_path: Path, formula: str) -> None:
    sheet = sheet_xml([HEADINGS, ["1", formula_cell(formula, "5")]])
    (row,) = read_ledger(BOOK, write_workbook(tmp_path / "l.xlsx", sheet))

    assert row.facts == {"case_id": "1", "goods_value": "5"}
    assert [notice.code for notice in row.notices] == ["ER7041"]


def refused(path: Path) -> str:
    with pytest.raises(LedgerError) as caught:
        list(read_ledger(BOOK, path))
    (fault,) = caught.value.diagnostics
    assert fault.code == "ER7002"
    return fault.message.en


def test_formats_without_end_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = sheet_xml([HEADINGS, ["1"]])
    strings = f'<sst xmlns="{MAIN}">{"<si/>" * 10}</sst>'
    path = write_workbook(tmp_path / "l.xlsx", sheet, strings=strings)
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs>{"<xf/>" * 4_000_000}</cellXfs></styleSheet>'
    write_workbook(tmp_path / "styles.xlsx", sheet, more={"xl/styles.xml": styles.encode()})

    assert [row.facts for row in read_ledger(BOOK, path)] == [{"case_id": "1"}]
    assert "16 MB" in refused(tmp_path / "styles.xlsx")
    # what all parts together unpack to
    monkeypatch.setattr(unpacking, "LARGEST_PART", 200)
    assert "in all" in refused(path)


def test_too_many_sheets_or_merged_ranges_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = sheet_xml([HEADINGS, ["1"]])
    merged = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(2, 9))
    monkeypatch.setattr(workbook_module, "MOST_MERGED", 5)
    monkeypatch.setattr(workbook_module, "MOST_SHEETS", 3)

    assert "merged" in refused(write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS, ["1"]], after=merged)))
    many = {f"第{number}张": sheet for number in range(4)}
    assert "sheets" in refused(write_workbook(tmp_path / "many.xlsx", many))


def test_every_row_under_overlapping_merged_ranges_is_refused(tmp_path: Path) -> None:
    merged = "".join(f'<mergeCell ref="A2:A{end}"/>' for end in range(3, 40))
    rows = [row_xml(row, [str(row)]) for row in range(2, 60)]
    path = write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS, *rows], after=merged))

    found = list(read_ledger(BOOK, path))
    assert [bool(row.faults) for row in found] == [row.number < 40 for row in found]
    assert all(len(row.faults) <= 8 for row in found)


@pytest.mark.parametrize("said", [100, 2**31])
def test_a_sheet_is_refused_whether_it_owns_up_to_its_size_or_not(tmp_path: Path, said: int) -> None:
    blank = "<!--" + " " * 3_000_000 + "-->"
    path = write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS, ["1"]], after=blank))
    data = bytearray(path.read_bytes())
    # the directory at the end of the archive, where the name follows 46 bytes of numbers
    entry = data.rindex(b"xl/worksheets/s1.xml") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + 24 : entry + 28] = said.to_bytes(4, "little")
    path.write_bytes(bytes(data))

    with pytest.raises(LedgerError) as caught:
        list(read_ledger(BOOK, path))
    assert {fault.code for fault in caught.value.diagnostics} == {"ER7002" if said > 100 else "ER7001"}
