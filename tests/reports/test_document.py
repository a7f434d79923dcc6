"""The Word document of a written report: laid out as the annex has it, clean, and nothing but text."""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest

from enforcerules import EngineUnavailableError, Rulebook
from enforcerules.reports import WrittenReport
from enforcerules.reports.document import write_document
from tests.reports.reports_in_words import ROWS, UNIT, YONGAN, report

HEADINGS = {
    (
        "quarterly",
        "500118",
    ): "一、基本情况 二、主要工作进展 （一）风险隐患排查情况 （二）移送通报情况 （三）案件查办情况 "
    "（四）其他工作 三、主要经验和做法 四、意见建议 五、其他",
    ("final", "500118"): "一、基本情况 二、主要工作完成情况 （一）风险隐患排查情况 （二）移送通报情况 "
    "（三）案件查办情况 （四）其他工作 三、主要经验和做法 四、意见建议 五、其他",
    ("interim", "350481"): "一、工作部署情况 二、工作主要成效 （一）风险隐患排查情况 （二）移送通报情况 "
    "（三）案件查办情况 （四）其他工作 三、主要经验和做法 四、意见建议 五、其他",
}


def _write(made: WrittenReport, folder: Path) -> Any:
    path = folder / "report.docx"
    write_document(made, path)
    return docx.Document(str(path))


def _texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def _cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(("name", "place"), HEADINGS)
def test_the_sections_are_those_of_the_annex_in_its_order(
    rulebook: Rulebook, tmp_path: Path, name: str, place: str
) -> None:
    made = report(rulebook, name, [], place=place)
    document = _write(made, tmp_path)
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]

    assert styles[0] == ("Title", made.title.zh)
    assert [text for style, text in styles if style.startswith("Heading")] == HEADINGS[name, place].split()
    assert all((style == "Heading 2") == text.startswith("（") for style, text in styles if style.startswith("Heading"))
    assert _texts(document)[-2:] == [UNIT, "2022年9月20日"]


def test_the_figures_stand_in_a_table_each_product_in_its_column(rulebook: Rulebook, tmp_path: Path) -> None:
    transfer, handled, *_ = _write(report(rulebook), tmp_path).tables

    assert _cells(transfer) == [
        ["项目", "药品", "医疗器械", "化妆品", "合计"],
        ["线索通报数量（件）", "1", "0", "0", "1"],
        ["案件移送数量（件）", "1", "0", "0", "1"],
    ]
    assert _cells(handled)[2] == ["罚款金额（万元）", "12.345678", "0", "0", "12.345678"]


def test_what_people_have_to_write_is_shaded_and_nothing_else_is(rulebook: Rulebook, tmp_path: Path) -> None:
    document = _write(report(rulebook, rows=[]), tmp_path)
    shaded = [run.text for paragraph in document.paragraphs for run in paragraph.runs if "w:shd" in run._r.xml]

    assert [text for text in _texts(document) if text.startswith("〔")] == shaded
    # the sections that figures fill read 无 here, so no more than six are left to people
    assert len(shaded) == 6
    assert all(text.startswith("〔此处由填报单位填写：") and text.endswith("填“无”或者“无更新”。〕") for text in shaded)
    assert _texts(document).count("无。") == 2


def test_a_blank_figure_is_grey_and_the_report_says_so(rulebook: Rulebook, tmp_path: Path) -> None:
    rows = [{name: value for name, value in ROWS[0].items() if name != "fine"}]
    document = _write(report(rulebook, rows=rows, unknown="open"), tmp_path)
    fines = next(row for row in document.tables[1].rows if row.cells[0].text.startswith("罚款"))

    assert [cell.text for cell in fines.cells[1:]] == ["", "0", "0", ""]
    assert ["E7E6E6" in cell._tc.xml for cell in fines.cells[1:]] == [True, False, False, True]
    assert any("1件案件缺少事实" in text for text in _texts(document))


def test_each_major_case_has_a_sheet_of_its_own(rulebook: Rulebook, tmp_path: Path) -> None:
    document = _write(report(rulebook), tmp_path)
    texts = _texts(document)
    first, second = (dict(_cells(table)) for table in document.tables[2:])

    assert [text for text in texts if text.startswith(("附件", "　　　"))] == [
        "附件：1．某药店销售劣药案（药-1）",
        "　　　2．药-2",
        "附件1",
        "附件2",
    ]
    assert texts.count("大案要案情况报告（一案一报）") == 2
    assert first["大案要案情形"].splitlines() == [
        "☑货值较大（参照月报划分）",
        "☐吊销行政许可",
        "☐刑事犯罪移送公安司法机关",
        "☐社会影响较广、危害性大或涉及地域较广",
    ]
    assert (first["货值金额"], first["产品类别"]) == ("62.000001万元", "药品")
    assert (second["案件名称"], second["计划结案时间"]) == ("〔待填写〕", "〔待填写〕")
    assert "主要调查取证过程：〔待填写〕" in first["案情概述"].splitlines()


def test_a_form_without_attachments_tells_its_cases_in_the_text(rulebook: Rulebook, tmp_path: Path) -> None:
    rows = [{**YONGAN, "case_id": "安-1", "case_name": "某器械案", "goods_value": "68000", "fine": "30000"}]
    document = _write(report(rulebook, "interim", rows, place="350481", as_of=date(2023, 10, 23)), tmp_path)
    texts = _texts(document)
    at = texts.index("1．某器械案（安-1）：货值较大（5万元以上）。")

    assert len(document.tables) == 2
    assert not [text for text in texts if text.startswith("附件")]
    assert "货值金额：6.8万元；罚款金额：3万元。" in texts[at + 1]
    assert texts[at + 2].startswith("〔待填写：线索来源、拟作处罚决定、计划结案时间、主要违法情形")


def test_texts_of_cases_are_text_whatever_they_say(rulebook: Rulebook, tmp_path: Path) -> None:
    odd = {
        **ROWS[0],
        "case_name": '{ HYPERLINK "http://example.com" }‮<w:p/>&amp;',
        "planned_penalty": "=1+1",
        "summary_control": "MERGEFIELD x\t下一行",
    }
    _write(report(rulebook, rows=[odd]), tmp_path)
    with zipfile.ZipFile(tmp_path / "report.docx") as package:
        body = package.read("word/document.xml").decode()
        relations = package.read("word/_rels/document.xml.rels").decode()
        names = package.namelist()

    assert not re.search(r"<w:(hyperlink|fldSimple|fldChar|instrText|object|pict|altChunk)\b", body)
    assert "External" not in relations
    assert "HYPERLINK" in body
    assert "·&lt;w:p/&gt;&amp;amp;" in body
    assert not [name for name in names if name.endswith((".bin", ".jpeg"))]


def test_the_same_report_makes_the_same_bytes(rulebook: Rulebook, tmp_path: Path) -> None:
    made, again = tmp_path / "1.docx", tmp_path / "2.docx"
    write_document(report(rulebook), made)
    write_document(report(rulebook, rows=ROWS), again)

    assert made.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(made) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_page_is_that_of_official_documents(rulebook: Rulebook, tmp_path: Path) -> None:
    document = _write(report(rulebook), tmp_path)
    page = document.sections[0]

    lengths = [page.page_width, page.page_height, page.top_margin, page.left_margin, page.right_margin]
    assert [round(length.mm) for length in lengths] == [210, 297, 37, 28, 26]
    assert document.core_properties.title == "药品安全专项整治行动工作季度进展报告"
    assert (document.core_properties.author, document.core_properties.comments) == (UNIT, "")
    fonts = {"Title": "方正小标宋简体", "Heading 1": "黑体", "Heading 2": "楷体_GB2312", "Normal": "仿宋_GB2312"}
    assert all(f'w:eastAsia="{font}"' in document.styles[name].element.xml for name, font in fonts.items())


def test_without_the_library_it_is_said_what_to_install(
    rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(EngineUnavailableError, match="ER7064"):
        write_document(report(rulebook), tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_leaves_nothing_behind(rulebook: Rulebook, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_document(report(rulebook), tmp_path / "nowhere" / "report.docx")
    assert list(tmp_path.iterdir()) == []
