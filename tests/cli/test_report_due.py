"""`enforcerules report due`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import icalendar
import pytest

from tests.cli.running import run, run_alone

DUE = ("report", "due", "--place", "500118")
AUTUMN = (*DUE, "--from", "2022-09-01", "--until", "2022-11-30")


def test_the_page_comes_in_either_language() -> None:
    zh, en = run(*AUTUMN), run(*AUTUMN, "--lang", "en")

    assert (zh.exit_code, zh.stderr, en.exit_code, en.stderr) == (0, "", 0, "")
    assert "有 5 个报送日，最早的是 2022-09-01 前" in zh.stdout
    assert "5 due days, the first before 2022-09-01" in en.stdout


def test_the_data_come_as_json() -> None:
    data = json.loads(run(*AUTUMN, "--format", "json").stdout)

    assert [each["due"] for each in data["due"]] == [
        "2022-09-01",
        "2022-09-20",
        "2022-10-01",
        "2022-11-01",
        "2022-11-20",
    ]


def test_a_calendar_comes_byte_for_byte_the_same_on_either_way_out(tmp_path: Path) -> None:
    path = tmp_path / "报送.ics"
    written = run(*AUTUMN, "-o", path, "--alarm", "3")
    put = run_alone(*AUTUMN, "--format", "ics", "--alarm", "3")

    assert (written.exit_code, written.stdout, put.returncode) == (0, "", 0)
    assert "没有固定日期的 4 项报表不在日历中" in written.stderr
    assert put.stdout == path.read_bytes()
    assert len(icalendar.Calendar.from_ical(put.stdout).walk("VALARM")) == 5


@pytest.mark.parametrize(("name", "begins"), [("a.json", "{"), ("a.ics", "BEGIN:VCALENDAR"), ("a.txt", "报送日程")])
def test_the_name_of_the_file_tells_the_form(tmp_path: Path, name: str, begins: str) -> None:
    result = run(*AUTUMN, "-o", tmp_path / name)

    assert result.exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_a_file_that_is_there_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine", encoding="utf-8")

    refused = run(*AUTUMN, "-o", path)
    assert (refused.exit_code, path.read_text(encoding="utf-8")) == (2, "mine")
    assert run(*AUTUMN, "-o", path, "--force").exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("报送日程")


def test_without_a_date_today_is_taken_and_said() -> None:
    result = run(*DUE, "--format", "json")

    today = json.loads(result.stdout)["as_of"]
    assert abs((date.fromisoformat(today) - date.today()).days) <= 1
    assert result.stderr == f"没有给出日期，按今天 {today}\n"


def test_next_of_each_report() -> None:
    data = json.loads(run(*DUE, "--as-of", "2022-09-21", "--format", "json").stdout)

    assert [(each["report"], each["due"]) for each in data["due"]] == [
        ("monthly", "2022-10-01"),
        ("final", "2022-11-20"),
    ]


def test_strictly_what_is_in_doubt_is_told_by_the_exit_code() -> None:
    assert run(*AUTUMN, "--strict").exit_code == 0
    assert run("report", "due", "--place", "350481", "--from", "2024-05-01", "--strict").exit_code == 3
    assert run("report", "due", "--place", "350481", "--from", "2024-05-01").exit_code == 0


def test_a_calendar_of_nothing_is_refused_and_no_file_left(tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    result = run("report", "due", "--place", "361130", "--from", "2022-01-01", "-o", path)

    assert result.exit_code == 1
    assert "ER7071" in result.stderr
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (("--from", "2022-07-02", "--until", "2022-07-01"), "--from 2022-07-02 晚于 --until 2022-07-01", "is after"),
        (("--as-of", "2022-07-02", "--until", "2022-07-03"), "不能同时使用", "does not go with --from and --until"),
        (("--from", "20220701"), "--from `20220701`", "--from `20220701`"),
        (("--until", "1822-07-01"), "--until 的年份不可能", "the year of --until cannot be"),
        (("--place", "5001"), "--place `5001` 不是行政区划代码", "is no place code"),
        (("--format", "ical"), "--format 没有值 `ical`", "--format has no value `ical`"),
        (("--alarm", "3"), "--alarm 只用于 ics", "--alarm goes with ics only"),
        (("--format", "ics", "--alarm", "-1"), "--alarm 是 0 到 60 的天数，不是 `-1`", "a number of days from 0 to 60"),
        (("--format", "ics", "--alarm", "61"), "不是 `61`", "not `61`"),
        (("-o", "no/such/folder.txt"), "没有文件夹", "there is no folder"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], zh: str, en: str) -> None:
    for language, said in (("zh", zh), ("en", en)):
        result = run("report", "due", *words, "--lang", language)
        assert result.exit_code == 2
        assert said in result.stderr
