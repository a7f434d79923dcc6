"""Which unknown facts would change something, what changes most first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from enforcerules.classification import Question, unchecked
from enforcerules.deciding.actions import said
from enforcerules.deciding.decision import Decision
from enforcerules.model import (
    AddLabel,
    Count,
    Establish,
    Exempt,
    Forbid,
    Outcome,
    Penalise,
    Permit,
    Require,
    Rule,
)
from enforcerules.values.truth import MET, OPEN, Truth

_question = unchecked(Question)

# what an answer is worth: a finding changes how the whole case is handled, a label only how it is seen
_WEIGHTS: dict[type[Outcome], float] = {
    Establish: 10,
    Require: 3,
    Forbid: 4,
    Exempt: 4,
    Permit: 1,
    Penalise: 0.5,
    Count: 1,
    AddLabel: 0.3,
}
_HAND_OVER = 6.0
# a finding that serves further findings and nothing else: what it changes is counted with those
_STEP = 1.0


@dataclass(slots=True)
class _Asked:
    weight: float = 0.0
    decides: dict[str, None] = field(default_factory=dict)
    because: dict[str, None] = field(default_factory=dict)


def find_questions(decision: Decision) -> list[Question]:
    """Return the questions, ranked; a fact that can no longer change any outcome is not asked.

    What the answer changes counts the less, the later in an inquiry the fact is settled.
    """
    outcomes = list(_outcomes(decision))
    settled = {key for _, key, effect in outcomes if effect is MET}
    found_already = {name for name, found in decision.verdicts.findings.items() if found is MET}
    asked: dict[str, _Asked] = {}
    for rule, key, effect in outcomes:
        if effect is not OPEN or key in settled or _finding(key) in found_already:
            continue
        needs = decision.needs(rule)
        weight = _weight(decision, key) / max(1, len(needs))
        for need in needs:
            found = asked.get(need)
            if found is None:
                found = asked[need] = _Asked()
            if key not in found.decides:
                found.weight += weight
            found.decides[key] = None
            found.because[rule.id] = None
    facts = decision.book.vocabulary.facts
    ranked = sorted(asked, key=lambda name: (-asked[name].weight / facts[name].round, name))
    return [
        _question(
            fact=name,
            ask=said(facts[name].ask),
            evidence=said(evidence) if (evidence := facts[name].evidence) else None,
            decides=list(asked[name].decides),
            because=list(asked[name].because),
        )
        for name in ranked
    ]


def _finding(key: str) -> str | None:
    kind, _, name = key.partition(":")
    return name.partition("/")[0] if kind == "finding" else None


def _outcomes(decision: Decision) -> Iterator[tuple[Rule, str, Truth]]:
    for kind in _WEIGHTS:
        for rule, outcome, effect in decision.outcomes(kind):
            yield rule, _key(outcome), effect


def _key(outcome: Outcome) -> str:
    match outcome:
        case Establish(finding, ground):
            return f"finding:{finding}/{ground}" if ground else f"finding:{finding}"
        case Require(action):
            return f"action:{action}"
        case Permit(action):
            return f"permission:{action}"
        case Exempt(action):
            return f"exemption:{action}"
        case Forbid(action):
            return f"prohibition:{action}"
        case Penalise(penalty):
            return f"penalty:{penalty}"
        case AddLabel(label):
            return f"label:{label}"
        case Count(form, table, part, row):
            return "report:" + "/".join(step for step in (form, table, part, row) if step)
    return "warning"


_BY_KEY = {
    "finding": _WEIGHTS[Establish],
    "action": _WEIGHTS[Require],
    "prohibition": _WEIGHTS[Forbid],
    "exemption": _WEIGHTS[Exempt],
    "permission": _WEIGHTS[Permit],
    "penalty": _WEIGHTS[Penalise],
    "report": _WEIGHTS[Count],
    "label": _WEIGHTS[AddLabel],
}


def _weight(decision: Decision, key: str) -> float:
    kind, _, name = key.partition(":")
    if kind == "action" and decision.book.actions[name].report_row is not None:
        return _HAND_OVER
    if kind == "finding" and name.partition("/")[0] in decision.book.steps:
        return _STEP
    return _BY_KEY.get(kind, 0.0)
