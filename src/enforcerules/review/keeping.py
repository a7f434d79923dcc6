"""A counterexample kept as a scenario: the case, and what must come out once the rulebook is mended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from enforcerules.model import FindingTest
from enforcerules.model.properties import (
    AlwaysHolds,
    AnswerTest,
    EveryPart,
    Monotone,
    NeverHolds,
    PropertyCondition,
    claimed,
    leaves,
)
from enforcerules.review.properties import Answer, Counterexample, Proof, answers, lost
from enforcerules.rulebook import Rulebook
from enforcerules.text import Text
from enforcerules.values import Truth

_KEYS = {
    "action": ("actions", "actions_conditional", "no_actions"),
    "permission": ("permissions", "permissions_open", "no_permissions"),
    "exemption": ("exemptions", "exemptions_open", "no_exemptions"),
    "prohibition": ("prohibitions", "prohibitions_open", "no_prohibitions"),
    "penalty": ("penalties", "penalties_open", "no_penalties"),
    "label": ("labels", "labels_open", "no_labels"),
    "finding": ("findings", "findings_open", "no_findings"),
}
_PLACE = {Truth.MET: 0, Truth.OPEN: 1, Truth.NOT_MET: 2}
_MUST = Text("红线要求的结论", "what the red line demands")
_NOW = Text(
    "规则库现在的结论；改正规则后，须改为红线允许的结论",
    "what the rulebook says now; when it is mended, this must become what the red line allows",
)

Expected = dict[str, list[str]]


def keep_scenario(rulebook: Rulebook, proof: Proof, folder: Path) -> Path:
    """Write the counterexample of a refuted red line as a file of scenarios, and return where.

    Raises:
        ValueError: when the red line is not refuted.
        OSError: when it cannot be written.

    """
    if proof.counterexample is None:
        raise ValueError(f"{proof.line.id} has no counterexample")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{proof.line.id}.yaml"
    path.write_text(write_scenario(rulebook, proof, proof.counterexample), encoding="utf-8")
    return path


def write_scenario(rulebook: Rulebook, proof: Proof, example: Counterexample) -> str:
    """Return the text of a file of scenarios with the counterexample in it."""
    line = proof.line.content
    first, risen = answers(rulebook, line, example)
    variants: list[tuple[Text, Mapping[str, Any], Expected, Text]] = []
    if isinstance(line.claim, Monotone):
        gone = lost(line.claim, first, risen)
        before, after = Text("升高之前", "before it rises"), Text("升高之后", "after it has risen")
        risen_facts = {**example.facts, line.claim.fact: example.risen}
        variants.append((before, example.facts, _all_met(gone), _MUST))
        variants.append((after, risen_facts, _all_met(gone), _MUST))
    else:
        demanded = _demanded(line.claim)
        expected = demanded or _as_it_is(first, claimed(line.claim))
        variants.append((Text("反例", "counterexample"), example.facts, expected, _MUST if demanded else _NOW))
    book = rulebook.resolved
    lines = [
        f"# `enforcerules prove`: {line.id}, {book.id} {book.version}, sha256 {book.sha256}",
        "scenarios:",
        f"  - id: {_json(line.id)}",
        f"    title: {_json(line.title.to_dict())}",
        "    world: open",
        "    variants:",
    ]
    for name, facts, expected, note in variants:
        lines += [
            f"      - name: {_json(name.to_dict())}",
            f"        facts: {_json(dict(facts))}",
            f"        expect: {_json(expected)}",
            f"        note: {_json(note.to_dict())}",
        ]
    return "\n".join(lines) + "\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _all_met(conditions: Iterable[PropertyCondition]) -> Expected:
    expected: Expected = {}
    for condition in conditions:
        _add(expected, condition, Truth.MET)
    return expected or {"findings": []}


def _demanded(claim: object) -> Expected:
    """Return what the claim demands, where it leaves no choice."""
    expected: Expected = {}
    match claim:
        case AlwaysHolds(EveryPart(parts)):
            wanted, verdict = parts, Truth.MET
        case AlwaysHolds(condition):
            wanted, verdict = (condition,), Truth.MET
        case NeverHolds(condition):
            wanted, verdict = (condition,), Truth.NOT_MET
        case _:
            return {}
    sayable = [_add(expected, condition, verdict) for condition in wanted]
    return expected if all(sayable) else {}


def _as_it_is(answer: Answer, conditions: Iterable[PropertyCondition]) -> Expected:
    expected: Expected = {}
    for condition in conditions:
        for leaf in leaves(condition):
            test = AnswerTest(leaf.kind, leaf.name) if isinstance(leaf, AnswerTest) else leaf
            if isinstance(test, FindingTest):
                test = FindingTest(test.finding)
            _add(expected, test, answer.truth(test))
    return expected or {"findings": []}


def _add(expected: Expected, condition: PropertyCondition, verdict: Truth) -> bool:
    """Add what is expected when the condition has the verdict; tell whether a scenario can say it."""
    match condition:
        case FindingTest(finding, wanted):
            kind, name = "finding", finding
            verdict = verdict if wanted else ~verdict
        case AnswerTest(kind, name, "met" | "not_met" as state) if kind in _KEYS:
            verdict = verdict if state == "met" else ~verdict
        case AnswerTest("action", name, "due" | "done" as state) if verdict is Truth.MET:
            expected.setdefault(f"actions_{state}", []).append(name)
            return True
        case _:
            return False
    expected.setdefault(_KEYS[kind][_PLACE[verdict]], []).append(name)
    return True
