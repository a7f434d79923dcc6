"""`enforcerules report quarterly`, `final`, `interim` and `written`."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.running import EXAMPLES, run
from tests.reports.reports_in_words import ROWS, UNIT, YONGAN

QUARTERLY = ("report", "quarterly", "--unit", UNIT, "--as-of", "2022-09-20", "--unknown", "absent")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS) + "\n", encoding="utf-8")
    return path


def test_a_document_and_its_working_paper_are_written(ledger: Path, tmp_path: Path) -> None:
    path, paper = tmp_path / "季报.docx", tmp_path / "底稿.xlsx"
    result = run(*QUARTERLY, "--ledger", ledger, "-o", path, "--trace", paper)

    assert (result.exit_code, result.stdout) == (0, "")
    assert "台账 4 件：计入 3 件，大案要案 2 件" in result.stderr
    assert result.stderr.count("已写入") == 2
    assert docx.Document(str(path)).paragraphs[0].text == "药品安全专项整治行动工作季度进展报告"
    book = openpyxl.load_workbook(paper)
    assert book.sheetnames == ["说明", "取数明细", "缺项", "大案要案", "核对", "未计入"]
    traced = [(row[2], row[4], row[6]) for row in book["取数明细"].iter_rows(min_row=3, values_only=True)]
    assert ("罚款金额（万元）", "药-1", 12.345678) in traced
    assert ("移送公安机关案件数（件）", "药-2", 1) in traced
    (first, second) = list(book["大案要案"].iter_rows(min_row=3, values_only=True))
    assert (first[0], first[2]) == ("药-1", "货值较大（参照月报划分）")
    assert "附件2 二（三）" in second[4]


def test_the_document_names_no_clause_and_lists_no_case_that_is_not_major(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "季报.docx"
    run(*QUARTERLY, "--ledger", ledger, "-o", path)
    with zipfile.ZipFile(path) as package:
        body = package.read("word/document.xml").decode()

    assert "药-1" in body
    assert not [word for word in ("械-1", "晚-1", "001.a2", "G-", "sha256") if word in body]


def test_the_same_comes_as_data_and_is_compared_next_time(ledger: Path, tmp_path: Path) -> None:
    before = tmp_path / "季报-06.json"
    first = run(*QUARTERLY[:5], "2022-09-19", *QUARTERLY[6:], "--ledger", ledger, "--format", "json", "-o", before)
    second = run(*QUARTERLY, "--ledger", ledger, "--format", "json", "--previous", before)
    data = json.loads(second.stdout)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert (data["report"], data["place"], data["previous"]) == ("quarterly", "500118", "2022-09-19")
    assert {section["id"]: section["word"] for section in data["sections"] if section["word"]} == {
        "transfer": "unchanged",
        "cases": "unchanged",
    }
    assert (json.loads(before.read_text("utf-8"))["attachments"], data["attachments"]) == (["药-1", "药-2"], [])


def test_the_report_can_be_looked_at_in_the_terminal(ledger: Path) -> None:
    for language, word, ground in (("zh", "罚款金额（万元）", "：货值较大"), ("en", "Fines", ": Large value of goods")):
        result = run(*QUARTERLY, "--ledger", ledger, "--format", "text", "--lang", language)
        (line,) = [line for line in result.stdout.splitlines() if line.startswith(f"  {word}")]
        assert line.split()[-4:] == ["12.345678", "0", "0", "12.345678"]
        assert ground in result.stdout


def test_what_a_blank_figure_lacks_is_listed_and_strictly_told(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    row = {name: value for name, value in ROWS[0].items() if name != "fine"}
    path.write_text(json.dumps(row), encoding="utf-8")
    words = ("report", "quarterly", "--unit", UNIT, "--as-of", "2022-09-20", "--ledger", path, "--format", "text")
    result = run(*words, "--strict")

    assert result.exit_code == 3
    assert "格空着" in result.stderr
    assert "  罚款金额（万元）  药-1  罚款金额" in result.stdout.splitlines()


def test_another_place_has_its_own_report_of_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(json.dumps({**YONGAN, "case_id": "安-1", "goods_value": "50000"}), encoding="utf-8")
    rest = ("--unit", UNIT, "--ledger", path, "--unknown", "absent", "--format", "json")
    final = run("report", "final", "--place", "350481", "--as-of", "2024-11-01", *rest)
    interim = run("report", "written", "interim", "--as-of", "2023-10-23", *rest)
    unclear = run("report", "final", "--as-of", "2024-11-01", *rest)

    titles = [json.loads(result.stdout)["title"]["zh"] for result in (final, interim)]
    assert titles == ["药品安全巩固提升行动工作总结", "药品安全巩固提升行动阶段性工作总结"]
    assert [case["case"] for case in json.loads(final.stdout)["sections"][4]["content"]["cases"]] == ["安-1"]
    assert unclear.exit_code == 2
    assert "`500118`、`350481`" in unclear.stderr


WRONG = [
    ((), "缺少 -o", "-o 报告.docx"),
    (("-o", "nowhere/out.docx"), "没有文件夹 `nowhere`", "--help"),
    (("--format", "text", "--trace", "nowhere/out.xlsx"), "没有文件夹 `nowhere`", "--help"),
    (("-o", "out.docx", "--trace", "out.docx"), "`out.docx` 就是报告", "另写一个文件名"),
    (("--format", "text", "--place", "350481"), "当地没有报告 `quarterly`", "500118"),
    (("--format", "xlsx"), "--format 没有值 `xlsx`", "docx"),
]


@pytest.mark.parametrize(("words", "said", "hint"), WRONG, ids=lambda value: str(value)[:30])
def test_wrong_usage_is_told_before_the_ledger_is_read(words: tuple[str, ...], said: str, hint: str) -> None:
    result = run(*QUARTERLY, "--ledger", "no-such-ledger.jsonl", *words)

    assert result.exit_code == 2
    assert said in result.stderr
    assert hint in result.stderr
    assert "no-such-ledger" not in result.stderr


@pytest.mark.parametrize(("name", "hint"), [("quartely", "quarterly"), ("monthly", "final"), ("liaison_form", "final")])
def test_a_report_that_no_ledger_fills_is_told(name: str, hint: str) -> None:
    result = run(
        "report", "written", name, "--unit", UNIT, "--as-of", "2022-09-20", "--ledger", "x", "--format", "text"
    )

    assert result.exit_code == 2
    assert f"没有这样填写的报告 `{name}`" in result.stderr
    assert hint in result.stderr


def test_what_is_no_previous_report_is_told(ledger: Path) -> None:
    result = run(*QUARTERLY, "--ledger", ledger, "--format", "text", "--previous", ledger)

    assert result.exit_code == 1
    assert "ER7080" in result.stderr
    assert "--format json" in result.stderr


def test_every_fault_of_the_ledger_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    output = tmp_path / "out.docx"
    result = run(*QUARTERLY, "--ledger", EXAMPLES / "ledger-with-faults.csv", "-o", output)

    assert result.exit_code == 1
    assert result.stderr.count("错误[") > 3
    assert not output.exists()


def test_one_number_twice_is_told_by_the_exit_code(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in (ROWS[0], ROWS[0])), encoding="utf-8")
    result = run(*QUARTERLY, "--ledger", path, "--format", "text")

    assert result.exit_code == 1
