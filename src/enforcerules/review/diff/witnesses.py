"""Cases that show a difference: found by z3, made small, and decided by the reference engine of both rulebooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from enforcerules.deciding.classify import classify_decision
from enforcerules.errors import CaseError, Diagnostic, DisagreementError
from enforcerules.model import Establish, FindingTest
from enforcerules.model.properties import AnswerTest
from enforcerules.review.diff.answers import AnswerChange, compare_answers
from enforcerules.review.diff.joint import JointVocabulary
from enforcerules.review.properties import Answer
from enforcerules.review.smallest import make_smallest
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text
from enforcerules.values import Truth, any_of

Truths = tuple[Truth, Truth]
_ANSWERED = ("action", "permission", "exemption", "prohibition", "penalty", "label")


@dataclass(frozen=True, slots=True)
class Witness:
    """A case to which the two rulebooks answer differently.

    `facts` are those of the case as NEW reads it, `old_facts` as OLD does: without what it has no word for.
    """

    number: int
    facts: Mapping[str, Any]
    old_facts: Mapping[str, Any]
    changes: tuple[AnswerChange, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the case as plain JSON data."""
        found: dict[str, Any] = {"number": self.number, "facts": dict(self.facts)}
        if self.old_facts != self.facts:
            found["old_facts"] = dict(self.old_facts)
        return {**found, "changes": [change.to_dict() for change in self.changes]}


class Answers(NamedTuple):
    """What the reference engine of each rulebook says of one case."""

    old: Answer
    new: Answer

    @property
    def believable(self) -> bool:
        """Whether one of the two rulebooks takes the case for one that can be."""
        return not (self.old.contradicts_itself() and self.new.contradicts_itself())

    def truths(self, kind: str, name: str) -> Truths:
        """Return what each says of one thing; of what a rulebook does not have it says that it is not so."""
        return _truth(self.old, kind, name), _truth(self.new, kind, name)


def _truth(answer: Answer, kind: str, name: str) -> Truth:
    decision = answer.decision
    if kind in _ANSWERED:
        return answer.truth(AnswerTest(kind, name))  # type: ignore[arg-type] # one of these
    if kind == "done":
        return answer.truth(AnswerTest("action", name, "done"))
    if kind == "finding":
        known = name in decision.book.vocabulary.findings
        return answer.truth(FindingTest(name)) if known else Truth.NOT_MET
    if kind == "ground":
        return _ground(answer, name)
    if kind in ("form", "counts", "due"):
        return _of_reports(answer, kind, name)
    verdicts = decision.verdicts.effects if kind == "rule" else decision.verdicts.holds
    return verdicts.get(name, Truth.NOT_MET)


def _of_reports(answer: Answer, kind: str, name: str) -> Truth:
    decision = answer.decision
    form = decision.book.forms.get(name)
    if kind == "due":
        calendar = decision.book.report_calendar
        bases = next((due.bases for due in calendar if f"{due.where}/{due.id}" == name), ())
    elif form is None:
        return Truth.NOT_MET
    elif kind == "counts":
        return Truth.MET if form.counts_when is None else decision.decide(form.counts_when)
    else:
        bases = form.bases
    return any_of(decision.situation.clauses[clause] for clause in bases)


def _ground(answer: Answer, name: str) -> Truth:
    finding, _, ground = name.partition("/")
    found = Truth.NOT_MET
    for _, outcome, effect in answer.decision.outcomes(Establish):
        if (outcome.finding, outcome.ground) == (finding, ground):
            found |= effect
    return found


class Witnesses:
    """The cases found so far. One case mostly shows more than what it was looked for."""

    def __init__(self, joint: JointVocabulary, old: Rulebook, new: Rulebook) -> None:
        self._joint, self._old, self._new = joint, old, new
        self.found: list[Witness] = []
        self._decided: list[tuple[Mapping[str, Any], Answers]] = []

    def answers(self, facts: Mapping[str, Any]) -> Answers:
        """Let both reference engines decide a joint case.

        Raises:
            CaseError: when one of them cannot read it.

        """
        sides = (("old", self._old), ("new", self._new))
        decided = (book.decide(book.read_case(self._joint.read(side, facts))) for side, book in sides)  # type: ignore[arg-type]
        return Answers(*map(Answer, decided))

    def known(self, shows: Callable[[Answers], bool]) -> Witness | None:
        """Return a case found before that shows something, or None."""
        pairs = zip(self.found, self._decided, strict=True)
        return next((witness for witness, (_, answers) in pairs if shows(answers)), None)

    def add(self, facts: Mapping[str, Any], shows: Callable[[Answers], bool], said: Text) -> Witness:
        """Keep the smallest case that still shows something, beginning with the one that z3 found.

        Raises:
            DisagreementError: when by the reference engines the case does not show it.

        """

        def still_so(tried: Mapping[str, Any]) -> bool:
            try:
                answers = self.answers(tried)
            except CaseError:
                return False
            return answers.believable and shows(answers)

        if not still_so(facts):
            message = Text(
                f"z3 与 reference 引擎结论不一致（{said.zh}）：{dict(facts)}",
                f"z3 and the reference engine disagree ({said.en}): {dict(facts)}",
            )
            hint = Text("这是程序的错误，请连同案件一起报告", "this is a fault of the program; report it with the case")
            raise DisagreementError([Diagnostic("ER9002", message, hint=hint)])
        smallest = make_smallest(self._joint.whole, self._nearest(facts, still_so), still_so)
        answers = self.answers(smallest)
        changes = compare_answers(*(classify_decision(one.decision, "reference") for one in answers))
        read = {side: self._joint.read(side, smallest) for side in ("old", "new")}
        witness = Witness(len(self.found) + 1, read["new"], read["old"], changes)
        self.found.append(witness)
        self._decided.append((smallest, answers))
        return witness

    def _nearest(self, facts: Mapping[str, Any], still_so: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
        """Return a small case found before that shows it too with one more fact, where there is one."""
        for small, _ in self._decided:
            for name, value in facts.items():
                if small.get(name) != value and still_so(tried := {**small, name: value}):
                    return tried
        return facts
