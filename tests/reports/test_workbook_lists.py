"""Case sheets, the trace and the other lists of the workbook, and what must never happen to a text in it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from enforcerules import EngineUnavailableError, Rulebook
from enforcerules.reports import check_form
from enforcerules.reports.workbook import case_sheets as sheets_of_cases
from enforcerules.reports.workbook import lists, write_workbook
from tests.reports.workbooks import ROWS, Printed, fill, lines_of, write


def _case_page(rulebook: Rulebook, folder: Path, start: str) -> Printed:
    book = write(fill(rulebook), folder)
    return Printed(book[next(name for name in book.sheetnames if name.startswith(start))])


def test_a_major_case_has_a_table_of_its_own_with_every_ground_ticked(rulebook: Rulebook, tmp_path: Path) -> None:
    page = _case_page(rulebook, tmp_path, "表1-1")

    lines = [page.line(row) for row in range(3, 9)]
    assert page.line(1) == ["表1. 大案要案办理情况（一案一表）"]
    assert lines[0] == ["编号（自定义）", "械-1", "案件名称", "+1 说明"]
    assert lines[1][:3] == ["产品类别", "☐药品　☑医疗器械　☐化妆品", "线索来源"]
    assert lines[1][3].startswith("☐现场检查　☑监督抽检☐不良反应/不良事件监测☐投诉举报")
    assert lines[2] == [
        "大案要案情形（可多选）",
        "☐货值50万元以上　☐刑事犯罪拟移送公安司法机关　☑拟吊销行政许可☐其他可能有重大社会影响",
    ]
    assert lines[3] == ["工作进展", "☑已立案　☐已完成行政处罚☐已移送", "货值金额", "3万元"]
    assert lines[4] == ["拟作处罚决定", None, "计划结案时间", None]
    assert lines[5][0] == "案情概述"
    assert page.sheet.max_row == 8


def test_the_five_elements_of_the_summary_stand_under_their_headings(rulebook: Rulebook, tmp_path: Path) -> None:
    page = _case_page(rulebook, tmp_path, "表1-2")

    assert page.at(8, 2).value.splitlines() == [
        "主要违法情形：无证经营药品。",
        "主要调查取证过程：（待填写）",
        "问题产品查控情况：（待填写）",
        "拟作出处罚决定的定性裁量要点：（待填写）",
        "行刑衔接情况：（待填写）",
    ]
    assert page.line(6)[3] == "62.000001万元"
    assert page.line(7)[3] == "2022年12月1日"


def test_a_box_that_waits_for_a_fact_is_neither_ticked_nor_empty(rulebook: Rulebook, tmp_path: Path) -> None:
    rows = [{name: value for name, value in ROWS[0].items() if name != "criminal_transfer"}]
    book = write(fill(rulebook, rows, unknown="open"), tmp_path)
    page = Printed(book[next(name for name in book.sheetnames if name.startswith("表1-1"))])

    assert page.line(5)[1].startswith("☑货值50万元以上　？刑事犯罪拟移送公安司法机关")
    assert "待定" in page.at(5, 2).comment.text


def test_many_cases_stand_one_below_the_other_each_on_its_page(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets_of_cases, "_ALONE", 2)
    monkeypatch.setattr(sheets_of_cases, "_PAGES_A_SHEET", 3)
    rows = [dict(ROWS[0], case_id=f"药-{number}") for number in range(5)]
    book = write(fill(rulebook, rows), tmp_path)

    names = [name for name in book.sheetnames if name.startswith("表1")]
    assert names == ["表1（第1—3件）", "表1（第4—5件）"]
    assert [len(book[name].row_breaks.brk) for name in names] == [2, 1]
    titles = [cell.value for name in names for (cell,) in book[name].iter_rows(max_col=1) if cell.value]
    assert titles.count("表1. 大案要案办理情况（一案一表）") == 5


def test_without_a_major_case_the_table_says_so(rulebook: Rulebook, tmp_path: Path) -> None:
    book = write(fill(rulebook, ROWS[1:2]), tmp_path)

    page = Printed(book["表1 大案要案办理情况（一案一表）"])
    assert page.line(3) == ["截至2022年10月31日，没有需要填写本表的案件。"]


# the one column whose name is a list itself
_CERTIFICATES = "伪造、变造、买卖、出租、出借证件"


def _columns(named: str) -> list[str]:
    rest, found, _ = named.partition(_CERTIFICATES)
    return [column for column in rest.split("、") if column] + ([found] if found else [])


@pytest.mark.parametrize("unknown", ["open", "absent"])
def test_the_trace_has_a_line_for_each_case_in_each_cell(rulebook: Rulebook, tmp_path: Path, unknown: str) -> None:
    filled = fill(rulebook, unknown=unknown)
    book = write(filled, tmp_path)
    found: Counter[tuple[str, str, str, str]] = Counter()
    for line in lines_of(book["取数明细"]):
        assert line["依据"]
        for column in _columns(line["列"]):
            found[line["表"], line["栏目"], line["项目"], column] += 1

    wanted: Counter[tuple[str, str, str, str]] = Counter()
    waiting: Counter[tuple[str, str, str]] = Counter()
    for table in filled.counting_tables:
        short = table.title.zh.split()[0]
        for part, row, axis, cell in filled.cells(table):
            figure = filled.figure(cell)
            wanted[short, part.title.zh, row.label.zh, axis.label.zh] = len(figure.counted)
            waiting[short, row.label.zh, axis.label.zh] += len(figure.lacking)
    assert found == +wanted
    lacking: Counter[tuple[str, str, str]] = Counter()
    for line in lines_of(book["缺项"]):
        assert line["缺少的事实"]
        for column in _columns(line["列"]):
            lacking[line["表"], line["项目"], column] += 1
    assert lacking == +waiting


def test_what_stands_in_a_key_area_by_its_label_or_by_analogy_is_said(rulebook: Rulebook, tmp_path: Path) -> None:
    areas = {
        "fabricated_records": ("编造记录", "编造记录（仅依栏名）"),
        "licence_lending": ("伪造资质", "出租、出借证照（类推，请确认）"),
        "unlicensed_distribution": ("无证经营", ""),
    }
    rows = [dict(ROWS[0], case_id=conduct, conducts=[conduct]) for conduct in areas]
    # a conduct that the column names outright makes the other beside the point
    rows.append(dict(ROWS[0], case_id="both", conducts=["licence_lending", "forged_qualification"]))
    book = write(fill(rulebook, rows), tmp_path)

    found = {
        (line["案件编号"], line["列"]): line["归入须确认"]
        for line in lines_of(book["取数明细"])
        if line["项目"] == "案件数" and line["列"] != "非法网售"
    }
    assert found == {**{(name, column): said for name, (column, said) in areas.items()}, ("both", "伪造资质"): ""}
    notes = {line["核对什么"]: line["涉及的案件"] for line in lines_of(book["核对"]) if line["结论"] == "提示"}
    assert notes["“伪造资质”仅依栏名或者类推归入的，请确认"] == "licence_lending"


def test_every_line_of_a_list_is_as_high_as_its_longest_text(rulebook: Rulebook, tmp_path: Path) -> None:
    rows = [dict(ROWS[3], case_name="名" * 60), dict(ROWS[3], case_id="2", case_name="短")]
    sheet = write(fill(rulebook, rows), tmp_path)["未计入"]

    heights = {line[1].value: sheet.row_dimensions[line[1].row].height for line in sheet.iter_rows(min_row=3)}
    assert heights["名" * 60] > 3 * 10
    assert heights["短"] is None


def test_a_list_goes_on_in_a_further_sheet(rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = lines_of(write(fill(rulebook), tmp_path)["取数明细"])
    monkeypatch.setattr(lists, "_MOST_LINES", 5)
    book = write(fill(rulebook), tmp_path)

    names = [name for name in book.sheetnames if name.startswith("取数明细")]
    assert len(names) == -(-len(whole) // 5)
    assert [line for name in names for line in lines_of(book[name])] == whole
    assert all(book[name].auto_filter.ref and book[name].freeze_panes == "A3" for name in names)


def test_the_checks_and_what_is_not_counted_are_listed(rulebook: Rulebook, tmp_path: Path) -> None:
    filled = fill(rulebook, unknown="open")
    book = write(filled, tmp_path)

    assert [line["核对什么"] for line in lines_of(book["核对"])] == [check.said.zh for check in check_form(filled)]
    late = next(line for line in lines_of(book["未计入"]) if line["案件编号"] == "晚-1")
    assert (late["情形"], late["原因"]) == ("不计", "立案日晚于填表日")
    stage = next(line for line in lines_of(book["未计入"]) if line["案件编号"] == "药-2")
    assert (stage["情形"], stage["栏目"], stage["要补充的事实"]) == ("待定", "环节", "主要环节（填表用）")


def test_the_first_sheet_says_what_the_workbook_is_made_from(rulebook: Rulebook, tmp_path: Path) -> None:
    book = write(fill(rulebook, not_applicable=frozenset({"cosmetic", "drug/rd"})), tmp_path)

    said = {str(row[0].value): str(row[1].value).replace("\n", "") for row in book["说明"].iter_rows(max_col=2)}
    assert book.sheetnames[:2] == ["说明", "封面"]
    assert rulebook.sha256 in said["规则库"]
    assert said["案件数"].startswith("台账共 4 件；表2 药品案件查办情况 2 件；表3 医疗器械案件查办情况 1 件")
    assert "表2 药品案件查办情况“研制”" in said["/"]
    assert {"G-05", "G-38", "G-66"} <= set(said)
    links = {row[0].value: row[0].hyperlink.location for row in book["说明"].iter_rows(max_col=1) if row[0].hyperlink}
    assert list(links) == book.sheetnames[1:]


def test_the_first_page_prints_the_head_and_the_filling_rules(rulebook: Rulebook, tmp_path: Path) -> None:
    sheet = Printed(write(fill(rulebook), tmp_path)["封面"])
    lines = [line for row in range(1, sheet.sheet.max_row + 1) for line in sheet.line(row)]

    assert lines[:2] == ["附件1", "药品安全专项整治行动工作月度进展"]
    assert lines[4] == "填表须知："
    assert [line.partition(".")[0] for line in lines[5:]] == ["1", "2", "3", "4"]


NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "http://example.com", "=cmd|' /C calc'!A0", "\ufeff=2", "0123", "TRUE")


@pytest.mark.parametrize("text", NASTY)
def test_text_of_a_ledger_stays_text(rulebook: Rulebook, tmp_path: Path, text: str) -> None:
    rows = [dict(ROWS[0], case_id=text, case_name=text, planned_penalty=text, summary_offence=text)]
    book = write(fill(rulebook, rows, unit=text), tmp_path)

    shown = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    same = [cell for cell in shown if str(cell.value) == text]
    assert len(same) >= 3
    assert {cell.data_type for cell in shown} <= {"s", "n", "inlineStr"}
    assert all(cell.hyperlink is None or not cell.hyperlink.target for cell in shown)
    if text[0] in "=+-@":
        assert all(cell.quotePrefix for cell in same)
    with zipfile.ZipFile(tmp_path / "monthly.xlsx") as parts:
        assert {name for name in parts.namelist() if not _HARMLESS.fullmatch(name)} == set()
        for name in parts.namelist():
            content = parts.read(name)
            assert b'TargetMode="External"' not in content, name
            assert not _RUNS.search(content), name


# what a workbook needs for cells, links within it, comments and their looks: no macros, no links to other
# workbooks, no queries, connections, controls or embedded objects
_HARMLESS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
    r"|xl/theme/theme1\.xml|xl/_rels/workbook\.xml\.rels|xl/worksheets/(_rels/)?sheet\d+\.xml(\.rels)?"
    r"|xl/comments\d+\.xml|xl/drawings/vmlDrawing\d+\.vml"
)
# formulas in cells, in rules of looks and of what may be entered, and actions of drawn things
_RUNS = re.compile(rb"<(f|formula\d?|cfRule|dataValidation|ddeLink|oleLink|x:FmlaMacro)[\s>/]")


@pytest.mark.parametrize("text", ["药\x00\x1b[31m店", "半\ud83d个", "\u202e反", "长" * 40_000, "a\ufffe"])
def test_text_that_a_spreadsheet_cannot_hold_is_made_visible(rulebook: Rulebook, tmp_path: Path, text: str) -> None:
    book = write(fill(rulebook, unit=text), tmp_path)

    said = {str(row[0].value): str(row[1].value) for row in book["说明"].iter_rows(max_col=2)}["填报单位"]
    assert "·" in said or said.endswith("（过长，全文见台账）")


def test_names_of_sheets_are_ones_that_a_spreadsheet_takes(rulebook: Rulebook, tmp_path: Path) -> None:
    rows = [dict(ROWS[0], case_id=name) for name in ("永市监/处[2022]:1*号?\\" + "长" * 40, "'A'", "a", "A", "历史")]
    names = write(fill(rulebook, rows), tmp_path).sheetnames

    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert all(name.strip("'") == name for name in names)


def test_a_failure_leaves_what_was_there(rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "monthly.xlsx"
    path.write_text("the month before")

    def fail(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("enforcerules.reports.workbook.write_trace", fail)
    with pytest.raises(OSError, match="no space left"):
        write_workbook(fill(rulebook), path)

    assert path.read_text() == "the month before"
    assert [each.name for each in tmp_path.iterdir()] == ["monthly.xlsx"]


def test_without_the_library_the_remedy_is_said(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)

    with pytest.raises(EngineUnavailableError, match=r"enforcerules\[reports\]"):
        write_workbook(fill(rulebook), tmp_path / "monthly.xlsx")
