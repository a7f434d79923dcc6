"""The report itself: title, sections, whose report it is and of which day; then one sheet for each major case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from enforcerules.reports.document.case_sheets import CaseTexts, write_attachment
from enforcerules.reports.document.paper import HEADING_FONT, Look, Paper, new_paper, put
from enforcerules.reports.figures import CaseSheet
from enforcerules.reports.saying import chinese_day
from enforcerules.reports.written import Number, WrittenReport, WrittenSection

_TEXT_WIDTH = 156
_LABEL_WIDTH = 48
_LONG_NUMBER = 8
_INNER = "（"
"""What the number of a heading of the second level begins with."""


def write_document(report: WrittenReport, path: str | Path) -> None:
    """Write a report as a Word document. The same report gives the same bytes; a file of that name is replaced.

    Raises:
        EngineUnavailableError: when python-docx, which comes with the extra `reports`, is not installed.
        OSError: when the file cannot be written.

    """
    filled = report.filled
    with new_paper(Path(path), title=report.title.zh, unit=filled.unit, day=filled.as_of) as paper:
        paper.paragraph(report.title.zh, "title", indent=False)
        for written in report.sections:
            _write_section(paper, report, written)
        texts = CaseTexts(report)
        _list_attachments(paper, texts, report.attachments)
        _sign(paper, report)
        for number, sheet in enumerate(report.attachments, 1):
            write_attachment(paper, texts, sheet, number, alone=len(report.attachments) == 1)


def _write_section(paper: Paper, report: WrittenReport, written: WrittenSection) -> None:
    section = written.section
    look: Look = "heading2" if section.title.zh.startswith(_INNER) else "heading1"
    paper.paragraph(section.title.zh, look)
    if section.filled_by is None:
        return
    fill = report.filled.form.fill
    if written.word is not None:
        paper.paragraph(f"{fill[written.word]}。")
        return
    if written.numbers:
        _write_numbers(paper, report, written)
    if section.filled_by == "cases":
        _write_cases(paper, report, written.cases)
    if section.asks is not None:
        words = "”或者“".join(fill[word] for word in ("none", "unchanged") if word in fill)
        otherwise = f"；没有内容或者没有变化的，填“{words}”" if words else ""
        paper.mark(f"〔此处由填报单位填写：{section.asks.zh}{otherwise}。〕")


def _write_numbers(paper: Paper, report: WrittenReport, written: WrittenSection) -> None:
    paper.paragraph(f"截至{chinese_day(report.filled.as_of)}，累计数据如下：", with_next=True)
    labels = report.filled.book.vocabulary.facts["product_categories"].enumeration
    heads = [labels.values[product].zh if labels else product for product in report.products]
    wide = (_TEXT_WIDTH - _LABEL_WIDTH) // (len(heads) + 1)
    table = paper.table(len(written.numbers) + 1, [_LABEL_WIDTH, *[wide] * (len(heads) + 1)])
    for cell, head in zip(table.rows[0].cells, ["项目", *heads, "合计"], strict=True):
        put(cell, head, font=HEADING_FONT, with_next=True)
    still_open = 0
    rows = list(table.rows[1:])
    for row, (figure, line) in zip(rows, written.numbers, strict=True):
        first, *others = row.cells
        # the table stays on one page
        # the table stays on one page
        together = row is not rows[-1]
        put(first, figure.label.zh, with_next=together)
        for cell, number in zip(others, line, strict=True):
            still_open += number.state == "open"
            shown = _shown(number)
            # a number is not broken into two lines
            small = len(shown) > _LONG_NUMBER
            put(cell, shown, shaded=number.state == "open", small=small, with_next=together)
    if still_open:
        cases = {
            each.case
            for _, line in written.numbers
            for number in line
            for _, cell in number.cells
            for each in report.filled.figure(cell).lacking
        }
        paper.mark(f"〔灰色的{still_open}格空着：有{len(cases)}件案件缺少事实。补充台账，重新生成后再报送。〕")


def _shown(number: Number) -> str:
    if number.state == "not_applicable":
        return "—"
    return "" if number.value is None else f"{number.value:f}"


def _write_cases(paper: Paper, report: WrittenReport, cases: Sequence[CaseSheet]) -> None:
    """Say which cases are major ones: each in full here, unless it has a sheet of its own."""
    texts = CaseTexts(report)
    alone = report.filled.form.attachment_rule is not None
    if cases:
        how = "，逐案情况见附件：" if alone else "："
        paper.paragraph(f"大案要案{len(cases)}件{how}")
    else:
        paper.paragraph("没有确定的大案要案。" if report.perhaps_major else "没有大案要案。")
    for number, sheet in enumerate(cases, 1):
        paper.paragraph(f"{number}．{texts.name(sheet)}：{texts.grounds(sheet)}。", align="left")
        if not alone:
            _tell(paper, texts, sheet)
    waiting = len(report.perhaps_major)
    if waiting:
        paper.mark(f"〔另有{waiting}件是否属于大案要案待定：缺少事实。补充台账，重新生成后再报送。〕")


def _tell(paper: Paper, texts: CaseTexts, sheet: CaseSheet) -> None:
    for line in texts.lines(sheet):
        paper.paragraph(line)
    missing = texts.missing(sheet)
    if missing:
        paper.mark(f"〔待填写：{'、'.join(missing)}〕")


def _list_attachments(paper: Paper, texts: CaseTexts, cases: Sequence[CaseSheet]) -> None:
    if not cases:
        return
    paper.paragraph()
    for number, sheet in enumerate(cases, 1):
        lead = "附件：" if number == 1 else "　　　"
        mark = "" if len(cases) == 1 else f"{number}．"
        # what is signed does not stand alone on a page
        last = number == len(cases)
        paper.paragraph(f"{lead}{mark}{texts.name(sheet)}", align="left", with_next=last)


def _sign(paper: Paper, report: WrittenReport) -> None:
    paper.paragraph(with_next=True)
    paper.paragraph(report.filled.unit, indent=False, align="right", right=2, with_next=True)
    paper.paragraph(chinese_day(report.filled.as_of), indent=False, align="right", right=4)
