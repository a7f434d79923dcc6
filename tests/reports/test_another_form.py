"""Another place's form is a file in the rulebook: its workbook and its category follow, without a line of Python."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from enforcerules import Rulebook, load_rulebook
from tests.cli.running import run
from tests.reports.workbooks import Printed

ROOT = Path(__file__).resolve().parents[2]
ADDED = Path(__file__).parent / "another_form"

_CASE = {
    "record_kind": "case",
    "jurisdiction": "361130",
    "duty_date": "2022-07-05",
    "as_of": "2022-07-31",
    "progress": ["filed"],
    "product_categories": ["drug"],
    "stages": ["distribution"],
    "illegal_income": "0",
}
CASES: tuple[dict[str, Any], ...] = (
    {**_CASE, "case_id": "甲1", "subject_type": "retailer", "goods_value": "29999.99", "fine": "1200.5"},
    {**_CASE, "case_id": "甲2", "subject_type": "manufacturer", "goods_value": "3万", "fine": "0"},
    {**_CASE, "case_id": "甲3", "subject_type": "retailer", "goods_value": "90万", "fine": "10万"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rulebook with one more source, one more form, and the day on which it is due."""
    rules = tmp_path_factory.mktemp("another") / "rules"
    shutil.copytree(ROOT / "rules", rules)
    shutil.copy(ADDED / "005-notice.yaml", rules / "sources")
    shutil.copy(ADDED / "county.yaml", rules / "reports")
    listed = (rules / "rulebook.yaml").read_text("utf-8")
    for before, added in (
        ("    - sources/national-template.yaml\n", "    - sources/005-notice.yaml\n"),
        ("    - reports/quarterly.yaml\n", "    - reports/county.yaml\n"),
    ):
        assert listed.count(before) == 1
        listed = listed.replace(before, before + added)
    (rules / "rulebook.yaml").write_text(listed, "utf-8")
    with (rules / "reports/calendar.yaml").open("a", encoding="utf-8") as calendar:
        calendar.write(
            "  - {id: monthly, title: {zh: 月报, en: Monthly form}, form: county, where: '361130', basis: [005.day],\n"
            "     due: [2022-08-05], clock_text: {zh: 每月5日前, en: before the 5th of each month}}\n"
        )
    return rules


@pytest.fixture(scope="module")
def another(folder: Path) -> Rulebook:
    return load_rulebook(folder)


def test_classify_says_where_the_form_counts_a_case(another: Rulebook) -> None:
    found = [another.classify(case).report for case in CASES]

    assert {(report.form, report.counted_in, report.counted) for report in found} == {("county", "medicines", "met")}
    assert [(report.stage, report.value_row) for report in found] == [
        ("retailers", "small"),
        ("others", "large"),
        ("retailers", "large"),
    ]
    # a district of another province keeps its own
    assert another.classify({**CASES[0], "jurisdiction": "500118"}).report.form == "annex1"


def test_its_workbook_is_laid_out_and_filled_in(folder: Path, tmp_path: Path) -> None:
    ledger, output = tmp_path / "ledger.jsonl", tmp_path / "月报.xlsx"
    ledger.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in CASES), "utf-8")
    words = ("--place", "361130", "--unit", "某县局", "--as-of", "2022-07-31", "--rulebook", folder)

    result = run("report", "monthly", "--ledger", ledger, "-o", output, *words, "--strict", "--lang", "zh")

    assert (result.exit_code, result.stdout) == (0, "")
    book = openpyxl.load_workbook(output)
    sheet = Printed(book["甲表 药品案件"])
    assert [sheet.line(row) for row in range(1, sheet.sheet.max_row + 1)] == [
        ["甲表　药品案件"],
        ["单位：某县局", "截至2022年7月31日"],
        ["主体", "零售企业", "其他主体", "总计"],
        ["货值", "不满3万元", 1, "无", 1],
        ["货值", "3万元以上", 1, 1, 2],
        ["金额", "罚没合计（元）", 101200.5, "无", 101200.5],
        ["注：表样没有注明单位，按括号内单位填写：不满3万元（件）、3万元以上（件）。"],
        ["注：金额以元为单位。"],
    ]
    assert book["封面"]["A1"].value == "附表"
