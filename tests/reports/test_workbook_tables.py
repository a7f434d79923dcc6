"""The tables that count, read back from the workbook: laid out as annex 1 prints them, every figure exact."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from enforcerules import Rulebook
from enforcerules.reports import Cell
from enforcerules.reports.workbook.layout import lay_out
from enforcerules.reports.workbook.tables import FIRST_ROW
from tests.reports.workbooks import ROWS, UNIT, Printed, fill, write

# what annex 1 prints at the left of each table: a title with its rows, `其中` within the one before it, and
# the rows of the lists, which have no title
_SOURCES = (
    "资料审查或技术审评（个） 现场检查（件） 监督抽检（件） {}监测（件） 投诉举报（件） 网络监测（件） 舆情监测（件） "
    "部门通报（件） 其他（件）"
)
_UPPER = "20万元—50万元（件） 50万元—1000万元（件） 1000万元—1亿元（件） 1亿元及以上（件） 涉案金额（万元）"
_LISTS = "列入严重违法失信名单名录企业数（家） 列入经营异常名录企业数（家）"
_TRANSFERS = (
    "通报公安机关线索数（件） 移送公安机关案件数（件） 移交卫生健康部门线索数（件） 移交市场监管部门线索数（件） "
    "移交网信部门网站数（个） 移交海关部门走私线索数（件） 通报/移交其他部门线索数（件）"
)
_FINES = "责令改正 罚款家数 罚款金额（万元） 没收违法所得（万元）"
_KEY_ROWS = "案件数 货值（万元） 罚没款（万元） 处罚到人数（人次）"
_BANS = "处禁止从业人数 对个人罚款金额"

ANNEX = {
    "表2 药品案件查办情况": (
        "研制 生产 经营 使用 合计",
        {
            "案件来源": _SOURCES.format("不良反应"),
            "涉案货值": f"10万元以下（件） 10万元—20万元（件） {_UPPER}",
            "处罚情况": f"{_FINES} 责令停产停业整顿数（家） 责令关闭数（家） 吊销药品批准证明文件（张） "
            "撤销许可/吊销许可证书数（张） 处罚到人数（人次）",
            "其中": _BANS,
            "": _LISTS,
            "移送情况": _TRANSFERS,
        },
        "无证生产 注册造假 饮片生产 原辅购进 编造记录 无证经营 伪造资质 回收骗购 非法网售",
    ),
    "表3 医疗器械案件查办情况": (
        "研制 生产 经营 使用 合计",
        {
            "案件来源": _SOURCES.format("不良事件"),
            "涉案货值": f"5万元以下（件） 5万元—20万元（件） {_UPPER}",
            "处罚情况": f"{_FINES} 责令停产停业整顿数（家） 责令关闭数（家） 吊销注册证书数（张） "
            "吊销许可证书数（张） 取消备案编号数（件） 处罚到人数（人次）",
            "其中": _BANS,
            "": _LISTS,
            "移送情况": _TRANSFERS,
        },
        "无证生产 生产未注册备案器械 注册备案造假 编造记录 无证经营 经营未注册备案器械 "
        "伪造、变造、买卖、出租、出借证件",
    ),
    "表4 化妆品案件查办情况": (
        "研制生产 经营使用 合计",
        {
            "案件来源": "现场检查（件） 监督抽检（件） 不良反应监测（件） 投诉举报（件） 风险监测（件） 舆情监测（件） "
            "部门通报（件） 其他（件）",
            "涉案货值": f"5万元以下（件） 5万元—20万元（件） {_UPPER}",
            "处罚情况": f"{_FINES} 责令停产停业数（家） 撤销产品注册证或取消产品备案数（个） "
            "吊销生产许可证证书数（张） 处罚到人数（人次）",
            "其中": _BANS,
            "": _LISTS,
            "移送情况": _TRANSFERS,
        },
        "无证生产 注册备案造假 非法使用禁用原料 超范围超量使用限用原料 经营使用未注册备案化妆品 标签明示暗示医疗作用 "
        "涉及网络违法",
    ),
}


@pytest.mark.parametrize("title", ANNEX)
def test_a_table_is_laid_out_as_the_annex_prints_it(rulebook: Rulebook, tmp_path: Path, title: str) -> None:
    sheet = Printed(write(fill(rulebook), tmp_path)[title])
    stages, parts, areas = ANNEX[title]

    assert sheet.line(1) == [title.replace(" ", ". ")]
    assert sheet.line(2) == [f"填报单位：{UNIT}（盖章）", "填报日期：2022年10月31日"]
    corner, *heads = sheet.line(FIRST_ROW + 1)
    assert corner.split() == ["环节", "项", "目"]
    assert heads == stages.split()
    row = FIRST_ROW + 2
    for heading, rows in parts.items():
        for label in rows.split():
            left = sheet.line(row)[: -len(heads)]
            if heading == "其中":
                assert left == ["处罚情况", "其中", label]
            else:
                assert left == ([heading, label] if heading else [label])
            row += 1
    assert sheet.line(row) == ["重点领域案件"]
    assert sheet.line(row + 1) == ["整治重点", *areas.split()]
    if title.startswith("表3"):
        # below the two areas with a part of their own: the whole at the left, 涉网 at the right
        assert sheet.line(row + 2)[-5:] == [None, "涉网", None, "涉网", areas.split()[-1]]
        row += 1
    for number, label in enumerate(_KEY_ROWS.split(), row + 2):
        assert sheet.line(number)[0] == label


def test_every_cell_is_the_figure(rulebook: Rulebook, tmp_path: Path) -> None:
    filled = fill(rulebook, not_applicable=frozenset({"cosmetic", "drug/rd"}))
    book = write(filled, tmp_path)

    for table in filled.counting_tables:
        sheet = book[table.title.zh]
        slots = lay_out(table).slots
        assert len(slots) == len(list(filled.cells(table)))
        for slot in slots:
            shown = sheet.cell(slot.area.top + FIRST_ROW + 1, slot.area.left + 1)
            match filled.state(slot.cell):
                case "open":
                    assert shown.value is None
                    assert shown.fill.fgColor.rgb == "FFE7E6E6"
                    assert "缺少事实" in shown.comment.text
                case "not_applicable":
                    assert shown.value == "/"
                case "value":
                    assert Decimal(str(shown.value)) == filled.number(slot.cell, slot.row)
                    # neither the format nor a narrow column rounds
                    places = shown.number_format.partition(".")[2]
                    assert Decimal(str(shown.value)) == round(Decimal(str(shown.value)), len(places))


def test_amounts_are_in_units_of_ten_thousand_yuan_to_the_fen(rulebook: Rulebook, tmp_path: Path) -> None:
    filled = fill(rulebook)
    sheet = write(filled, tmp_path)["表2 药品案件查办情况"]

    lines = [Printed(sheet).line(row) for row in range(1, sheet.max_row + 1)]
    fines = next(line for line in lines if "罚款金额（万元）" in line)
    values = next(line for line in lines if "货值（万元）" in line)
    assert fines[-5:] == [0, 0, 12.345678, 0, 12.345678]
    assert values[-9:] == [0, 0, 0, 0, 0, 62.000001, 0, 0, 62.000001]


def test_a_case_without_a_stage_counts_in_the_total_and_leaves_the_stages_blank(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    filled = fill(rulebook, unknown="open")
    cells = [Cell("drug", "source_row", "src_complaint", column) for column in ("distribution", "total")]

    assert [filled.state(cell) for cell in cells] == ["open", "value"]
    sheet = Printed(write(filled, tmp_path)["表2 药品案件查办情况"])
    row = next(row for row in range(1, 60) if "投诉举报（件）" in sheet.line(row))
    assert sheet.line(row)[-5:] == [None, None, None, None, 2]


def test_a_figure_links_to_its_first_case(rulebook: Rulebook, tmp_path: Path) -> None:
    filled = fill(rulebook)
    book = write(filled, tmp_path)
    slots = [slot for table in filled.counting_tables for slot in lay_out(table).slots]
    linked = 0
    for slot in slots:
        table = next(table for table in filled.form.tables if table.id == slot.cell.table)
        shown = book[table.title.zh].cell(slot.area.top + FIRST_ROW + 1, slot.area.left + 1)
        figure = filled.figure(slot.cell)
        if filled.state(slot.cell) != "value" or not figure.counted:
            assert shown.hyperlink is None
            continue
        name, _, place = shown.hyperlink.location.rpartition("!")
        line = [cell.value for cell in book[name.strip("'")][int(place.lstrip("A"))]]
        assert line[2] == slot.row.label.zh
        assert line[4] in {str(each.case) for each in figure.counted}
        linked += 1
    assert linked > 5


def test_units_that_the_form_leaves_out_are_said_below_the_table(rulebook: Rulebook, tmp_path: Path) -> None:
    sheet = write(fill(rulebook), tmp_path)["表4 化妆品案件查办情况"]

    notes = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("注：")]
    assert notes[0] == "注：表样没有注明单位，按括号内单位填写：责令改正（件）、对个人罚款金额（万元）。"
    assert notes[1].replace("\n", "").startswith("注：表样把“处禁止从业人数”和“对个人罚款金额”印在一格")


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_is_written_as_text(
    rulebook: Rulebook, tmp_path: Path
) -> None:
    huge = [dict(ROWS[0], goods_value="12345678901234.56")]
    sheet = Printed(write(fill(rulebook, huge), tmp_path)["表2 药品案件查办情况"])

    row = next(row for row in range(1, 60) if sheet.line(row)[0] == "货值（万元）")
    assert "1234567890.123456" in sheet.line(row)


def test_the_same_form_gives_the_same_bytes(rulebook: Rulebook, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(fill(rulebook), tmp_path / name)

    assert (tmp_path / "one/monthly.xlsx").read_bytes() == (tmp_path / "two/monthly.xlsx").read_bytes()
