"""Where the case is reported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcerules.classification import Cells, Classification, Deadline
from enforcerules.deciding.decision import Decision
from enforcerules.explaining.conclusion import text_of
from enforcerules.explaining.page import Line, Section, join
from enforcerules.model import Form, FormTable, Row
from enforcerules.text import Text
from enforcerules.wording import STRENGTHS

_COUNTED = {
    "transfers": Text("移送后计入", "Counted, once handed over, in"),
    "lists": Text("列入后计入", "Counted, once listed, in"),
}


def reporting(decision: Decision, result: Classification) -> Section:
    """Return the tables, cells, rows and due dates."""
    report = result.report
    form = decision.book.forms.get(report.form or "")
    lines = [*_tables(form, result)] if form else []
    if form is not None:
        for name, rows in (("transfers", report.transfer_rows), ("lists", report.list_rows)):
            found = [_label(form, name, row) for row in rows]
            if found:
                titles = join(found)
                heading = _COUNTED[name]
                lines.append(Line(Text(f"{heading.zh}：{titles.zh}", f"{heading.en}: {titles.en}")))
    lines += _grounds(decision, report.grounds, {report.form})
    lines += [
        Line(text_of(cell.reason), mark="?")
        for cell in report.open
        if not report.tables or cell.part in ("count", "table")
    ]
    lines += _deadlines(decision, result)
    if not lines:
        lines = [Line(_no_report(decision, result))]
    return Section(Text("报表归类", "Where it is reported"), tuple(lines))


def _deadlines(decision: Decision, result: Classification) -> Iterator[Line]:
    agencies = decision.book.vocabulary.enumerations["agency"].values
    by_receiver: dict[tuple[str, ...], list[Deadline]] = {}
    for deadline in result.report.deadlines:
        by_receiver.setdefault(tuple(deadline.to), []).append(deadline)
    for receivers, deadlines in by_receiver.items():
        to = join(agencies[agency] for agency in receivers)
        days = join((_day(deadline) for deadline in deadlines), "；", "; ")
        clauses = tuple(dict.fromkeys(clause for deadline in deadlines for clause in deadline.clauses))
        yield Line(Text(f"报 {to.zh}：{days.zh}", f"Due to {to.en}: {days.en}"), clauses)


def _day(deadline: Deadline) -> Text:
    off = deadline.holiday
    zh = f"，当日为{off.zh}" if off else ""
    en = f", that day is {off.en}" if off else ""
    title = deadline.title
    return Text(
        f"{title.zh} {deadline.due} 前（最好 {deadline.safe_by} 报出{zh}）",
        f"{title.en} before {deadline.due} (safe by {deadline.safe_by}{en})",
    )


def _no_report(decision: Decision, result: Classification) -> Text:
    if result.jurisdiction is None:
        return Text(
            "办案辖区未填，无法判断要不要填报表", "the place is not given, so it cannot be told which report is due"
        )
    if result.report.form is not None:
        return Text("不填表1至表4", "no entry in tables 1 to 4")
    return Text("当地此时没有专项整治报表", "no campaign report is due there at that time")


def _tables(form: Form, result: Classification) -> Iterator[Line]:
    report = result.report
    if report.major_case_form:
        table = next(table for table in form.tables if table.id == "major_case")
        boxes = [row.label for part in table.parts for row in part.rows if row.id in report.grounds]
        ticked = join(boxes)
        yield Line(Text(f"{table.title.zh}：勾选 {ticked.zh}", f"{table.title.en}: tick {ticked.en}"), table.bases)
    for cells in report.cells:
        table = next(table for table in form.tables if table.id == cells.table)
        said = _cells(table, cells)
        yield Line(Text(f"{table.title.zh}：{said.zh}", f"{table.title.en}: {said.en}"), table.bases)


def _cells(table: FormTable, cells: Cells) -> Text:
    parts = []
    for name, chosen in (("stage", cells.stage), ("source_row", cells.source_row), ("value_row", cells.value_row)):
        part = table.part(name)
        if part is None:
            continue
        label = next((row.label for row in part.rows if row.id == chosen), Text("待定", "open"))
        parts.append(Text(f"{part.title.zh} {_plain(label.zh)}", f"{part.title.en} {label.en}"))
    areas = table.part("key_areas")
    if areas is not None and cells.key_areas:
        named = join(
            Text(f"{row.label.zh}{STRENGTHS[area.strength].zh}", f"{row.label.en}{STRENGTHS[area.strength].en}")
            for area in cells.key_areas
            for row in areas.rows
            if row.id == area.id
        )
        parts.append(Text(f"重点领域 {named.zh}", f"key areas {named.en}"))
    elif areas is not None:
        parts.append(Text("不入重点领域各栏", "no key area"))
    return join(parts, "；", "; ")


def _plain(label: str) -> str:
    # the printed labels carry their unit in brackets, which says nothing about one case
    for unit in ("（件）", "（个）", "（家）"):
        label = label.removesuffix(unit)
    return label


def _label(form: Form, part_name: str, row_id: str) -> Text:
    rows: Iterable[Row] = (row for table in form.tables if (part := table.part(part_name)) for row in part.rows)
    label = next(row.label for row in rows if row.id == row_id)
    return Text(_plain(label.zh), label.en)


def _grounds(decision: Decision, grounds: list[str], shown: set[str | None]) -> Iterator[Line]:
    for form in decision.book.forms.values():
        met = [row for row in form.grounds if row.id in grounds]
        if met and form.id not in shown:
            named = join(row.label for row in met)
            alone = Text("，一案一报", ", on a sheet of its own") if form.attachment_rule else Text("", "")
            yield Line(
                Text(
                    f"{form.title.zh}：写入“大案要案”部分（{named.zh}）{alone.zh}",
                    f"{form.title.en}: among the major cases ({named.en}){alone.en}",
                ),
                tuple(clause for row in met if row.rule for clause in decision.book.rules[row.rule].bases),
            )
