"""`enforcerules report quarterly`, `final`, `interim` and `written`: reports in words, as Word documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import load
from enforcerules.cli.report_assumed import read_assumed
from enforcerules.cli.report_filling import fill_from_ledger, find_report, tell_what_was_done
from enforcerules.cli.report_inputs import LedgerCases, check_output, report_options
from enforcerules.cli.terminal import Progress, put, put_page
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.case import Unknown
    from enforcerules.model import Form
    from enforcerules.reports import CheckResult, WrittenReport

_FORMATS = ("docx", "json", "text")
_YONGCHUAN = "ledger-yongchuan-2022.jsonl --unit Yongchuan --as-of 2022-09-20"
_YONGAN = "cases.jsonl --unit Yongan --place 350481 --as-of"

_MORE = (
    Text(
        "写成 Word 文档：数字取自台账，与同日月报的合计相同；只能由人写的各段有底纹和〔〕，报送前写好。"
        "缺少事实的格留空。",
        "Writes a Word document: the figures come from the ledger and are those of the monthly form of that day; what "
        "only people can write stands shaded in 〔〕, to be written before it is handed in. Figures that lack facts "
        "stay blank.",
    ),
    Text(
        "--trace 另写取数底稿：每个数字和每件大案要案的来历。底稿不报送。",
        "--trace writes the working paper beside it: where each number and each major case comes from.",
    ),
)


def quarterly(language: Language) -> Command:
    """Return the command for the quarterly report."""
    said = Text("由台账写好季度进展报告。", "Writes the quarterly report from a ledger.")
    return _command("quarterly", said, _YONGCHUAN, language)


def final(language: Language) -> Command:
    """Return the command for the final report."""
    said = Text("由台账写好总结报告。", "Writes the final report from a ledger.")
    return _command("final", said, f"{_YONGAN} 2024-11-01", language)


def interim(language: Language) -> Command:
    """Return the command for the interim summary."""
    said = Text("由台账写好阶段性工作总结。", "Writes the interim summary from a ledger.")
    return _command("interim", said, f"{_YONGAN} 2024-05-23", language)


def written(language: Language) -> Command:
    """Return the command for any written report of the calendar."""
    said = Text("由台账写好报送日历中的任何一份书面报告。", "Writes any written report of the calendar from a ledger.")
    return _command(None, said, _YONGCHUAN, language)


def _command(name: str | None, summary: Text, given: str, language: Language) -> Command:
    words = name or "written quarterly"
    example = f"enforcerules report {words} --ledger examples/{given}"
    page = Page(summary, _MORE, (f"{example} --format text",))
    previous = Text(
        "上次报告的数据（当时 --format json 的输出）；没有变化的部分填“无更新”",
        "the data of the last report, as `--format json` gave it; what has not changed says so",
    )
    parameters = [
        *([] if name else [Argument("report", Text("报送日历中的编号，如 quarterly", "its id in the calendar"))]),
        *report_options(),
        Option(["--previous"], previous, metavar="FILE"),
        Option(["--trace"], Text("取数底稿写到这个 xlsx", "write the working paper to this xlsx"), metavar="FILE"),
        Option(
            ["--format"],
            Text("输出格式，缺省为 docx", "the form of the answer, docx by default"),
            metavar="|".join(_FORMATS),
            default="docx",
            callback=one_of(*_FORMATS),
        ),
        Option(
            ["--strict"],
            Text("有空格或者待定的案件时，退出码为 3", "exit with 3 when a figure is blank or a case is open"),
            is_flag=True,
        ),
    ]

    def run(
        *,
        ledger: str,
        sheet: str | None,
        encoding: str | None,
        unit: str,
        as_of: date,
        output: str | None,
        place: str | None,
        unknown: Unknown,
        assume: Sequence[str],
        previous: str | None,
        trace: str | None,
        format: Literal["docx", "json", "text"],  # noqa: A002 - the word users know
        processes: int | None,
        force: bool,
        strict: bool,
        rulebook: str | None,
        report: str | None = name,
    ) -> int:
        from enforcerules.reports import Request, WrittenReport, check_form, read_previous

        target = _target(output, ledger, format, force=force)
        paper = check_output(trace, ledger, force=force) if trace is not None else None
        if paper is not None and target is not None and paper.absolute() == target.absolute():
            said = Text(f"{quoted(str(trace))} 就是报告", f"{quoted(str(trace))} is the report itself")
            raise WrongUsageError(said, Text("另写一个文件名", "name another file"))
        book = load(rulebook)
        due = find_report(book.resolved, report or "", place, _from_a_ledger)
        before = None
        if previous is not None:
            before = read_previous(previous, form=due.form or "", unit=unit, as_of=as_of)
        rows = LedgerCases(book, ledger, language, sheet=sheet, encoding=encoding)
        progress = Progress(language)
        assumed = read_assumed(book.resolved, assume)
        request = Request(due.form or "", unit, as_of, place, unknown, assume=assumed)
        filled = fill_from_ledger(book, request, rows, processes=processes, progress=progress)
        checks = check_form(filled)
        made = WrittenReport(filled, due, before)
        progress.say(Text("正在写报告", "writing the report"))
        _write(made, checks, format, target, language)
        if paper is not None:
            from enforcerules.reports.workbook import write_working_paper

            write_working_paper(made, paper)
        progress.end()
        files = [path for path in (target, paper) if path is not None]
        single = Text("大案要案", "major cases")
        tell_what_was_done(filled, checks, rows, place, files, language, single=single)
        if any(check.verdict == "fails" for check in checks):
            return exits.FAULTY
        return exits.STILL_OPEN if strict and not made.complete else exits.DONE

    return Command(name or "written", page, parameters, run, language)


def _from_a_ledger(form: Form) -> bool:
    """Tell a report that cases fill in from one that only people do."""
    return any(section.filled_by in ("figures", "cases") for section in form.sections)


def _target(output: str | None, ledger: str, form: str, *, force: bool) -> Path | None:
    """Return the file to write, None for standard output."""
    if output is None:
        if form == "docx":
            raise WrongUsageError(Text("缺少 -o", "-o is missing"), Text("写 -o 报告.docx", "write -o report.docx"))
        return None
    return check_output(output, ledger, force=force)


def _write(
    report: WrittenReport, checks: Sequence[CheckResult], form: str, target: Path | None, language: Language
) -> None:
    if form == "docx" and target is not None:
        from enforcerules.reports.document import write_document

        write_document(report, target)
        return
    if form == "json":
        data = {**report.to_dict(), "checks": [check.to_dict() for check in checks]}
        text = json.dumps(data, ensure_ascii=False, indent=2)
    else:
        from enforcerules.cli.report_written_text import render_report

        text = render_report(report, language)
    if target is not None:
        target.write_text(text + "\n", encoding="utf-8", newline="\n")
    elif form == "json":
        put(text)
    else:
        put_page(text)
