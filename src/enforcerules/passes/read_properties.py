"""The pass over red lines, which runs apart: a rulebook loads without them.

Needs:  a resolved rulebook, and the documents of its properties.
Leaves: red lines whose names are known and whose tests fit; faults recorded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from enforcerules.errors import Diagnostic, did_you_mean, quoted
from enforcerules.model import (
    AddLabel,
    Establish,
    Exempt,
    FindingTest,
    Forbid,
    Outcome,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
)
from enforcerules.model.conditions import ALWAYS
from enforcerules.model.properties import (
    ANY,
    AlwaysHolds,
    AnswerTest,
    Claim,
    EveryPart,
    ExactlyOne,
    Monotone,
    NeverHolds,
    Opposite,
    Property,
    PropertyCondition,
    SomePart,
)
from enforcerules.passes.conditions import DEEPEST, read_condition
from enforcerules.passes.draft import Draft, Place, Placed
from enforcerules.syntax import property_documents as p
from enforcerules.syntax.rulebook import File, RulebookFiles
from enforcerules.syntax.unlisted import UnlistedFiles
from enforcerules.text import Text

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_ACTS: dict[str, type[Require | Permit | Exempt | Forbid]] = {
    "action": Require,
    "permission": Permit,
    "exemption": Exempt,
    "prohibition": Forbid,
}
_RISING = ("money", "count", "date", "set", "bool")


def read_properties_of(
    book: ResolvedRulebook, root: File, files: Iterable[File], unlisted: UnlistedFiles | None = None
) -> tuple[list[Property], dict[str, Place], list[Diagnostic]]:
    """Return the red lines in `files`, where each stands, and every fault found in them.

    A name that is not known is looked for in the `unlisted` files of the rulebook's folder.
    """
    draft = _draft(book, root, unlisted)
    found: list[Property] = []
    places: dict[str, Place] = {}
    for file in files:
        for index, doc in enumerate(file.content.properties):
            place = Place(file, ("properties", index))
            if not _ID.fullmatch(doc.id):
                draft.fault(
                    "ER1004",
                    Text(f"编号的写法不对：{quoted(doc.id)}", f"this is not how an id is written: {quoted(doc.id)}"),
                    place.span("id"),
                    Text("用小写字母、数字与连字符，以字母开头", "use small letters, digits, hyphens, a letter first"),
                )
            if doc.id in places:
                draft.repeated(doc.id, place.span("id"), places[doc.id].span("id"))
                continue
            places[doc.id] = place
            found.append(_property(draft, book, doc, place))
    return found, places, draft.faults


def _draft(book: ResolvedRulebook, root: File, unlisted: UnlistedFiles | None) -> Draft:
    words = book.vocabulary
    named: dict[str, Any] = {
        "enumeration": words.enumerations,
        "fact": words.facts,
        "finding": words.findings,
        "label": words.labels,
        "clause": book.clauses,
        "parameter": book.parameters,
        "action": book.actions,
        "penalty": book.penalties,
        "doubt": book.doubts,
        "rule": book.rules,
        "form": book.forms,
    }
    nowhere = Place(root, ())
    documents = {kind: {name: Placed(one, nowhere) for name, one in things.items()} for kind, things in named.items()}
    return Draft(
        RulebookFiles(root, {}, "", unlisted=unlisted),
        [],
        documents=documents,
        enumerations=dict(words.enumerations),
        facts=dict(words.facts),
        findings=dict(words.findings),
    )


def _property(draft: Draft, book: ResolvedRulebook, doc: p.PropertyDoc, place: Place) -> Property:
    for index, clause in enumerate(doc.basis):
        draft.knows("clause", clause, place, "basis", index)
    draft.carry(doc.doubts, place)
    when = ALWAYS if doc.when is None else _read(draft, book, doc.when, place.inside("when"), 1)
    return Property(
        id=doc.id,
        title=doc.title.text(),
        bases=tuple(doc.basis),
        when=when,
        claim=_claim(draft, book, doc, place),
        doubts=tuple(doc.doubts),
        note=doc.note.text() if doc.note else None,
    )


def _claim(draft: Draft, book: ResolvedRulebook, doc: p.PropertyDoc, place: Place) -> Claim:
    if doc.always is not None:
        return AlwaysHolds(_read(draft, book, doc.always, place.inside("always"), 1))
    if doc.never is not None:
        return NeverHolds(_read(draft, book, doc.never, place.inside("never"), 1))
    if doc.monotone is not None:
        return _monotone(draft, book, doc.monotone, place.inside("monotone"))
    at = place.inside("exactly_one")
    if isinstance(doc.exactly_one, p.RowsOfDoc):
        return ExactlyOne(_rows(draft, book, doc.exactly_one.rows_of, at))
    parts = doc.exactly_one or []
    return ExactlyOne(tuple(_read(draft, book, part, at.inside(i), 1) for i, part in enumerate(parts)))


def _rows(draft: Draft, book: ResolvedRulebook, name: str, place: Place) -> tuple[PropertyCondition, ...]:
    parts = {
        f"{form.id}/{table.id}/{part.id}": part
        for form in book.forms.values()
        for table in form.tables
        for part in table.parts
    }
    if name in parts:
        return tuple(AnswerTest("row", row.rule) for row in parts[name].rows if row.rule is not None)
    draft.fault(
        "ER1010",
        Text(f"报表中没有 {quoted(name)} 这一部分", f"no form has a part {quoted(name)}"),
        place.span("rows_of"),
        did_you_mean(name, parts) or Text("写成 `表格/表/部分`", "write it as `form/table/part`"),
    )
    return ()


def _monotone(draft: Draft, book: ResolvedRulebook, doc: p.MonotoneDoc, place: Place) -> Monotone:
    if draft.knows("fact", doc.fact, place, "fact"):
        fact = draft.facts[doc.fact]
        if fact.type not in _RISING:
            draft.fault(
                "ER1023",
                Text(
                    f"`{fact.type}` 类型的 {quoted(fact.name)} 没有增减",
                    f"{quoted(fact.name)}, of type `{fact.type}`, does not rise",
                ),
                place.span("fact"),
                Text("用金额、数目、日期、集合或者是否", "take an amount, a count, a date, a set or a yes or no"),
            )
    outcomes = [outcome for rule in book.rules.values() for outcome in rule.outcomes]
    kept: dict[PropertyCondition, None] = {}
    for kind in doc.keeps:
        kept |= dict.fromkeys(_all_of(kind, outcomes))
    kept |= {_read(draft, book, part, place.inside("and", i), 1): None for i, part in enumerate(doc.and_)}
    return Monotone(doc.fact, tuple(kept))


def _all_of(kind: str, outcomes: Iterable[Outcome]) -> Iterable[PropertyCondition]:
    for outcome in outcomes:
        if kind == "finding" and isinstance(outcome, Establish):
            yield FindingTest(outcome.finding)
        elif kind == "label" and isinstance(outcome, AddLabel):
            yield AnswerTest("label", outcome.label)
        elif kind == "penalty" and isinstance(outcome, Penalise):
            yield AnswerTest("penalty", outcome.penalty)
        elif kind in _ACTS and isinstance(outcome, _ACTS[kind]):
            yield AnswerTest(kind, outcome.action)  # type: ignore[arg-type]


def _read(draft: Draft, book: ResolvedRulebook, doc: Any, place: Place, depth: int) -> PropertyCondition:
    if isinstance(doc, (p.AllLineDoc, p.AnyLineDoc, p.NotLineDoc)) and depth == DEEPEST + 1:
        draft.fault(
            "ER1030",
            Text(f"条件嵌套超过 {DEEPEST} 层", f"the condition is nested more than {DEEPEST} levels deep"),
            place.span(),
            Text("分成几条红线", "write several red lines"),
        )
    match doc:
        case p.AllLineDoc():
            parts = [_read(draft, book, one, place.inside("all", i), depth + 1) for i, one in enumerate(doc.all)]
            return EveryPart(tuple(parts))
        case p.AnyLineDoc():
            parts = [_read(draft, book, one, place.inside("any", i), depth + 1) for i, one in enumerate(doc.any)]
            return SomePart(tuple(parts))
        case p.NotLineDoc():
            return Opposite(_read(draft, book, doc.not_, place.inside("not"), depth + 1))
        case p.AnswerDoc():
            return _answer_test(draft, book, doc, place)
    # a red line is about what is in the file as well: `known` is its to ask
    return read_condition(draft, doc, place, may_ask_known=True)


def _answer_test(draft: Draft, book: ResolvedRulebook, doc: p.AnswerDoc, place: Place) -> PropertyCondition:
    kind, name = doc.named
    if kind == "unfounded":
        return AnswerTest("unfounded", name, doc.is_)
    if (kind, name) == ("penalty", ANY):
        return AnswerTest("penalty", ANY, doc.is_)
    known = {"clause_in_force": "clause", "row": "rule"}.get(kind, "action" if kind in _ACTS else kind)
    if not draft.knows(known, name, place, kind):
        return ALWAYS
    outcomes = [outcome for rule in book.rules.values() for outcome in rule.outcomes]
    test = AnswerTest(kind, name, doc.is_)  # type: ignore[arg-type]
    if kind in (*_ACTS, "penalty", "label") and AnswerTest(test.kind, name) not in set(_all_of(kind, outcomes)):
        draft.fault(
            "ER5001",
            Text(f"没有规则能得出 {quoted(name)}", f"no rule can yield {quoted(name)}"),
            place.span(kind),
            Text("这样的红线不起作用；换成规则用到的名称", "this says nothing; name something that a rule yields"),
        )
    return test
