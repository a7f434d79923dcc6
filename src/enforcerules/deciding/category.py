"""Where the case is counted: the form, the tables, and the cells in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcerules.classification import ActionResult, Cells, Deadline, KeyArea, OpenCell, ReportCategory, Strength
from enforcerules.deciding.actions import VERDICTS, said
from enforcerules.deciding.decision import Decision
from enforcerules.model import Form, FormTable, Part, Row
from enforcerules.model.conditions import tests
from enforcerules.model.due_days import next_due
from enforcerules.text import Text
from enforcerules.values import Truth, any_of

_CHOSEN = ("stage", "source_row", "value_row")
_MAJOR_CASE_TABLE = "major_case"


def find_category(decision: Decision, actions: list[ActionResult]) -> ReportCategory:
    """Return where the case is counted in the reports of its place."""
    here = [form for form in decision.book.forms.values() if _in_force(decision, form.bases) is Truth.MET]
    counting = next((form for form in here if form.tables), None)
    possible = counting or _possible_form(decision)
    open_cells: list[OpenCell] = []
    tables = _product_tables(decision, counting)
    counted = _counted(decision, possible)
    if possible is not None:
        open_cells += _open_form(decision, possible, counted, settled=counting is not None)
    cells = [_cells(decision, table, open_cells) for table in tables]
    counted_in = _counting_table(decision, tables, open_cells)
    single = next((cell for cell in cells if cell.table == counted_in), None)
    return ReportCategory(
        form=counting.id if counting else None,
        tables=[table.id for table in tables],
        counted=VERDICTS[counted],
        counted_in=counted_in,
        major_case_form=_major_case_form(decision, possible),
        stage=single.stage if single else None,
        source_row=single.source_row if single else None,
        value_row=single.value_row if single else None,
        key_areas=[area.id for area in single.key_areas] if single else [],
        transfer_rows=_action_rows(counting, "transfers", actions),
        list_rows=_action_rows(counting, "lists", actions),
        grounds=list(_grounds(decision, here)),
        attachments=[form.id for form in here if _holds(decision, form.attachment_rule) is Truth.MET],
        cells=cells,
        deadlines=find_deadlines(decision),
        open=open_cells,
    )


def _in_force(decision: Decision, clauses: Iterable[str]) -> Truth:
    # a form is of a place and a time: what is counted in it is for its tables to say
    return any_of(decision.situation.clauses[clause] for clause in clauses)


def _possible_form(decision: Decision) -> Form | None:
    """Return the form that may count the case once its place and date are known."""
    facts = decision.case.facts
    if facts.place is not None and facts.duty_date is not None:
        return None
    forms = (form for form in decision.book.forms.values() if form.tables)
    return next((form for form in forms if _in_force(decision, form.bases) is Truth.OPEN), None)


def _counted(decision: Decision, form: Form | None) -> Truth:
    """Return whether the case is counted in the product tables of the form."""
    if form is None:
        return Truth.NOT_MET
    table = any_of(_holds(decision, table.rule) for table in form.tables if table.product)
    return table & decision.decide(form.counts_when) if form.counts_when else table


def _holds(decision: Decision, rule: str | None) -> Truth:
    return Truth.NOT_MET if rule is None else decision.verdicts.holds[rule]


def _product_tables(decision: Decision, form: Form | None) -> list[FormTable]:
    tables = form.tables if form else ()
    return [table for table in tables if table.product and _holds(decision, table.rule) is Truth.MET]


def _counting_table(decision: Decision, tables: list[FormTable], open_cells: list[OpenCell]) -> str | None:
    if len(tables) == 1:
        return tables[0].id
    primary = decision.case.facts.known.get("primary_product")
    chosen = next((table.id for table in tables if table.product == primary), None)
    if tables and chosen is None:
        reason = Text(
            "一案涉及几类产品，只在主要产品的表中计一次",
            "a case with several products is counted once, in the table of the primary one",
        )
        open_cells.append(OpenCell(table="", part="table", needs=["primary_product"], reason=said(reason)))
    return chosen


def _cells(decision: Decision, table: FormTable, open_cells: list[OpenCell]) -> Cells:
    stage, source_row, value_row = (_chosen(decision, table, table.part(name), open_cells) for name in _CHOSEN)
    areas = table.part("key_areas")
    return Cells(
        table=table.id,
        stage=stage,
        source_row=source_row,
        value_row=value_row,
        key_areas=[_key_area(decision, row) for row in areas.rows if _holds(decision, row.rule) is Truth.MET]
        if areas
        else [],
    )


def _chosen(decision: Decision, table: FormTable, part: Part | None, open_cells: list[OpenCell]) -> str | None:
    if part is None:
        return None
    for row in part.rows:
        if _holds(decision, row.rule) is Truth.MET:
            return row.id
    possible = [
        decision.book.rules[row.rule] for row in part.rows if row.rule and _holds(decision, row.rule) is Truth.OPEN
    ]
    needs = sorted({need for rule in possible for need in decision.needs(rule)})
    reason = (
        Text(f"“{part.title.zh}”一栏待定", f"the cell under '{part.title.en}' is open")
        if possible
        else Text(f"“{part.title.zh}”没有相应的栏", f"there is no cell for it under '{part.title.en}'")
    )
    open_cells.append(OpenCell(table=table.id, part=part.id, needs=needs, reason=said(reason)))
    return None


def _key_area(decision: Decision, row: Row) -> KeyArea:
    strengths = [row.strength[conduct] for conduct in weak_conducts(decision, row)]
    weakest: Strength = "analogy" if "analogy" in strengths else "label_only"
    return KeyArea(id=row.id, strength=weakest if strengths else "explicit")


def weak_conducts(decision: Decision, row: Row) -> tuple[str, ...]:
    """Return the conducts that put a case in a key area by its label alone or by analogy.

    There are none where the case shows a conduct that the area names outright: it makes the others beside the point.
    """
    conducts = decision.case.facts.known.get("conducts")
    if not row.strength or not isinstance(conducts, frozenset) or _holds_explicitly(decision, row, conducts):
        return ()
    return tuple(conduct for conduct in row.strength if conduct in conducts)


def _holds_explicitly(decision: Decision, row: Row, conducts: frozenset[str]) -> bool:
    if row.rule is None:
        return False
    named = {
        member
        for test in tests(decision.book.rules[row.rule].when)
        if (operand := getattr(test, "operand", None)) is not None and getattr(test, "fact", "") == "conducts"
        for member in (operand if isinstance(operand, frozenset) else (operand,))
    }
    return any(conduct in named and conduct not in row.strength for conduct in conducts)


def _major_case_form(decision: Decision, form: Form | None) -> bool | None:
    table = next((table for table in form.tables if table.id == _MAJOR_CASE_TABLE), None) if form else None
    if table is None:
        return False
    return {Truth.MET: True, Truth.NOT_MET: False, Truth.OPEN: None}[_holds(decision, table.rule)]


def _action_rows(form: Form | None, part: str, actions: list[ActionResult]) -> list[str]:
    """Return the rows that count duties the case has, in the form's order."""
    wanted = {action.report_row for action in actions if action.verdict == "met" and action.report_row}
    rows: dict[str, None] = {}
    for table in form.tables if form else ():
        found = table.part(part)
        rows |= {row.id: None for row in found.rows if row.id in wanted} if found else {}
    return list(rows)


def _grounds(decision: Decision, forms: list[Form]) -> Iterator[str]:
    for form in forms:
        boxes = [row for table in form.tables if (part := table.part("grounds")) for row in part.rows]
        for row in (*boxes, *form.grounds):
            if _holds(decision, row.rule) is Truth.MET:
                yield row.id


def _open_form(decision: Decision, form: Form, counted: Truth, *, settled: bool) -> Iterator[OpenCell]:
    filed = decision.decide(form.counts_when) if form.counts_when else Truth.MET
    tables = {table.rule: _holds(decision, table.rule) for table in form.tables if table.product and table.rule}
    table = any_of(tables.values())
    if counted is Truth.OPEN and not settled:
        facts = decision.case.facts
        unknown = {"duty_date": facts.duty_date, "jurisdiction": facts.place}
        needs = [name for name, value in unknown.items() if value is None]
        reason = Text("办案的地方或者日期不明，用哪张报表待定", "place or date is unknown, so the form is open")
        yield OpenCell(table="", part="form", needs=needs, reason=said(reason))
    elif counted is Truth.OPEN and table is Truth.OPEN:
        rules = [decision.book.rules[rule] for rule, held in tables.items() if held is Truth.OPEN]
        needs = sorted({need for rule in rules for need in decision.needs(rule)})
        reason = Text("计入哪一张表待定", "which table counts the case is open")
        yield OpenCell(table="", part="table", needs=needs, reason=said(reason))
    elif counted is Truth.OPEN:
        reason = Text("是否已立案待定，立案后才计入", "whether the case is filed is open; it is counted once filed")
        yield OpenCell(table="", part="count", needs=["progress"], reason=said(reason))
    elif settled and table is Truth.MET and filed is Truth.NOT_MET:
        reason = Text("尚未立案，暂不计入", "the case is not filed, so it is not counted yet")
        yield OpenCell(table="", part="count", needs=[], reason=said(reason))


def find_deadlines(decision: Decision) -> list[Deadline]:
    """Return, for each report of the place, the next day it falls due.

    "Before the day" is told as two instants: safe by the end of the day before, at the latest on the day.
    """
    today = decision.case.as_of
    if today is None:
        return []
    facts, calendar = decision.case.facts, decision.book.calendar
    return [
        Deadline(
            report=due.report.id,
            title=said(due.report.title),
            to=list(due.report.to),
            due=due.day,
            safe_by=due.safe_by,
            holiday=said(off) if (off := calendar.day_off(due.day)) else None,
            clauses=list(due.clauses),
        )
        for due in next_due(decision.book, facts.place, today, facts.duty_date)
        if due.clauses
    ]
