"""Pass 1: collect every named thing with its place.

Needs:  typed documents.
Leaves: `draft.documents` by kind and name; tables expanded into rules; names that stand twice reported.
"""

from __future__ import annotations

import re
from typing import Any

from enforcerules.errors import Span, listed, nearest, quoted, suggest
from enforcerules.passes.draft import KINDS, Draft, Place, Placed
from enforcerules.syntax import documents as d
from enforcerules.syntax.rulebook import File
from enforcerules.text import Text

_RULE_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


_BY_ID = {"parameters": "parameter", "actions": "action", "penalties": "penalty", "doubts": "doubt"}


def gather(draft: Draft) -> None:
    """Fill `draft.documents`."""
    draft.documents = {kind: {} for kind in (*KINDS, "table", "due", "calendar", "invariant", "case_ledger")}
    by_kind = draft.files.by_kind
    for file in by_kind["vocabulary"]:
        for kind in ("enumerations", "facts", "findings", "labels"):
            for name, doc in getattr(file.content, kind).items():
                _add(draft, kind[:-1], name, doc, Place(file, (kind, name)), pattern=_NAME if kind == "facts" else None)
        for index, invariant in enumerate(file.content.invariants):
            _add(draft, "invariant", invariant.id, invariant, Place(file, ("invariants", index)), key="id")
    _gather_sources(draft, by_kind["sources"])
    for kind, one in _BY_ID.items():
        for file in by_kind[kind]:
            for name, doc in getattr(file.content, kind).items():
                _add(draft, one, name, doc, Place(file, (kind, name)))
    for file in by_kind["rules"]:
        for index, doc in enumerate(file.content.rules):
            _gather_rule(draft, doc, Place(file, ("rules", index)))
    _gather_forms(draft, by_kind["forms"])
    for file in by_kind["report_calendar"]:
        for index, due in enumerate(file.content.reports):
            _add(draft, "due", f"{due.where}/{due.id}", due, Place(file, ("reports", index)), key="id")
    for file in by_kind["calendars"]:
        _add(draft, "calendar", str(file.content.year), file.content, Place(file, ()), key="year")
    for number, file in enumerate(by_kind["case_ledger"]):
        # two of them are a fault, whatever they are called
        _add(draft, "case_ledger", str(number), file.content, Place(file, ()))


def _gather_sources(draft: Draft, files: list[File]) -> None:
    for file in files:
        if isinstance(file.content, d.SourceDoc):
            _add(draft, "source", file.content.id, file.content, Place(file, ()), key="id")
    for file in files:
        further = isinstance(file.content, d.MoreClausesDoc)
        source = file.content.clauses_of if further else file.content.id
        if further and not draft.knows("source", source, Place(file, ()), "clauses_of"):
            # whoever cites these clauses is not at fault
            draft.files.lost.update(file.content.clauses)
            continue
        for name, clause in file.content.clauses.items():
            place = Place(file, ("clauses", name))
            if not name.startswith(f"{source}."):
                begin = quoted(f"{source}.")
                draft.fault(
                    "ER1002",
                    Text(
                        f"条款 {quoted(name)} 不属于文件 {quoted(source)}",
                        f"the clause {quoted(name)} is not of the source {quoted(source)}",
                    ),
                    place.span(key=True),
                    Text(f"条款编号以 {begin} 开头", f"the id of a clause begins with {begin}"),
                )
            _add(draft, "clause", name, (source, clause), place)


# --- rules and tables of rules ---------------------------------------------------------------------


def _gather_rule(draft: Draft, doc: d.RuleDoc | d.TableDoc, place: Place) -> None:
    if isinstance(doc, d.RuleDoc):
        _add(draft, "rule", doc.id, doc, place, pattern=_RULE_ID, key="id")
        return
    used = _columns_used(doc)
    if not _RULE_ID.fullmatch(doc.table):
        _bad_id(draft, doc.table, place.span("table"), _RULE_ID)
    for index, row in enumerate(doc.rows):
        at = place.inside("rows", index)
        if not _RULE_ID.fullmatch(row.id):
            _bad_id(draft, row.id, at.span("id"), _RULE_ID)
        name = f"{doc.table}/{row.id}"
        if not _check_columns(draft, row, used, at):
            # the row is a rule all the same to those who override it
            draft.files.lost.add(name)
            draft.files.lost.update(row.basis, row.doubts)
            continue
        rule = d.RuleDoc.model_construct(
            id=name,
            title=row.title,
            basis=row.basis,
            when=_fill(doc.when, row.columns),
            then=[_fill(outcome, row.columns) for outcome in doc.then],
            overrides=row.overrides,
            overrides_penalties=row.overrides_penalties,
            doubts=row.doubts,
            status=row.status,
            note=row.note or doc.note,
        )
        _add(draft, "rule", name, rule, at, key="id")


def _check_columns(draft: Draft, row: d.RowDoc, used: set[str], place: Place) -> bool:
    missing, extra = sorted(used - set(row.columns)), sorted(set(row.columns) - used)
    meant = {name: guess for name in extra if (guess := nearest(name, [*missing, *d.RowDoc.keys()])) is not None}
    for name in missing:
        if name not in meant.values():
            column = quoted(f"{name}: …")
            draft.fault(
                "ER1003",
                Text(f"此行缺少栏 {quoted(name)}", f"this row lacks the column {quoted(name)}"),
                place.span(),
                Text(f"补上 {column}", f"add {column}"),
            )
    for name in extra:
        columns = listed(sorted(used))
        guess = meant.get(name)
        hint = Text(f"表中的栏：{columns.zh}", f"the columns of the table are: {columns.en}")
        if guess is not None:
            hint = suggest(guess)
        elif not used:
            hint = Text(
                "删去它，或者在表的条件中写 `{column: …}`",
                "remove it, or write `{column: …}` in the condition of the table",
            )
        draft.fault(
            "ER1003",
            Text(f"表中没有用到栏 {quoted(name)}", f"the table does not use a column {quoted(name)}"),
            place.span(name, key=True),
            hint,
        )
    return not missing


def _columns_used(value: Any) -> set[str]:
    if isinstance(value, d.Doc):
        return set().union(*(_columns_used(getattr(value, name)) for name in value.model_fields_set - {"rows"}))
    if isinstance(value, dict):
        return {value["column"]} if set(value) == {"column"} and isinstance(value["column"], str) else set()
    if isinstance(value, list):
        return set().union(*(_columns_used(item) for item in value)) if value else set()
    return set()


def _fill(value: Any, columns: dict[str, Any]) -> Any:
    """Return `value` with every `{column: NAME}` replaced by the row's value."""
    if isinstance(value, dict) and set(value) == {"column"} and isinstance(value["column"], str):
        return columns[value["column"]]
    if isinstance(value, list):
        return [_fill(item, columns) for item in value]
    if isinstance(value, d.Doc):
        changed = {name: _fill(getattr(value, name), columns) for name in value.model_fields_set}
        return type(value).model_construct(value.model_fields_set, **changed)
    return value


# --- forms -----------------------------------------------------------------------------------------


def _gather_forms(draft: Draft, files: list[File]) -> None:
    for file in files:
        if isinstance(file.content, d.FormDoc):
            _add(draft, "form", file.content.form, file.content, Place(file, ()), key="form")
    for file in files:
        form = file.content.form if isinstance(file.content, d.FormDoc) else file.content.tables_of
        if isinstance(file.content, d.MoreTablesDoc) and not draft.knows("form", form, Place(file, ()), "tables_of"):
            continue
        for index, table in enumerate(file.content.tables):
            _add(draft, "table", f"{form}/{table.id}", (form, table), Place(file, ("tables", index)), key="id")


# --- names -----------------------------------------------------------------------------------------


def _add(
    draft: Draft,
    kind: str,
    name: str,
    content: Any,
    place: Place,
    *,
    pattern: re.Pattern[str] | None = None,
    key: str = "",
) -> None:
    """Add a document; `key` is where its name stands inside it, empty when the name is its key."""
    if pattern is not None and not pattern.fullmatch(name):
        _bad_id(draft, name, place.span(key) if key else place.span(key=True), pattern)
    first = draft.documents[kind].get(name)
    if first is None:
        draft.documents[kind][name] = Placed(content, place)
        return
    here, there = (p.span(key) if key else p.span(key=True) for p in (place, first.place))
    draft.repeated(name, here, there)


def _bad_id(draft: Draft, name: str, span: Span, pattern: re.Pattern[str]) -> None:
    rule = pattern is _RULE_ID
    draft.fault(
        "ER1004",
        Text(f"编号的写法不对：{quoted(name)}", f"this is not how an id is written: {quoted(name)}"),
        span,
        Text(
            "用小写字母、数字与连字符，以字母开头，例如 `expired-drug`",
            "use small letters, digits and hyphens, a letter first, such as `expired-drug`",
        )
        if rule
        else Text(
            "用小写字母、数字与下划线，以字母开头，例如 `goods_value`",
            "use small letters, digits and underscores, a letter first, such as `goods_value`",
        ),
    )
