"""Pass 2: facts, enumerations, findings and labels.

Needs:  names collected.
Leaves: the vocabulary without its invariants, whose conditions need all of it.
"""

from __future__ import annotations

from typing import Any

from enforcerules.model import Enumeration, Fact, Finding, Value
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import read_literal
from enforcerules.syntax.documents import FactDefinitionDoc
from enforcerules.text import Text
from enforcerules.values import Amount


def read_words(draft: Draft) -> None:
    """Fill the vocabulary of `draft`."""
    for name, (doc, _) in draft.placed("enumeration"):
        values = {value: text.text() for value, text in doc.values.items()}
        draft.enumerations[name] = Enumeration(name, doc.label.text(), values)
    # the catalogue of actions is itself an enumeration: a case says which of them were performed
    titles = {name: placed.content.title.text() for name, placed in draft.placed("action")}
    draft.enumerations["action"] = Enumeration("action", Text("应办事项", "Action"), titles)
    for name, (doc, place) in draft.placed("fact"):
        draft.facts[name] = _fact(draft, name, doc, place)
    for name, (doc, place) in draft.placed("fact"):
        if doc.default_from is not None:
            draft.knows("fact", doc.default_from, place, "default_from")
    for name, (doc, _) in draft.placed("finding"):
        draft.findings[name] = Finding(name, doc.label.text(), {g: t.text() for g, t in doc.grounds.items()})
    draft.labels = {name: placed.content.text() for name, placed in draft.placed("label")}


def _fact(draft: Draft, name: str, doc: FactDefinitionDoc, place: Place) -> Fact:
    enumeration: Enumeration | None = None
    if (doc.type in ("enum", "set")) != (doc.of is not None):
        draft.fault(
            "ER1020",
            Text("`of` 与 enum、set 必须同时出现", "`of` goes with the types enum and set"),
            place.span("type"),
        )
    elif doc.of is not None:
        enumeration = draft.enumerations.get(doc.of)
        if enumeration is None:
            draft.knows("enumeration", doc.of, place, "of")
    evidence = doc.evidence.text() if doc.evidence else None
    fact = Fact(
        name, doc.type, enumeration, doc.label.text(), doc.ask.text(), evidence, None, doc.judgement, doc.default_from
    )
    if doc.closed is None:
        return fact
    closed = _closed(draft, fact, doc.closed, place)
    return Fact(
        name, doc.type, enumeration, fact.label, fact.ask, evidence, closed, doc.judgement, doc.default_from
    )


def _closed(draft: Draft, fact: Fact, given: Any, place: Place) -> Value | None:
    value = read_literal(draft, fact, given, place.span("closed"))
    if isinstance(value, int) and fact.type == "money":
        return Amount.exactly(value)
    if isinstance(value, frozenset):
        return frozenset(str(member) for member in value)
    return value
