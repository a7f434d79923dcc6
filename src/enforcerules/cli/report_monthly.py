"""`enforcerules report monthly`: the monthly form, filled in from a ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from enforcerules.cli import exits
from enforcerules.cli.commands import Command, Option, Page, one_of
from enforcerules.cli.inputs import load
from enforcerules.cli.report_assumed import read_assumed
from enforcerules.cli.report_filling import fill_from_ledger, find_report, tell_what_was_done
from enforcerules.cli.report_inputs import LedgerCases, check_output, report_options
from enforcerules.cli.terminal import Progress, put, put_page
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.case import Unknown
    from enforcerules.model import Due, ResolvedRulebook
    from enforcerules.reports import CheckResult, FilledForm

_REPORT = "monthly"
_FORMATS = ("xlsx", "json", "text")

_PAGE = Page(
    summary=Text(
        "由台账填好月度进展表：表1一案一表，表2至表4累计数，每个数可查到案件和依据。",
        "Fills in the monthly form from a ledger: table 1 for each major case, running totals in tables 2 to 4, every "
        "figure traced to its cases and clauses.",
    ),
    more=(
        Text(
            "台账有错不出表，全部列出。缺少事实的格留空并列明；`0` 只填在确实没有之处。",
            "A ledger with faults makes no form; all of them are told. A cell that waits for a fact stays blank and is "
            "listed; `0` stands only where there is none.",
        ),
    ),
    examples=(
        "enforcerules report monthly --ledger examples/ledger-yongchuan-2022.xlsx --unit Yongchuan --as-of 2022-10-31 "
        "--format text",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    not_applicable = Text(
        "本单位不涉及、填“/”的表、行或列，如 表2/研制；可多次使用",
        "a table, row or column that does not concern the unit and is filled with '/', such as drug/rd; repeatable",
    )
    parameters = [
        *report_options(),
        Option(["--not-applicable"], not_applicable, metavar="NAME", multiple=True),
        Option(
            ["--format"],
            Text("输出格式，缺省为 xlsx", "the form of the answer, xlsx by default"),
            metavar="|".join(_FORMATS),
            default="xlsx",
            callback=one_of(*_FORMATS),
        ),
        Option(
            ["--strict"],
            Text("有空格或者待定的案件时，退出码为 3", "exit with 3 when a cell is blank or a case is open"),
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
        not_applicable: Sequence[str],
        assume: Sequence[str],
        format: Literal["xlsx", "json", "text"],  # noqa: A002 - the word users know
        processes: int | None,
        force: bool,
        strict: bool,
        rulebook: str | None,
    ) -> int:
        from enforcerules.reports import Request, check_form

        target = _target(output, ledger, format, force=force)
        book = load(rulebook)
        report = find_report(book.resolved, _REPORT, place, lambda form: bool(form.tables))
        inapplicable = _read_addresses(book.resolved, report, not_applicable)
        assumed = read_assumed(book.resolved, assume)
        request = Request(report.form or "", unit, as_of, place, unknown, inapplicable, assumed)
        rows = LedgerCases(book, ledger, language, sheet=sheet, encoding=encoding)
        progress = Progress(language)
        filled = fill_from_ledger(book, request, rows, processes=processes, progress=progress)
        checks = check_form(filled)
        _write(filled, checks, format, target, language, progress)
        files = [target] if target is not None else []
        single = Text("一案一表", "with a sheet of their own")
        tell_what_was_done(filled, checks, rows, place, files, language, single=single)
        if any(check.verdict == "fails" for check in checks):
            return exits.FAULTY
        return exits.STILL_OPEN if strict and not filled.complete else exits.DONE

    return Command(_REPORT, _PAGE, parameters, run, language)


# --- what is asked for -----------------------------------------------------------------------------


def _target(output: str | None, ledger: str, form: str, *, force: bool) -> Path | None:
    """Return the file to write, None for standard output."""
    if output is None:
        if form == "xlsx":
            raise WrongUsageError(Text("缺少 -o", "-o is missing"), Text("写 -o 月报.xlsx", "write -o monthly.xlsx"))
        return None
    return check_output(output, ledger, force=force)


def _read_addresses(book: ResolvedRulebook, report: Due, given: Sequence[str]) -> frozenset[str]:
    from enforcerules.reports.addresses import addresses

    known = addresses(book.forms[report.form or ""])
    for name in given:
        if name not in known:
            said = Text(f"表中没有 {quoted(name)}", f"the form has no {quoted(name)}")
            hint = Text(
                "写表、表/行或者表/列，如 表2/研制", "write a table, table/row or table/column, such as drug/rd"
            )
            raise WrongUsageError(said, did_you_mean(name, known) or hint)
    return frozenset(known[name] for name in given)


# --- what comes out --------------------------------------------------------------------------------


def _write(
    filled: FilledForm,
    checks: Sequence[CheckResult],
    form: str,
    target: Path | None,
    language: Language,
    progress: Progress,
) -> None:
    if form == "xlsx" and target is not None:
        from enforcerules.reports.workbook import write_workbook

        progress.say(Text("正在写工作簿", "writing the workbook"))
        write_workbook(filled, target)
        progress.end()
        return
    if form == "json":
        data = {**filled.to_dict(), "checks": [check.to_dict() for check in checks]}
        text = json.dumps(data, ensure_ascii=False, indent=2)
    else:
        from enforcerules.cli.report_text import render_form

        text = render_form(filled, language)
    if target is not None:
        target.write_text(text + "\n", encoding="utf-8", newline="\n")
    elif form == "json":
        put(text)
    else:
        put_page(text)
