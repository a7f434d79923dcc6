"""The red lines of two rulebooks: which stand otherwise, and whether NEW keeps those that a change touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from enforcerules.explaining.page import join
from enforcerules.model import ResolvedRulebook
from enforcerules.model.properties import (
    AnswerTest,
    EveryPart,
    Monotone,
    Opposite,
    Property,
    PropertyCondition,
    SomePart,
    claimed,
    leaves,
)
from enforcerules.review.diff.entries import Entry, Piece
from enforcerules.review.diff.signatures import Signatures, canonical, digest
from enforcerules.review.difference import say_value
from enforcerules.review.properties import Counterexample, RedLine
from enforcerules.review.prover import Verdict
from enforcerules.review.proving import prove_properties
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text
from enforcerules.wording import say_condition

Lines = Mapping[str, RedLine]


@dataclass(frozen=True, slots=True)
class RedLineResult:
    """A red line that stands otherwise or that something changed touches, and what z3 says of it in NEW.

    `verdict` is None for one that NEW no longer has.
    """

    id: str
    title: Text
    status: Literal["added", "removed", "changed", "same"]
    verdict: Verdict | None
    counterexample: Counterexample | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain JSON data."""
        example = None if self.counterexample is None else dict(self.counterexample.facts)
        return {
            "id": self.id,
            "title": self.title.to_dict(),
            "status": self.status,
            "verdict": self.verdict,
            "counterexample": example,
        }


def red_line_entries(book: ResolvedRulebook, lines: Lines) -> dict[tuple[str, str], Entry]:
    """Return red lines as entries that can be compared."""
    return {("red line", name): _entry(book, line.content) for name, line in lines.items()}


def _entry(book: ResolvedRulebook, line: Property) -> Entry:
    rises = line.claim.fact if isinstance(line.claim, Monotone) else ""
    claim = join((_say(book, one) for one in claimed(line.claim)), "；", "; ")
    head = Text(f"{line.kind} {rises}".strip(), f"{line.kind} {rises}".strip())
    pieces = {
        "when": Piece("answer", canonical(line.when), _say(book, line.when)),
        "claim": Piece("answer", canonical(line.claim), Text(f"{head.zh}：{claim.zh}", f"{head.en}: {claim.en}")),
        "title": Piece("words", canonical(line.title), line.title),
        "basis": Piece("shown", canonical(line.bases), Text("、".join(line.bases), ", ".join(line.bases))),
        "doubts": Piece("shown", canonical(line.doubts), Text("、".join(line.doubts), ", ".join(line.doubts))),
    }
    return Entry("red line", line.id, line.title, pieces, line.bases)


def _say(book: ResolvedRulebook, condition: PropertyCondition) -> Text:
    match condition:
        case EveryPart(parts) | SomePart(parts):
            said = [_say(book, part) for part in parts]
            zh, en = ("，且", " and ") if isinstance(condition, EveryPart) else ("，或者", " or ")
            return Text(f"（{zh.join(one.zh for one in said)}）", f"({en.join(one.en for one in said)})")
        case Opposite(part):
            inner = _say(book, part)
            return Text(f"并非{inner.zh}", f"not {inner.en}")
        case AnswerTest(kind, name, expected):
            state = say_value(expected)
            return Text(f"{kind} `{name}` {state.zh}", f"{kind} `{name}` {state.en}")
    return say_condition(book, condition)


def check_red_lines(
    old: Rulebook, new: Rulebook, before: Lines, after: Lines, seconds: float
) -> tuple[RedLineResult, ...]:
    """Return the red lines that stand otherwise or are touched, with what z3 says of them in NEW.

    Raises:
        EngineUnavailableError: when z3 is not installed.
        DisagreementError: when the reference engine does not say of a case what z3 says of it.

    """
    removed = [
        RedLineResult(name, line.content.title, "removed", None) for name, line in before.items() if name not in after
    ]
    status = {name: _status(before.get(name), line) for name, line in after.items()}
    one, other = Signatures(old.resolved), Signatures(new.resolved)
    touched = [
        line
        for name, line in after.items()
        if status[name] != "same" or _depends_on(one, line.content) != _depends_on(other, line.content)
    ]
    proved = [
        RedLineResult(
            proof.line.id, proof.line.content.title, status[proof.line.id], proof.verdict, proof.counterexample
        )
        for proof in (prove_properties(new, touched, seconds=seconds) if touched else ())
    ]
    return (*removed, *proved)


def _status(before: RedLine | None, after: RedLine) -> Literal["added", "changed", "same"]:
    if before is None:
        return "added"
    old, new = ((canonical(line.content.when), canonical(line.content.claim)) for line in (before, after))
    return "same" if old == new else "changed"


def _depends_on(signatures: Signatures, line: Property) -> str:
    """Return the digest of everything that a red line speaks of."""
    return digest([_leaf(signatures, leaf) for one in (line.when, *claimed(line.claim)) for leaf in leaves(one)])


def _leaf(signatures: Signatures, leaf: AnswerTest | Any) -> Any:
    if not isinstance(leaf, AnswerTest):
        return signatures.condition_or_none(leaf)
    match leaf.kind:
        case "rule" | "row":
            return signatures.rule(leaf.name)
        case "clause_in_force":
            return signatures.clause_or_none(leaf.name)
        case "unfounded":
            return _of_kind(signatures, signatures.keys, leaf.name)
    performed = signatures.performance(leaf.name) if leaf.kind == "action" else None
    return signatures.yielded((leaf.kind, leaf.name)), performed


def _of_kind(signatures: Signatures, keys: Iterable[tuple[str, str]], kind: str) -> list[str | None]:
    return [signatures.yielded(key) for key in sorted(keys) if key[0] == kind]
