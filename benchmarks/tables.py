"""What the benchmarks share: the budgets, repeated runs, and one way to print them."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

LOAD_BUDGET = 0.5
EXPLAIN_BUDGET = 1.2
CLASSIFY_BUDGET = 0.003
REPORT_BUDGET = 120
"""Seconds for a ledger of 100,000 rows."""
REPORT_MEMORY = 1000
"""Megabytes."""
REVIEW_BUDGET = 60
"""Seconds for each of `check`, `test` and `prove` on the packaged rulebook."""


class Row(NamedTuple):
    """One thing measured, in seconds, run by run. A part of the row above it is indented."""

    name: str
    seconds: Sequence[float]
    budget: float | None = None
    depth: int = 0


def rows_of(runs: Sequence[Mapping[str, float]], names: Iterable[str], depth: int) -> list[Row]:
    """Return a row for each of `names`, which every run has measured."""
    return [Row(name, [run[name] for run in runs], depth=depth) for name in names]


class Times(NamedTuple):
    """How long a process took, and how long of that it and its children had a processor."""

    elapsed: float
    processor: float


def time_process(*words: str, exits: int = 0) -> Times:
    """Run Python with `words` in a process of its own, which must exit with `exits`."""
    started, before = time.perf_counter(), os.times()
    done = subprocess.run([sys.executable, *words], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode != exits:
        raise SystemExit(f"{' '.join(words)} exits with {done.returncode}")
    after = os.times()
    processor = sum(after[2:4]) - sum(before[2:4])  # of children, user and system
    return Times(time.perf_counter() - started, processor)


def process_rows(name: str, times: Sequence[Times], budget: float | None = None) -> list[Row]:
    """Return what somebody waited for a process, and below it the processor time."""
    return [
        Row(name, [each.elapsed for each in times], budget),
        Row("its processor time", [each.processor for each in times], budget, depth=1),
    ]


def print_table(title: str, rows: Sequence[Row]) -> None:
    """Print the rows in milliseconds: the least of the runs, the median, and the median's share of the budget."""
    wide = max(len(row.name) + 2 * row.depth for row in rows)
    print(f"\n{title}\n\n  {'':{wide}}  {'minimum':>10}  {'median':>10}  {'budget':>10}  of budget")
    for name, seconds, budget, depth in rows:
        median = statistics.median(seconds)
        told = f"{min(seconds) * 1000:7.2f} ms  {median * 1000:7.2f} ms"
        share = f"  {budget * 1000:7.0f} ms  {median / budget:9.2f}" if budget else ""
        print(f"  {'  ' * depth + name:{wide}}  {told}{share}")


def print_ratio(name: str, one: Sequence[float], other: Sequence[float]) -> None:
    """Print how many times as long as `other` `one` takes, by their medians."""
    print(f"  {name}: {statistics.median(one) / statistics.median(other):.2f} times as long")


def machine() -> str:
    """Say what a figure depends on, and no more."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} CPUs"
