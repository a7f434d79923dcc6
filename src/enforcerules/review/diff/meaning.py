"""What differs in meaning: decided for every case there can be, by z3 over both rulebooks at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from enforcerules.model import Condition, Require, ResolvedRulebook
from enforcerules.model.conditions import ALWAYS
from enforcerules.review.diff.changes import Change
from enforcerules.review.diff.content import counts
from enforcerules.review.diff.joint import JointVocabulary, Side, join_vocabularies
from enforcerules.review.diff.pair import Pair
from enforcerules.review.diff.signatures import Signatures
from enforcerules.review.diff.witnesses import Answers, Truths, Witness, Witnesses
from enforcerules.review.fines import telling_amounts
from enforcerules.review.logic import Formulas
from enforcerules.review.properties import Answer
from enforcerules.review.search import find_case
from enforcerules.review.theory import showing_performance
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text
from enforcerules.values import Truth

ShiftKind = Literal["newly_met", "newly_open", "no_longer_met", "no_longer_open", "otherwise"]
Verdict = Literal["equivalent", "more", "less", "both_ways", "otherwise", "undecided"]

_MET, _OPEN, _NOT = Truth.MET, Truth.OPEN, Truth.NOT_MET
# what a shift is, from what to what; the plainest first
_SHIFTS: dict[ShiftKind, tuple[Truths, ...]] = {
    "newly_met": ((_NOT, _MET), (_OPEN, _MET)),
    "no_longer_met": ((_MET, _NOT), (_MET, _OPEN)),
    "newly_open": ((_NOT, _OPEN),),
    "no_longer_open": ((_OPEN, _NOT),),
}
_SIDES: tuple[Side, Side] = ("old", "new")
_MORE, _LESS = ("newly_met", "newly_open"), ("no_longer_met", "no_longer_open")


@dataclass(frozen=True, slots=True)
class Shift:
    """One way in which something differs. `witness` is None where it is undecided: the time was up."""

    kind: ShiftKind
    witness: int | None
    old: Truth | None = None
    new: Truth | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the shift as plain JSON data."""
        old, new = (None if truth is None else truth.value for truth in (self.old, self.new))
        state = "undecided" if self.witness is None else "found"
        return {"kind": self.kind, "state": state, "old": old, "new": new, "witness": self.witness}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What z3 says of one thing: a rule, a finding, a duty, a part of a report form."""

    kind: str
    name: str
    title: Text
    shifts: tuple[Shift, ...]

    @property
    def verdict(self) -> Verdict:
        """Whether NEW says it of the same cases as OLD, of more, of fewer, or of others."""
        if any(shift.witness is None for shift in self.shifts):
            return "undecided"
        kinds = {shift.kind for shift in self.shifts}
        more, less = not kinds.isdisjoint(_MORE), not kinds.isdisjoint(_LESS)
        if more and less:
            return "both_ways"
        if more or less:
            return "more" if more else "less"
        return "otherwise" if kinds else "equivalent"

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as plain JSON data."""
        return {
            "kind": self.kind,
            "name": self.name,
            "title": self.title.to_dict(),
            "verdict": self.verdict,
            "shifts": [shift.to_dict() for shift in self.shifts],
        }


Report = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Meanings:
    """What was asked of z3, with the cases that it found. `asked` counts what depends on something changed."""

    rules: tuple[Meaning, ...]
    outcomes: tuple[Meaning, ...]
    witnesses: tuple[Witness, ...]


def decide_meanings(
    old: Rulebook, new: Rulebook, changes: Iterable[Change], *, seconds: float, report: Report = lambda *_: None
) -> Meanings:
    """Decide everything that depends on something changed.

    Args:
        old: the rulebook before.
        new: the rulebook after.
        changes: what stands otherwise in it.
        seconds: how long to search at most for one answer.
        report: is told how many of how many are decided, and which comes next.

    Raises:
        EngineUnavailableError: when z3 is not installed.
        DisagreementError: when the reference engines do not say of a case what z3 says of it.

    """
    changed = list(changes)
    joint = join_vocabularies(old.resolved, new.resolved)
    signatures = Signatures(old.resolved), Signatures(new.resolved)
    asked = list(_asked(joint, signatures, changed))
    otherwise = list(dict.fromkeys(_said_otherwise(joint, changed)))
    if not asked and not otherwise:
        return Meanings((), (), ())
    decider = _Decider(joint, old, new, seconds)
    found: dict[tuple[str, str], Meaning] = {}
    for number, (kind, name) in enumerate(asked):
        report(number, len(asked) + len(otherwise), name)
        found[kind, name] = decider.decide(kind, name)
    for number, key in enumerate(otherwise, len(asked)):
        report(number, len(asked) + len(otherwise), key[1])
        shifts = found[key].shifts if key in found else ()
        shift = decider.find_otherwise(*key)
        if shift is not None:
            found[key] = Meaning(*key, _title(joint, *key), (*shifts, shift))
    rules = tuple(meaning for meaning in found.values() if meaning.kind == "rule")
    outcomes = tuple(meaning for meaning in found.values() if meaning.kind != "rule")
    return Meanings(rules, outcomes, tuple(decider.witnesses.found))


def _asked(
    joint: JointVocabulary, signatures: tuple[Signatures, Signatures], changes: list[Change]
) -> Iterator[tuple[str, str]]:
    """Yield what may differ: the rules that are changed themselves first, the rules that only depend last."""
    before, after = signatures
    written = {change.rule: None for change in changes if change.rule is not None}
    rules = {**joint.new.rules, **joint.old.rules}
    differing = [name for name in rules if before.rule(name) != after.rule(name)]
    plain = [name for name in differing if not counts(rules[name])]
    yield from (("rule", name) for name in plain if name in written)
    for key in sorted(before.keys | after.keys):
        if before.yielded(key) != after.yielded(key):
            yield key
    yield from (("row", name) for name in differing if counts(rules[name]))
    yield from _reports(joint, signatures)
    for name in joint.new.actions:
        if name in joint.old.actions and before.performance(name) != after.performance(name):
            yield "done", name
    yield from (("rule", name) for name in plain if name not in written)


def _reports(joint: JointVocabulary, signatures: tuple[Signatures, Signatures]) -> Iterator[tuple[str, str]]:
    """Yield the forms and reports of which it may differ when they are in force or what they count."""
    for kind in ("form", "counts", "due"):
        pairs = zip((joint.old, joint.new), signatures, strict=True)
        found = [{name: _digest(of, one) for name, one in _asked_of_reports(book, kind).items()} for book, of in pairs]
        yield from ((kind, name) for name in {**found[1], **found[0]} if found[0].get(name) != found[1].get(name))


def _digest(signatures: Signatures, asked: Condition | tuple[str, ...]) -> str:
    return signatures.in_force(asked) if isinstance(asked, tuple) else signatures.condition(asked)


def _asked_of_reports(book: ResolvedRulebook, kind: str) -> dict[str, Condition | tuple[str, ...]]:
    """Return the clauses one of which must be in force, or the condition of the cases that a form counts."""
    match kind:
        case "form":
            return {name: form.bases for name, form in book.forms.items()}
        case "counts":
            return {name: form.counts_when or ALWAYS for name, form in book.forms.items()}
    return {f"{due.where}/{due.id}": due.bases for due in book.report_calendar}


def _said_otherwise(joint: JointVocabulary, changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Yield the actions and penalties of which the answer says something else where it says them.

    Of an action that is to whom or by when, of a penalty on whom, how much, which measures.
    """
    for change in changes:
        if change.status != "changed" or "answer" not in change.weights:
            continue
        if change.kind in ("action", "penalty"):
            yield change.kind, change.name
        elif change.kind == "clause" and any(part.part.startswith("clock") for part in change.parts):
            rules = [rule for rule in joint.new.rules.values() if change.name in rule.bases]
            yield from (("action", o.action) for rule in rules for o in rule.outcomes if isinstance(o, Require))
        elif change.kind == "rule":
            outcomes = joint.new.rules[change.name].outcomes
            yield from (("action", outcome.action) for outcome in outcomes if isinstance(outcome, Require))


def _title(joint: JointVocabulary, kind: str, name: str) -> Text:
    for book in (joint.new, joint.old):
        found = _title_in(book, kind, name)
        if found is not None:
            return found
    return Text(name, name)


def _title_in(book: ResolvedRulebook, kind: str, name: str) -> Text | None:
    words = book.vocabulary
    match kind:
        case "rule" | "row":
            return book.rules[name].title if name in book.rules else None
        case "finding":
            return words.findings[name].label if name in words.findings else None
        case "ground":
            finding, _, ground = name.partition("/")
            return words.findings[finding].grounds.get(ground) if finding in words.findings else None
        case "form" | "counts":
            return book.forms[name].title if name in book.forms else None
        case "due":
            return next((due.title for due in book.report_calendar if f"{due.where}/{due.id}" == name), None)
        case "label":
            return words.labels.get(name)
        case "penalty":
            return book.penalties[name].title if name in book.penalties else None
    return book.actions[name].title if name in book.actions else None


def _range_said(answer: Answer, penalty: str) -> tuple[str, str] | None:
    """Return the range of a fine in yuan, None where it has no upper bound, such as for a base that is not known."""
    fine = (answer.said_of("penalty", penalty) or {}).get("fine") or {}
    return None if fine.get("most") is None else (fine["least"], fine["most"])


class _Decider:
    def __init__(self, joint: JointVocabulary, old: Rulebook, new: Rulebook, seconds: float) -> None:
        self._joint, self._seconds = joint, seconds
        self._pair = Pair(joint)
        self.witnesses = Witnesses(joint, old, new)

    def decide(self, kind: str, name: str) -> Meaning:
        """Return in which ways something differs."""
        formulas = self._formulas("old", kind, name), self._formulas("new", kind, name)
        z3 = self._pair.theory.z3
        every = [self._becomes(formulas, truths) for pairs in _SHIFTS.values() for truths in pairs]
        shifts: tuple[Shift, ...] = ()
        if self._known(kind, name) or find_case([self._pair], [z3.Or(*every)], self._seconds).verdict != "none":
            shifts = tuple(self._shifts(kind, name, formulas))
        return Meaning(kind, name, _title(self._joint, kind, name), shifts)

    def _known(self, kind: str, name: str) -> bool:
        def shows(answers: Answers) -> bool:
            old, new = answers.truths(kind, name)
            return old is not new

        return self.witnesses.known(shows) is not None

    def _shifts(self, kind: str, name: str, formulas: tuple[Formulas, Formulas]) -> Iterator[Shift]:
        for shift, pairs in _SHIFTS.items():
            found = None
            for truths in pairs:
                found = found or self._shift(kind, name, shift, truths, formulas)
                if found is not None and found.witness is not None:
                    break
            if found is not None:
                yield found

    def _shift(
        self, kind: str, name: str, shift: ShiftKind, truths: Truths, formulas: tuple[Formulas, Formulas]
    ) -> Shift | None:
        def shows(answers: Answers) -> bool:
            return answers.truths(kind, name) == truths

        witness = self.witnesses.known(shows)
        if witness is None:
            found = find_case([self._pair], [self._becomes(formulas, truths)], self._seconds)
            if found.verdict == "none":
                return None
            if found.verdict == "undecided":
                return Shift(shift, None)
            said = Text(f"{kind} {name}：{truths[0].value} → {truths[1].value}", f"{kind} {name}")
            witness = self.witnesses.add(found.cases[0], shows, said)
        return Shift(shift, witness.number, *truths)

    def find_otherwise(self, kind: str, name: str) -> Shift | None:
        """Return a case in which both rulebooks require an action, or penalise, but not in the same way."""

        def shows(answers: Answers) -> bool:
            if answers.truths(kind, name) != (_MET, _MET):
                return False
            one, other = (answer.said_of(kind, name) for answer in answers)
            return one != other

        def shows_amounts(answers: Answers) -> bool:
            one, other = (_range_said(answer, name) for answer in answers)
            return shows(answers) and None not in (one, other) and one != other

        both = [self._formulas(side, kind, name).met for side in _SIDES]
        if kind == "penalty" and (ranges := self._ranges_differ(name)) is not None:
            # an amount of which the range is another says more than one that is not known
            shift = self._find_otherwise(kind, name, [*both, ranges], shows_amounts)
            if shift is not None and shift.witness is not None:
                return shift
        return self._find_otherwise(kind, name, both, shows)

    def _find_otherwise(
        self, kind: str, name: str, formulas: list[Any], shows: Callable[[Answers], bool]
    ) -> Shift | None:
        witness = self.witnesses.known(shows)
        if witness is None:
            found = find_case([self._pair], formulas, self._seconds)
            if found.verdict == "undecided":
                return Shift("otherwise", None)
            # what is said of a duty z3 does not see: another case may show it where this one does not
            if found.verdict == "none" or not shows(self.witnesses.answers(found.cases[0])):
                return None
            said = Text(f"{kind} {name}", f"{kind} {name}")
            witness = self.witnesses.add(found.cases[0], shows, said)
        return Shift("otherwise", witness.number, _MET, _MET)

    def _ranges_differ(self, name: str) -> Any:
        """Return that the base is known to the fen and the two ranges differ for it; None where they never do."""
        fines = [self._joint.book(side).penalties[name].fine for side in _SIDES]
        if fines[0] is None or fines[1] is None:
            return None
        z3 = self._pair.theory.z3
        ways = []
        for amounts in telling_amounts(fines[0], fines[1]):
            parts = []
            for side, fine in zip(_SIDES, fines, strict=True):
                if fine is not None and fine.base is not None:
                    low, high = amounts[fine.base]
                    value = self._pair.world(side).variable(fine.base)
                    exact = z3.And(value.known, value.bounded, value.value == value.high)
                    parts.append(z3.And(exact, value.value >= low, value.value <= high))
            ways.append(z3.And(*parts))
        return z3.Or(*ways) if ways else None

    # --- as z3 says it ---------------------------------------------------------------------------

    def _formulas(self, side: Side, kind: str, name: str) -> Formulas:
        world, book, z3 = self._pair.world(side), self._joint.book(side), self._pair.theory.z3
        match kind:
            case "rule":
                return self._pair.rule(side, name)
            case "row":
                held = name in book.rules
                return world.holds(name) if held else Formulas(z3.BoolVal(False), z3.BoolVal(True))
            case "done":
                shown = z3.Or(*(world.rails(condition).met for condition in showing_performance(book, name)))
                done = z3.And(z3.Not(world.found("action", name).not_met), shown)
                return Formulas(done, z3.Not(done))
            case "form" | "counts" | "due":
                asked = _asked_of_reports(book, kind).get(name, ())
                if not isinstance(asked, tuple):
                    return world.rails(asked)
                force = [world.in_force(clause) for clause in asked]
                return Formulas(z3.Or(*(one.met for one in force)), z3.And(*(one.not_met for one in force)))
        return world.found(kind, name)

    def _becomes(self, formulas: tuple[Formulas, Formulas], truths: Truths) -> Any:
        z3 = self._pair.theory.z3
        return z3.And(*(self._is(formula, truth) for formula, truth in zip(formulas, truths, strict=True)))

    def _is(self, formulas: Formulas, truth: Truth) -> Any:
        z3 = self._pair.theory.z3
        match truth:
            case Truth.MET:
                return formulas.met
            case Truth.NOT_MET:
                return formulas.not_met
        return z3.Not(z3.Or(formulas.met, formulas.not_met))
