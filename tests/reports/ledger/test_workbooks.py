"""Workbooks as they are met: what is read, what is told, what is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from enforcerules import Diagnostic, load_rulebook
from enforcerules.errors import LedgerError
from enforcerules.reports.ledger import LedgerRow, limits, read_ledger, unpacking
from enforcerules.reports.ledger import reading as reading_module
from tests.reports.ledger.workbooks import (
    DATE,
    LONG_DATE,
    MAIN,
    PERCENT,
    TIME,
    Cell,
    formula_cell,
    number_cell,
    row_xml,
    sheet_xml,
    write_workbook,
)

BOOK = load_rulebook()
HEADINGS = (
    "编号",
    "案件名称",
    "货值金额（万元）",
    "罚款金额（元）",
    "立案日期",
    "涉网",
    "产品类别",
    "罚款家数",
    "线索来源",
)
NAMES = (
    "case_id",
    "case_name",
    "goods_value",
    "fine",
    "filed_on",
    "online",
    "product_categories",
    "fined_entities",
    "case_source",
)


def rows_of(path: Path, **more: Any) -> list[LedgerRow]:
    return list(read_ledger(BOOK, path, **more))


def ledger(tmp_path: Path, *rows: Sequence[Cell | None] | str, **more: Any) -> Path:
    return write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS, *rows]), **more)


def said(found: Sequence[Diagnostic]) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.cell.letters if fault.cell else None) for fault in found]


def one_cell(tmp_path: Path, name: str, cell: Cell, **more: Any) -> LedgerRow:
    cells: list[Cell | None] = [None] * len(NAMES)
    cells[NAMES.index(name)] = cell
    (row,) = rows_of(ledger(tmp_path, cells, **more))
    return row


# --- what is read ----------------------------------------------------------------------------------

TRUE, FALSE = ('t="b"', "<v>1</v>"), ('t="b"', "<v>0</v>")
READ: list[tuple[str, Cell, Any]] = [
    ("goods_value", 62, "620000"),
    ("goods_value", "62", "620000"),
    ("goods_value", "62万", "620000"),
    ("goods_value", "620000元", "620000"),
    ("goods_value", number_cell("62.005"), "620050"),
    ("goods_value", number_cell("1.1000000000000001"), "11000"),
    ("goods_value", number_cell("6.2E1"), "620000"),
    ("goods_value", "≥30", {"at_least": "300000"}),
    ("goods_value", "30以上", {"at_least": "300000"}),
    ("goods_value", "≤30万", {"at_most": "300000"}),
    ("goods_value", "约30", {"about": "300000"}),
    ("goods_value", "30万至50万", {"at_least": "300000", "at_most": "500000"}),
    ("goods_value", "待查", None),
    ("fine", number_cell("620000.5"), "620000.50"),
    ("fine", number_cell("0.30000000000000004"), "0.30"),
    ("fine", "620,000.50", "620000.50"),
    ("fine", "1.5万", "15000"),
    ("filed_on", number_cell("44752", DATE), "2022-07-10"),
    ("filed_on", number_cell("44752", LONG_DATE), "2022-07-10"),
    ("filed_on", ('t="d"', "<v>2022-07-10T00:00:00</v>"), "2022-07-10"),
    ("filed_on", "2022-07-10", "2022-07-10"),
    ("online", "是", True),
    ("online", "√", True),
    ("online", TRUE, True),
    ("online", FALSE, False),
    ("online", "不明", None),
    ("product_categories", "药品、医疗器械", ["drug", "device"]),
    ("product_categories", "药品；化妆品,医疗器械", ["drug", "device", "cosmetic"]),
    ("product_categories", "药品\n化妆品", ["drug", "cosmetic"]),
    ("product_categories", "drug", ["drug"]),
    ("product_categories", "无", []),
    ("fined_entities", 3, 3),
    ("fined_entities", number_cell("3.0"), 3),
    ("fined_entities", "0", 0),
    ("case_source", "不良反应、不良事件监测", "adverse_event"),
    ("case_source", "Complaint or report", "complaint"),
    ("case_name", "'=甲", "=甲"),
    ("case_name", "'", ""),
]


@pytest.mark.parametrize(("name", "cell", "value"), READ, ids=[f"{n}-{c}"[:50] for n, c, _ in READ])
def test_a_cell_is_read_as_it_is_meant(tmp_path: Path, name: str, cell: Cell, value: Any) -> None:
    row = one_cell(tmp_path, name, cell)

    assert (row.facts, row.faults, row.notices) == ({name: value}, (), ())


SAID: list[tuple[str, Cell, Any, str]] = [
    ("filed_on", "2022年7月10日", "2022-07-10", "ER7045"),
    ("filed_on", "2022.7.10", "2022-07-10", "ER7045"),
    ("filed_on", "2022/7/10", "2022-07-10", "ER7045"),
    ("filed_on", "20220710", "2022-07-10", "ER7045"),
    ("filed_on", number_cell("20220710"), "2022-07-10", "ER7045"),
    ("filed_on", number_cell("44752.5", DATE), "2022-07-10", "ER7045"),
    ("case_name", "\xa0甲\u3000", "甲", "ER7040"),
    ("online", " 是", True, "ER7040"),
    ("fine", formula_cell("A1*2", "62"), "62", "ER7041"),
    ("case_name", formula_cell('A1&"甲"', "甲", "str"), "甲", "ER7041"),
    ("case_id", 20220001, "20220001", "ER7049"),
]


@pytest.mark.parametrize(("name", "cell", "value", "code"), SAID, ids=[f"{n}-{c}"[:50] for n, c, _, _ in SAID])
def test_what_is_read_in_spite_of_how_it_is_written_is_told(
    tmp_path: Path, name: str, cell: Cell, value: Any, code: str
) -> None:
    row = one_cell(tmp_path, name, cell)

    assert (row.facts, row.faults) == ({name: value}, ())
    assert [notice.code for notice in row.notices] == [code]
    assert {notice.severity for notice in row.notices} == {"note"}


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path: Path) -> None:
    row = one_cell(tmp_path, "filed_on", number_cell("43290", DATE), date1904=True)

    assert row.facts == {"filed_on": "2022-07-10"}


# --- what is refused -------------------------------------------------------------------------------

REFUSED: list[tuple[str, Cell, str]] = [
    ("goods_value", number_cell("62.00000049"), "ER7022"),
    ("fine", number_cell("620000.4999999"), "ER7022"),
    ("fine", number_cell("-1"), "ER7022"),
    ("fine", "-1", "ER7022"),
    ("fine", "６２万", "ER7022"),
    ("fine", "三十万", "ER7022"),
    ("fine", "30-50万", "ER7022"),
    ("fine", "50万至30万", "ER7022"),
    ("fine", "30万余", "ER7022"),
    ("fine", number_cell("1e300"), "ER7022"),
    ("fine", number_cell("12345678901234.56"), "ER7022"),
    ("fine", number_cell("0.5", PERCENT), "ER7020"),
    ("fine", TRUE, "ER7020"),
    ("fine", number_cell("44752", DATE), "ER7020"),
    ("filed_on", number_cell("44752"), "ER7020"),
    ("filed_on", number_cell("60", DATE), "ER7020"),
    ("filed_on", number_cell("1", DATE), "ER7023"),
    ("filed_on", number_cell("0.5", TIME), "ER7020"),
    ("filed_on", number_cell("9999999", DATE), "ER7020"),
    ("filed_on", "2022-02-30", "ER7023"),
    ("filed_on", "7/10/2022", "ER7023"),
    ("filed_on", "２０２２-07-10", "ER7023"),
    ("filed_on", "2022111", "ER7023"),
    ("filed_on", "2022年7月", "ER7023"),
    ("online", "Y", "ER7020"),
    ("online", 1, "ER7020"),
    ("product_categories", "药品、保健品、食品", "ER7021"),
    ("case_source", "现场检查、投诉举报", "ER7021"),
    ("fined_entities", 2.5, "ER7020"),
    ("fined_entities", "3家", "ER7020"),
    ("fined_entities", number_cell("-3"), "ER7020"),
    ("case_name", number_cell("44752", DATE), "ER7020"),
    ("case_name", ('t="e"', "<v>#N/A</v>"), "ER7025"),
    ("fine", formula_cell("1/0", "#DIV/0!", "e"), "ER7025"),
    ("fine", formula_cell("A1*2"), "ER7024"),
    ("fine", formula_cell("[1]Sheet1!A1", "62"), "ER7024"),
    ("case_name", "a_x0007_b", "ER7027"),
    ("fine", number_cell("nan"), "ER7025"),
    ("fine", ('t="s"', "<v>7</v>"), "ER7025"),
]


@pytest.mark.parametrize(("name", "cell", "code"), REFUSED, ids=[f"{n}-{c}"[:50] for n, c, _ in REFUSED])
def test_what_cannot_be_meant_is_refused_at_its_place(tmp_path: Path, name: str, cell: Cell, code: str) -> None:
    row = one_cell(tmp_path, name, cell)

    assert row.facts is None
    assert code in [fault.code for fault in row.faults]
    place = row.faults[0].cell
    assert place is not None
    assert (place.sheet, place.row, place.heading) == ("案件", 2, HEADINGS[NAMES.index(name)])
    assert place.letters == chr(65 + NAMES.index(name))
    assert row.faults[0].hint


def test_every_fault_of_every_row_is_told(tmp_path: Path) -> None:
    rows = rows_of(ledger(tmp_path, ["1", None, "x", "y"], ["2", "甲"], [None, None, None, "-1", "z", "q"]))

    assert [said(row.faults) for row in rows] == [
        [("ER7022", "C"), ("ER7022", "D")],
        [],
        [("ER7022", "D"), ("ER7023", "E"), ("ER7020", "F")],
    ]
    assert rows[1].facts == {"case_id": "2", "case_name": "甲"}


# --- rows ------------------------------------------------------------------------------------------


def test_rows_that_are_no_case_are_passed_over_and_named(tmp_path: Path) -> None:
    path = ledger(tmp_path, ["1"], [], ["合 计", None, 62], [None, "总计："], ["示例（不计入）", "甲"], [" "], ["2"])
    rows = rows_of(path)

    assert [(row.number, row.facts) for row in rows] == [
        (2, {"case_id": "1"}), (4, None), (5, None), (6, None), (8, {"case_id": "2"}),
    ]  # fmt: skip
    assert [said(row.notices) for row in rows[1:4]] == [[("ER7043", "A")], [("ER7043", "B")], [("ER7044", "A")]]


def test_hidden_rows_and_columns_are_read_and_told_but_not_folded_groups(tmp_path: Path) -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="4" hidden="1" outlineLevel="1"/></cols>'
    rows = [HEADINGS, row_xml(2, ["1", "甲", 3], 'hidden="1"'), ["2"]]
    found = read_ledger(BOOK, write_workbook(tmp_path / "l.xlsx", sheet_xml(rows, before=columns)))
    first, second = found

    assert [n.cell.letters for n in found.notices if n.code == "ER7042" and n.cell] == ["B"]
    assert first.facts == {"case_id": "1", "case_name": "甲", "goods_value": "30000"}
    assert [notice.code for notice in first.notices] == ["ER7042"]
    assert not second.notices


def test_merged_cells_spoil_their_rows_and_no_others(tmp_path: Path) -> None:
    merged = '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="C3:C4"/></mergeCells>'
    path = write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS, ["1"], ["2"], ["3"], ["4"]], after=merged))

    assert [(row.number, [f.code for f in row.faults]) for row in rows_of(path)] == [
        (2, []), (3, ["ER7026"]), (4, ["ER7026"]), (5, []),
    ]  # fmt: skip


def test_a_number_that_stands_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    first, second = rows_of(ledger(tmp_path, ["1"], [" 1"]))

    assert first.facts == {"case_id": "1"}
    assert said(second.faults) == [("ER7029", "A")]


# --- headings --------------------------------------------------------------------------------------


def headed(tmp_path: Path, headings: Sequence[str | None], *rows: Sequence[Cell | None], **more: Any) -> Any:
    return read_ledger(BOOK, write_workbook(tmp_path / "l.xlsx", sheet_xml([headings, *rows]), **more))


@pytest.mark.parametrize(
    "headings",
    [
        ("案件名称", "货值金额(万元)", "主要环节"),
        ("Case  name", "value of goods（10,000 yuan）", "Main stage"),
        ("case_name", "货 值 金 额（单位：万元）", "primary_stage"),
        ("案件\n名称", "货值金额万元", "主要环节（填表用）"),
    ],
)
def test_headings_are_known_in_many_ways(tmp_path: Path, headings: Sequence[str]) -> None:
    (row,) = headed(tmp_path, headings, ["甲", 62, "经营"])

    assert row.facts == {"case_name": "甲", "goods_value": "620000", "primary_stage": "distribution"}


def test_headings_may_stand_below_a_title_and_the_hidden_row_ties_the_columns(tmp_path: Path) -> None:
    sheet: list[list[Cell | None]] = [
        ["某县市场监管局案件台账"],
        ["基本情况"],
        ["货值（估）", "名字", "新列", "序号"],
        ["goods_value 万元", "case_name"],
        [62, "甲", None, 1],
    ]
    found = read_ledger(BOOK, write_workbook(tmp_path / "l.xlsx", sheet_xml(sheet)))

    assert [row.facts for row in found] == [{"goods_value": "620000", "case_name": "甲"}]
    assert [fault.code for fault in found.faults] == ["ER7010"]
    assert "ER7046" in [notice.code for notice in found.notices]


def test_columns_of_faulty_headings_are_told_and_what_stands_in_them_is_not_lost(tmp_path: Path) -> None:
    found = headed(
        tmp_path,
        ["编号", "货值金颔", "编号", None, "案件名称"],
        ["1", 2],
        ["2", None, "3"],
        ["4", None, None, "5"],
        ["6"],
    )

    assert said(found.faults) == [("ER7010", "B"), ("ER7011", "C")]
    assert "货值金额" in (found.faults[0].hint or ("",))[0]
    assert [said(row.faults) for row in found] == [[("ER7014", "B")], [("ER7014", "C")], [("ER7013", "D")], []]


def test_a_heading_against_the_hidden_row_is_refused(tmp_path: Path) -> None:
    found = headed(tmp_path, ["编号", "罚款金额"], ["case_id", "goods_value"], ["1", 5])

    assert said(found.faults) == [("ER7012", "B")]
    assert [row.facts for row in found] == [None]


def test_sheets_are_chosen_by_their_headings_or_by_name(tmp_path: Path) -> None:
    cases, other = sheet_xml([HEADINGS, ["1"]]), sheet_xml([["一些", "别的"]])
    path = write_workbook(tmp_path / "l.xlsx", {"说明": other, "七月": cases}, hidden=["七月"])
    found = read_ledger(BOOK, path)
    two = write_workbook(tmp_path / "two.xlsx", {"七月": cases, "八月": cases})

    assert found.sheet == "七月"
    assert "ER7042" in [notice.code for notice in found.notices]
    assert len(rows_of(two, sheet="八月")) == 1
    for name, code in ((None, "ER7006"), ("九月", "ER7007")):
        with pytest.raises(LedgerError, match=code):
            read_ledger(BOOK, two, sheet=name)
    with pytest.raises(LedgerError, match="ER7005"):
        read_ledger(BOOK, path, sheet="说明")


# --- other programs --------------------------------------------------------------------------------


def test_a_workbook_that_openpyxl_writes_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    sheet.append(["1", "甲", 62.005, 500000, None, "是", "药品", 1, "投诉举报"])
    book.save(tmp_path / "l.xlsx")

    assert rows_of(tmp_path / "l.xlsx")[0].facts == {
        "case_id": "1", "case_name": "甲", "goods_value": "620050", "fine": "500000", "online": True,
        "product_categories": ["drug"], "fined_entities": 1, "case_source": "complaint",
    }  # fmt: skip


def test_rich_and_phonetic_texts_prefixes_and_missing_references_are_read(tmp_path: Path) -> None:
    strings = (
        f'<x:sst xmlns:x="{MAIN}"><x:si><x:r><x:t>案件</x:t></x:r><x:r><x:t>名称</x:t></x:r>'
        "<x:rPh><x:t>ming</x:t></x:rPh></x:si><x:si><x:t>编号</x:t></x:si></x:sst>"
    )
    body = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>1</x:v></x:c>'
        '<x:c t="s"><x:v>0</x:v></x:c></x:row><x:row><x:c t="inlineStr"><x:is><x:t>7</x:t></x:is></x:c>'
        '<x:c t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    path = write_workbook(tmp_path / "l.xlsx", body, strings=strings)

    assert [row.facts for row in rows_of(path)] == [{"case_id": "7", "case_name": "案件名称"}]


# --- files that are no ledger, and those that mean harm --------------------------------------------


def refused(path: Path, code: str) -> str:
    with pytest.raises(LedgerError) as caught:
        rows_of(path)
    (fault,) = caught.value.diagnostics
    assert fault.code == code
    assert fault.hint
    return fault.message.en


def test_other_files_under_the_name_are_named(tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    for data, words in (
        (b"", "empty"),
        (b"<html><table>", "a web page"),
        ("编号,案件名称".encode(), "not an `xlsx`"),
        (old + "Workbook".encode("utf-16-le"), "old `.xls`"),
        (old + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ):
        path.write_bytes(data)
        assert words in refused(path, "ER7001")
    for part, words in (("content.xml", ".ods"), ("readme.txt", "an archive")):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "x")
        assert words in refused(path, "ER7001")


def test_a_truncated_workbook_is_damaged_wherever_it_ends(tmp_path: Path) -> None:
    whole = ledger(tmp_path, *([str(n), "甲" * 50] for n in range(50))).read_bytes()
    for end in range(10, len(whole), 97):
        (tmp_path / "cut.xlsx").write_bytes(whole[:end])
        refused(tmp_path / "cut.xlsx", "ER7001")


def test_entities_are_never_unfolded_nor_fetched(tmp_path: Path) -> None:
    for declared in ('<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">', '<!ENTITY a SYSTEM "file:///etc/passwd">', ""):
        evil = f"<!DOCTYPE worksheet [{declared}]>" + sheet_xml([HEADINGS, ["1"]]).partition("?>")[2]
        refused(write_workbook(tmp_path / "l.xlsx", evil), "ER7003")


def test_a_text_in_another_encoding_or_broken_xml_is_refused(tmp_path: Path) -> None:
    refused(write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS])[:-30]), "ER7003")
    path = ledger(tmp_path, ["1"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "wide.xlsx", "w") as archive:
        for name, data in parts.items():
            wide = name.endswith("s1.xml")
            archive.writestr(name, data.decode().replace('encoding="UTF-8"', "").encode("utf-16") if wide else data)
    refused(tmp_path / "wide.xlsx", "ER7003")


def test_what_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_PART", 5_000_000)
    blank = "<!--" + " " * 10_000_000 + "-->"
    path = write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS, ["1"]], after=blank))

    assert path.stat().st_size < 50_000
    refused(path, "ER7002")


def test_too_many_rows_columns_or_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_module, "MOST_ROWS", 3)
    refused(ledger(tmp_path, *([str(n)] for n in range(5))), "ER7002")
    far = '<row r="2"><c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>'
    assert [f.code for f in rows_of(ledger(tmp_path, far))[0].faults] == ["ER7002"]
    long = ledger(tmp_path, ["1", "甲" * (limits.LONGEST_CELL + 1)])
    assert [f.code for f in rows_of(long)[0].faults] == ["ER7002"]
    monkeypatch.setattr(unpacking, "LARGEST_LEDGER", 1000)
    refused(long, "ER7002")


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    relations = (
        f'<Relationships xmlns="x"><Relationship Id="r1" Type="{MAIN}/worksheet" Target="http://example.com/s.xml" '
        'TargetMode="External"/></Relationships>'
    )
    path = write_workbook(tmp_path / "l.xlsx", sheet_xml([HEADINGS]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, relations if name == "xl/_rels/workbook.xml.rels" else data)

    refused(path, "ER7005")


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    for name, code in (("no.xlsx", "ER0012"), ("no.csv", "ER0012"), ("no.jsonl", "ER0012"), (".", "ER0011")):
        with pytest.raises(LedgerError, match=code):
            read_ledger(BOOK, tmp_path / name)
    (tmp_path / "l.pdf").write_bytes(b"%PDF")
    refused(tmp_path / "l.pdf", "ER7001")
