"""Proving red lines for every case there can be, on every processor where that is possible.

A proof is z3's. A refutation is not: the case that z3 finds is decided by the reference engine, and only
what that engine says is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from enforcerules.errors import Diagnostic, DisagreementError
from enforcerules.model.properties import Monotone, Property
from enforcerules.review.properties import Counterexample, Proof, RedLine, breaks, read_properties
from enforcerules.review.prover import Prover, Verdict
from enforcerules.review.smallest import make_smallest
from enforcerules.review.spreading import Work, spread
from enforcerules.rulebook import Rulebook, load_rulebook
from enforcerules.text import Text


class _Found(NamedTuple):
    """What is sent from one process to another: a proof without its red line."""

    verdict: Verdict
    seconds: float
    counterexample: Counterexample | None


def prove_properties(
    rulebook: Rulebook,
    lines: Sequence[RedLine],
    *,
    seconds: float = 60,
    folder: Path | None = None,
    jobs: int | None = 1,
) -> Iterator[Proof]:
    """Decide each red line for all cases, in the order given.

    Args:
        rulebook: the rulebook.
        lines: red lines of it.
        seconds: how long each takes at most.
        folder: where the rulebook is, for other processes to load; None for the packaged one.
        jobs: in how many processes; None for one a processor.

    Raises:
        EngineUnavailableError: when z3 is not installed.
        DisagreementError: when the reference engine does not say of a case what z3 says of it.

    """
    names = tuple(line.id for line in lines)
    work: Work[str, _Found] = Work(
        _prepare, (folder, names, seconds), lambda: _proving(rulebook, lines, seconds), few=24, at_once=2
    )
    for line, found in zip(lines, spread(work, names, jobs), strict=True):
        yield Proof(line, *found)


def _prepare(folder: Path | None, names: Sequence[str], seconds: float) -> Callable[[str], _Found]:
    rulebook = load_rulebook(folder)
    lines = {line.id: line for line in read_properties(rulebook, folder)}
    return _proving(rulebook, [lines[name] for name in names], seconds)


def _proving(rulebook: Rulebook, lines: Sequence[RedLine], seconds: float) -> Callable[[str], _Found]:
    prover = Prover(rulebook.resolved, [line.content for line in lines])
    by_name = {line.id: line for line in lines}

    def find(name: str) -> _Found:
        proof = prove_property(rulebook, prover, by_name[name], seconds=seconds)
        return _Found(proof.verdict, proof.seconds, proof.counterexample)

    return find


def prove_property(rulebook: Rulebook, prover: Prover, line: RedLine, *, seconds: float = 60) -> Proof:
    """Decide one of the red lines that a prover was made for; otherwise as `prove_properties`."""
    begun = monotonic()
    found = prover.decide(line.content, seconds)
    example = None
    if found.facts is not None:
        claim = line.content.claim
        risen = found.risen[claim.fact] if isinstance(claim, Monotone) and found.risen else None
        example = _reproduced(rulebook, line, Counterexample(found.facts, risen))
    return Proof(line, found.verdict, monotonic() - begun, example)


def _reproduced(rulebook: Rulebook, line: RedLine, example: Counterexample) -> Counterexample:
    if not breaks(rulebook, line.content, example):
        said = Text(
            f"z3 与 reference 引擎对红线 `{line.id}` 结论不一致：{dict(example.facts)}",
            f"z3 and the reference engine disagree about the red line `{line.id}`: {dict(example.facts)}",
        )
        hint = Text("这是程序的错误，请连同案件一起报告", "this is a fault of the program; report it with the case")
        raise DisagreementError([Diagnostic("ER9002", said, line.span, hint)])
    return smallest_example(rulebook, line.content, example)


def smallest_example(rulebook: Rulebook, line: Property, example: Counterexample) -> Counterexample:
    """Return a case that breaks a red line as small and plain as it gets from one that does."""
    if not isinstance(line.claim, Monotone):
        facts = make_smallest(
            rulebook.resolved, example.facts, lambda facts: breaks(rulebook, line, Counterexample(facts))
        )
        return Counterexample(facts)
    fact = line.claim.fact
    facts = make_smallest(
        rulebook.resolved,
        example.facts,
        lambda facts: fact in facts and breaks(rulebook, line, Counterexample(facts, example.risen)),
    )
    risen = make_smallest(
        rulebook.resolved,
        {fact: example.risen},
        lambda risen: fact in risen and breaks(rulebook, line, Counterexample(facts, risen[fact])),
    )
    return Counterexample(facts, risen[fact])
