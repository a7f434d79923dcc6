"""Given cases and the scenarios before both rulebooks: which come out differently, and how."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from enforcerules.case import Case, Unknown
from enforcerules.deciding.classify import classify_decision
from enforcerules.errors import CaseError, Diagnostic, Source
from enforcerules.review.diff.answers import BESIDE, AnswerChange, compare_answers
from enforcerules.review.diff.entries import Entry, Piece
from enforcerules.review.diff.joint import JointVocabulary, Side
from enforcerules.review.diff.signatures import canonical
from enforcerules.review.difference import Difference
from enforcerules.review.differences import find_differences
from enforcerules.review.scenarios import Variant
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text
from enforcerules.values import Truth

GivenCases = Iterable[tuple[int, Source | Mapping[str, Any]]]


class BothRulebooks:
    """Two rulebooks that decide the same cases, each with the words it has."""

    def __init__(self, joint: JointVocabulary, old: Rulebook, new: Rulebook) -> None:
        self.joint, self._books = joint, {"old": old, "new": new}
        facts = joint.old.vocabulary.facts, joint.new.vocabulary.facts
        self._same_words = canonical(_words(facts[0])) == canonical(_words(facts[1]))

    def book(self, side: Side) -> Rulebook:
        """Return one of the two."""
        return self._books[side]

    def read(
        self, side: Side, given: Source | Mapping[str, Any], *, today: date | None = None, unknown: Unknown = "open"
    ) -> Case:
        """Read a case as one rulebook does, without what only the other has words for.

        Raises:
            CaseError: when it has no words for more than that, or the case is wrong.

        """
        book = self._books[side]
        if self._same_words:
            return book.read_case(given, today=today, unknown=unknown)
        try:
            return book.read_case(given, today=today, unknown=unknown)
        except CaseError:
            facts = given if isinstance(given, Mapping) else _parsed(given)
            if facts is None:
                raise
            return book.read_case(self.joint.read(side, facts), today=today, unknown=unknown)


def _words(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: (one.type, sorted(one.enumeration.values) if one.enumeration else []) for name, one in facts.items()}


def _parsed(source: Source) -> dict[str, Any] | None:
    try:
        found = json.loads(source.text, parse_float=Decimal)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


# --- given cases -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseShift:
    """A given case that comes out differently. `number` is its line, or its place in the list."""

    number: int
    case_id: str | None
    changes: tuple[AnswerChange, ...]

    @property
    def only_beside(self) -> bool:
        """Whether only questions and warnings differ."""
        return all(change.kind in BESIDE for change in self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the case as plain JSON data."""
        changes = [change.to_dict() for change in self.changes]
        return {"number": self.number, "case_id": self.case_id, "changes": changes}


@dataclass(frozen=True, slots=True)
class CaseShifts:
    """What became of the given cases. `faulty` are those that one of the rulebooks cannot read."""

    count: int
    shifts: tuple[CaseShift, ...]
    faulty: tuple[tuple[int, tuple[Diagnostic, ...]], ...]

    @property
    def differing(self) -> int:
        """How many cases come out differently, in more than questions and warnings."""
        return sum(not shift.only_beside for shift in self.shifts)

    def tally(self) -> list[tuple[AnswerChange, int]]:
        """Return each difference with the number of cases that show it, the most frequent first."""
        first: dict[str, AnswerChange] = {}
        count: Counter[str] = Counter()
        for change in (change for shift in self.shifts for change in shift.changes if change.kind not in BESIDE):
            key = json.dumps([change.kind, change.name, change.old, change.new], ensure_ascii=False)
            first.setdefault(key, change)
            count[key] += 1
        ranked = sorted(first, key=lambda key: (-count[key], key))
        return [(first[key], count[key]) for key in ranked]

    def to_dict(self) -> dict[str, Any]:
        """Return what became of the cases as plain JSON data."""
        return {
            "count": self.count,
            "differing": self.differing,
            "differing_beside": len(self.shifts) - self.differing,
            "tally": [{**change.to_dict(), "cases": count} for change, count in self.tally()],
            "cases": [shift.to_dict() for shift in self.shifts],
            "faulty": [
                {"number": number, "error": [fault.to_dict() for fault in faults]} for number, faults in self.faulty
            ],
        }


def replay_cases(
    both: BothRulebooks,
    cases: GivenCases,
    *,
    today: date | None = None,
    unknown: Unknown = "open",
    report: Callable[[int], None] = lambda _: None,
) -> CaseShifts:
    """Classify each case by both rulebooks and return those that come out differently."""
    shifts, faulty, count = [], [], 0
    for number, given in cases:
        count += 1
        try:
            read = {side: both.read(side, given, today=today, unknown=unknown) for side in _SIDES}
        except CaseError as error:
            faulty.append((number, error.diagnostics))
            continue
        old, new = (classify_decision(both.book(side).decide(read[side]), "reference") for side in _SIDES)
        if changes := compare_answers(old, new):
            shifts.append(CaseShift(number, new.case_id, changes))
        report(count)
    return CaseShifts(count, tuple(shifts), tuple(faulty))


_SIDES: tuple[Side, Side] = ("old", "new")


# --- scenarios -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ScenarioShift:
    """A scenario that the two rulebooks do not answer alike, or of which one does not say what it must.

    `side` is the rulebook that the scenario is of. `unmet` is what OLD does not say that NEW's scenario
    expects, or NEW of what OLD's expects; `faults` what its own rulebook does not say. `rules` are those
    whose verdict differs.
    """

    id: str
    title: Text
    side: Side
    unmet: tuple[Difference, ...]
    faults: tuple[Difference, ...]
    rules: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario as plain JSON data."""
        return {
            "id": self.id,
            "title": self.title.to_dict(),
            "of": self.side,
            "unmet": [difference.to_dict() for difference in self.unmet],
            "faults": [difference.to_dict() for difference in self.faults],
            "rules": list(self.rules),
        }


def replay_scenarios(
    both: BothRulebooks,
    variants: Mapping[Side, Iterable[Variant]],
    *,
    only_verdicts: bool,
    report: Callable[[int], None] = lambda _: None,
) -> Iterator[ScenarioShift]:
    """Yield the scenarios that come out differently.

    Asked are those of NEW, and those of OLD that NEW no longer has as they were. With `only_verdicts`, nothing
    but verdicts can differ, so that where those agree the answers do.
    """
    before, kept = ({_content(variant) for variant in variants[side]} for side in _SIDES)
    chosen: list[tuple[Side, Variant]] = [("new", variant) for variant in variants["new"]]
    chosen += [("old", variant) for variant in variants["old"] if _content(variant) not in kept]
    for count, (side, variant) in enumerate(chosen, 1):
        quick = only_verdicts and _content(variant) in before
        shift = _replay(both, side, variant, only_verdicts=quick)
        report(count)
        if shift is not None:
            yield shift


def _content(variant: Variant) -> str:
    return repr((canonical(variant.facts), variant.world, canonical(variant.expect.model_dump(exclude_unset=True))))


def _replay(both: BothRulebooks, side: Side, variant: Variant, *, only_verdicts: bool) -> ScenarioShift | None:
    other: Side = "old" if side == "new" else "new"
    own = both.book(side).decide(both.read(side, variant.facts, unknown=variant.unknown))
    try:
        there = both.book(other).decide(both.read(other, variant.facts, unknown=variant.unknown))
    except CaseError:
        # the other rulebook means something else by these facts: there is nothing to compare
        return ScenarioShift(variant.id, variant.title, side, (), (), ())
    one, two = own.verdicts.effects, there.verdicts.effects
    rules = [name for name in {**one, **two} if one.get(name, Truth.NOT_MET) is not two.get(name, Truth.NOT_MET)]
    if only_verdicts and own.verdicts == there.verdicts:
        return None
    answers = {s: classify_decision(d, "reference") for s, d in ((side, own), (other, there))}
    place = (*variant.path, "expect")
    unmet = tuple(find_differences(variant.expect, answers[other], variant.file, place))
    faults = tuple(find_differences(variant.expect, answers[side], variant.file, place))
    if not rules and not unmet and not faults:
        return None
    return ScenarioShift(variant.id, variant.title, side, unmet, faults, tuple(sorted(rules)))


def scenario_entries(variants: Iterable[Variant]) -> dict[tuple[str, str], Entry]:
    """Return scenarios as entries that can be compared."""
    found = {}
    for variant in variants:
        expect = variant.expect.model_dump(exclude_unset=True, mode="json")
        pieces = {
            "facts": _shown(dict(variant.facts)),
            "world": _shown(variant.world),
            "expect": _shown(expect),
            "title": Piece("words", canonical(variant.title), variant.title),
        }
        found["scenario", variant.id] = Entry("scenario", variant.id, variant.title, pieces)
    return found


def _shown(content: Any) -> Piece:
    text = json.dumps(content, ensure_ascii=False, default=str)
    return Piece("shown", canonical(content), Text(text, text))
