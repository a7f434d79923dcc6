"""Pass 6: rules, with their bases, conditions and outcomes.

Needs:  everything rules may name.
Leaves: `rules` as written, in no order.
"""

from __future__ import annotations

from enforcerules.errors import did_you_mean, listed, quoted
from enforcerules.model import (
    AddLabel,
    Establish,
    Exempt,
    Forbid,
    Outcome,
    Penalise,
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
        draft.carry(doc.doubts, place)
        # the condition and the outcomes of a table's row stand with the table
        block = place if place.path[-2] == "rules" else Place(place.file, place.path[:-2], place.path)
        outcomes = [_outcome(draft, outcome, block.inside("then", index)) for index, outcome in enumerate(doc.then)]
        draft.rules[name] = Rule(
            id=name,
            title=doc.title.text(),
            bases=tuple(doc.basis),
            when=read_condition(draft, doc.when, block.inside("when")),
            outcomes=tuple(outcome for outcome in outcomes if outcome is not None),
            overrides=tuple(doc.overrides),
            overrides_penalties=doc.overrides_penalties,
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
        case "penalise":
            penalty = doc.penalise or ""
            return Penalise(penalty) if draft.knows("penalty", penalty, place, "penalise") else None
        case "warn":
            return Warn(doc.warn.text()) if doc.warn else None
    action = getattr(doc, doc.verb)
    if not draft.knows("action", action, place, doc.verb):
        return None
    match doc.verb:
        case "require":
            once = read_condition(draft, doc.once, place.inside("once")) if doc.once is not None else None
            return Require(action, once, doc.once_said.text() if doc.once_said is not None else None)
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
        name = quoted(finding)
        draft.fault(
            "ER1050",
            Text(
                f"{name} 是判断性事实，由人认定，规则不得认定",
                f"{name} is a judgement, which a person makes and no rule",
            )
            if judgement
            else Text(f"{name} 是案件给出的事实，规则不得认定", f"{name} is a fact, which the case gives and no rule"),
            place.span("establish"),
            Text("另设一个认定，或者把它写进 `when`", "name a finding instead, or move it to `when`"),
        )
        return None
    if not draft.knows("finding", finding, place, "establish"):
        return None
    grounds = draft.findings[finding].grounds
    if doc.ground is not None and doc.ground not in grounds and not draft.may_be_lost("vocabulary", doc.ground):
        known = listed(grounds)
        draft.fault(
            "ER1010",
            Text(
                f"认定 {quoted(finding)} 没有事由 {quoted(doc.ground)}",
                f"the finding {quoted(finding)} has no ground {quoted(doc.ground)}",
            ),
            place.span("ground"),
            did_you_mean(doc.ground, grounds, grounds)
            or (
                Text(f"可用的事由：{known.zh}", f"the grounds are: {known.en}")
                if grounds
                else Text(
                    "删去 `ground`，或者在词汇中补上事由", "remove `ground`, or add it to the finding in the vocabulary"
                )
            ),
        )
    return Establish(finding, doc.ground, doc.status)
