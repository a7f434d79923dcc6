"""`enforcerules ledger new` and `enforcerules ledger check`."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from enforcerules.reports.ledger import reading
from tests.cli.running import EXAMPLES, run

FAULTY = EXAMPLES / "ledger-with-faults.csv"


@pytest.mark.parametrize("name", ["台账.xlsx", "台账.csv"])
def test_an_empty_ledger_is_made_and_is_sound(tmp_path: Path, name: str) -> None:
    made = run("ledger", "new", tmp_path / name)
    checked = run("ledger", "check", tmp_path / name)

    assert (made.exit_code, made.stderr) == (0, "")
    assert f"enforcerules ledger check {tmp_path / name}" in made.stdout
    assert checked.exit_code == 0
    assert checked.stdout.startswith("提示[ER7044]")
    assert checked.stderr.startswith("案件 0 件，有误的行 0 行，错误 0 处，提示 1 处")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("l.ods",), "文件名 `l.ods` 与格式不符"),
        (("l.csv", "--format", "xlsx"), "文件名 `l.csv` 与格式不符"),
        (("there.xlsx",), "文件 `there.xlsx` 已经存在"),
        (("nowhere/l.xlsx",), "没有文件夹 `nowhere`"),
    ],
)
def test_nothing_is_made_in_the_wrong_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there.xlsx").write_text("last year's")

    result = run("ledger", "new", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["there.xlsx"]
    assert Path("there.xlsx").read_text() == "last year's"


def test_every_fault_has_its_place_and_remedy_and_notices_follow_on_one_line_each() -> None:
    zh, en = run("ledger", "check", FAULTY), run("ledger", "check", FAULTY, "--lang", "en")

    assert zh.exit_code == en.exit_code == 1
    assert zh.stderr == "案件 2 件，有误的行 5 行，错误 16 处，提示 7 处；编码 GB18030\n"
    assert zh.stdout.count("错误[ER") == zh.stdout.count("  = 建议: ") == 16
    assert f" --> {FAULTY} 第4行 G列 `立案日期`" in zh.stdout
    assert "提示[ER7045]: G列 `立案日期`，第3、5、8行：日期是按写法读出的" in zh.stdout
    assert "note[ER7045]: column G `立案日期`, row 3, 5, 8: the date was read from how it is written" in en.stdout
    assert zh.stdout.rindex("错误[") < zh.stdout.index("提示[")


def test_the_same_comes_as_data() -> None:
    result = run("ledger", "check", FAULTY, "--format", "json")
    data = json.loads(result.stdout)

    assert result.exit_code == 1
    assert not data["sound"]
    assert (data["kind"], data["encoding"]) == ("csv", "gb18030")
    assert data["counts"] == {"rows": 8, "cases": 2, "faulty_rows": 5}
    assert (len(data["faults"]), len(data["notices"])) == (16, 7)
    assert {"code", "message", "hint", "file", "row", "column"} <= data["faults"][1].keys()


def test_many_notices_that_say_the_same_are_counted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["编号", "案件名称"])
    for number in range(30):
        book.worksheets[0].append([f"{number:03d}", " 某案"])
    book.save(tmp_path / "l.xlsx")

    result = run("ledger", "check", tmp_path / "l.xlsx")
    assert result.exit_code == 0
    assert "提示[ER7040]: B列 `案件名称`，第2、3、4、5、6、7、8、9…行（共30处）：前后有空格，没有读入" in result.stdout
    assert len(result.stdout.splitlines()) == 2


def test_what_was_found_before_the_file_breaks_off_stays_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    path = tmp_path / "l.csv"
    path.write_text("编号,罚款金额\n1,五万\n2,5\n3,6\n", encoding="utf-8")

    result = run("ledger", "check", path)
    assert result.exit_code == 1
    assert [line[:11] for line in result.stdout.splitlines() if line.startswith("错误")] == [
        "错误[ER7022]:",
        "错误[ER7002]:",
    ]
    assert "案件 1 件，有误的行 1 行，错误 2 处" in result.stderr


def test_lines_come_from_standard_input() -> None:
    lines = (EXAMPLES / "ledger-yongchuan-2022.jsonl").read_bytes()

    result = run("ledger", "check", "-", stdin=lines)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "案件 84 件" in result.stderr


@pytest.mark.parametrize("text", ['[{"case_id": "1"}]\n', '{\n"case_id": "1"\n}\n'])
def test_another_kind_of_json_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "l.jsonl").write_text(text)

    result = run("ledger", "check", tmp_path / "l.jsonl")
    assert result.exit_code == 1
    assert "错误[ER3009]" in result.stdout


def test_a_missing_command_is_told() -> None:
    result = run("ledger")

    assert result.exit_code == 2
    assert "new" in result.stderr
