"""Pass 1: collect every named thing with its place.

Needs:  typed documents.
Leaves: `draft.documents` by kind and name; tables expanded into rules; names that stand twice reported.
"""

from __future__ import annotations

import re
from typing import Any

from enforcerules.errors import Diagnostic
from enforcerules.passes.draft import KINDS, Draft, Place, Placed
from enforcerules.syntax import documents as d
from enforcerules.syntax.rulebook import File
from enforcerules.text import Text

_RULE_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def gather(draft: Draft) -> None:
    """Fill `draft.documents`."""
    draft.documents = {kind: {} for kind in (*KINDS, "table", "due", "calendar", "invariant")}
    by_kind = draft.files.by_kind
    for file in by_kind["vocabulary"]:
        for kind in ("enumerations", "facts", "findings", "labels"):
            for name, doc in getattr(file.content, kind).items():
                _add(draft, kind[:-1], name, doc, Place(file, (kind, name)), pattern=_NAME if kind == "facts" else None)
        for index, invariant in enumerate(file.content.invariants):
            _add(draft, "invariant", invariant.id, invariant, Place(file, ("invariants", index)))
    _gather_sources(draft, by_kind["sources"])
    for kind in ("parameters", "actions", "doubts"):
        for file in by_kind[kind]:
            for name, doc in getattr(file.content, kind).items():
                _add(draft, kind[:-1], name, doc, Place(file, (kind, name)))
    for file in by_kind["rules"]:
        for index, doc in enumerate(file.content.rules):
            _gather_rule(draft, doc, Place(file, ("rules", index)))
    _gather_forms(draft, by_kind["forms"])
    for file in by_kind["report_calendar"]:
        for index, due in enumerate(file.content.reports):
            _add(draft, "due", f"{due.where}/{due.id}", due, Place(file, ("reports", index)))
    for file in by_kind["calendars"]:
        _add(draft, "calendar", str(file.content.year), file.content, Place(file, ()))


def _gather_sources(draft: Draft, files: list[File]) -> None:
    for file in files:
        if isinstance(file.content, d.SourceDoc):
            _add(draft, "source", file.content.id, file.content, Place(file, ()))
    for file in files:
        further = isinstance(file.content, d.MoreClausesDoc)
        source = file.content.clauses_of if further else file.content.id
        if further and not draft.knows("source", source, Place(file, ()), "clauses_of"):
            continue
        for name, clause in file.content.clauses.items():
            place = Place(file, ("clauses", name))
            if not name.startswith(f"{source}."):
                draft.fault(
                    "ER1002",
                    Text(f"条款编号应以 `{source}.` 开头", f"the id of a clause begins with `{source}.`"),
                    place.span(key=True),
                )
            _add(draft, "clause", name, (source, clause), place)


def _gather_rule(draft: Draft, doc: d.RuleDoc | d.TableDoc, place: Place) -> None:
    if isinstance(doc, d.RuleDoc):
        _add(draft, "rule", doc.id, doc, place, pattern=_RULE_ID)
        return
    for index, row in enumerate(doc.rows):
        missing = _columns_used(doc) - set(row.columns)
        extra = set(row.columns) - _columns_used(doc)
        for name in sorted(missing):
            draft.fault("ER1003", Text(f"此行缺少栏 `{name}`", f"this row lacks the column `{name}`"), place.span("rows", index))
        for name in sorted(extra):
            draft.fault(
                "ER1003",
                Text(f"表中没有用到栏 `{name}`", f"the table does not use a column `{name}`"),
                place.span("rows", index, name, key=True),
            )
        if missing or extra:
            continue
        rule = d.RuleDoc.model_construct(
            id=f"{doc.table}/{row.id}",
            title=row.title,
            basis=row.basis,
            when=_fill(doc.when, row.columns),
            then=[_fill(outcome, row.columns) for outcome in doc.then],
            overrides=row.overrides,
            doubts=row.doubts,
            status=row.status,
            note=row.note or doc.note,
        )
        if not _RULE_ID.fullmatch(doc.table):
            _bad_id(draft, doc.table, place, "table")
        _add(draft, "rule", rule.id, rule, place.inside("rows", index))


def _columns_used(value: Any) -> set[str]:
    if isinstance(value, d.Doc):
        return set().union(*(_columns_used(getattr(value, name)) for name in value.model_fields_set - {"rows"}))
    if isinstance(value, dict):
        return {value["column"]} if set(value) == {"column"} else set()
    if isinstance(value, list):
        return set().union(*(_columns_used(item) for item in value)) if value else set()
    return set()


def _fill(value: Any, columns: dict[str, Any]) -> Any:
    """Return `value` with every `{column: NAME}` replaced by the row's value."""
    if isinstance(value, dict) and set(value) == {"column"}:
        return columns[value["column"]]
    if isinstance(value, list):
        return [_fill(item, columns) for item in value]
    if isinstance(value, d.Doc):
        changed = {name: _fill(getattr(value, name), columns) for name in value.model_fields_set}
        return type(value).model_construct(value.model_fields_set, **changed)
    return value


def _gather_forms(draft: Draft, files: list[File]) -> None:
    for file in files:
        if isinstance(file.content, d.FormDoc):
            _add(draft, "form", file.content.form, file.content, Place(file, ()))
    for file in files:
        form = file.content.form if isinstance(file.content, d.FormDoc) else file.content.tables_of
        if isinstance(file.content, d.MoreTablesDoc) and not draft.knows("form", form, Place(file, ()), "tables_of"):
            continue
        for index, table in enumerate(file.content.tables):
            _add(draft, "table", f"{form}/{table.id}", (form, table), Place(file, ("tables", index)))


def _add(
    draft: Draft, kind: str, name: str, content: Any, place: Place, *, pattern: re.Pattern[str] | None = None
) -> None:
    if pattern is not None and not pattern.fullmatch(name):
        _bad_id(draft, name, place, "id")
    first = draft.documents[kind].get(name)
    if first is None:
        draft.documents[kind][name] = Placed(content, place)
        return
    key = "id" if kind in ("rule", "invariant", "due", "table", "source") else ""
    spans = [p.span(key) if key else p.span(key=True) for p in (place, first.place)]
    draft.faults.append(
        Diagnostic(
            "ER1001",
            Text(f"`{name}` 定义了两次", f"`{name}` is defined twice"),
            spans[0],
            Text("改名或删去其中之一", "rename or remove one of them"),
            ((Text("第一次定义", "the first definition"), spans[1]),),
        )
    )


def _bad_id(draft: Draft, name: str, place: Place, key: str) -> None:
    draft.fault(
        "ER1004",
        Text(f"编号的写法不对：`{name}`", f"this is not how an id is written: `{name}`"),
        place.span(key),
        Text(
            "规则用小写字母、数字与连字符，事实用小写字母、数字与下划线",
            "rules use small letters, digits and hyphens; facts small letters, digits and underscores",
        ),
    )
