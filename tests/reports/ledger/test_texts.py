"""Ledgers as CSV and as JSON lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from enforcerules import load_rulebook
from enforcerules.errors import LedgerError
from enforcerules.reports.ledger import LedgerRow, read_ledger

BOOK = load_rulebook()
TABLE = "编号,案件名称,货值金额（万元）,产品类别\r\n1,甲药店案,62,药品、医疗器械\r\n"
CASE = {"case_id": "1", "case_name": "甲药店案", "goods_value": "620000", "product_categories": ["drug", "device"]}


def write(tmp_path: Path, data: bytes | str, name: str = "l.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def rows_of(path: Path, **more: Any) -> list[LedgerRow]:
    return list(read_ledger(BOOK, path, **more))


@pytest.mark.parametrize(
    ("codec", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030")]
)
def test_the_encoding_is_found_out_and_said(tmp_path: Path, codec: str, said: str) -> None:
    ledger = read_ledger(BOOK, write(tmp_path, TABLE.encode(codec)))

    assert ledger.encoding == said
    assert [row.facts for row in ledger] == [CASE]
    assert [row.facts for row in rows_as(tmp_path, codec, said)] == [CASE]


def rows_as(tmp_path: Path, codec: str, encoding: str) -> list[LedgerRow]:
    return rows_of(write(tmp_path, TABLE.encode(codec)), encoding=encoding)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "ER7001"),
        (TABLE.encode("utf-16"), "ER7004"),
        (b"\xff\x00\xff,\x80\n", "ER7004"),
        (b"PK\x03\x04", "ER7001"),
        (b"\xd0\xcf\x11\xe0", "ER7001"),
        ("甲,乙\n1,2\n".encode(), "ER7005"),
        (b'case_id\n"1', "ER7030"),
        (b'case_id\n"1"x\n', "ER7030"),
        (b"case_id\n" + b"x" * 200_000, "ER7030"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(LedgerError, match=code):
        rows_of(write(tmp_path, data))


def test_another_encoding_than_asked_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE.encode("gb18030"))

    for encoding in ("utf-8", "latin-1"):
        with pytest.raises(LedgerError, match="ER7004"):
            read_ledger(BOOK, path, encoding=encoding)


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_columns_may_be_divided_in_several_ways(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path, TABLE.replace(",", mark))

    assert [row.facts for row in rows_of(path)] == [CASE]


def test_the_names_of_facts_are_headings_too(tmp_path: Path) -> None:
    path = write(tmp_path, "case_id,online\n1,true\n\n2,否\n")

    assert [(row.number, row.facts) for row in rows_of(path)] == [
        (2, {"case_id": "1", "online": True}),
        (4, {"case_id": "2", "online": False}),
    ]


def test_a_short_row_leaves_the_rest_unknown_and_a_long_one_is_told(tmp_path: Path) -> None:
    short, long = rows_of(write(tmp_path, "编号,涉网\n1\n2,是,多\n"))

    assert short.facts == {"case_id": "1"}
    assert [(fault.code, fault.cell and fault.cell.letters) for fault in long.faults] == [("ER7013", "C")]


def test_json_lines_are_cases_and_faults_keep_their_place(tmp_path: Path) -> None:
    lines = [
        json.dumps(CASE),
        "",
        '{"case_id": "2", "goods_valu": 5}',
        '{"case_id": "2", "fine": NaN}',
        '{"case_id": "1", "online": true}',
        '{"fine": 1, "fine": 2}',
        "[]",
        '{"goods_value": 620000.10, "online": null}',
    ]
    rows = rows_of(write(tmp_path, "\ufeff" + "\n".join(lines), "l.jsonl"))

    assert [row.number for row in rows] == [1, 3, 4, 5, 6, 7, 8]
    assert rows[0].facts == CASE
    assert BOOK.read_case(rows[-1].facts or {}).given == BOOK.read_case({"goods_value": "620000.1"}).given
    assert [row.facts for row in rows[1:-1]] == [None] * 5
    assert [[fault.code for fault in row.faults] for row in rows[1:-1]] == [
        ["ER3001"], ["ER0010"], ["ER7029"], ["ER0002"], ["ER3007"],
    ]  # fmt: skip
    assert [fault.span and fault.span.line for row in rows for fault in row.faults] == [3, 4, 5, 6, 7]


def test_going_through_a_ledger_twice_gives_the_same(tmp_path: Path) -> None:
    ledger = read_ledger(BOOK, write(tmp_path, TABLE + "1,乙,,\r\n"))

    assert [row.faults for row in ledger] == [row.faults for row in ledger]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_what_separates_the_cells_is_told_by_the_headings(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "l.csv"
    rows = (("编号", "案件名称", "summary"), ("1", '"甲"', '"一,二,三,四,五;六;七;八\t九"'))
    path.write_text("\n".join(delimiter.join(row) for row in rows), encoding="utf-8")

    assert [row.facts for row in read_ledger(BOOK, path)] == [
        {"case_id": "1", "case_name": "甲", "summary": "一,二,三,四,五;六;七;八\t九"}
    ]


@pytest.mark.parametrize(
    ("heading", "text", "code", "hint"),
    [
        ("罚款家数", "１２", "ER7020", "写成 `12`"),
        ("罚款家数", "2家", "ER7020", "只写数字，不写单位；不清楚的留空"),
        ("罚款家数", "٣", "ER7020", "只写数字，不写单位；不清楚的留空"),
        ("罚款金额", "５０００", "ER7022", "写成 `5000`"),
        ("立案日期", "２０２２年７月１０日", "ER7023", "写成 `2022-07-10`"),
        ("办案辖区", "永川区", "ER7027", "是否为 `500118`（重庆市永川区）？"),
        ("办案辖区", "某某区", "ER7027", "写六位行政区划代码"),
    ],
)
def test_what_is_nearly_right_is_refused_with_what_to_write(
    tmp_path: Path, heading: str, text: str, code: str, hint: str
) -> None:
    (row,) = rows_of(write(tmp_path, f"编号,{heading}\n1,{text}\n"))

    (fault,) = row.faults
    assert fault.code == code
    assert fault.hint
    assert fault.hint.zh == hint


def test_a_place_may_be_named_as_the_rulebook_names_it(tmp_path: Path) -> None:
    rows = rows_of(write(tmp_path, "编号,办案辖区\n1,重庆市永川区\n2,500118\n3,CN\n"))

    assert [row.facts and row.facts["jurisdiction"] for row in rows] == ["500118", "500118", "CN"]
