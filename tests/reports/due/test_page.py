"""The page of due reports, word for word, and its entries in a calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest

from enforcerules import Rulebook
from enforcerules.model import Window
from enforcerules.reports.due import DueList, find_due
from enforcerules.text import Language

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def october(rulebook: Rulebook) -> DueList:
    return find_due(rulebook, "500118", since=date(2022, 10, 1), until=date(2022, 10, 31))


def _body(dues: DueList, language: Language) -> str:
    """Return the page as far as the doubts, which the register says in its own words."""
    page = dues.to_text(language)
    return page[: page.index("\n疑义 ─" if language == "zh" else "\nDoubts ─")]


def test_the_page_in_chinese(october: DueList) -> None:
    assert (
        _body(october, "zh")
        == """\
报送日程：重庆市永川区（500118），2022-10-01 至 2022-10-31

有 1 个报送日，最早的是 2022-10-01 前：月度进展（附件1，表1—表4）。

报送日 ─────────────────────────────────────────────────────────────────────────────────────
□  2022-10-01 前：月度进展（附件1，表1—表4） 〔永川方案 六、（四），二、第1段〕
   –  最稳妥：2022-09-30（周五）当日结束前；最迟：2022-10-01（周六，国庆节）当日
   –  2022-10-01 是国庆节，此处不顺延；此前最后一个工作日是 2022-09-30
   –  报：永川专项办公室（设在区市场监管局）；表式：药品安全专项整治行动工作月度进展；期限：
      每月1日前
   –  疑义：G-27、G-66

没有固定日期，随时可能要报 ─────────────────────────────────────────────────────────────────
•  重大情况、大要案查办、重要信息发布 〔永川方案 六、（四）〕
   –  报：区政府、市药监局、市市场监管局、市公安局；期限：及时
   –  疑义：G-04、G-07
•  各项风险报表、入库风险录入 〔永川方案 六、（二）〕
   –  期限：及时（表式由市药监局文件另定；入库风险录入全市重大风险信息系统）
   –  疑义：G-54
•  办案数据录入国家药监局统计信息系统 〔永川方案 六、（四）〕
   –  期限：及时（全面、准确，并与报表一致）
•  敏感的重大涉案事项、须由国家或省统一发布的信息 〔国家药监局2020年执法通知 四、第3段〕
   –  报：上级机关、相关职能部门（文件未具名）；期限：及时（统一发布的信息）；必要时（敏感事
      项）
   –  疑义：G-32
"""
    )


def test_the_page_in_english(october: DueList) -> None:
    assert (
        _body(october, "en")
        == """\
Reports due: Yongchuan District, Chongqing (500118), from 2022-10-01 until 2022-10-31

1 due day, the first before 2022-10-01: Monthly progress (annex 1, tables 1 to 4).

Due days ───────────────────────────────────────────────────────────────────────────────────
□  before 2022-10-01: Monthly progress (annex 1, tables 1 to 4) [Yongchuan plan 六、（四）,
   二、第1段]
   –  safe by the end of 2022-09-30 (Friday); at the latest on 2022-10-01 (Saturday,
      National Day)
   –  2022-10-01 is National Day, and the date is not moved here; the last working day
      before it is 2022-09-30
   –  to: Yongchuan campaign office (at the district market regulator); form: Monthly
      progress of the drug-safety special campaign; when: before the 1st of each month
   –  doubts: G-27, G-66

Without a day: may fall due at any time ────────────────────────────────────────────────────
•  Major situations, handling of major cases, release of important information [Yongchuan
   plan 六、（四）]
   –  to: District government, Municipal drug administration, Municipal market regulator,
      Municipal police; when: promptly
   –  doubts: G-04, G-07
•  Risk forms, entry of risks in the major-risk system [Yongchuan plan 六、（二）]
   –  when: promptly (the forms are set by a paper of the municipal drug administration;
      graded risks go into the city's major-risk system)
   –  doubts: G-54
•  Case data entered in the statistics system of the national drug administration [Yongchuan
   plan 六、（四）]
   –  when: promptly (complete, accurate and consistent with the forms)
•  Sensitive major matters, information released by the state or the province only [NMPA
   notice of 2020 四、第3段]
   –  to: Superior agency, Competent department (not named by the document); when: promptly
      (unified release); when necessary (sensitive matters)
   –  doubts: G-32
"""
    )


def test_every_doubt_named_is_told_in_full(october: DueList) -> None:
    for language, word in (("zh", "由谁明确"), ("en", "To be settled by")):
        page = " ".join(october.to_text("zh" if language == "zh" else "en").split())
        told = re.findall(r"! (G-[0-9]+) ", page)
        assert told == list(october.doubts)
        assert len(re.findall(word, page)) == len(told)


def test_what_is_in_doubt_says_so_and_why(rulebook: Rulebook) -> None:
    dues = find_due(rulebook, "350481", since=date(2024, 11, 1), until=date(2024, 12, 31))

    assert "规定此时的效力存疑（G-29）" in dues.to_text("zh")
    assert "whether it is in force then is in doubt (G-29)" in dues.to_text("en")
    assert "G-29" in dues.doubts
    assert not dues.settled


def test_a_due_day_in_doubt_is_tentative_in_the_calendar(rulebook: Rulebook) -> None:
    book = rulebook.resolved
    doubtful = (Window(date(2022, 5, 6), date(2022, 12, 31), in_doubt=True, doubt="G-25"),)
    changed = {name: replace(book.clauses[name], windows=doubtful) for name in ("001.report.monthly", "001.office")}
    other = Rulebook(replace(book, clauses={**book.clauses, **changed}))
    dues = find_due(other, "500118", since=date(2022, 10, 1), until=date(2022, 10, 31))
    (event,) = icalendar.Calendar.from_ical(dues.to_calendar("zh")).walk("VEVENT")

    assert event["status"] == "TENTATIVE"
    assert "效力存疑（G-25）" in str(event["description"])
    assert "?  2022-10-01 前" in dues.to_text("zh")


@pytest.mark.parametrize(
    ("language", "summary", "description"),
    [
        (
            "zh",
            "月度进展（附件1，表1—表4）：2022-09-30 报出最稳妥，2022-10-01 为最迟",
            "最稳妥：2022-09-30（周五）当日结束前；最迟：2022-10-01（周六，国庆节）当日\n"
            "2022-10-01 是国庆节，此处不顺延；此前最后一个工作日是 2022-09-30\n"
            "报：永川专项办公室（设在区市场监管局）；表式：药品安全专项整治行动工作月度进展；期限：每月1日前\n"
            "疑义：G-27、G-66\n"
            "依据：永川方案 六、（四），二、第1段\n"
            "G-27 读法：“X日前”报送的，前一日报出最稳妥，当日终为最迟，遇节假日不顺延。"
            "月报为2022-06-01至2022-11-01共六次，2022-12-01存疑。",
        ),
        (
            "en",
            "Monthly progress (annex 1, tables 1 to 4): safe by 2022-09-30, at the latest on 2022-10-01",
            "safe by the end of 2022-09-30 (Friday); at the latest on 2022-10-01 (Saturday, National Day)\n"
            "2022-10-01 is National Day, and the date is not moved here; the last working day before it is "
            "2022-09-30\n"
            "to: Yongchuan campaign office (at the district market regulator); form: Monthly progress of the "
            "drug-safety special campaign; when: before the 1st of each month\n"
            "doubts: G-27, G-66\n"
            "basis: Yongchuan plan 六、（四）, 二、第1段\n"
            'G-27 is read as: "X日前" is safe by the end of the day before, latest at the end of the day itself, '
            "and nothing rolls forward. Six monthly reports run from 2022-06-01 to 2022-11-01; 2022-12-01 is in "
            "doubt.",
        ),
    ],
)
def test_the_entry_in_a_calendar(october: DueList, language: Language, summary: str, description: str) -> None:
    (event,) = icalendar.Calendar.from_ical(october.to_calendar(language)).walk("VEVENT")

    assert (event["summary"], event["description"]) == (summary, description)
    assert event["uid"] == "500118-monthly-2022-10-01@cn-drug-safety-campaigns"
    assert event.decoded("dtstamp") == datetime(2022, 5, 6, tzinfo=UTC)
    assert event["status"] == "CONFIRMED"


def test_an_entry_keeps_its_id_in_every_file(rulebook: Rulebook, october: DueList) -> None:
    (event,) = icalendar.Calendar.from_ical(october.to_calendar("en")).walk("VEVENT")
    whole = find_due(rulebook, "500118").to_calendar("zh", alarm_days=5)
    upcoming = find_due(rulebook, "500118", as_of=date(2022, 9, 21)).to_calendar("zh")

    assert [entry["uid"] for entry in icalendar.Calendar.from_ical(whole).walk("VEVENT")].count(event["uid"]) == 1
    assert [entry["uid"] for entry in icalendar.Calendar.from_ical(upcoming).walk("VEVENT")].count(event["uid"]) == 1
    assert whole == find_due(rulebook, "500118").to_calendar("zh", alarm_days=5)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_documentation_shows_what_comes_out(october: DueList, language: Language) -> None:
    text = (ROOT / f"docs/{language}/report-due.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(.*?)…\n```", text, re.DOTALL)

    assert october.to_text(language).startswith(shown)
    assert "G-27" in shown
