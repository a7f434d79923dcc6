"""A rulebook as named entries with their parts, so that two rulebooks can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from enforcerules.explaining.page import cite, join
from enforcerules.model import (
    AllOf,
    Always,
    AnyOf,
    Count,
    FactTest,
    FindingTest,
    Form,
    FormTable,
    Not,
    Parameter,
    ParameterValue,
    Part,
    ResolvedRulebook,
    Row,
    Rule,
    Warn,
    Window,
)
from enforcerules.review.diff.entries import Entry, Piece, Weight
from enforcerules.review.diff.penalties import penalty_entries
from enforcerules.review.diff.signatures import canonical
from enforcerules.text import Text
from enforcerules.values import show_yuan
from enforcerules.wording import say_condition, say_outcome


def entries_of(book: ResolvedRulebook) -> dict[tuple[str, str], Entry]:
    """Return everything that a rulebook holds, scenarios and red lines apart, by kind and name."""
    return {(entry.kind, entry.name): entry for entry in _Entries(book).all()}


# what is not named here is `words`, or for a part of a report form `answer`
_WEIGHTS: dict[str, dict[str, Weight]] = {
    "clause": {
        **dict.fromkeys(("where", "governs", "products", "windows"), "decided"),
        **dict.fromkeys(("source", "provisional"), "answer"),
        "doubts": "shown",
    },
    "source": {"where": "decided", "windows": "decided", "provisional": "answer"},
    "action": {
        **dict.fromkeys(("object", "by", "to", "report_row", "standing"), "answer"),
        "done_when": "decided",
    },
    "doubt": dict.fromkeys(("severity", "where", "excepted", "shows_when", "standing", "clauses"), "shown"),
    "fact": {
        "type": "decided",
        **dict.fromkeys(("default_from", "closed", "closed_when", "presumed"), "answer"),
        **dict.fromkeys(("judgement", "round", "ask", "evidence"), "shown"),
    },
    "row": {
        "when": "decided",
        **dict.fromkeys(("label", "title", "unit", "code"), "words"),
        "doubts": "shown",
    },
    "form": {"title": "words", "attachment_title": "words"},
    "due": {**dict.fromkeys(("title", "printed", "text"), "words"), "doubts": "shown"},
    "invariant": {"never": "decided"},
}
_OTHERWISE: dict[str, Weight] = {"row": "answer", "form": "answer", "due": "answer"}


class _Entries:
    def __init__(self, book: ResolvedRulebook) -> None:
        self._book = book

    def all(self) -> Iterator[Entry]:
        book = self._book
        words = book.vocabulary
        for rule in book.rules.values():
            if not counts(rule):
                yield self._rule(rule)
        for parameter in book.parameters.values():
            yield self._parameter(parameter)
        for name, clause in book.clauses.items():
            yield self._entry("clause", name, clause.gist, clause, clauses=(name,), more=_clock(clause.clock))
        for name, source in book.sources.items():
            yield self._entry("source", name, source.title, source)
        for name, action in book.actions.items():
            yield self._entry("action", name, action.title, action)
        yield from penalty_entries(book)
        for name, fact in words.facts.items():
            values = [] if fact.enumeration is None else [*fact.enumeration.values]
            named = {"values": Piece("decided", canonical(values), _names(values))} if fact.enumeration else {}
            yield self._entry("fact", name, fact.label, fact, leave=("enumeration",), more=named)
        for name, of in words.enumerations.items():
            pieces = {"label": self._piece("words", of.label)}
            pieces |= {f"values.{value}": self._piece("decided", said) for value, said in of.values.items()}
            yield Entry("enumeration", name, of.label, pieces)
        for name, finding in words.findings.items():
            yield self._entry("finding", name, finding.label, finding)
        for name, label in words.labels.items():
            yield Entry("label", name, label, {"label": self._piece("words", label)})
        for invariant in words.invariants:
            yield self._entry("invariant", invariant.id, invariant.title, invariant)
        for doubt in book.doubts.values():
            yield self._entry("doubt", doubt.id, doubt.question, doubt, clauses=doubt.clauses)
        for form in book.forms.values():
            yield from self._form(form)
        for due in book.report_calendar:
            yield self._entry("due", f"{due.where}/{due.id}", due.title, due, clauses=due.bases)
        for year, calendar in book.calendar.years.items():
            days = {name: self._piece("answer", getattr(calendar, name)) for name in ("holidays", "worked")}
            yield Entry("calendar", str(year), Text(f"{year}年", str(year)), days)
        for code, place in book.places.items():
            yield Entry("place", code, place, {"name": self._piece("words", place)})
        default = {"default_place": self._piece("answer", book.default_place)}
        yield Entry("place", "default", Text("缺省的地方", "the default place"), default)

    def _rule(self, rule: Rule) -> Entry:
        pieces = self._decided(rule)
        acts = [outcome for outcome in rule.outcomes if not isinstance(outcome, Warn)]
        said = join((say_outcome(self._book, outcome) for outcome in acts), "；", "; ")
        pieces["then"] = Piece("decided", canonical(acts), said)
        warnings = [outcome.message for outcome in rule.outcomes if isinstance(outcome, Warn)]
        if warnings:
            pieces["warn"] = Piece("shown", canonical(warnings), join(warnings, "；", "; "))
        pieces["overrides"] = Piece("decided", canonical(rule.overrides), _names(rule.overrides))
        if rule.overrides_penalties:
            every = Text("一切处罚", "every penalty")
            pieces["overrides_penalties"] = Piece("decided", canonical(rule.overrides_penalties), every)
        pieces["doubts"] = Piece("shown", canonical(rule.doubts), _names(rule.doubts))
        pieces |= {name: self._piece("words", getattr(rule, name)) for name in ("title", "status", "note")}
        return Entry("rule", rule.id, rule.title, pieces, rule.bases, rule.id)

    def _decided(self, rule: Rule) -> dict[str, Piece]:
        bases = cite(self._book, rule.bases, whole=True)
        named = _names(rule.bases)
        said = Text(f"{bases.zh}（{named.zh}）", f"{bases.en} ({named.en})")
        return {"when": self._piece("decided", rule.when), "basis": Piece("answer", canonical(rule.bases), said)}

    def _parameter(self, parameter: Parameter) -> Entry:
        pieces = {"label": self._piece("words", parameter.label), "type": self._piece("decided", parameter.type)}
        for value in parameter.values:
            place = self._book.places.get(value.where, Text(value.where, value.where))
            key = f"values.{value.where}.{value.window.since or ''}"
            pieces[key] = Piece("decided", canonical(value), _say_value(parameter, value, place))
        pieces["doubts"] = self._piece("shown", parameter.doubts)
        clauses = tuple(dict.fromkeys(value.clause for value in parameter.values))
        return Entry("parameter", parameter.name, parameter.label, pieces, clauses)

    # --- report forms ----------------------------------------------------------------------------

    def _form(self, form: Form) -> Iterator[Entry]:
        leave = ("tables", "header", "grounds", "case_rows", "attachment_rule")
        yield self._entry("form", form.id, form.title, form, clauses=form.bases, leave=leave)
        if form.attachment_rule is not None:
            rule = self._book.rules[form.attachment_rule]
            yield Entry("row", rule.id, rule.title, self._decided(rule), rule.bases, rule.id)
        for place, rows in (("header", form.header), ("grounds", form.grounds), ("case_rows", form.case_rows)):
            yield from (self._row(f"{form.id}/{place}", row) for row in rows)
        for table in form.tables:
            yield self._block(f"{form.id}/{table.id}", table, leave=("parts",))
            for part in table.parts:
                path = f"{form.id}/{table.id}/{part.id}"
                # where one row is chosen it is the first that holds
                order = Piece("answer", [row.id for row in part.rows], _names(row.id for row in part.rows))
                yield self._block(path, part, leave=("rows",), more={"rows": order} if part.choose == "one" else {})
                yield from (self._row(path, row) for row in part.rows)

    def _block(
        self, path: str, block: FormTable | Part, *, leave: tuple[str, ...], more: Mapping[str, Piece] | None = None
    ) -> Entry:
        rule = self._book.rules[block.rule] if block.rule is not None else None
        pieces = {**(more or {}), **(self._decided(rule) if rule else {})}
        return self._entry("row", path, block.title, block, block.bases, (*leave, "rule", "bases"), pieces, block.rule)

    def _row(self, path: str, row: Row) -> Entry:
        rule = self._book.rules[row.rule] if row.rule is not None else None
        pieces = self._decided(rule) if rule else {}
        bases = rule.bases if rule else ()
        return self._entry("row", f"{path}/{row.id}", row.label, row, bases, ("rule",), pieces, row.rule)

    # --- parts -----------------------------------------------------------------------------------

    def _entry(
        self,
        kind: str,
        name: str,
        title: Text,
        content: Any,
        clauses: tuple[str, ...] = (),
        leave: tuple[str, ...] = (),
        more: Mapping[str, Piece] | None = None,
        rule: str | None = None,
    ) -> Entry:
        weights, otherwise = _WEIGHTS.get(kind, {}), _OTHERWISE.get(kind, "words")
        pieces = dict(more or {})
        for one in fields(content):
            if one.name in ("id", "name", "clock", *leave):
                continue
            pieces[one.name] = self._piece(weights.get(one.name, otherwise), getattr(content, one.name))
        return Entry(kind, name, title, pieces, clauses, rule)

    def _piece(self, weight: Weight, value: Any) -> Piece:
        return Piece(weight, canonical(value), self._say(value))

    def _say(self, value: Any) -> Text:
        match value:
            case None:
                return Text("无", "none")
            case Text():
                return value
            case bool():
                return Text("是", "yes") if value else Text("否", "no")
            case date():
                return Text(value.isoformat(), value.isoformat())
            case Window():
                return say_window(value)
            case AllOf() | AnyOf() | Not() | FactTest() | FindingTest() | Always():
                return say_condition(self._book, value)
            case Mapping():
                pairs = [(str(key), self._say(item)) for key, item in sorted(value.items(), key=str)]
                return join((Text(f"{key}：{said.zh}", f"{key}: {said.en}") for key, said in pairs), "；", "; ")
            case tuple() | list():
                return join(map(self._say, value), "；", "; ") if value else Text("无", "none")
            case frozenset() | set():
                return _names(map(str, value))
        if hasattr(value, "__dataclass_fields__"):
            return self._say({one.name: found for one in fields(value) if (found := getattr(value, one.name))})
        return Text(str(value), str(value))


def _clock(clock: Any) -> dict[str, Piece]:
    """Return by when, part by part: only its words are words."""
    if clock is None:
        return {}
    found = {}
    for one in fields(clock):
        value = getattr(clock, one.name)
        if value is None or value is False:
            continue
        said = value if isinstance(value, Text) else Text(str(value), str(value))
        found[f"clock.{one.name}"] = Piece("words" if one.name == "text" else "answer", canonical(value), said)
    return found


def counts(rule: Rule) -> bool:
    """Tell whether a rule is one that a report form made."""
    return any(isinstance(outcome, Count) for outcome in rule.outcomes)


def say_window(window: Window) -> Text:
    """Return a period in words."""
    since, until = window.since, window.until
    zh = f"{since or '起始不限'}至{until or '今后'}"
    en = f"{since or 'ever'} to {until or 'open end'}"
    doubt = f" {window.doubt}" if window.doubt else ""
    return Text(f"{zh}（存疑{doubt}）", f"{en} (in doubt{doubt})") if window.in_doubt else Text(zh, en)


def _say_value(parameter: Parameter, value: ParameterValue, place: Text) -> Text:
    money = parameter.type == "money"
    shown = show_yuan(value.value) if money else str(value.value)
    when = say_window(value.window)
    return Text(
        f"{place.zh}，{when.zh}：{shown}{'元' if money else ''}（{value.clause}）",
        f"{place.en}, {when.en}: {shown}{' yuan' if money else ''} ({value.clause})",
    )


def _names(names: Iterable[str]) -> Text:
    found = sorted(names)
    return Text("、".join(found) or "无", ", ".join(found) or "none")
