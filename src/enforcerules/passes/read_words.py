"""Pass 2: facts, enumerations, findings and labels.

Needs:  names collected.
Leaves: the vocabulary without its invariants, whose conditions need all of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from enforcerules.errors import quoted, way
from enforcerules.model import ClosedWhen, Enumeration, Fact, Finding, FindingWords, Value
from enforcerules.passes.draft import Draft, Place
from enforcerules.passes.literals import is_member, read_literal
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
    _check_defaults(draft)
    _read_closed_when(draft)
    for name, (doc, _) in draft.placed("finding"):
        words = FindingWords(doc.said.met.text(), doc.said.not_met.text()) if doc.said else None
        draft.findings[name] = Finding(name, doc.label.text(), {g: t.text() for g, t in doc.grounds.items()}, words)
    draft.labels = {name: placed.content.text() for name, placed in draft.placed("label")}


def _fact(draft: Draft, name: str, doc: FactDefinitionDoc, place: Place) -> Fact:
    enumeration: Enumeration | None = None
    if doc.type in ("enum", "set") and doc.of is None:
        draft.fault(
            "ER1020",
            Text(
                f"`{doc.type}` 类型的 {quoted(name)} 没有写明枚举",
                f"{quoted(name)}, of type `{doc.type}`, does not say which enumeration",
            ),
            place.span("type"),
            Text("补上 `of:` 和枚举的名称", "add `of:` with the name of the enumeration"),
        )
    elif doc.type not in ("enum", "set") and doc.of is not None:
        draft.fault(
            "ER1020",
            Text(
                f"`of` 不能用于 `{doc.type}` 类型的 {quoted(name)}",
                f"`of` does not go with {quoted(name)}, of type `{doc.type}`",
            ),
            place.span("of", key=True),
            Text("删去 `of`，或者把类型改为 `enum` 或 `set`", "remove `of`, or make the type `enum` or `set`"),
        )
    elif doc.of is not None:
        enumeration = draft.enumerations.get(doc.of)
        if enumeration is None:
            draft.knows("enumeration", doc.of, place, "of")
    evidence = doc.evidence.text() if doc.evidence else None
    fact = Fact(
        name,
        doc.type,
        enumeration,
        doc.label.text(),
        doc.ask.text(),
        evidence,
        None,
        doc.judgement,
        doc.default_from,
        doc.round,
        doc.presumed,
    )
    return fact if doc.closed is None else replace(fact, closed=_closed(draft, fact, doc.closed, place, "closed"))


def _closed(draft: Draft, fact: Fact, given: Any, place: Place, *path: str) -> Value | None:
    value = read_literal(draft, fact, given, place, *path)
    if isinstance(value, int) and fact.type == "money":
        return Amount.exactly(value)
    if isinstance(value, frozenset):
        return frozenset(str(member) for member in value)
    return value


def _read_closed_when(draft: Draft) -> None:
    """Read what facts are taken to be on account of another, now that all of them are known."""
    for name, (doc, place) in draft.placed("fact"):
        given = doc.closed_when
        if given is None or not draft.knows("fact", given.fact, place, "closed_when", "fact"):
            continue
        other = draft.facts[given.fact]
        if other.type != "enum":
            draft.fault(
                "ER1024",
                Text(
                    f"`closed_when` 只能看枚举，不能看 `{other.type}` 类型的 {quoted(other.name)}",
                    f"`closed_when` looks at an enum, not at {quoted(other.name)}, of type `{other.type}`",
                ),
                place.span("closed_when", "fact"),
                Text("换成 `enum` 类型的事实", "name a fact of type `enum`"),
            )
            continue
        at = ("closed_when", "in")
        known = [is_member(draft, other.enumeration, one, place, *at, i) for i, one in enumerate(given.in_)]
        value = _closed(draft, draft.facts[name], given.value, place, "closed_when", "value")
        if all(known) and value is not None:
            taken = ClosedWhen(other.name, frozenset(given.in_), value)
            draft.facts[name] = replace(draft.facts[name], closed_when=taken)


def _check_defaults(draft: Draft) -> None:
    """Report defaults from facts that do not exist, do not fit, or wait for one another in a circle."""
    for name, (doc, place) in draft.placed("fact"):
        if doc.default_from is None or not draft.knows("fact", doc.default_from, place, "default_from"):
            continue
        fact, other = draft.facts[name], draft.facts[doc.default_from]
        # a set stands for one value when it has just that one
        fits = fact.type == other.type or (fact.type, other.type) == ("enum", "set")
        if not fits:
            draft.fault(
                "ER1024",
                Text(
                    f"`{fact.type}` 类型的 {quoted(name)} 不能取自 `{other.type}` 类型的 {quoted(other.name)}",
                    f"{quoted(name)}, of type `{fact.type}`, cannot be taken "
                    f"from {quoted(other.name)}, of type `{other.type}`",
                ),
                place.span("default_from"),
                Text("换成同类型的事实", "name a fact of the same type"),
            )
        chain = [name]
        while (after := draft.facts[chain[-1]].default_from) in draft.facts and after is not None:
            if after in chain:
                break
            chain.append(after)
        if after == name:
            said = way([*chain, name])
            draft.fault(
                "ER1061",
                Text(f"{quoted(name)} 的缺省值取自自身：{said}", f"{quoted(name)} is taken from itself: {said}"),
                place.span("default_from"),
                Text("去掉其中一处 `default_from`", "remove one `default_from`"),
            )
