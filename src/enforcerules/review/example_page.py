"""A case that breaks a red line, for people: the case as a file holds it, and what is decided of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from enforcerules.model import FindingTest
from enforcerules.model.properties import AnswerTest, Monotone, Property, claimed, leaves
from enforcerules.review.properties import Counterexample, answers, lost
from enforcerules.rulebook import Rulebook
from enforcerules.text import Language, Text


def example_lines(rulebook: Rulebook, line: Property, example: Counterexample, language: Language) -> Iterator[str]:
    """Yield a case that breaks `line`, and what the reference engine says of the things that the line is about."""
    yield from json.dumps(dict(example.facts), ensure_ascii=False, indent=2).split("\n")
    if isinstance(line.claim, Monotone):
        fact, risen = line.claim.fact, json.dumps(example.risen, ensure_ascii=False)
        said = Text(f"`{fact}` 升为 {risen}，下列不再成立：", f"when `{fact}` rises to {risen}, no longer met:")
        yield said[language]
    for name, verdict in verdicts_on(rulebook, line, example).items():
        yield f"{name}: {verdict}"


def verdicts_on(rulebook: Rulebook, line: Property, example: Counterexample) -> dict[str, str]:
    """Return the verdict on each thing that `line` is about; of what rises, on each that is lost."""
    first, risen = answers(rulebook, line, example)
    shown, answer = claimed(line.claim), first
    if isinstance(line.claim, Monotone) and risen is not None:
        shown, answer = tuple(lost(line.claim, first, risen)), risen
    said = {}
    for leaf in (leaf for condition in shown for leaf in leaves(condition)):
        if isinstance(leaf, AnswerTest):
            said[f"{leaf.kind} {leaf.name}"] = answer.truth(AnswerTest(leaf.kind, leaf.name)).value
        elif isinstance(leaf, FindingTest):
            said[f"finding {leaf.finding}"] = answer.truth(FindingTest(leaf.finding)).value
    return said
