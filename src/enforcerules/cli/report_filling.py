"""What every report from a ledger does: find its form, count the cases, and say on stderr what was done."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enforcerules.cli.report_inputs import LedgerCases
from enforcerules.cli.terminal import Progress, tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import CaseError, did_you_mean, listed, quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.model import Due, Form, ResolvedRulebook
    from enforcerules.reports import CheckResult, FilledForm, Request
    from enforcerules.rulebook import Rulebook


def find_report(book: ResolvedRulebook, name: str, place: str | None, fits: Callable[[Form], bool]) -> Due:
    """Return the report of the calendar whose form `fits`, for the place where several places have one.

    Raises:
        WrongUsageError: when there is none, or more than one.

    """
    from enforcerules.values import Place

    fitting = [due for due in book.report_calendar if due.form is not None and fits(book.forms[due.form])]
    named = [due for due in fitting if due.id == name]
    if not named:
        known = list(dict.fromkeys(due.id for due in fitting))
        said = Text(f"没有这样填写的报告 {quoted(name)}", f"no report {quoted(name)} is filled in like this")
        zh, en = listed(known)
        other = Text(f"报送日历中有：{zh}", f"the calendar has: {en}") if known else None
        raise WrongUsageError(said, did_you_mean(name, known) or other)
    found = named if place is None else [due for due in named if due.where in Place.parse(place).within]
    if not found:
        said = Text(f"当地没有报告 {quoted(name)}", f"the place has no report {quoted(name)}")
        zh, en = listed([due.where for due in named])
        raise WrongUsageError(said, Text(f"有这份报告的地方：{zh}", f"places that have it: {en}"))
    if len(found) > 1:
        zh, en = listed([due.where for due in found])
        said = Text(f"几个地方都有报告 {quoted(name)}", f"several places have a report {quoted(name)}")
        raise WrongUsageError(said, Text(f"用 --place 指明：{zh}", f"say which with --place: {en}"))
    return found[0]


def fill_from_ledger(
    book: Rulebook, request: Request, rows: LedgerCases, *, processes: int | None, progress: Progress
) -> FilledForm:
    """Count the cases of a ledger.

    Raises:
        LedgerError: with every fault of the ledger and of its cases.

    """
    from enforcerules.reports import fill_form

    try:
        filled = fill_form(book, request, rows, processes=processes or os.cpu_count() or 1, progress=progress.done)
    except CaseError as error:
        progress.end()
        rows.conclude(error.diagnostics)
        raise
    finally:
        progress.end()
    rows.conclude()
    return filled


def tell_what_was_done(
    filled: FilledForm,
    checks: Sequence[CheckResult],
    rows: LedgerCases,
    place: str | None,
    written: Sequence[Path],
    language: Language,
    *,
    single: Text,
) -> None:
    """Say what was counted, assumed, left blank and written; `single` is what a case with a sheet is called."""
    from enforcerules.reports.assumed import say_assumed, say_implied

    left_out = len({each.case for each in filled.unplaced if each.left_out})
    still_open = len({each.case for each in filled.unplaced if not each.left_out})
    counted = sum(len(cases) for cases in filled.tally.tables.values())
    zh = f"台账 {len(filled.tally.names)} 件：计入 {counted} 件，{single.zh} {len(filled.sheets)} 件，"
    zh += f"按规则不计 {left_out} 件，有事项待定 {still_open} 件"
    en = f"{len(filled.tally.names)} cases: {counted} counted, {len(filled.sheets)} {single.en}, "
    en += f"{left_out} not to be counted, {still_open} open"
    tell(Text(zh, en)[language])
    if rows.without_place:
        where = quoted(place) if place is not None else Text("未知", "unknown")[language]
        zh = f"没有写辖区的 {rows.without_place} 件，按 {where} 处理"
        en = f"{rows.without_place} cases name no place, which is taken as {where}"
        tell(Text(zh, en)[language])
    if filled.unknown == "absent":
        zh = "没有填写的事实，能按“没有”处理的按“没有”处理；不能推定的（如产品类别、货值）仍为不清楚"
        en = "facts not given are taken as none where they may be; the product, the value and the like stay unknown"
        tell(Text(zh, en)[language])
        for said in say_implied(filled.book):
            tell(said[language])
    if filled.assume:
        assumed = say_assumed(filled.book, filled.assume)
        zh = "没有填写的一律为：" + "、".join(text.zh for text in assumed)
        tell(Text(zh, "where blank: " + ", ".join(text.en for text in assumed))[language])
    blank = sum(filled.state(cell) == "open" for table in filled.counting_tables for *_, cell in filled.cells(table))
    if blank:
        zh = f"{blank} 格空着：有案件缺少事实，补充后再报"
        tell(Text(zh, f"{blank} cells are blank: some cases lack facts; add these before reporting")[language])
    for check in checks:
        if check.verdict == "fails":
            zh, en = (
                f"核对不符：{check.said.zh}（{check.found.zh}）",
                f"check failed: {check.said.en} ({check.found.en})",
            )
            tell(Text(zh, en)[language])
    for path in written:
        tell(Text(f"已写入 {quoted(str(path))}", f"written to {quoted(str(path))}")[language])
