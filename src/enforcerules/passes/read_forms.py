"""Pass 6: report forms and the report calendar; every row that a case may fall into becomes a rule.

Needs:  everything conditions may name.
Leaves: `forms` and `dues`; in `rules`, one rule for each table, part and row that has a condition, so that
        the engines decide report rows with the same means as everything else.
"""

from __future__ import annotations

from enforcerules.model import Condition, Count, Due, Form, FormTable, Part, Row, RowValue, Rule
from enforcerules.model.conditions import ALWAYS, AnyOf, both
from enforcerules.model.reports import FormNote, Section
from enforcerules.passes.conditions import read_condition
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.read_law import check_agency, check_where
from enforcerules.syntax import documents as d
from enforcerules.text import Text


def read_forms(draft: Draft) -> None:
    """Fill forms, their rules, and the report calendar."""
    for name, (doc, place) in draft.placed("form"):
        draft.forms[name] = _form(draft, name, doc, place)
    for _, (doc, place) in draft.placed("due"):
        check_where(draft, doc.where, place, "where")
        receivers = [doc.to] if isinstance(doc.to, str) else doc.to
        for agency in receivers:
            check_agency(draft, agency, place, "to")
        if doc.form is not None:
            draft.knows("form", doc.form, place, "form")
        bases = _bases(draft, doc.basis, place, f"calendar {doc.id}")
        _check_doubts(draft, doc.doubts, place)
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
            )
        )


def _form(draft: Draft, name: str, doc: d.FormDoc, place: Place) -> Form:
    check_where(draft, doc.where, place, "where")
    user = f"form {name}"
    bases = _bases(draft, doc.basis, place, user)
    _cite(draft, doc.counts_basis, place, user, "counts_basis")
    for state, clauses in doc.fill_basis.items():
        _cite(draft, clauses, place, user, "fill_basis", state)
    _check_doubts(draft, doc.doubts, place)
    notes = []
    for index, note in enumerate(doc.notes):
        at = place.inside("notes", index)
        notes.append(FormNote(note.id, note.text.text(), _bases(draft, note.basis, at, user)))
        _check_doubts(draft, note.doubts, at)
    tables = [
        _table(draft, name, table, at)
        for (form, table), at in (placed for _, placed in draft.placed("table"))
        if form == name
    ]
    sections = []
    for index, section in enumerate(doc.sections):
        found = _bases(draft, section.basis, place.inside("sections", index), user)
        figures = {kind: tuple(rows) for kind, rows in section.figures.items()}
        sections.append(Section(section.id, section.title.text(), section.filled_by, figures, found))
    header = [_row(draft, name, None, None, (), row, place.inside("header", i), ALWAYS) for i, row in enumerate(doc.header)]
    grounds = [
        _row(draft, name, "grounds", None, bases, row, place.inside("grounds", index), ALWAYS)
        for index, row in enumerate(doc.grounds)
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
    )


def _table(draft: Draft, form: str, doc: d.FormTableDoc, place: Place) -> FormTable:
    bases = _bases(draft, doc.basis, place, f"form {form}")
    when = read_condition(draft, doc.when, place.inside("when"))
    _check_doubts(draft, doc.doubts, place)
    rule = f"{form}/{doc.id}"
    _add_rule(draft, rule, doc.title.text(), bases, when, Count(form, doc.id), tuple(doc.doubts), place)
    parts = [_part(draft, form, doc, part, when, place.inside("parts", i)) for i, part in enumerate(doc.parts)]
    return FormTable(doc.id, doc.code, doc.title.text(), doc.product, rule, tuple(parts), bases)


def _part(draft: Draft, form: str, table: d.FormTableDoc, doc: d.PartDoc, outer: Condition, place: Place) -> Part:
    bases = _bases(draft, doc.basis, place, f"form {form}")
    own = read_condition(draft, doc.when, place.inside("when")) if doc.when is not None else ALWAYS
    when = own if doc.when_alone else both(outer, own)
    _check_doubts(draft, doc.doubts, place)
    rule = f"{form}/{table.id}/{doc.id}"
    outcome = Count(form, table.id, doc.id)
    _add_rule(draft, rule, doc.title.text(), bases, when, outcome, tuple(doc.doubts), place)
    rows = [
        _row(draft, form, table.id, doc.id, bases, row, place.inside("rows", i), when) for i, row in enumerate(doc.rows)
    ]
    return Part(doc.id, doc.title.text(), rule, doc.choose, tuple(rows), bases)


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
    _check_doubts(draft, doc.doubts, place)
    actions = (*doc.actions, *([doc.action] if doc.action else []))
    for action in actions:
        draft.knows("action", action, place)
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
    )


_VALUE_TYPES = {"amount": ("money",), "number": ("count",), "text": ("text", "date", "enum")}


def _value(draft: Draft, doc: d.RowValueDoc, place: Place) -> RowValue:
    if doc.count is not None:
        return RowValue("count", ())
    kind = next(kind for kind in ("amount", "number", "text") if getattr(doc, kind) is not None)
    given = getattr(doc, kind)
    names = [given] if isinstance(given, str) else given
    for name in names:
        known = draft.knows("fact", name, place, "value", kind)
        if known and draft.facts[name].type not in _VALUE_TYPES[kind]:
            text = Text(f"`{name}` 不能填在 {kind} 栏", f"`{name}` does not fit a value of kind {kind}")
            draft.fault("ER1023", text, place.span("value", kind))
    return RowValue(kind, tuple(names))  # type: ignore[arg-type]


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
        draft.fault("ER1001", Text(f"`{name}` 定义了两次", f"`{name}` is defined twice"), place.span())
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


def _check_doubts(draft: Draft, doubts: list[str], place: Place) -> None:
    for index, doubt in enumerate(doubts):
        draft.knows("doubt", doubt, place, "doubts", index)
