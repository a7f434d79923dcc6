"""Facts that mostly bring about what a red line speaks of, so that there is something to keep or to break."""

from __future__ import annotations

from enforcerules.model import (
    AddLabel,
    Exempt,
    Forbid,
    Outcome,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
    Rule,
    Value,
)
from enforcerules.model.properties import (
    ANY,
    AlwaysHolds,
    AnswerTest,
    EveryPart,
    Opposite,
    Property,
    PropertyCondition,
    SomePart,
    claimed,
)
from enforcerules.testing.steering import Below, Steering, pick, together


def facts_for(line: Property, book: ResolvedRulebook, steering: Steering, below: Below) -> dict[str, Value]:
    """Return facts that mostly meet the `when` of a red line, and at times something that it claims or rules out."""
    aimed = [line.when]
    # what must always hold is not brought about but left to the rules
    if not isinstance(line.claim, AlwaysHolds) and below(3):
        aimed.insert(0, pick(below, claimed(line.claim)))
    known: dict[str, Value] = {}
    for condition in aimed:
        known = together(known, _leading_to(condition, book, steering, below))
    return known


def _leading_to(
    condition: PropertyCondition, book: ResolvedRulebook, steering: Steering, below: Below
) -> dict[str, Value]:
    match condition:
        case EveryPart(parts):
            known: dict[str, Value] = {}
            for part in parts:
                known = together(known, _leading_to(part, book, steering, below))
            return known
        case SomePart(parts):
            return _leading_to(pick(below, parts), book, steering, below) if parts else {}
        case Opposite():
            return {}
        case AnswerTest("clause_in_force", name, "met"):
            return steering.facts_under(name, {})
        case AnswerTest(_, _, "met" | "due" | "done"):
            rules = _rules_behind(condition, book)
            return steering.facts_meeting(pick(below, rules)) if rules else {}
        case AnswerTest():
            return {}
    return steering.facts_passing(condition)


def _rules_behind(test: AnswerTest, book: ResolvedRulebook) -> list[Rule]:
    if test.kind in ("rule", "row"):
        return [book.rules[test.name]]
    return [rule for rule in book.rules.values() if any(_yields(outcome, test) for outcome in rule.outcomes)]


_YIELDED_BY: dict[str, type[Require | Permit | Exempt | Forbid]] = {
    "action": Require,
    "permission": Permit,
    "exemption": Exempt,
    "prohibition": Forbid,
}


def _yields(outcome: Outcome, test: AnswerTest) -> bool:
    if isinstance(outcome, AddLabel):
        return test.kind == "label" and outcome.label == test.name
    if isinstance(outcome, Penalise):
        return test.kind == "penalty" and test.name in (ANY, outcome.penalty)
    wanted = _YIELDED_BY.get(test.kind)
    return wanted is not None and isinstance(outcome, wanted) and outcome.action == test.name
