"""Work spread over processes: the same results in the same order, and failures that are told."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable

import pytest

from enforcerules.review.spreading import Work, spread


def _prepare(factor: int) -> Callable[[int], tuple[int, int]]:
    return lambda number: (_times(factor, number), os.getpid())


def _times(factor: int, number: int) -> int:
    if number < 0:
        raise ValueError(f"{number} is below nothing")
    return factor * number


def _cannot_prepare(factor: int) -> Callable[[int], tuple[int, int]]:
    raise LookupError(f"nothing at {factor}")


def _work(prepare: Callable[[int], Callable[[int], tuple[int, int]]] = _prepare) -> Work[int, tuple[int, int]]:
    return Work(prepare, (3,), lambda: _prepare(3), few=5, at_once=2)


def test_results_come_in_order_from_other_processes() -> None:
    found = list(spread(_work(), range(11), jobs=2))

    assert [result for result, _ in found] == [3 * number for number in range(11)]
    assert os.getpid() not in {process for _, process in found}


@pytest.mark.parametrize(("count", "jobs"), [(9, 2), (11, 1)])
def test_little_work_and_one_job_stay_here(count: int, jobs: int) -> None:
    found = list(spread(_work(_cannot_prepare), range(count), jobs=jobs))

    assert found == [(3 * number, os.getpid()) for number in range(count)]


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise OSError("no semaphores here")

    monkeypatch.setattr(multiprocessing, "get_context", cannot)

    assert list(spread(_work(), range(11), jobs=2)) == [(3 * number, os.getpid()) for number in range(11)]


def test_what_another_process_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="-1 is below nothing"):
        list(spread(_work(), [*range(11), -1], jobs=2))


def test_a_process_that_cannot_get_ready_is_told_and_not_started_for_ever() -> None:
    with pytest.raises(LookupError, match="nothing at 3"):
        list(spread(_work(_cannot_prepare), range(11), jobs=2))
