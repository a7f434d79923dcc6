"""Whatever a file holds: its rows come out, or its faults are told, and nothing else ever happens."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from enforcerules import load_rulebook
from enforcerules.errors import Diagnostic, LedgerError, render
from enforcerules.reports.ledger import read_ledger
from tests.reports.ledger.workbooks import row_xml, sheet_xml, write_workbook
from tests.wording import faults_of_wording

BOOK = load_rulebook()
HEADINGS = [column.label.zh for column in BOOK.resolved.vocabulary.facts.values()][:24]
contents = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.from_regex(r"[-+≥≤约]?[0-9]{1,18}(\.[0-9]{0,9})?[万亿元]{0,2}(以上|至[0-9]万)?", fullmatch=True),
    st.from_regex(r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?", fullmatch=True),
    st.sampled_from(["是", "无", "待查", "合计", "药品、", "、", "'", "''", "=A1", "#N/A", "1e400", "-0", "1_0", "٣"]),
)
printable = contents.map(lambda text: "".join(c for c in text if c.isprintable() or c in "\n\t"))
attributes = st.sampled_from(
    ['t="n"', 't="s"', 't="b"', 't="e"', 't="d"', 't="str"', 't="z"', 's="1"', 's="-1"', 's="99"', 's="1" t="n"', ""]
)


def check_told(diagnostics: tuple[Diagnostic, ...]) -> None:
    for diagnostic in diagnostics:
        faults = [
            fault
            for fault in faults_of_wording(diagnostic)
            if fault != "there is no hint" or diagnostic.severity == "error"
        ]
        assert not faults, diagnostic
        for language in ("zh", "en"):
            assert all(line.isprintable() for line in render([diagnostic], language).split("\n"))
        json.dumps(diagnostic.to_dict())


def check_read(path: Path) -> None:
    try:
        ledger = read_ledger(BOOK, path)
        check_told(ledger.faults + ledger.notices)
        for row in ledger:
            check_told(row.faults + row.notices)
            assert (row.facts is None) or not row.faults
            if row.facts is not None:
                BOOK.read_case(row.facts)
    except LedgerError as error:
        check_told(error.diagnostics)


@given(table=st.lists(st.lists(printable, max_size=26), max_size=6))
def test_any_csv(table: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "l.csv"
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [HEADINGS, *table]]
        path.write_text("\n".join(lines), encoding="utf-8")
        check_read(path)


@given(data=st.binary(max_size=60), name=st.sampled_from(["l.csv", "l.jsonl", "l.xlsx", "l.txt"]))
def test_any_bytes(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        check_read(path)
        path.write_bytes(("编号,案件名称\n" if name.endswith("v") else "{").encode() + data)
        check_read(path)


@given(table=st.lists(st.lists(st.tuples(attributes, printable), max_size=26), max_size=5))
def test_any_cells_of_a_workbook(table: list[list[tuple[str, str]]]) -> None:
    def escaped(text: str) -> str:
        return "".join(f"&#{ord(c)};" if c not in "\ufffe\uffff" else "?" for c in text)

    rows = [row_xml(1, HEADINGS)]
    rows += [
        row_xml(number, [(kind, f"<v>{escaped(text)}</v>") for kind, text in row])
        for number, row in enumerate(table, 2)
    ]
    with tempfile.TemporaryDirectory() as folder:
        check_read(write_workbook(Path(folder) / "l.xlsx", sheet_xml(rows)))


@given(at=st.integers(0, 4000), byte=st.integers(0, 255), length=st.integers(1, 30))
def test_any_damage_to_a_workbook(at: int, byte: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write_workbook(Path(folder) / "l.xlsx", sheet_xml([HEADINGS, ["1", "甲"], ["2", "乙"]]))
        data = bytearray(path.read_bytes())
        at %= len(data)
        data[at : at + length] = bytes([byte]) * min(length, len(data) - at)
        path.write_bytes(bytes(data))
        check_read(path)
