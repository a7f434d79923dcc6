"""Copies of the packaged rulebook with something edited, and what z3 says of the edit."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from enforcerules import Rulebook, load_rulebook
from enforcerules.review.diff.changes import Change, find_changes
from enforcerules.review.diff.meaning import Meaning, Meanings, decide_meanings
from enforcerules.review.diff.witnesses import Answers
from enforcerules.review.properties import Answer
from enforcerules.rulebook import packaged_folder


class Edit(NamedTuple):
    """In a file of the rulebook, one text for another."""

    file: str
    old: str
    new: str


# a comparison replays every scenario: those of other themes than the edits of the tests take minutes and teach nothing
_OTHER_THEMES = re.compile(r"(?m)^    - scenarios/(penalty|procedure|crime|unnoticed|edges|duties|product|testing).*\n")


@cache
def few_scenarios() -> Path:
    """Return a copy of the packaged rulebook that lists only the scenarios of the campaigns and of the transfer."""
    folder = Path(tempfile.mkdtemp(prefix="enforcerules-")) / "rules"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    shutil.copytree(packaged_folder(), folder)
    listing = folder / "rulebook.yaml"
    text, left_out = _OTHER_THEMES.subn("", listing.read_text(encoding="utf-8"))
    assert left_out
    listing.write_text(text, encoding="utf-8")
    return folder


def edited(folder: Path, edits: Iterable[Edit]) -> Path:
    """Write a copy of `few_scenarios` with edits to `folder`."""
    shutil.copytree(few_scenarios(), folder)
    for edit in edits:
        path = folder / edit.file
        text = path.read_text(encoding="utf-8")
        assert edit.old in text, edit
        path.write_text(text.replace(edit.old, edit.new, 1), encoding="utf-8")
    return folder


class Decided(NamedTuple):
    """What came of an edit."""

    old: Rulebook
    new: Rulebook
    changes: tuple[Change, ...]
    meanings: Meanings

    def meaning(self, kind: str, name: str) -> Meaning:
        """Return what z3 says of one thing."""
        found = [*self.meanings.rules, *self.meanings.outcomes]
        return next(meaning for meaning in found if (meaning.kind, meaning.name) == (kind, name))

    def verdict(self, kind: str, name: str) -> str:
        """Return the verdict on one thing."""
        return self.meaning(kind, name).verdict

    def confirm(self) -> None:
        """Let both rulebooks decide every witness anew: each must show what it is shown for."""
        by_number = {witness.number: witness for witness in self.meanings.witnesses}
        shown = 0
        for meaning in (*self.meanings.rules, *self.meanings.outcomes):
            for shift in meaning.shifts:
                assert shift.witness is not None
                witness = by_number[shift.witness]
                old = self.old.decide(self.old.read_case(witness.old_facts))
                new = self.new.decide(self.new.read_case(witness.facts))
                answers = Answers(Answer(old), Answer(new))
                assert answers.truths(meaning.kind, meaning.name) == (shift.old, shift.new)
                shown += 1
        assert shown


def decided(folder: Path, *edits: Edit, seconds: float = 30) -> Decided:
    """Return what z3 says of edits to the packaged rulebook."""
    return between(load_rulebook(), load_rulebook(edited(folder, edits)), seconds=seconds)


def between(old: Rulebook, new: Rulebook, *, seconds: float = 30) -> Decided:
    """Return what z3 says of two rulebooks."""
    changes = find_changes(old.resolved, new.resolved)
    return Decided(old, new, changes, decide_meanings(old, new, changes, seconds=seconds))
