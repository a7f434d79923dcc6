"""Long work on many things of one kind, on every processor where that is possible."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.pool import Pool
from typing import Any, Generic, TypeVar

Thing = TypeVar("Thing")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Work(Generic[Thing, Result]):
    """What is done to each thing, here or in other processes.

    `prepare` is a function of a module; called with `given` in another process it returns what is done there to each
    thing. `given`, things and results must be such as can be sent. `here` returns what is done in this process, where
    more may be at hand already. Fewer than `few` things are not worth a process; `at_once` go to one together.
    """

    prepare: Callable[..., Callable[[Thing], Result]]
    given: tuple[Any, ...]
    here: Callable[[], Callable[[Thing], Result]]
    few: int
    at_once: int = 1


def spread(work: Work[Thing, Result], things: Sequence[Thing], jobs: int | None = None) -> Iterator[Result]:
    """Yield what comes of each thing, in their order.

    Args:
        work: what is done to each.
        things: to what.
        jobs: in how many processes; by default one a processor. Where processes cannot be started, in this one.

    Raises:
        Exception: what the work raises, also in another process.

    """
    jobs = min(jobs or os.cpu_count() or 1, max(1, len(things) // work.few))
    pool = _start(jobs, work) if jobs > 1 else None
    if pool is None:
        yield from map(work.here(), things)
        return
    with pool:
        yield from pool.imap(_do, things, chunksize=work.at_once)


def _start(jobs: int, work: Work[Any, Any]) -> Pool | None:
    try:
        return multiprocessing.get_context("spawn").Pool(jobs, _prepare, (work.prepare, work.given))
    except (OSError, ImportError, ValueError):
        # a system without shared memory or semaphores; one process does as well, only slower
        return None


# --- in another process ----------------------------------------------------------------------------

_done_to_each: Callable[[Any], Any] | None = None
_failure: Exception | None = None


def _prepare(prepare: Callable[..., Callable[[Any], Any]], given: tuple[Any, ...]) -> None:
    global _done_to_each, _failure
    # who interrupts the program speaks to the first process, which ends the others
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _done_to_each = prepare(*given)
    except Exception as error:
        # raised here it would have the process started anew, for ever
        _failure = error


def _do(thing: Any) -> Any:
    if _failure is not None:
        raise _failure
    assert _done_to_each is not None
    return _done_to_each(thing)
