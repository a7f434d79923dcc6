"""Pass 7: report forms and the report calendar; every row that a case may fall into becomes a rule.

Needs:  everything conditions may name.
Leaves: `forms` and `dues`; in `rules`, one rule for each table, part and row that has a condition, so that
        the engines decide report rows with the same means as everything else.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TypeAlias

from enforcerules.errors import Span, did_you_mean, listed, quoted
from enforcerules.model import Condition, Count, Due, Form, FormTable, Part, Row, RowValue, Rule
from enforcerules.model.conditions import ALWAYS, AnyOf, both
from enforcerules.model.reports import FormNote, Section, SectionFigure
from enforcerules.passes.conditions import read_condition
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import is_member
from enforcerules.passes.read_law import check_agency, check_once, check_product, check_where
from enforcerules.syntax import documents as d
from enforcerules.text import Text


def read_forms(draft: Draft) -> None:
    """Fill forms, their rules, and the report calendar."""
    for name, (doc, place) in draft.placed("form"):
        draft.forms[name] = _form(draft, name, doc, place)
    _check_figures(draft)
    for _, (doc, place) in draft.placed("due"):
        check_where(draft, doc.where, place, "where")
        receivers = [doc.to] if isinstance(doc.to, str) else doc.to
        for index, agency in enumerate(receivers):
            check_agency(draft, agency, place, "to", *([] if isinstance(doc.to, str) else [index]))
        if doc.form is not None:
            draft.knows("form", doc.form, place, "form")
        seen: dict[date, Span] = {}
        for index, day in enumerate(doc.due):
            check_once(draft, day, place.span("due", index), seen)
        bases = _bases(draft, doc.basis, place, f"calendar {doc.id}")
        draft.carry(doc.doubts, place)
        draft.dues.append(
            Due(
                doc.id,
                doc.title.text(),
                doc.form,
                doc.where,
                tuple(receivers),
                tuple(sorted(doc.due)),
                doc.clock_text.text(),
                bases,
                tuple(doc.doubts),
                _text(doc.printed),
            )
        )


def _form(draft: Draft, name: str, doc: d.FormDoc, place: Place) -> Form:
    check_where(draft, doc.where, place, "where")
    user = f"form {name}"
    bases = _bases(draft, doc.basis, place, user)
    _cite(draft, doc.counts_basis, place, user, "counts_basis")
    for state, clauses in doc.fill_basis.items():
        _cite(draft, clauses, place, user, "fill_basis", state)
    draft.carry(doc.doubts, place)
    for key, docs in (
        ("header", doc.header),
        ("grounds", doc.grounds),
        ("case_rows", doc.case_rows),
        ("sections", doc.sections),
        ("notes", doc.notes),
    ):
        _check_ids(draft, docs, place, key)
    notes = []
    for index, note in enumerate(doc.notes):
        at = place.inside("notes", index)
        notes.append(FormNote(note.id, note.text.text(), _bases(draft, note.basis, at, user), _text(note.printed)))
        draft.carry(note.doubts, at)
    tables = [
        _table(draft, name, table, at)
        for (form, table), at in (placed for _, placed in draft.placed("table"))
        if form == name
    ]
    sections = []
    for index, section in enumerate(doc.sections):
        at = place.inside("sections", index)
        _check_ids(draft, section.figures, at, "figures")
        found = _bases(draft, section.basis, at, user)
        figures = tuple(SectionFigure(each.id, each.label.text(), tuple(each.rows)) for each in section.figures)
        sections.append(
            Section(section.id, section.title.text(), section.filled_by, figures, found, _text(section.asks))
        )
    header = [
        _row(draft, name, None, None, (), row, place.inside("header", i), ALWAYS) for i, row in enumerate(doc.header)
    ]
    grounds = [
        _row(draft, name, "grounds", None, bases, row, place.inside("grounds", index), ALWAYS)
        for index, row in enumerate(doc.grounds)
    ]
    case_rows = [
        _row(draft, name, "case_rows", None, bases, row, place.inside("case_rows", index), ALWAYS)
        for index, row in enumerate(doc.case_rows)
    ]
    attachment_rule = None
    if doc.attachments is not None:
        conditions = tuple(draft.rules[row.rule].when for row in grounds if row.rule is not None)
        found = _bases(draft, doc.attachments.basis, place.inside("attachments"), user)
        attachment_rule = f"{name}/attachment"
        title = Text("大案要案一案一报", "A major case is reported on a sheet of its own")
        _add_rule(draft, attachment_rule, title, found, AnyOf(conditions), Count(name, "attachment"), (), place)
    counts = read_condition(draft, doc.counts_when, place.inside("counts_when")) if doc.counts_when else None
    return Form(
        id=name,
        title=doc.title.text(),
        where=doc.where,
        counts_when=counts,
        tables=tuple(tables),
        grounds=tuple(grounds),
        sections=tuple(sections),
        attachment_rule=attachment_rule,
        fill=doc.fill,
        notes=tuple(notes),
        header=tuple(header),
        bases=bases,
        notes_title=_text(doc.notes_title),
        annex=_text(doc.annex),
        figures_of=doc.figures_of,
        case_rows=tuple(case_rows),
        attachment_title=doc.attachments.title.text() if doc.attachments is not None else None,
    )


def _table(draft: Draft, form: str, doc: d.FormTableDoc, place: Place) -> FormTable:
    bases = _bases(draft, doc.basis, place, f"form {form}")
    when = read_condition(draft, doc.when, place.inside("when"))
    draft.carry(doc.doubts, place)
    if doc.product is not None:
        check_product(draft, doc.product, place, "product")
    rule = f"{form}/{doc.id}"
    _add_rule(draft, rule, doc.title.text(), bases, when, Count(form, doc.id), tuple(doc.doubts), place)
    if doc.across is not None and doc.across not in (known := {part.id for part in doc.parts}):
        _no_part(draft, doc.across, known, place.span("across"))
    parts = [_part(draft, form, doc, part, when, place.inside("parts", i)) for i, part in enumerate(doc.parts)]
    lines = _lines(draft, doc, place)
    remarks = tuple(remark.text() for remark in doc.remarks)
    return FormTable(
        doc.id,
        doc.code,
        doc.title.text(),
        doc.product,
        rule,
        tuple(parts),
        bases,
        lines,
        _text(doc.printed),
        remarks,
    )


def _lines(draft: Draft, doc: d.FormTableDoc, place: Place) -> tuple[tuple[str, ...], ...]:
    """Return the printed lines of a table that is filled in once a case; they name parts and rows."""
    known = [name for part in doc.parts for name in (part.id, *(row.id for row in part.rows))]
    for line, names in enumerate(doc.lines):
        for index, name in enumerate(names):
            if name not in known:
                _no_row(draft, name, known, place.span("lines", line, index))
    return tuple(tuple(names) for names in doc.lines)


def _part(draft: Draft, form: str, table: d.FormTableDoc, doc: d.PartDoc, outer: Condition, place: Place) -> Part:
    bases = _bases(draft, doc.basis, place, f"form {form}")
    own = read_condition(draft, doc.when, place.inside("when")) if doc.when is not None else ALWAYS
    when = own if doc.when_alone else both(outer, own)
    draft.carry(doc.doubts, place)
    rule = f"{form}/{table.id}/{doc.id}"
    outcome = Count(form, table.id, doc.id)
    _add_rule(draft, rule, doc.title.text(), bases, when, outcome, tuple(doc.doubts), place)
    rows = [
        _row(draft, form, table.id, doc.id, bases, row, place.inside("rows", i), when) for i, row in enumerate(doc.rows)
    ]
    _check_ids(draft, doc.rows, place, "rows")
    # a row that is part of another may stand in another part of the table
    ids = {row.id for part in table.parts for row in part.rows}
    for index, row in enumerate(doc.rows):
        if row.of_which is not None and row.of_which not in ids:
            _no_row(draft, row.of_which, ids, place.span("rows", index, "of_which"))
    across = _across(draft, table, doc, place)
    return Part(
        doc.id,
        doc.title.text(),
        rule,
        doc.when_alone,
        doc.choose,
        across,
        tuple(rows),
        bases,
        doc.heading,
        _corner(doc.corner),
    )


def _across(draft: Draft, table: d.FormTableDoc, doc: d.PartDoc, place: Place) -> str | None:
    """Return the part that gives the columns: the part's own, or else the table's."""
    known = {part.id for part in table.parts}
    axes = {part.across for part in table.parts} | {table.across}
    if doc.across is not None and doc.across not in known:
        _no_part(draft, doc.across, known, place.span("across"))
    return None if doc.id in axes else doc.across or table.across


def _row(
    draft: Draft,
    form: str,
    table: str | None,
    part: str | None,
    part_bases: tuple[str, ...],
    doc: d.FormRowDoc,
    place: Place,
    outer: Condition,
) -> Row:
    bases = _bases(draft, doc.basis, place, f"form {form}") or part_bases
    draft.carry(doc.doubts, place)
    actions = (*doc.actions, *([doc.action] if doc.action else []))
    for index, action in enumerate(doc.actions):
        draft.knows("action", action, place, "actions", index)
    if doc.action is not None:
        draft.knows("action", doc.action, place, "action")
    conducts = draft.enumerations.get("conduct")
    for conduct in doc.strength if conducts else ():
        is_member(draft, conducts, conduct, place, "strength", conduct)
    rule = None
    if doc.when is not None:
        rule = "/".join(step for step in (form, table, part, doc.id) if step)
        when = both(outer, read_condition(draft, doc.when, place.inside("when")))
        outcome = Count(form, table, part, doc.id)
        _add_rule(draft, rule, doc.label.text(), bases, when, outcome, tuple(doc.doubts), place)
    value = _value(draft, doc.value, place) if doc.value else None
    return Row(
        doc.id,
        doc.label.text(),
        doc.unit,
        rule,
        value,
        actions,
        doc.strength,
        doc.total,
        doc.of_which,
        tuple(doc.doubts),
        _text(doc.printed),
    )


def _corner(doc: d.CornerDoc | None) -> tuple[Text, ...]:
    texts = (doc.rows, doc.columns) if doc is not None else ()
    return tuple(text.text() for text in texts if text is not None)


def _text(doc: d.TextDoc | None) -> Text | None:
    return doc.text() if doc is not None else None


_VALUE_TYPES = {"amount": ("money",), "number": ("count",), "text": ("text", "date", "enum", "set")}


def _value(draft: Draft, doc: d.RowValueDoc, place: Place) -> RowValue:
    if doc.count is not None:
        return RowValue("count", ())
    if doc.report is not None:
        return RowValue("report", (doc.report,))
    kind = next(kind for kind in ("amount", "number", "text") if getattr(doc, kind) is not None)
    given = getattr(doc, kind)
    names = [given] if isinstance(given, str) else given
    for index, name in enumerate(names):
        at = ("value", kind) if isinstance(given, str) else ("value", kind, index)
        if draft.knows("fact", name, place, *at) and draft.facts[name].type not in _VALUE_TYPES[kind]:
            types = listed(_VALUE_TYPES[kind])
            draft.fault(
                "ER1023",
                Text(
                    f"`{draft.facts[name].type}` 类型的 {quoted(name)} 不能填作 `{kind}`",
                    f"{quoted(name)}, of type `{draft.facts[name].type}`, cannot fill a `{kind}`",
                ),
                place.span(*at),
                Text(f"`{kind}` 取类型为 {types.zh} 的事实", f"a `{kind}` takes facts of type {types.en}"),
            )
    return RowValue(kind, tuple(names))  # type: ignore[arg-type]


_Named: TypeAlias = d.FormRowDoc | d.SectionDoc | d.SectionFigureDoc | d.FormNoteDoc


def _check_ids(draft: Draft, rows: Sequence[_Named], place: Place, key: str) -> None:
    """Report ids that stand twice; rows with a condition are rules, whose names are checked as such."""
    seen: dict[str, int] = {}
    for index, row in enumerate(rows):
        first = seen.setdefault(row.id, index)
        if first != index and not (_has_rule(row) and _has_rule(rows[first])):
            draft.repeated(row.id, place.span(key, index, "id"), place.span(key, first, "id"))


def _has_rule(row: _Named) -> bool:
    return isinstance(row, d.FormRowDoc) and row.when is not None


def _no_row(draft: Draft, name: str, known: Collection[str], span: Span) -> None:
    if draft.may_be_lost("forms", name):
        return
    draft.fault(
        "ER1010",
        Text(f"没有名为 {quoted(name)} 的报表行", f"there is no row {quoted(name)}"),
        span,
        did_you_mean(name, known) or Text("改正名称，或者补上这一行", "correct the name, or add the row"),
    )


def _no_part(draft: Draft, name: str, known: Collection[str], span: Span) -> None:
    draft.fault(
        "ER1010",
        Text(f"这张表没有名为 {quoted(name)} 的部分", f"the table has no part {quoted(name)}"),
        span,
        did_you_mean(name, known) or Text("改正名称，或者补上这一部分", "correct the name, or add the part"),
    )


def _check_figures(draft: Draft) -> None:
    """Report figures of sections, and rows of actions, that no form has."""
    tables = [table for _, placed in draft.placed("table") for table in [placed.content[1]]]
    rows = {row.id for table in tables for part in table.parts for row in part.rows}
    for form, (doc, place) in draft.placed("form"):
        lending = form
        if doc.figures_of is not None:
            if not draft.knows("form", doc.figures_of, place, "figures_of"):
                continue
            lending = doc.figures_of
        for index, section in enumerate(doc.sections):
            for number, figure in enumerate(section.figures):
                _check_figure(draft, lending, figure, place.inside("sections", index, "figures", number))
    for _, (action, place) in draft.placed("action"):
        if action.report_row is not None and action.report_row not in rows:
            _no_row(draft, action.report_row, rows, place.span("report_row"))


def _check_figure(draft: Draft, lending: str, figure: d.SectionFigureDoc, place: Place) -> None:
    """Report rows that the form does not have, that have no total, or that cannot be added up."""
    totals = {
        row.id: (row, any(column.total for column in axis.rows) if axis else False)
        for table in draft.forms[lending].tables
        for part in table.blocks
        for axis in [table.part(part.across)]
        for row in part.rows
    }
    first: Row | None = None
    for number, name in enumerate(figure.rows):
        span = place.span("rows", number)
        if name not in totals:
            _no_row(draft, name, totals, span)
            continue
        row, has_total = totals[name]
        if not has_total or row.value is None:
            message = Text(f"{quoted(name)} 没有合计，不能用作数字", f"{quoted(name)} has no total to take")
            hint = Text("写有合计栏的行", "name a row whose columns have a total")
            draft.fault("ER1023", message, span, hint)
        first = first or row
        if row.unit != first.unit:
            message = Text(
                f"{quoted(name)} 与 {quoted(first.id)} 单位不同，不能相加",
                f"{quoted(name)} and {quoted(first.id)} differ in unit and cannot be added up",
            )
            draft.fault("ER1023", message, span, Text("分成两个数字", "make two figures of them"))


def _add_rule(
    draft: Draft,
    name: str,
    title: Text,
    bases: tuple[str, ...],
    when: Condition,
    outcome: Count,
    doubts: tuple[str, ...],
    place: Place,
) -> None:
    if name in draft.rules:
        draft.repeated(name, place.span("id"), draft.rule_places[name].span("id"))
        return
    draft.rules[name] = Rule(name, title, bases, when, (outcome,), (), doubts, "draft", None, str(place.span()))
    draft.rule_places[name] = place


def _bases(draft: Draft, clauses: list[str], place: Place, user: str) -> tuple[str, ...]:
    _cite(draft, clauses, place, user, "basis")
    return tuple(clauses)


def _cite(draft: Draft, clauses: list[str], place: Place, user: str, *path: str | int) -> None:
    for index, clause in enumerate(clauses):
        if draft.knows("clause", clause, place, *path, index):
            draft.use(clause, user)
