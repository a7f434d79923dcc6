"""Pass 5: rules, with their bases, conditions and outcomes.

Needs:  everything rules may name.
Leaves: `rules` as written, in no order.
"""

from __future__ import annotations

from enforcerules.model import (
    AddLabel,
    Establish,
    Exempt,
    Forbid,
    Outcome,
    Permit,
    Require,
    Rule,
    Warn,
)
from enforcerules.passes.conditions import read_condition
from enforcerules.passes.draft import Draft, Place
from enforcerules.syntax import documents as d
from enforcerules.text import Text


def read_rules(draft: Draft) -> None:
    """Fill `draft.rules`."""
    for name, (doc, place) in draft.placed("rule"):
        for index, clause in enumerate(doc.basis):
            if draft.knows("clause", clause, place, "basis", index):
                draft.use(clause, f"rule {name}")
        for index, other in enumerate(doc.overrides):
            draft.knows("rule", other, place, "overrides", index)
        for index, doubt in enumerate(doc.doubts):
            draft.knows("doubt", doubt, place, "doubts", index)
        # the condition of a table's row stands with the table
        home = place.inside("when") if place.path[-2] == "rules" else Place(place.file, (*place.path[:-2], "when"))
        then = place if place.path[-2] == "rules" else Place(place.file, place.path[:-2])
        outcomes = [_outcome(draft, outcome, then.inside("then", index)) for index, outcome in enumerate(doc.then)]
        draft.rules[name] = Rule(
            id=name,
            title=doc.title.text(),
            bases=tuple(doc.basis),
            when=read_condition(draft, doc.when, home),
            outcomes=tuple(outcome for outcome in outcomes if outcome is not None),
            overrides=tuple(doc.overrides),
            doubts=tuple(doc.doubts),
            status=doc.status,
            note=doc.note.text() if doc.note else None,
            place=str(place.span()),
        )
        draft.rule_places[name] = place


def _outcome(draft: Draft, doc: d.OutcomeDoc, place: Place) -> Outcome | None:
    match doc.verb:
        case "establish":
            return _establish(draft, doc, place)
        case "label":
            label = doc.label or ""
            return AddLabel(label) if draft.knows("label", label, place, "label") else None
        case "warn":
            return Warn(doc.warn.text()) if doc.warn else None
    action = getattr(doc, doc.verb)
    if not draft.knows("action", action, place, doc.verb):
        return None
    match doc.verb:
        case "require":
            once = read_condition(draft, doc.once, place.inside("once")) if doc.once is not None else None
            return Require(action, once)
        case "permit":
            return Permit(action)
        case "exempt":
            return Exempt(action)
        case _:
            return Forbid(action)


def _establish(draft: Draft, doc: d.OutcomeDoc, place: Place) -> Outcome | None:
    finding = doc.establish or ""
    if finding in draft.facts:
        judgement = draft.facts[finding].judgement
        zh = "判断性事实由人认定，规则不得认定" if judgement else "事实由案件给出，规则不得认定"
        en = "a judgement is a person's to make; no rule establishes it" if judgement else "a fact comes from the case; no rule establishes it"
        draft.fault("ER1050", Text(f"`{finding}`：{zh}", f"`{finding}`: {en}"), place.span("establish"))
        return None
    if not draft.knows("finding", finding, place, "establish"):
        return None
    grounds = draft.findings[finding].grounds
    if doc.ground is not None and doc.ground not in grounds:
        draft.fault(
            "ER1010",
            Text(f"认定 {finding} 没有事由 `{doc.ground}`", f"the finding {finding} has no ground `{doc.ground}`"),
            place.span("ground"),
            Text(f"可用：{'、'.join(grounds)}", f"there are: {', '.join(grounds)}"),
        )
    return Establish(finding, doc.ground, doc.status)
