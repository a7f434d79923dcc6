"""Pass 8: the layout of the case ledger.

Needs:  facts.
Leaves: `case_ledger`, in which every fact has one column; None where the rulebook lists no such file.
"""

from __future__ import annotations

from enforcerules.errors import listed, quoted
from enforcerules.model import Fact, LedgerColumn, LedgerForm, LedgerGroup, Value
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import read_literal
from enforcerules.syntax import documents as d
from enforcerules.text import Text
from enforcerules.values import Amount


def read_case_ledger(draft: Draft) -> None:
    """Fill `draft.case_ledger`."""
    first: Place | None = None
    for _, (doc, place) in draft.placed("case_ledger"):
        if first is None:
            first = place
            draft.case_ledger = _ledger(draft, doc, place)
        else:
            draft.repeated(doc.ledger, place.span("ledger"), first.span("ledger"))


def _ledger(draft: Draft, doc: d.LedgerDoc, place: Place) -> LedgerForm:
    seen: dict[str, Place] = {}
    groups = []
    ids: dict[str, Place] = {}
    for number, group in enumerate(doc.groups):
        here = place.inside("groups", number)
        if group.id in ids:
            draft.repeated(group.id, here.span("id"), ids[group.id].span("id"))
        ids.setdefault(group.id, here)
        columns = [
            _column(draft, column, here.inside("columns", index), seen) for index, column in enumerate(group.columns)
        ]
        groups.append(LedgerGroup(group.id, group.title.text(), group.folded, tuple(columns)))
    _check_complete(draft, seen, place)
    _check_headings(draft, seen)
    own, totals = frozenset(doc.own_columns), frozenset(doc.total_rows)
    return LedgerForm(doc.ledger, doc.title.text(), tuple(groups), own, totals, _example(draft, doc, place))


def _column(draft: Draft, doc: d.LedgerColumnDoc, place: Place, seen: dict[str, Place]) -> LedgerColumn:
    known = draft.knows("fact", doc.fact, place, "fact")
    if doc.fact in seen:
        draft.fault(
            "ER1062",
            Text(f"事实 {quoted(doc.fact)} 在台账中占了两栏", f"the fact {quoted(doc.fact)} has two columns"),
            place.span("fact"),
            Text("只保留一栏", "keep one of them"),
            ((Text("第一栏在这里", "the first column is here"), seen[doc.fact].span("fact")),),
        )
    seen.setdefault(doc.fact, place)
    if known and doc.unit is not None and draft.facts[doc.fact].type != "money":
        draft.fault(
            "ER1062",
            Text(f"{quoted(doc.fact)} 不是金额，没有单位", f"{quoted(doc.fact)} is no amount and has no unit"),
            place.span("unit", key=True),
            Text("删去 `unit`", "remove `unit`"),
        )
    unit = (doc.unit or "元") if known and draft.facts[doc.fact].type == "money" else None
    return LedgerColumn(doc.fact, unit)


def _check_complete(draft: Draft, seen: dict[str, Place], place: Place) -> None:
    missing = [name for name in draft.facts if name not in seen]
    if not missing:
        return
    names = listed(missing)
    draft.fault(
        "ER1062",
        Text(f"案件台账中没有这些事实的栏：{names.zh}", f"the case ledger has no column for: {names.en}"),
        place.span("groups", key=True),
        Text("在某一组的 `columns` 中补上 `- fact: …`", "add `- fact: …` to the `columns` of a group"),
    )


def _check_headings(draft: Draft, seen: dict[str, Place]) -> None:
    """Report facts whose labels are the same: a heading must name one fact."""
    for language in ("zh", "en"):
        by_label: dict[str, str] = {}
        for name, place in seen.items():
            if name not in draft.facts:
                continue
            label = getattr(draft.facts[name].label, language)
            other = by_label.setdefault(label, name)
            if other != name:
                draft.fault(
                    "ER1062",
                    Text(
                        f"{quoted(name)} 与 {quoted(other)} 的栏标题相同：{quoted(label)}",
                        f"{quoted(name)} and {quoted(other)} have the same heading: {quoted(label)}",
                    ),
                    place.span("fact"),
                    Text("在词汇中改一个 `label`", "change one `label` in the vocabulary"),
                )


def _example(draft: Draft, doc: d.LedgerDoc, place: Place) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, given in doc.example.items():
        if draft.knows("fact", name, place, "example", name, key=True):
            fact = draft.facts[name]
            value = read_literal(draft, fact, given, place, "example", name)
            if value is not None:
                found[name] = _as_case_value(fact, value)
    return found


def _as_case_value(fact: Fact, value: Value) -> Value:
    return Amount.exactly(value) if fact.type == "money" and isinstance(value, int) else value
