"""The example ledgers and the month made from them are what the script makes today."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from enforcerules import Rulebook
from enforcerules.reports import FilledForm, fill_form
from enforcerules.reports.ledger import read_ledger

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def parts(path: Path) -> dict[str, bytes]:
    """What a workbook or document is made of. How tightly it is packed depends on the system; the rulebook's
    fingerprint, which it names, changes with every word of a rule.
    """
    with zipfile.ZipFile(path) as archive:
        return {name: re.sub(rb"\b[0-9a-f]{64}\b", b"sha256", archive.read(name)) for name in archive.namelist()}


def test_making_the_examples_again_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    import make_example_ledgers

    make_example_ledgers.main(tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())

    assert made == [
        "ledger-with-faults.csv",
        "ledger-yongchuan-2022.xlsx",
        "monthly-yongchuan-2022-10.xlsx",
        "quarterly-yongchuan-2022-09.docx",
    ]
    assert (tmp_path / made[0]).read_bytes() == (EXAMPLES / made[0]).read_bytes()
    for name in made[1:]:
        assert parts(tmp_path / name) == parts(EXAMPLES / name), "run: python scripts/make_example_ledgers.py"


@pytest.fixture
def filled(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> FilledForm:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from make_example_ledgers import REQUEST, WORKBOOK

    rows = [(str(row.number), row.facts) for row in read_ledger(rulebook, EXAMPLES / WORKBOOK) if row.facts]
    return fill_form(rulebook, REQUEST, rows)


def test_both_kinds_of_the_ledger_hold_the_same_cases(rulebook: Rulebook) -> None:
    lines = (EXAMPLES / "ledger-yongchuan-2022.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row.facts for row in read_ledger(rulebook, EXAMPLES / "ledger-yongchuan-2022.xlsx") if row.facts]

    assert len(rows) >= 60
    assert [rulebook.read_case(row).given for row in rows] == [
        rulebook.read_case(json.loads(line)).given for line in lines
    ]


def test_the_example_fills_nearly_every_row_of_the_form(filled: FilledForm) -> None:
    empty = {
        f"{table.id}/{row.id}"
        for table in filled.counting_tables
        for part, row, column, cell in filled.cells(table)
        if column.total and filled.figure(cell).known == 0
    }

    assert empty == {"cosmetic/v_ge_1yi", "device/ordered_closed", "drug/v_1000w_1yi"}


def test_every_case_says_that_it_is_for_practice() -> None:
    lines = (EXAMPLES / "ledger-yongchuan-2022.jsonl").read_text(encoding="utf-8").splitlines()
    names = [json.loads(line)["case_name"] for line in lines]

    assert all(name.endswith("（练习）") for name in names)
    assert [name.startswith("虚构：") for name in names] == [number > 59 for number in range(1, len(names) + 1)]
