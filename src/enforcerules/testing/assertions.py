"""Assertions about one case that take more than a line to write; each message holds the case as a file would."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from enforcerules.classification import Classification
from enforcerules.model.properties import Monotone
from enforcerules.review.properties import Counterexample, RedLine, breaks, read_properties
from enforcerules.rulebook import Rulebook
from enforcerules.values import Truth


def case_file(case: Mapping[str, Any]) -> str:
    """Return a case as the text of a case file."""
    return json.dumps(dict(case), ensure_ascii=False, indent=2)


def red_lines(rulebook: Rulebook, folder: str | Path | None = None) -> tuple[RedLine, ...]:
    """Return the red lines of a rulebook.

    Args:
        rulebook: the rulebook that was loaded.
        folder: where it was loaded from; None for the packaged one.

    Raises:
        RulebookError: with every fault found in them.

    """
    return read_properties(rulebook, None if folder is None else Path(folder))


class BrokenError(AssertionError):
    """A case breaks a red line.

    Attributes:
        red_line: which.
        example: the case, and for `monotone` what the fact rises to.

    """

    def __init__(self, red_line: RedLine, example: Counterexample) -> None:
        self.red_line, self.example = red_line, example
        title = red_line.content.title
        told = f"{red_line.id}: {title.zh} {title.en}\n{case_file(example.facts)}"
        claim = red_line.content.claim
        if isinstance(claim, Monotone):
            told += f"\n{claim.fact} -> {json.dumps(example.risen, ensure_ascii=False)}"
        super().__init__(told)


def assert_keeps(rulebook: Rulebook, red_line: RedLine, case: Mapping[str, Any], *, risen: Any = None) -> None:
    """Assert that the answer to a case keeps a red line. A case that contradicts itself keeps every one.

    Args:
        rulebook: who answers.
        red_line: one of `enforcerules.testing.red_lines`.
        case: a valid case.
        risen: for `monotone`, the value to which the fact of the red line rises.

    Raises:
        BrokenError: when it breaks the red line.
        ValueError: when `risen` is missing, or is given where the red line speaks of one case only.

    """
    if isinstance(red_line.content.claim, Monotone) == (risen is None):
        raise ValueError(f"{red_line.id}: `risen` goes with red lines of kind monotone, and only with them")
    example = Counterexample(case, risen)
    if breaks(rulebook, red_line.content, example):
        raise BrokenError(red_line, example)


def assert_engines_agree(rulebook: Rulebook, case: Mapping[str, Any]) -> None:
    """Assert that both engines decide every rule of a case alike.

    Raises:
        DisagreementError: when they do not; its message names the rules and holds the case.
        EngineUnavailableError: when durable_rules is not installed.

    """
    rulebook.decide(rulebook.read_case(case), engine="both")


def assert_learns(rulebook: Rulebook, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Assert that nothing settled in the first case is otherwise in the second, in which more is known.

    Raises:
        AssertionError: naming every rule and finding of which the verdict is reversed.

    """
    first, second = (rulebook.decide(rulebook.read_case(case)).verdicts for case in (before, after))
    wrong = [
        f"{name}: {verdict.value} -> {now[name].value}"
        for then, now in (
            (first.holds, second.holds),
            (first.effects, second.effects),
            (first.findings, second.findings),
        )
        for name, verdict in then.items()
        if verdict is not Truth.OPEN and now[name] is not verdict
    ]
    if wrong:
        told = "\n".join(dict.fromkeys(wrong))
        raise AssertionError(f"{told}\n{case_file(before)}\n{case_file(after)}")


def assert_survives_json(rulebook: Rulebook, case: Mapping[str, Any]) -> None:
    """Assert that a case means the same as JSON text, and that its answer reads back from JSON as it was.

    Raises:
        AssertionError: when something is lost on the way.

    """
    answer = rulebook.classify(case)
    data = answer.to_dict()
    if rulebook.classify(json.dumps(dict(case), ensure_ascii=False)).to_dict() != data:
        raise AssertionError(f"as text the case means something else\n{case_file(case)}")
    again = Classification.model_validate_json(json.dumps(data))
    if again != answer or again.to_dict() != data:
        raise AssertionError(f"the answer does not read back from JSON\n{case_file(case)}")
