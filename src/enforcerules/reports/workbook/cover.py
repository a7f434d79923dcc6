"""What stands before the tables: how to read the workbook, and the first page of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from enforcerules.model import FormTable, Row
from enforcerules.reports.assumed import say_assumed, say_implied
from enforcerules.reports.checks import CheckResult
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.saying import chinese_day
from enforcerules.reports.workbook.paper import TITLE, Paper, Sheet, height_of, lay, put_merged, put_text
from enforcerules.reports.workbook.tables import head_lines, instructions

_NAME, _SAID = 30.0, 66.0
_WIDE, _COVER, _INDENT = 88.0, 4, 2.5


def write_first_page(paper: Paper, filled: FilledForm) -> str:
    """Write the title, the head and the filling rules of the form, and return the name of the sheet."""
    sheet, name = paper.sheet("封面")
    # one column as wide as the page is cut off where the fonts are wider than these, several are made to fit
    sheet.set_column(0, _COVER - 1, _WIDE / _COVER)

    def put(row: int, text: str, height: float, **looks: Any) -> None:
        put_merged(sheet, (row, 0, row, _COVER - 1), text, paper, **looks)
        sheet.set_row(row, height)

    row = 0
    if filled.form.annex is not None:
        put(row, filled.form.annex.zh, 30, font_name=TITLE, font_size=14, align="left")
        row += 1
    put(row, filled.form.title.zh, 80, font_name=TITLE, font_size=20, align="center")
    row += 1
    for line in head_lines(filled):
        put(row, line, 36, font_size=14, align="left")
        row += 1
    notes = instructions(filled.form)
    if notes:
        title = filled.form.notes_title.zh if filled.form.notes_title else "填表说明"
        put(row, f"{title}：", 36, font_size=12, bold=True)
        for below, note in enumerate(notes, row + 1):
            text = lay(note, _WIDE, 12)
            put(below, text, height_of(text, _WIDE, 12) + 10, font_size=12)
    _portrait(sheet)
    sheet.fit_to_pages(1, 0)
    return name


class GuidePage:
    """The page that tells what the workbook is made from and how to read it; it is no part of the form."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._sheet, self.name = paper.sheet("说明")
        self._row = 0

    def write(
        self,
        filled: FilledForm,
        checks: Sequence[CheckResult],
        sheets: Iterable[tuple[str, str]],
        reading: Iterable[tuple[str, str]],
        *,
        title: str,
    ) -> None:
        """Write the page; `sheets` names each sheet and says what is on it, `reading` says how cells are read."""
        sheet, paper, book = self._sheet, self._paper, filled.book
        sheet.set_column(0, 0, _NAME)
        sheet.set_column(1, 1, _SAID)
        put_merged(sheet, (0, 0, 0, 1), f"{title}　说明", paper, font_name=TITLE, font_size=14)
        sheet.set_row(0, 28)
        self._row = 1
        self._say("填报单位", filled.unit)
        self._say("填报日期", chinese_day(filled.as_of))
        self._say("案件数", self._cases(filled))
        self._say("是否完整", _whether_complete(filled))
        self._say("核对结果", _checked(checks))
        self._say("没有填写的事实", _absent(filled))
        self._say("规则库", f"{book.id} {book.version}\nsha256 {book.sha256}")
        self._head("各表")
        for name, what in sheets:
            self._link(name, what)
        self._head("怎样看")
        for what, means in reading:
            self._say(what, means)
        doubts = _doubts(filled)
        if doubts:
            self._head("文件没有写明、按推定填写之处")
            for doubt in doubts:
                found = book.doubts[doubt]
                self._say(doubt, f"{found.question.zh}\n本表的做法：{found.reading.zh}")
        _portrait(sheet)
        sheet.fit_to_pages(1, 0)

    def _cases(self, filled: FilledForm) -> str:
        tally = filled.tally
        by_table = [f"{table.title.zh} {len(tally.tables.get(table.id, ()))} 件" for table in filled.counting_tables]
        left_out = {each.case for each in filled.unplaced if each.left_out}
        still_open = {each.case for each in filled.unplaced if not each.left_out}
        return (
            f"台账共 {len(tally.names)} 件；{'；'.join(by_table)}；"
            f"按规则不计 {len(left_out)} 件；有事项待定 {len(still_open)} 件，见“未计入”表。"
        )

    def _head(self, text: str) -> None:
        put_merged(
            self._sheet, (self._row, 0, self._row, 1), text, self._paper, bold=True, border=1, bg_color="#DDEBF7"
        )
        self._sheet.set_row(self._row, 20)
        self._row += 1

    def _say(self, name: str, text: str) -> None:
        put_text(self._sheet, self._row, 0, name, self._paper, border=1, align="center")
        text = lay(text, _SAID - _INDENT)
        put_text(self._sheet, self._row, 1, text, self._paper, border=1, align="left", indent=1)
        self._sheet.set_row(self._row, max(18, height_of(text, _SAID)))
        self._row += 1

    def _link(self, name: str, text: str) -> None:
        looks = {"border": 1, "align": "center", "font_color": "#0563C1", "underline": 1}
        form = self._paper.format(**looks)
        quoted = name.replace("'", "''")
        self._say(name, text)
        row = self._row - 1
        self._sheet.write_url(row, 0, f"internal:'{quoted}'!A1", form, name)
        self._sheet.set_row(row, max(18, height_of(name, _NAME), height_of(text, _SAID)))


def how_to_read(filled: FilledForm) -> Iterable[tuple[str, str]]:
    """Yield what the cells of the tables mean."""
    fill = filled.form.fill
    yield "数字", "截至填报日期的累计数；金额精确到分，不四舍五入。点击数字可看计入了哪些案件。"
    yield fill.get("none", "0"), "有这一项目，但没有案件。"
    yield fill.get("not_applicable", "/"), _not_applicable(filled)
    yield "灰色空格", "有案件缺少决定这一格的事实，暂不能填，也不能填“0”；所缺事实见“缺项”表。"
    yield "？", "一案一表中是否勾选待定，缺少事实。"


def _portrait(sheet: Sheet) -> None:
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)


def _whether_complete(filled: FilledForm) -> str:
    if filled.complete:
        return "完整：没有案件缺少决定填报的事实。"
    blank = sum(filled.state(cell) == "open" for table in filled.counting_tables for *_, cell in filled.cells(table))
    still_open = sum(not each.left_out for each in filled.unplaced)
    return f"尚不完整：{blank} 格空着，待定的事项 {still_open} 项。补充台账后重新生成，再盖章报送。"


def _absent(filled: FilledForm) -> str:
    meant = "作为不清楚处理：决定不了的格留空，不填“0”。"
    if filled.unknown == "absent":
        meant = "能按“没有”处理的按“没有”处理，不算缺项；产品类别、货值等不能推定的，仍作为不清楚处理。"
        meant += "".join(f"{said.zh}。" for said in say_implied(filled.book))
    assumed = "、".join(text.zh for text in say_assumed(filled.book, filled.assume))
    return f"{meant}\n本次申明，台账没有填写的一律为：{assumed}。" if assumed else meant


def _checked(checks: Sequence[CheckResult]) -> str:
    counts = {verdict: sum(check.verdict == verdict for check in checks) for verdict in ("fails", "unknown", "holds")}
    return f"不符 {counts['fails']} 项，待核 {counts['unknown']} 项，相符 {counts['holds']} 项；见“核对”表。"


def _not_applicable(filled: FilledForm) -> str:
    declared = "、".join(sorted(_names(filled)))
    return f"本单位不涉及。{f'本次申明不涉及：{declared}。' if declared else '本次没有申明不涉及的项目。'}"


def _names(filled: FilledForm) -> Iterable[str]:
    """Yield what was declared not applicable, in the words of the form."""
    for address in filled.not_applicable:
        name, _, inner = address.partition("/")
        table = next(table for table in filled.form.tables if table.id == name)
        row = next((row for part in table.parts for row in part.rows if row.id == inner), None)
        yield f"{table.title.zh}“{row.label.zh}”" if row else table.title.zh


def _doubts(filled: FilledForm) -> list[str]:
    """Return the doubts that touch the form: those of its rows, then the standing ones about its clauses."""
    form, book = filled.form, filled.book
    inside = [row for table in form.tables for part in table.parts for row in part.rows]
    rows: list[Row] = [*form.header, *form.grounds, *form.case_rows, *inside]
    clauses = set(form.bases) | {clause for note in form.notes for clause in note.bases}
    clauses |= {clause for section in form.sections for clause in section.bases}
    clauses |= {clause for table in form.tables for clause in _clauses(table)}
    clauses |= {clause for row in form.grounds if row.rule is not None for clause in book.rules[row.rule].bases}
    named = {doubt for row in rows for doubt in row.doubts}
    named |= {doubt for clause in clauses for doubt in book.clauses[clause].doubts}
    named |= {doubt for due in book.report_calendar if due.form == form.id for doubt in due.doubts}
    return [doubt for doubt in book.doubts if doubt in named]


def _clauses(table: FormTable) -> Iterable[str]:
    yield from table.bases
    for part in table.parts:
        yield from part.bases
