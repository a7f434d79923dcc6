"""`enforcerules report monthly`."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from enforcerules import load_rulebook
from enforcerules.reports.ledger import write_ledger
from tests.cli.running import run
from tests.reports.workbooks import ROWS

MONTHLY = ("report", "monthly", "--unit", "永川区市场监督管理局", "--as-of", "2022-10-31")
DECLARED = ("--assume", "主要环节（填表用）=使用", "--assume", "case_amount=0")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n", encoding="utf-8")
    return path


def test_a_workbook_is_written_and_what_was_done_is_said(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "月报.xlsx"
    result = run(*MONTHLY, "--ledger", ledger, "-o", path, "--not-applicable", "表2/研制")

    assert (result.exit_code, result.stdout) == (0, "")
    assert "台账 4 件：计入 3 件" in result.stderr
    assert "格空着" in result.stderr
    assert openpyxl.load_workbook(path).sheetnames[0] == "说明"


def test_the_same_figures_come_as_data(ledger: Path) -> None:
    result = run(*MONTHLY, "--ledger", ledger, "--format", "json", "--unknown", "absent", *DECLARED)
    data = json.loads(result.stdout)

    drug = next(table for table in data["tables"] if table["id"] == "drug")
    fines = [cell for cell in drug["cells"] if cell["row"] == "fine_amount" and cell["column"] == "total"]
    assert result.exit_code == 0
    assert [(cell["value"], cell["unit"]) for cell in fines] == [("12.345678", "万元")]
    assert {check["verdict"] for check in data["checks"]} <= {"holds", "note"}
    assert data["assume"] == {"primary_stage": "use", "case_amount": "0"}
    assert "没有填写的一律为：主要环节（填表用）“使用”、涉案金额“0元”" in result.stderr


def test_the_tables_can_be_looked_at_in_the_terminal(ledger: Path) -> None:
    for language, word in (("zh", "罚款金额（万元）"), ("en", "Fines")):
        result = run(*MONTHLY, "--ledger", ledger, "--format", "text", "--unknown", "absent", "--lang", language)
        (line,) = [line for line in result.stdout.splitlines() if line.startswith(f"  {word}  ") and "12.3" in line]
        assert line.split()[-5:] == ["0", "0", "12.345678", "0", "12.345678"]


def test_strictly_an_incomplete_form_is_told_by_the_exit_code(ledger: Path) -> None:
    words = (*MONTHLY, "--ledger", ledger, "--format", "json", "--strict")

    assert run(*words).exit_code == 3
    assert run(*words, "--unknown", "absent").exit_code == 3
    assert run(*words, "--unknown", "absent", *DECLARED).exit_code == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("案件", "不是 名称=值"),
        ("记录=案件", "没有名为"),
        ("记录类型=案", "没有 `案` 这一项"),
        ("记录类型=", "没有写值"),
    ],
)
def test_a_declared_fact_that_is_none_is_wrong_usage(ledger: Path, given: str, said: str) -> None:
    result = run(*MONTHLY, "--ledger", ledger, "--format", "json", "--assume", given)

    assert result.exit_code == 2
    assert said in result.stderr


def test_cases_that_name_no_place_are_counted_aloud(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    row = {name: value for name, value in ROWS[0].items() if name != "jurisdiction"}
    path.write_text(json.dumps(row), encoding="utf-8")

    unknown = run(*MONTHLY, "--ledger", path, "--format", "text")
    placed = run(*MONTHLY, "--ledger", path, "--format", "text", "--place", "500118")
    assert "没有写辖区的 1 件，按 未知 处理" in unknown.stderr
    assert "没有写辖区的 1 件，按 `500118` 处理" in placed.stderr
    assert "计入 1 件" in placed.stderr


def test_every_fault_of_the_ledger_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    path, output = tmp_path / "ledger.jsonl", tmp_path / "out.xlsx"
    lines = ['{"case_id": "1", "goods_valu": 5}', '{"case_id": ', '{"case_id": "3", "case_source": "rumour"}']
    path.write_text("\n".join(lines), encoding="utf-8")

    result = run(*MONTHLY, "--ledger", path, "-o", output)

    assert result.exit_code == 1
    assert all(word in result.stderr for word in ("goods_valu", f"{path}:1:", f"{path}:2:", "rumour", f"{path}:3:"))
    assert not output.exists()


def test_a_file_is_replaced_only_when_asked_and_the_ledger_never(ledger: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.xlsx"
    output.write_text("the month before")

    refused = run(*MONTHLY, "--ledger", ledger, "-o", output)
    assert (refused.exit_code, output.read_text()) == (2, "the month before")
    assert "--force" in refused.stderr
    assert run(*MONTHLY, "--ledger", ledger, "-o", ledger, "--force").exit_code == 2
    assert run(*MONTHLY, "--ledger", ledger, "-o", output, "--force").exit_code == 0
    assert output.read_bytes().startswith(b"PK")


WRONG = [
    (("--format", "xlsx"), "缺少 -o", "-o 月报.xlsx"),
    (("--format", "text", "--not-applicable", "表2/研究"), "表中没有 `表2/研究`", "表2/研制"),
    (("--format", "text", "--not-applicable", "annex"), "表中没有 `annex`", "表2/研制"),
    (("--format", "text", "--place", "永川"), "--place `永川` 不是行政区划代码", "500118"),
    (("--format", "text", "--place", "350481"), "当地没有报告 `monthly`", "500118"),
    (("-o", "nowhere/out.xlsx"), "没有文件夹 `nowhere`", "--help"),
]


@pytest.mark.parametrize(("words", "said", "hint"), WRONG, ids=lambda value: str(value)[:30])
def test_wrong_usage_is_told_before_the_ledger_is_read(words: tuple[str, ...], said: str, hint: str) -> None:
    result = run(*MONTHLY, "--ledger", "no-such-ledger.jsonl", *words)

    assert result.exit_code == 2
    assert said in result.stderr
    assert hint in result.stderr
    assert "no-such-ledger" not in result.stderr


def test_a_failed_check_is_told_by_the_exit_code(ledger: Path) -> None:
    result = run(*MONTHLY, "--ledger", ledger, "--format", "text", "--not-applicable", "drug/distribution")

    assert result.exit_code == 1
    assert "核对不符：“/”处没有案件" in result.stderr


@pytest.mark.parametrize("kind", ["xlsx", "csv", "gb18030.csv"])
def test_a_ledger_of_every_kind_gives_the_same_figures(ledger: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / f"other.{kind}"
    write_ledger(load_rulebook(), other, ROWS, example=True)
    if kind.startswith("gb"):
        other.write_bytes(other.read_text(encoding="utf-8-sig").encode("gb18030"))

    of_lines = run(*MONTHLY, "--ledger", ledger, "--format", "json")
    of_other = run(*MONTHLY, "--ledger", other, "--format", "json")
    assert "提示[ER7044]" in of_other.stderr
    tables = [json.loads(result.stdout)["tables"] for result in (of_lines, of_other)]
    values = [[[cell["value"] for cell in table["cells"]] for table in found] for found in tables]
    assert values[0] == values[1]


def test_lines_come_from_standard_input_too(ledger: Path) -> None:
    piped = run(*MONTHLY, "--ledger", "-", "--format", "json", stdin=ledger.read_bytes())

    assert json.loads(piped.stdout) == json.loads(run(*MONTHLY, "--ledger", ledger, "--format", "json").stdout)


def test_what_was_found_before_a_ledger_breaks_off_is_told_too(tmp_path: Path) -> None:
    path, output = tmp_path / "l.csv", tmp_path / "out.xlsx"
    path.write_text('编号,罚款金额\n1,五万\n2,5\n3,"6\n', encoding="utf-8")

    result = run(*MONTHLY, "--ledger", path, "-o", output)
    assert result.exit_code == 1
    assert all(f"错误[{code}]" in result.stderr for code in ("ER7022", "ER7030"))
    assert not output.exists()
