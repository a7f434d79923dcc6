"""Judging many changes, on every processor where that is possible."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from enforcerules.model import Penalise
from enforcerules.review.mutation.judging import Fate, Trial, prepare_trial
from enforcerules.review.spreading import Work, spread
from enforcerules.rulebook import load_rulebook


def choose(
    trial: Trial, *, rules: Sequence[str] = (), kinds: Sequence[str] = (), sample: int | None = None, seed: int = 0
) -> list[int]:
    """Return which changes to judge, by their number in the trial.

    Args:
        trial: the changes there are.
        rules: only changes of these rules, of the clauses they rest on and of the penalties they yield.
        kinds: only changes of these kinds.
        sample: at most so many of them, drawn at random.
        seed: the same seed draws the same sample.

    """
    book = trial.rulebook.resolved
    wanted = {("rules", rule) for rule in rules}
    wanted |= {("clauses", clause) for rule in rules for clause in book.rules[rule].bases}
    outcomes = [outcome for rule in rules for outcome in book.rules[rule].outcomes]
    wanted |= {("penalties", outcome.penalty) for outcome in outcomes if isinstance(outcome, Penalise)}
    found = [
        number
        for number, mutation in enumerate(trial.mutations)
        if (not kinds or mutation.kind in kinds)
        and (not rules or any((change.section, change.name) in wanted for change in mutation.changes))
    ]
    if sample is None or sample >= len(found):
        return found
    return sorted(random.Random(seed).sample(found, sample))


def judge_all(
    trial: Trial, numbers: Sequence[int], *, folder: Path | None = None, seconds: float, jobs: int | None = None
) -> Iterator[Fate]:
    """Yield what becomes of each change, in the order given.

    Args:
        trial: the changes there are.
        numbers: which of them.
        folder: where the rulebook is, for other processes to load; None for the packaged one.
        seconds: how long each search by z3 takes at most.
        jobs: how many processes; by default one a processor.

    """
    work = Work(_prepare, (folder, seconds), lambda: _judging(trial, seconds), few=24, at_once=4)
    return spread(work, numbers, jobs)


def _judging(trial: Trial, seconds: float) -> Callable[[int], Fate]:
    judge = trial.judge(seconds)
    return lambda number: judge.judge(trial.mutations[number])


def _prepare(folder: Path | None, seconds: float) -> Callable[[int], Fate]:
    return _judging(prepare_trial(load_rulebook(folder), folder), seconds)
