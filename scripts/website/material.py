"""Everything the generated pages tell, gathered once: the rulebook, its scenarios as run, and its red lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from enforcerules import Rulebook, load_rulebook
from enforcerules.errors import Span
from enforcerules.model import (
    AddLabel,
    Count,
    Establish,
    Exempt,
    FindingTest,
    Forbid,
    Outcome,
    Penalise,
    Permit,
    Require,
    ResolvedRulebook,
    Rule,
)
from enforcerules.model.conditions import findings_of
from enforcerules.model.properties import AnswerTest, claimed, leaves
from enforcerules.review.properties import RedLine, read_properties
from enforcerules.review.scenarios import Variant, read_scenarios, read_variant
from enforcerules.values import Truth

_LONGEST_EXCERPT = 60


class Place(NamedTuple):
    """Where something is written in the rulebook's folder; lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"rules/{self.file}:{self.line}"


class Tried(NamedTuple):
    """The variants of scenarios in which a rule holds, and those in which it is law and does not."""

    holds: list[Variant]
    fails: list[Variant]


@dataclass(frozen=True)
class Material:
    """What the pages are made of. `folder` is the rulebook's, None for the packaged one."""

    rulebook: Rulebook
    folder: Path

    @property
    def book(self) -> ResolvedRulebook:
        """The rulebook's content."""
        return self.rulebook.resolved

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Every variant of every scenario, in order."""
        return read_scenarios(self.rulebook, self.folder)

    @cached_property
    def red_lines(self) -> tuple[RedLine, ...]:
        """Every red line, in order."""
        return read_properties(self.rulebook, self.folder)

    @cached_property
    def tried(self) -> Mapping[str, Tried]:
        """What the scenarios make of each rule."""
        found = {name: Tried([], []) for name in self.book.rules}
        for variant in self.variants:
            decision = self.rulebook.decide(read_variant(self.rulebook, variant))
            for rule in self.book.rules.values():
                verdict = decision.verdicts.holds[rule.id]
                if verdict is Truth.MET:
                    found[rule.id].holds.append(variant)
                elif verdict is Truth.NOT_MET and decision.clauses(rule, Truth.MET, Truth.OPEN):
                    found[rule.id].fails.append(variant)
        return found

    @cached_property
    def touching(self) -> Mapping[str, list[RedLine]]:
        """Return by rule the red lines that speak of it or of what it yields."""
        yielded: dict[tuple[str, str], list[str]] = {}
        for rule in self.book.rules.values():
            for name in _yields(rule):
                yielded.setdefault(name, []).append(rule.id)
        found: dict[str, list[RedLine]] = {name: [] for name in self.book.rules}
        for line in self.red_lines:
            touched = {rule: None for name in _speaks_of(line) for rule in yielded.get(name, ())}
            for rule_id in touched:
                found[rule_id].append(line)
        return found

    def place_of(self, rule: Rule) -> Place:
        """Return where a rule is written."""
        file, line, column = rule.place.rsplit(":", 2)
        return Place(file, int(line), int(column))

    def place_at(self, span: Span) -> Place:
        """Return a place in a file of the rulebook."""
        path = Path(span.source.path)
        inside = path.relative_to(self.folder) if path.is_relative_to(self.folder) else path
        return Place(inside.as_posix(), span.line, span.column)

    def written(self, place: Place) -> list[str]:
        """Return the lines of the block that begins at a place, without their indent."""
        lines = list(self._block(place))
        cut = [*lines[:_LONGEST_EXCERPT], "# …"] if len(lines) > _LONGEST_EXCERPT else lines
        return "\n".join(cut).rstrip().split("\n")

    def _block(self, place: Place) -> Iterator[str]:
        lines = (self.folder / place.file).read_text(encoding="utf-8").split("\n")[place.line - 1 :]
        if place.column == 1:
            # a rule that a whole form makes
            start = next(number for number, line in enumerate(lines) if line.startswith("attachments:"))
            yield lines[start]
            yield from takewhile(lambda line: line.startswith(" "), lines[start + 1 :])
            return
        # the place of an item may be that of its id
        indent = len(lines[0]) - len(lines[0].lstrip()) + 2
        yield lines[0][indent - 2 :]
        inside = takewhile(lambda line: not line.strip() or line[:indent].isspace(), lines[1:])
        yield from (line[indent - 2 :] for line in inside)


def gather(folder: Path) -> Material:
    """Return what there is to tell about the rulebook in `folder`."""
    return Material(load_rulebook(folder), folder)


_KINDS: dict[type[Outcome], str] = {Require: "action", Permit: "permission", Exempt: "exemption", Forbid: "prohibition"}


def _yields(rule: Rule) -> Iterator[tuple[str, str]]:
    yield "rule", rule.id
    for outcome in rule.outcomes:
        match outcome:
            case Establish(finding):
                yield "finding", finding
            case Require(action) | Permit(action) | Exempt(action) | Forbid(action):
                yield _KINDS[type(outcome)], action
            case Penalise(penalty):
                yield "penalty", penalty
            case AddLabel(label):
                yield "label", label
            case Count():
                yield "row", rule.id


def _speaks_of(line: RedLine) -> Iterator[tuple[str, str]]:
    for condition in (line.content.when, *claimed(line.content.claim)):
        for leaf in leaves(condition):
            match leaf:
                case AnswerTest(kind, name):
                    yield kind, name
                case FindingTest(finding):
                    yield "finding", finding
                case _:
                    for finding in findings_of(leaf):
                        yield "finding", finding
