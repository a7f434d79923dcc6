"""Questions about all cases, which z3 answers; a case that is shown, the reference engine has decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from enforcerules.deciding.decision import Decision
from enforcerules.errors import Diagnostic, DisagreementError
from enforcerules.model import Condition
from enforcerules.model.conditions import ALWAYS
from enforcerules.model.properties import NeverHolds, Property, PropertyCondition
from enforcerules.review.lint.decided import DecidedCases
from enforcerules.review.logic import Theory, World
from enforcerules.review.properties import Answer
from enforcerules.review.search import Found, find_case
from enforcerules.review.smallest import make_smallest
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text
from enforcerules.values import Truth

Reply = Literal["found", "none", "undecided"]


class Questions:
    """Asks whether there is a case of which a condition is met. For one thread.

    A case that was decided already answers as well as one that z3 finds, and sooner.

    Args:
        rulebook: the rulebook.
        decisions: cases that were decided.
        conditions: those that will be asked about and are no rule's.
        seconds: the time for one question.

    Raises:
        EngineUnavailableError: when z3 is not installed.

    """

    def __init__(
        self, rulebook: Rulebook, decisions: Iterable[Decision], conditions: Iterable[Condition], seconds: float
    ) -> None:
        self._rulebook, self._seconds = rulebook, seconds
        answers = (Answer(decision) for decision in decisions)
        self._decided = DecidedCases(answer for answer in answers if not answer.contradicts_itself())
        none = Text("", "")
        asked = (Property("", none, (), condition, NeverHolds(ALWAYS), (), None) for condition in conditions)
        self._theory = Theory(rulebook.resolved, asked)
        self._replies: dict[PropertyCondition, Reply] = {}

    def ask(self, condition: PropertyCondition) -> Reply:
        """Say whether there is a case of which the condition is met."""
        found = self._replies.get(condition)
        if found is None:
            known = self._decided.any_meets(condition)
            found = self._replies[condition] = "found" if known else self._search(condition).verdict
        return found

    def show(self, condition: PropertyCondition) -> dict[str, Any]:
        """Return a small case of which the condition is met, after `ask` has found that there is one.

        Raises:
            DisagreementError: when the reference engine does not say of the case what z3 says.

        """
        (facts,) = self._search(condition).cases
        if not self._met(condition, facts):
            said = Text(
                f"z3 与 reference 引擎对同一案件结论不一致：{dict(facts)}",
                f"z3 and the reference engine disagree about one case: {dict(facts)}",
            )
            raise DisagreementError([Diagnostic("ER9002", said)])
        return make_smallest(self._rulebook.resolved, facts, lambda tried: self._met(condition, tried))

    def _search(self, condition: PropertyCondition) -> Found:
        world = World(self._theory, "")
        return find_case([world], [world.rails(condition).met], self._seconds)

    def _met(self, condition: PropertyCondition, facts: Mapping[str, Any]) -> bool:
        answer = Answer(self._rulebook.decide(self._rulebook.read_case(facts)))
        return answer.truth(condition) is Truth.MET and not answer.contradicts_itself()
