"""Judging many changes, on every processor where that is possible."""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Iterator, Sequence
from multiprocessing.pool import Pool
from pathlib import Path

from enforcerules.model import Penalise
from enforcerules.review.mutation.judging import Fate, Judge, Trial, prepare_trial
from enforcerules.review.mutation.mutation import Mutation
from enforcerules.rulebook import load_rulebook

_FEW = 24
_AT_ONCE = 4


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
    """Yield what becomes of each change, in no order but each once.

    Args:
        trial: the changes there are.
        numbers: which of them.
        folder: where the rulebook is, for other processes to load; None for the packaged one.
        seconds: how long each search by z3 takes at most.
        jobs: how many processes; by default one a processor. Where processes cannot be started, one.

    """
    jobs = min(jobs or os.cpu_count() or 1, max(1, len(numbers) // _FEW))
    pool = _start(jobs, folder, seconds) if jobs > 1 else None
    if pool is None:
        judge = trial.judge(seconds)
        yield from (judge.judge(trial.mutations[number]) for number in numbers)
        return
    with pool:
        yield from pool.imap_unordered(_judge, numbers, chunksize=_AT_ONCE)


def _start(jobs: int, folder: Path | None, seconds: float) -> Pool | None:
    try:
        return multiprocessing.get_context("spawn").Pool(jobs, _prepare, (folder, seconds))
    except (OSError, ImportError, ValueError):
        # a system without shared memory or semaphores; one process does as well, only slower
        return None


# --- in another process ----------------------------------------------------------------------------

_state: tuple[Judge, tuple[Mutation, ...]] | None = None


def _prepare(folder: Path | None, seconds: float) -> None:
    global _state
    trial = prepare_trial(load_rulebook(folder), folder)
    _state = trial.judge(seconds), trial.mutations


def _judge(number: int) -> Fate:
    assert _state is not None
    judge, mutations = _state
    return judge.judge(mutations[number])
