"""The working paper of a written report: where every number and every major case comes from. It is not handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from enforcerules.explaining.page import cite
from enforcerules.reports.checks import check_form
from enforcerules.reports.workbook.cover import GuidePage
from enforcerules.reports.workbook.lists import ListSheet, write_checks, write_unplaced
from enforcerules.reports.workbook.paper import Paper, new_paper
from enforcerules.reports.workbook.trace import write_lacking, write_trace
from enforcerules.reports.written import WrittenReport


def write_working_paper(report: WrittenReport, path: str | Path) -> None:
    """Write the working paper as a workbook. The same report gives the same bytes; a file of that name is replaced.

    Raises:
        EngineUnavailableError: when XlsxWriter, which comes with the extra `reports`, is not installed.
        OSError: when the file cannot be written.

    """
    filled = report.filled
    checks = check_form(filled)
    title = f"{report.title.zh}　取数底稿"
    with new_paper(Path(path), title=title, unit=filled.unit, day=filled.as_of) as paper:
        guide = GuidePage(paper)
        _, traced = write_trace(paper, filled)
        sheets = [(name, "每个数字计入了哪些案件、各计多少、依据哪些条款") for name in traced]
        sheets += [(name, "空着的数字中，哪些案件缺少哪些事实") for name in write_lacking(paper, filled)]
        sheets += [(name, "大案要案有哪些情形、依据哪些条款") for name in _write_major_cases(paper, report)]
        sheets.append((write_checks(paper, filled, checks), "编号有没有重复"))
        sheets.append((write_unplaced(paper, filled), "没有计入的案件和待定的事项，以及原因"))
        guide.write(filled, checks, sheets, _how_to_read(report), title=title)


def _write_major_cases(paper: Paper, report: WrittenReport) -> list[str]:
    columns = (("案件编号", 24.0), ("案件名称", 40.0), ("情形", 40.0), ("待定的情形", 40.0), ("依据", 60.0))
    said = "具有报告所列情形的案件。是否具有任何一种情形都待定的，见“未计入”表。"
    sheet = ListSheet(paper, "大案要案", columns, said)
    labels = {row.id: row.label.zh for row in report.filled.form.grounds}
    for case in report.major_cases:
        boxes = case.boxes["grounds"]
        sheet.put(
            (
                str(case.case),
                report.filled.tally.names.get(case.case) or "",
                "、".join(labels[box.row] for box in boxes if box.ticked),
                "、".join(labels[box.row] for box in boxes if box.ticked is None),
                cite(report.filled.book, case.clauses, whole=True).zh,
            )
        )
    sheet.end()
    return sheet.names


def _how_to_read(report: WrittenReport) -> Iterator[tuple[str, str]]:
    fill = report.filled.form.fill
    yield "数字", "截至报告日期的累计数，与同日月报中同一项目的合计相同；金额精确到分，不四舍五入。"
    yield "灰色空格", "有案件缺少决定这一数字的事实，暂不能填，也不能填“0”；所缺事实见“缺项”表。"
    yield "〔　〕", "由填报单位填写，或者要补充台账后重新生成；报送前都应当已经去掉。"
    if "none" in fill:
        yield fill["none"], "这一部分的数字都为零，也没有大案要案，并且没有待定的事项。"
    if "unchanged" in fill:
        before = report.previous
        which = f"与 {before.as_of} 的报告比较。" if before is not None else "本次没有给出上次的报告，没有比较。"
        yield fill["unchanged"], f"这一部分的数字和大案要案的内容都与上次报告相同。{which}"
    for note in report.filled.form.notes:
        yield "填报说明", note.text.zh
