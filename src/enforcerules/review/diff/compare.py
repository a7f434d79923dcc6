"""Two editions of a rulebook compared: in text, in meaning, over given cases and over the scenarios."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from enforcerules.case import Unknown
from enforcerules.model import Penalise, Rule
from enforcerules.model.conditions import facts_of, parameters_of
from enforcerules.review.diff.changes import Change, compare_entries, count_by_kind
from enforcerules.review.diff.content import entries_of
from enforcerules.review.diff.entries import Entry, Piece
from enforcerules.review.diff.excerpts import Excerpt, excerpt_at, locate
from enforcerules.review.diff.joint import join_vocabularies
from enforcerules.review.diff.meaning import Meaning, decide_meanings
from enforcerules.review.diff.red_lines import RedLineResult, check_red_lines, red_line_entries
from enforcerules.review.diff.replays import (
    BothRulebooks,
    CaseShifts,
    GivenCases,
    ScenarioShift,
    replay_cases,
    replay_scenarios,
    scenario_entries,
)
from enforcerules.review.diff.signatures import digest
from enforcerules.review.diff.witnesses import Witness
from enforcerules.review.properties import RedLine, read_properties
from enforcerules.review.scenarios import Variant, read_scenarios
from enforcerules.rulebook import Rulebook, load_rulebook, packaged_folder
from enforcerules.text import Text

FORMAT_VERSION = 1
Outcome = Literal["identical", "same", "changed", "undecided"]


@dataclass(frozen=True, slots=True)
class Edition:
    """A rulebook as it stood at one time: its content, its scenarios and red lines, and what it is called."""

    name: str
    rulebook: Rulebook
    folder: Path
    scenarios: tuple[Variant, ...]
    red_lines: Mapping[str, RedLine]

    def stamp(self) -> dict[str, str]:
        """Return what the edition is known by; `meaning_sha256` leaves out wording, order and layout."""
        book = self.rulebook.resolved
        meant = sorted(
            repr((key, sorted((name, repr(piece.compared)) for name, piece in entry.pieces.items() if _meant(piece))))
            for key, entry in entries_of(book).items()
        )
        return {
            "name": self.name,
            "id": book.id,
            "version": book.version,
            "sha256": book.sha256,
            "meaning_sha256": digest(meant),
        }


def _meant(piece: Piece) -> bool:
    return piece.weight in ("decided", "answer")


def load_edition(folder: Path | None = None, name: str | None = None) -> Edition:
    """Load a rulebook with its scenarios and red lines, by default the packaged one.

    Raises:
        RulebookError: with every fault found.

    """
    rulebook = load_rulebook(folder)
    lines = {line.id: line for line in read_properties(rulebook, folder)}
    root = folder or packaged_folder()
    return Edition(name or str(root), rulebook, root, read_scenarios(rulebook, folder), lines)


@dataclass(frozen=True, slots=True)
class RulebookDiff:
    """What differs between two rulebooks. Its `sha256` is what a reviewer signs."""

    old: Edition
    new: Edition
    changes: tuple[Change, ...]
    rules: tuple[Meaning, ...]
    outcomes: tuple[Meaning, ...]
    witnesses: tuple[Witness, ...]
    red_lines: tuple[RedLineResult, ...]
    scenarios: tuple[ScenarioShift, ...]
    cases: CaseShifts | None

    @property
    def outcome(self) -> Outcome:
        """Whether the meaning differs.

        `identical`: the same files. `same`: written differently, means the same. `changed`: some answer
        differs, or a red line was taken away, changed or is not kept. `undecided`: the time was up before
        that could be ruled out.
        """
        meanings = (*self.rules, *self.outcomes)
        if any(shift.witness is not None for meaning in meanings for shift in meaning.shifts):
            return "changed"
        if any(_matters(change) for change in self.changes) or any(_fallen(line) for line in self.red_lines):
            return "changed"
        open_lines = any(line.verdict == "undecided" for line in self.red_lines)
        if open_lines or any(meaning.verdict == "undecided" for meaning in meanings):
            return "undecided"
        same_files = self.old.rulebook.sha256 == self.new.rulebook.sha256
        return "identical" if same_files and not self.changes else "same"

    @property
    def differing(self) -> tuple[Meaning, ...]:
        """What differs in meaning or is not decided: the rules, then what they yield."""
        return tuple(meaning for meaning in (*self.rules, *self.outcomes) if meaning.shifts)

    def meaning(self, change: Change) -> Meaning | None:
        """Return what z3 says of the rule that a change is of, None where nothing of it was asked."""
        if change.rule is None:
            return next((one for one in self.outcomes if (one.kind, one.name) == (change.kind, change.name)), None)
        found = (*self.rules, *(one for one in self.outcomes if one.kind == "row"))
        return next((one for one in found if one.name == change.rule), None)

    def reading(self, change: Change) -> frozenset[str]:
        """Return the rules that read a fact, clause or parameter that is changed, or yield a penalty that is."""
        books = self.old.rulebook.resolved, self.new.rulebook.resolved
        return frozenset(rule.id for book in books for rule in book.rules.values() if _reads(rule, change))

    def witness(self, number: int) -> Witness:
        """Return a case by its number."""
        return self.witnesses[number - 1]

    def checks(self) -> list[dict[str, Any]]:
        """Return which checks were run, over how much."""
        return [
            {"check": "content", "count": len(entries_of(self.new.rulebook.resolved)), "found": len(self.changes)},
            {"check": "rules", "count": len(self.rules), "found": sum(bool(one.shifts) for one in self.rules)},
            {"check": "outcomes", "count": len(self.outcomes), "found": sum(bool(one.shifts) for one in self.outcomes)},
            {"check": "witnesses", "count": len(self.witnesses), "found": len(self.witnesses)},
            {"check": "red_lines", "count": len(self.red_lines), "found": sum(map(_fallen, self.red_lines))},
            {
                "check": "scenarios",
                "count": len(self.new.scenarios) if self.changes else 0,
                "found": len(self.scenarios),
            },
            {
                "check": "cases",
                "count": self.cases.count if self.cases else 0,
                "found": self.cases.differing if self.cases else 0,
            },
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole comparison as plain, stable JSON data."""
        return {
            "format": FORMAT_VERSION,
            "outcome": self.outcome,
            "old": self.old.stamp(),
            "new": self.new.stamp(),
            "counts": count_by_kind(self.changes),
            "changes": [change.to_dict() for change in self.changes],
            "rules": [meaning.to_dict() for meaning in self.rules],
            "outcomes": [meaning.to_dict() for meaning in self.outcomes],
            "witnesses": [witness.to_dict() for witness in self.witnesses],
            "red_lines": [line.to_dict() for line in self.red_lines],
            "scenarios": [shift.to_dict() for shift in self.scenarios],
            "cases": self.cases.to_dict() if self.cases else None,
            "checks": self.checks(),
        }

    @property
    def sha256(self) -> str:
        """The hash of `to_dict()`, without where the rulebooks lay."""
        content = self.to_dict()
        for side in ("old", "new"):
            content[side] = {key: value for key, value in content[side].items() if key != "name"}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def _matters(change: Change) -> bool:
    """Tell whether a change is one of meaning although z3 does not see it."""
    if change.kind == "red line":
        return change.status == "removed" or (change.status == "changed" and "answer" in change.weights)
    # a thing that comes or goes matters by what it does, which z3 sees; parts of a form it does not
    if change.status != "changed" and change.kind not in ("row", "form", "due", "calendar"):
        return False
    return "answer" in change.weights


def _reads(rule: Rule, change: Change) -> bool:
    match change.kind:
        case "parameter":
            return change.name in parameters_of(rule.when)
        case "clause":
            return change.name in rule.bases
        case "penalty":
            return Penalise(change.name) in rule.outcomes
        case "fact":
            return change.name in facts_of(rule.when)
    return False


def _fallen(line: RedLineResult) -> bool:
    return line.verdict in ("refuted", "vacuous")


Report = Callable[[Text], None]


def compare_rulebooks(
    old: Edition,
    new: Edition,
    *,
    cases: GivenCases | None = None,
    seconds: float = 20,
    today: date | None = None,
    unknown: Unknown = "open",
    report: Report = lambda _: None,
) -> RulebookDiff:
    """Compare two editions of a rulebook.

    Args:
        old: the edition before.
        new: the edition after.
        cases: cases to classify by both, with their numbers.
        seconds: how long z3 may search for one answer; then it is undecided.
        today: the date taken for a case that names none; nothing here reads the clock.
        unknown: what an absent fact of `cases` means.
        report: is told how far it has come.

    Raises:
        EngineUnavailableError: when z3 is not installed and something is to be decided.
        DisagreementError: when the reference engines do not say of a case what z3 says of it.

    """
    books = old.rulebook, new.rulebook
    changes = _changes(old, new)
    rules: tuple[Meaning, ...] = ()
    outcomes: tuple[Meaning, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    lines: tuple[RedLineResult, ...] = ()
    shifts: tuple[ScenarioShift, ...] = ()
    both = BothRulebooks(join_vocabularies(old.rulebook.resolved, new.rulebook.resolved), *books)
    if changes:
        found = decide_meanings(*books, changes, seconds=seconds, report=_deciding(report))
        rules, outcomes, witnesses = found.rules, found.outcomes, found.witnesses
        report(Text("正在证明受影响的红线", "proving the red lines touched"))
        lines = check_red_lines(*books, old.red_lines, new.red_lines, seconds)
        sides = {"old": old.scenarios, "new": new.scenarios}
        quick = all(change.weights <= {"decided", "words"} for change in changes)
        say = _counting(report, "算例", "scenarios")
        shifts = tuple(replay_scenarios(both, sides, only_verdicts=quick, report=say))  # type: ignore[arg-type]
    replayed = None
    if cases is not None:
        said = _counting(report, "案件", "cases")
        replayed = replay_cases(both, cases, today=today, unknown=unknown, report=said)
    return RulebookDiff(old, new, changes, rules, outcomes, witnesses, lines, shifts, replayed)


def _deciding(report: Report) -> Callable[[int, int, str], None]:
    def say(done: int, of: int, name: str) -> None:
        report(Text(f"已判定 {done}/{of} 项，正在判定 {name}", f"{done} of {of} decided, now {name}"))

    return say


def _counting(report: Report, zh: str, en: str) -> Callable[[int], None]:
    return lambda count: report(Text(f"{zh}已处理 {count} 件", f"{count} {en} done"))


def _changes(old: Edition, new: Edition) -> tuple[Change, ...]:
    before, after = _entries(old), _entries(new)
    if not compare_entries(before, after, ({}, {})):
        return ()
    return compare_entries(before, after, (_places(old), _places(new)))


def _entries(edition: Edition) -> dict[tuple[str, str], Entry]:
    book = edition.rulebook.resolved
    return {**entries_of(book), **red_line_entries(book, edition.red_lines), **scenario_entries(edition.scenarios)}


def _places(edition: Edition) -> dict[tuple[str, str], Excerpt]:
    found = locate(edition.folder)
    found |= {("red line", name): excerpt_at(line.span) for name, line in edition.red_lines.items()}
    found |= {("scenario", variant.id): excerpt_at(variant.span()) for variant in edition.scenarios}
    return found
