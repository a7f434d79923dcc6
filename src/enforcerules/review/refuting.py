"""Why a case breaks a red line: what the reference engine says of what it claims, and the rules behind that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from enforcerules.deciding.decision import Decision
from enforcerules.model import FindingTest
from enforcerules.model.properties import AlwaysHolds, AnswerTest, Monotone, claimed, leaves
from enforcerules.review.causes import MOST_CAUSES, Cause, find_causes, tell_cause
from enforcerules.review.difference import Difference
from enforcerules.review.properties import Answer, Counterexample, RedLine, answers, lost
from enforcerules.review.standing import Standing, Standings
from enforcerules.rulebook import Rulebook
from enforcerules.values import Truth

_PARTS = {
    "finding": "findings",
    "action": "actions",
    "permission": "permissions",
    "exemption": "exemptions",
    "prohibition": "prohibitions",
    "penalty": "penalties",
    "label": "labels",
    "row": "rows",
}


class Said(NamedTuple):
    """What is said of one thing that a red line claims something about."""

    kind: str
    name: str
    verdict: Truth


class Refutation:
    """A refuted red line of a rulebook, with the reference engine's answer to the case that breaks it.

    Of facts that rise it is the answer to the risen case, and what is said of is what is lost there.
    """

    def __init__(self, rulebook: Rulebook, line: RedLine, example: Counterexample) -> None:
        claim = line.content.claim
        first, risen = answers(rulebook, line.content, example)
        shown, answer = claimed(claim), first
        if isinstance(claim, Monotone) and risen is not None:
            shown, answer = tuple(lost(claim, first, risen)), risen
        self.decision: Decision = answer.decision
        found = (_said(answer, leaf) for condition in shown for leaf in leaves(condition))
        self.said = tuple(dict.fromkeys(one for one in found if one is not None))
        # what must hold and does not is looked for in every rule that could yield it, not in the open ones alone
        self._lacking = isinstance(claim, AlwaysHolds | Monotone)
        self._line = line

    def causes(self) -> list[Cause]:
        """Return the rules behind what is said; those come first that rest on what the red line rests on."""
        found = {cause.rule: cause for one in self._telling() for cause in self._behind(one)}
        return list(found.values())[:MOST_CAUSES]

    def standings(self, standings: Standings) -> tuple[Standing, ...]:
        """Return where that stands which makes the case break the red line."""
        clauses = [one.name for one in self._telling() if one.kind == "clause_in_force"]
        return standings.behind(self.decision, [cause.rule for cause in self.causes()], clauses=clauses)

    def _telling(self) -> list[Said]:
        holding = [one for one in self.said if one.verdict is not Truth.NOT_MET]
        return holding or list(self.said)

    def _behind(self, one: Said) -> Iterator[Cause]:
        if one.kind == "rule":
            yield tell_cause(self.decision, self.decision.book.rules[one.name])
        elif one.kind in _PARTS:
            verdict = Truth.NOT_MET if self._lacking else one.verdict
            difference = Difference(_PARTS[one.kind], one.name, None, verdict.value, self._line.span)
            yield from find_causes(self.decision, difference, self._line.content.bases)


def _said(answer: Answer, leaf: object) -> Said | None:
    match leaf:
        case AnswerTest(kind, name):
            return Said(kind, name, answer.truth(AnswerTest(kind, name)))
        case FindingTest(finding):
            return Said("finding", finding, answer.truth(FindingTest(finding)))
    return None
