"""A filled form as an Excel workbook: the form as it is printed, and every figure traced to its cases.

The workbook is what a unit hands in, so it is in Chinese whatever the language of the program. Of a written report
the workbook is the working paper that the unit keeps: where each number and each major case comes from.
"""

from __future__ import annotations

from pathlib import Path

from enforcerules.reports.checks import check_form
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.workbook.case_sheets import write_case_sheets
from enforcerules.reports.workbook.cover import GuidePage, how_to_read, write_first_page
from enforcerules.reports.workbook.lists import write_checks, write_unplaced
from enforcerules.reports.workbook.paper import new_paper
from enforcerules.reports.workbook.tables import write_table
from enforcerules.reports.workbook.trace import write_lacking, write_trace
from enforcerules.reports.workbook.working_paper import write_working_paper

__all__ = ["write_workbook", "write_working_paper"]


def write_workbook(filled: FilledForm, path: str | Path) -> None:
    """Write a filled form as a workbook. The same form gives the same bytes; a file of that name is replaced.

    Raises:
        EngineUnavailableError: when XlsxWriter, which comes with the extra `reports`, is not installed.
        OSError: when the file cannot be written.

    """
    checks = check_form(filled)
    with new_paper(Path(path), title=filled.form.title.zh, unit=filled.unit, day=filled.as_of) as paper:
        guide = GuidePage(paper)
        sheets = [(write_first_page(paper, filled), "表样的标题、填报单位、填报日期和填表须知")]
        for table in filled.case_tables:
            sheets += [(name, table.title.zh) for name in write_case_sheets(paper, filled, table)]
        begun = [(table, paper.sheet(table.title.zh)) for table in filled.counting_tables]
        lines, traced = write_trace(paper, filled)
        for table, (sheet, name) in begun:
            write_table(paper, sheet, filled, table, lines)
            sheets.append((name, table.title.zh))
        sheets += [(name, "每格计入了哪些案件、各计多少、依据哪些条款") for name in traced]
        sheets += [(name, "空着的格中，哪些案件缺少哪些事实") for name in write_lacking(paper, filled)]
        sheets.append((write_checks(paper, filled, checks), "各数是否相互一致"))
        sheets.append((write_unplaced(paper, filled), "没有计入各表的案件和事项，以及原因"))
        guide.write(filled, checks, sheets, how_to_read(filled), title=filled.form.title.zh)
