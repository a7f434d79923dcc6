"""Make the example ledgers and a month's report, from the cases in `examples/ledger-yongchuan-2022.jsonl`.

    python scripts/make_example_ledgers.py          # into examples/
    python scripts/make_example_ledgers.py FOLDER

They are the ledger as a workbook, the monthly form and a quarterly report filled in from that workbook, and a CSV
with typical faults.
The same cases and the same rulebook always make the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from enforcerules import Rulebook, load_rulebook
from enforcerules.reports import Request, WrittenReport, fill_form
from enforcerules.reports.document import write_document
from enforcerules.reports.ledger import read_ledger, write_ledger
from enforcerules.reports.workbook import write_workbook
from enforcerules.text import Text

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CASES = EXAMPLES / "ledger-yongchuan-2022.jsonl"
WORKBOOK, FAULTY, MONTHLY = "ledger-yongchuan-2022.xlsx", "ledger-with-faults.csv", "monthly-yongchuan-2022-10.xlsx"
QUARTERLY = "quarterly-yongchuan-2022-09.docx"
REQUEST = Request("annex1", "永川区市场监督管理局（练习）", date(2022, 10, 31), unknown="absent")

REMARK = Text(
    "这是练习用的台账，不是永川区的真实台账。名称以“虚构”开头的案件是虚构的；其余的由各地公开通报概括而来，移到了2022年的永川，"
    "编号、日期、办案机关、罚款家数，以及通报没有写的线索来源、环节、货值和确切金额，是为练习填的；有几处留空，看“缺项”怎样列出。",
    "A ledger for practice and no real one. Cases whose name begins with 虚构 are made up; the others sum up published "
    "cases of other places, moved to Yongchuan in 2022. Numbers, dates, agency and how many were fined were filled in "
    "for practice, and so were source, stage, value and exact amount where they were not published. A few gaps "
    "are left.",
)

# what a clerk's own CSV looks like: every row but the first and the last has something wrong or worth a look
_HEADINGS = (
    "序号",
    "编号",
    "案件名称",
    "产品类别",
    "线索来源",
    "主要环节",
    "立案日期",
    "货值金额（万元）",
    "罚款金额",
    "涉网",
    "罚款家数",
    "办案人",
)
_ROWS = (
    (
        "1",
        "永药〔2022〕1号",
        "某药店销售过期药品案",
        "药品",
        "现场检查",
        "经营",
        "2022-07-12",
        "0.451",
        "50000",
        "否",
        "1",
        "",
    ),
    (
        "2",
        "永药〔2022〕2号",
        "某诊所使用过期器械案",
        "医疗器械",
        "检查",
        "使用",
        "2022.7.15",
        "３.5",
        "20000",
        "否",
        "1",
        "",
    ),
    (
        "3",
        "永药〔2022〕3号",
        "某网店销售未备案化妆品案",
        "化妆品，药品",
        "网络监测",
        "经营",
        "7/20/2022",
        "62",
        "1.5万",
        "Y",
        "1",
        "",
    ),
    (
        "4",
        "永药〔2022〕3号",
        "某公司无证生产案",
        "药品、保健品",
        "投诉举报",
        "生产",
        "2022年7月31日",
        "≥30",
        "-5000",
        "否",
        "1家",
        "",
    ),
    (
        "5",
        "永药〔2022〕5号",
        "某医院案 ",
        "药品",
        "投诉举报",
        "使用",
        "2022-02-30",
        "12.3456789",
        "",
        "不明",
        "",
        "张某",
    ),
    (
        "6",
        "永药〔2022〕6号",
        "某美容院案",
        "医疗器械；化妆品",
        "部门通报",
        "使用",
        "44767",
        "三十余万",
        "80000.005",
        "是",
        "2.5",
        "",
    ),
    (
        "7",
        "永药〔2022〕7号",
        "=HYPERLINK(1)",
        "药品",
        "监督抽检",
        "经营",
        "2022/8/3",
        "62万",
        "620000元",
        "是",
        "1",
        "",
    ),
    ("合计", "", "", "", "", "", "", "109.951", "820000", "", "", ""),
)


def make_workbook(book: Rulebook, path: Path) -> None:
    """Write the ledger as a workbook."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    write_ledger(book, path, cases, example=True, remark=REMARK)


def make_monthly(book: Rulebook, ledger: Path, path: Path) -> None:
    """Write the monthly form of a ledger, as `enforcerules report monthly --unknown absent` does."""
    rows = [(f"第{row.number}行", row.facts) for row in read_ledger(book, ledger) if row.facts is not None]
    write_workbook(fill_form(book, REQUEST, rows), path)


def make_quarterly(book: Rulebook, ledger: Path, path: Path) -> None:
    """Write the quarterly report of a ledger, as `enforcerules report quarterly --unknown absent` does."""
    due = next(due for due in book.resolved.report_calendar if due.id == "quarterly")
    request = replace(REQUEST, form=due.form or "", as_of=date(2022, 9, 20))
    rows = [(f"第{row.number}行", row.facts) for row in read_ledger(book, ledger) if row.facts is not None]
    write_document(WrittenReport(fill_form(book, request, rows), due), path)


def make_faulty(path: Path) -> None:
    """Write the CSV with faults, as a spreadsheet program does in Chinese."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows((_HEADINGS, *_ROWS))
    path.write_bytes(text.getvalue().encode("gb18030"))


def main(folder: Path) -> None:
    """Write all of them."""
    book = load_rulebook()
    make_workbook(book, folder / WORKBOOK)
    make_monthly(book, folder / WORKBOOK, folder / MONTHLY)
    make_quarterly(book, folder / WORKBOOK, folder / QUARTERLY)
    make_faulty(folder / FAULTY)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
