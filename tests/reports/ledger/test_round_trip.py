"""What is written as a ledger reads back as the same cases."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcerules import CaseError, Rulebook, load_rulebook
from enforcerules.errors import LedgerError
from enforcerules.reports.ledger import read_ledger, write_ledger
from enforcerules.testing import CaseFacts
from tests.strategies import VOCABULARY, cases

BOOK = load_rulebook()
KINDS = ("xlsx", "csv", "jsonl")
TEXTS = [name for name, fact in VOCABULARY.items() if fact.type == "text" and name != "jurisdiction"]
ODD_TEXTS = (
    "", " ", "'", "''甲", "=1+1", "+86", "-5", "@x", "\t甲", "甲\n乙", "甲\r\n乙\r",
    " 甲 ", "\u3000甲", "待查", "不明", "无",
    "合计", "示例（不计入）", "Example (not counted)", "1", "007",
    "_x000D_", "a_x0041_b", '"', "甲,乙；丙", "#N/A", "TRUE", "\ufeff甲", "𠀀",
)  # fmt: skip
odd_texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8))
ODD_MONEY: tuple[Any, ...] = (
    "0", "0.01", "999999999999999.99", "1234567890123.45", "12345678901234.5", {"at_least": "0"}, {"at_most": "0"},
    {"at_least": "5", "at_most": "5"}, {"about": "0.07"}, {"at_least": "999999999999999.99"},
)  # fmt: skip


@st.composite
def ledgers(draw: st.DrawFn) -> list[CaseFacts]:
    found = draw(st.lists(cases(), max_size=3))
    for number, case in enumerate(found):
        for name in draw(st.lists(st.sampled_from(TEXTS), max_size=3, unique=True)):
            case[name] = draw(odd_texts)
        for name in draw(st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=2, unique=True)):
            # explicitly unknown, and not just absent
            case[name] = None
        if draw(st.booleans()):
            case["fine"] = draw(st.sampled_from(ODD_MONEY))
        if case.get("case_id") is not None:
            case["case_id"] = f"{case['case_id']}{number}"
    return found


def meaning(case: Any) -> tuple[Any, set[str]]:
    """What a case says: its values, and the facts that it calls unknown where that differs from saying nothing."""
    unknown = {name for name, value in case.items() if value is None and VOCABULARY[name].closed is not None}
    return BOOK.read_case(case).given, unknown


def read_back(path: Path) -> list[Any]:
    ledger = read_ledger(BOOK, path)
    assert not ledger.faults
    rows = list(ledger)
    assert [row.faults for row in rows if row.faults] == []
    return [row.facts for row in rows if row.facts is not None]


@pytest.mark.parametrize("kind", KINDS)
@given(ledger=ledgers())
def test_writing_and_reading_a_ledger_loses_nothing(kind: str, ledger: list[CaseFacts]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"ledger.{kind}"
        write_ledger(BOOK, path, ledger, example=True)

        assert [meaning(case) for case in read_back(path)] == [meaning(case) for case in ledger]


@pytest.mark.parametrize("kind", KINDS)
def test_every_odd_text_and_amount_reads_back(tmp_path: Path, kind: str) -> None:
    ledger: list[CaseFacts] = [{"case_id": f"甲{n}", "case_name": text} for n, text in enumerate(ODD_TEXTS)]
    ledger += [{"case_id": f"乙{n}", "goods_value": value} for n, value in enumerate(ODD_MONEY)]
    write_ledger(BOOK, tmp_path / f"l.{kind}", ledger)

    assert [meaning(case) for case in read_back(tmp_path / f"l.{kind}")] == [meaning(case) for case in ledger]


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_every_enumeration_reads_back(tmp_path: Path, kind: str) -> None:
    ledger: list[CaseFacts] = []
    for name, fact in VOCABULARY.items():
        members = list(fact.enumeration.values) if fact.enumeration else []
        if fact.type == "enum":
            ledger += [{name: member} for member in members]
        elif fact.type == "set":
            ledger += [{name: []}, {name: members}, *({name: [member]} for member in members)]
    write_ledger(BOOK, tmp_path / f"l.{kind}", ledger)

    assert [meaning(case) for case in read_back(tmp_path / f"l.{kind}")] == [meaning(case) for case in ledger]


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_without_any_fact_stays_a_case(tmp_path: Path, kind: str) -> None:
    write_ledger(BOOK, tmp_path / f"l.{kind}", [{}, {"online": True}, {}])

    assert [meaning(case) for case in read_back(tmp_path / f"l.{kind}")] == [
        ({}, set()),
        ({"online": True}, set()),
        ({}, set()),
    ]


def test_what_begins_like_a_formula_is_text_for_every_program(tmp_path: Path) -> None:
    names = ["=1+1", "+1", "-1", "@SUM(1)"]
    write_ledger(BOOK, tmp_path / "l.xlsx", [{"case_name": name} for name in names])
    write_ledger(BOOK, tmp_path / "l.csv", [{"case_name": name} for name in names])

    sheet = openpyxl.load_workbook(tmp_path / "l.xlsx").worksheets[0]
    assert [(sheet.cell(4 + n, 2).value, sheet.cell(4 + n, 2).data_type) for n in range(4)] == [(n, "s") for n in names]
    lines = (tmp_path / "l.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == [f"'{name}" for name in names]


def test_the_same_cases_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_ledger(BOOK, tmp_path / f"{name}.xlsx", [{"case_id": "1", "goods_value": "62万"}])

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_text_too_long_for_a_cell_is_refused_and_nothing_is_left_behind(tmp_path: Path) -> None:
    case = {"summary": "甲" * 40_000}
    with pytest.raises(LedgerError) as caught:
        write_ledger(BOOK, tmp_path / "l.xlsx", [{"summary": "乙"}, case])

    assert caught.value.diagnostics[0].code == "ER7060"
    assert not (tmp_path / "l.xlsx").exists()
    write_ledger(BOOK, tmp_path / "l.jsonl", [case])
    assert read_back(tmp_path / "l.jsonl") == [case]


def test_a_wrong_case_or_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError):
        write_ledger(BOOK, tmp_path / "l.csv", [{"good_value": 1}])
    with pytest.raises(LedgerError, match="ER7063"):
        write_ledger(BOOK, tmp_path / "l.ods", [])


def test_an_empty_ledger_offers_help_lists_and_an_example(rulebook: Rulebook, tmp_path: Path) -> None:
    write_ledger(rulebook, tmp_path / "l.xlsx", example=True)
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[2]]

    assert book.sheetnames == ["案件台账", "选项", "填表说明"]
    assert book["选项"].sheet_state == "hidden"
    assert len(headings) == len(VOCABULARY) == len(sheet.data_validations.dataValidation)
    assert headings[:2] == ["编号（自定义）", "案件名称"]
    assert "货值金额（元）" in headings
    assert all(cell.comment for cell in sheet[2])
    assert [cell.value for cell in sheet[3]][:2] == ["case_id", "case_name"]
    assert sheet.row_dimensions[3].hidden
    assert sheet.cell(4, 1).value == "示例（不计入）"
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref is not None
    assert any(column.outlineLevel == 1 and column.hidden for column in sheet.column_dimensions.values())
    assert read_back(tmp_path / "l.xlsx") == []


def test_a_workbook_holds_no_formula_link_or_macro(tmp_path: Path) -> None:
    write_ledger(BOOK, tmp_path / "l.xlsx", [{"case_name": "http://example.com", "summary": "=A1"}])
    with zipfile.ZipFile(tmp_path / "l.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}

    assert not [name for name, data in parts.items() if b"<f>" in data or b"hyperlink" in data or name.endswith(".bin")]
