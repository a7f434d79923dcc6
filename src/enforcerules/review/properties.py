"""Red lines: read them, and say whether one answer keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from enforcerules.classification import ActionResult, EffectResult, PenaltyResult
from enforcerules.deciding.actions import (
    find_actions,
    find_exemptions,
    find_labels,
    find_permissions,
    find_prohibitions,
)
from enforcerules.deciding.decision import Decision
from enforcerules.deciding.penalties import penalties_under
from enforcerules.errors import RulebookError, Span
from enforcerules.model import Establish, Exempt, Forbid, Outcome, Penalise, Permit, Require, Value
from enforcerules.model.properties import (
    ANY,
    AlwaysHolds,
    AnswerTest,
    EveryPart,
    ExactlyOne,
    Monotone,
    NeverHolds,
    Opposite,
    Property,
    PropertyCondition,
    SomePart,
)
from enforcerules.passes.read_properties import read_properties_of
from enforcerules.review.prover import Verdict
from enforcerules.rulebook import Rulebook, packaged_folder
from enforcerules.syntax.rulebook import read_property_files, unlisted_files
from enforcerules.values import Amount, Truth, all_of, any_of

_KINDS: dict[str, type[Outcome]] = {
    "action": Require,
    "permission": Permit,
    "exemption": Exempt,
    "prohibition": Forbid,
    "penalty": Penalise,
    "finding": Establish,
}
_FIND: dict[str, Callable[[Decision], Iterable[ActionResult | EffectResult | PenaltyResult]]] = {
    "action": find_actions,
    "permission": find_permissions,
    "exemption": find_exemptions,
    "prohibition": find_prohibitions,
    "penalty": penalties_under,
    "label": find_labels,
}
_SAID_OF = {
    "action": {"object", "actor", "addressee", "clock", "report_row", "standing"},
    "penalty": {"on", "fine", "measures"},
}


@dataclass(frozen=True, slots=True)
class RedLine:
    """A red line of a rulebook, and where it is written."""

    content: Property
    span: Span

    @property
    def id(self) -> str:
        """The id of the property."""
        return self.content.id


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A case that breaks a red line, as a case file holds it.

    For `monotone`, `risen` is the value to which the fact rises when something is lost.
    """

    facts: Mapping[str, Any]
    risen: Any = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one red line.

    `undecided` means that the time was up, `vacuous` that the line speaks of no case: neither is a proof.
    """

    line: RedLine
    verdict: Verdict
    seconds: float
    counterexample: Counterexample | None = None


def read_properties(rulebook: Rulebook, folder: Path | None = None) -> tuple[RedLine, ...]:
    """Read the red lines listed in a rulebook's folder, by default the packaged one.

    Raises:
        RulebookError: with every fault found: of form, names that the rulebook does not know, tests that
            do not fit their fact.

    """
    folder = folder or packaged_folder()
    root, files, faults = read_property_files(folder)
    found, places, more = read_properties_of(rulebook.resolved, root, files, unlisted_files(folder, root))
    if faults or more:
        raise RulebookError([*faults, *more])
    return tuple(RedLine(line, places[line.id].span("id")) for line in found)


# --- one case --------------------------------------------------------------------------------------


@dataclass
class Answer:
    """What is decided about one case, as red lines ask for it."""

    decision: Decision
    _found: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def truth(self, condition: PropertyCondition) -> Truth:
        """Return whether a condition of a red line holds."""
        match condition:
            case EveryPart(parts):
                return all_of([self.truth(part) for part in parts])
            case SomePart(parts):
                return any_of([self.truth(part) for part in parts])
            case Opposite(part):
                return ~self.truth(part)
            case AnswerTest():
                return self._test(condition)
        return self.decision.decide(condition)

    def contradicts_itself(self) -> bool:
        """Tell whether the case is none that can be."""
        invariants = self.decision.book.vocabulary.invariants
        return any(self.decision.decide(invariant.never) is Truth.MET for invariant in invariants)

    def said_of(self, kind: str, name: str) -> Mapping[str, Any] | None:
        """Return what the answer says of a duty or a penalty beyond its rules; None of none.

        Of a duty that is to whom, by whom and by when; of a penalty on whom, its range and its measures.
        """
        found: ActionResult | PenaltyResult | None = self._results(kind).get(name)
        return None if found is None else found.model_dump(include=_SAID_OF[kind])

    def _test(self, test: AnswerTest) -> Truth:
        verdict = self._verdict(test)
        match test.expected:
            case "met":
                return verdict
            case "not_met":
                return ~verdict
            case "open":
                return _truth(verdict is Truth.OPEN)
        action: ActionResult | None = self._results("action").get(test.name)
        return _truth(action is not None and action.state == test.expected)

    def _verdict(self, test: AnswerTest) -> Truth:
        match test.kind:
            case "rule":
                return self.decision.verdicts.effects[test.name]
            case "row":
                return self.decision.verdicts.holds[test.name]
            case "clause_in_force":
                return self.decision.clause(test.name)
            case "unfounded":
                return _truth(any(self._unfounded(_KINDS[test.name])))
        if (test.kind, test.name) == ("penalty", ANY):
            return any_of([Truth(result.verdict) for result in self._results("penalty").values()])
        result = self._results(test.kind).get(test.name)
        return Truth.NOT_MET if result is None else Truth(result.verdict)

    def _unfounded(self, kind: type[Outcome]) -> Iterator[bool]:
        for rule, _, effect in self.decision.outcomes(kind):
            yield effect is Truth.MET and not self.decision.clauses(rule, Truth.MET)

    def _results(self, kind: str) -> Mapping[str, Any]:
        if kind not in self._found:
            self._found[kind] = {result.id: result for result in _FIND[kind](self.decision)}
        return self._found[kind]


def _truth(value: bool) -> Truth:
    return Truth.MET if value else Truth.NOT_MET


def is_kept(line: Property, answer: Answer, risen: Answer | None = None) -> bool:
    """Tell whether an answer keeps a red line; one of rising facts needs the answer to the risen case too."""
    if any(answer.truth(line.when) is not Truth.MET for answer in (answer, risen) if answer is not None):
        return True
    match line.claim:
        case AlwaysHolds(condition):
            return answer.truth(condition) is Truth.MET
        case NeverHolds(condition):
            return answer.truth(condition) is not Truth.MET
        case ExactlyOne(parts):
            found = [answer.truth(part) for part in parts]
            return found.count(Truth.MET) <= 1 and any(one is not Truth.NOT_MET for one in found)
        case Monotone():
            return not lost(line.claim, answer, risen)


def lost(claim: Monotone, answer: Answer, risen: Answer | None) -> list[PropertyCondition]:
    """Return what is met before the fact rises and no more after."""
    if risen is None:
        return []
    met = (kept for kept in claim.keeps if answer.truth(kept) is Truth.MET)
    return [kept for kept in met if risen.truth(kept) is not Truth.MET]


def answers(rulebook: Rulebook, line: Property, example: Counterexample) -> tuple[Answer, Answer | None]:
    """Let the reference engine decide a case, and the risen one where the red line has one."""
    first = Answer(rulebook.decide(rulebook.read_case(example.facts)))
    if not isinstance(line.claim, Monotone):
        return first, None
    risen = {**example.facts, line.claim.fact: example.risen}
    return first, Answer(rulebook.decide(rulebook.read_case(risen)))


def has_risen(low: Value | None, high: Value | None) -> bool:
    """Tell whether a fact has risen, or stayed, from one value to the other.

    Of an amount known by its bounds only nobody can say so.
    """
    match low, high:
        case frozenset(), frozenset():
            return low <= high
        case Amount(), Amount():
            return low.exact and high.exact and low.low <= high.low
        case (date(), date()) | (int(), int()):
            return low <= high  # type: ignore[operator]
    return False


def breaks(rulebook: Rulebook, line: Property, example: Counterexample) -> bool:
    """Tell whether a case breaks a red line: by the reference engine, and without contradicting itself."""
    first, risen = answers(rulebook, line, example)
    if isinstance(line.claim, Monotone):
        values = [one.decision.case.facts.known.get(line.claim.fact) for one in (first, risen) if one is not None]
        if len(values) < 2 or not has_risen(values[0], values[1]):
            return False
    if first.contradicts_itself() or (risen is not None and risen.contradicts_itself()):
        return False
    return not is_kept(line, first, risen)
