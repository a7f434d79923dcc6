"""How long a case takes, by engine and by part: read it, decide it, lay out the classification.

    python benchmarks/classify.py [--runs 5] [--generated 200]

The cases are the examples and generated ones, which lie close to where the rules change their minds. The
rulebook is loaded, and every place and date seen once, before anything is timed; what a new place and date
costs has a row of its own. Each figure is processor time, the least of several runs of one case; minimum and
median are over the cases. The second engine is the first one's peer.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from enforcerules import Rulebook, load_rulebook
from enforcerules.deciding import classify as deciding
from enforcerules.engines.agreement import case_json
from enforcerules.engines.durable import durable_available
from enforcerules.model import situate
from enforcerules.rulebook import EngineName
from tables import CLASSIFY_BUDGET, Row, machine, print_ratio, print_table

ROOT = Path(__file__).resolve().parents[1]
SEED = 20260515

One = TypeVar("One")


def example_cases() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.json"))]


def generated_cases(book: Rulebook, count: int) -> list[str]:
    sys.path.insert(0, str(ROOT))
    from enforcerules.testing import random_facts

    rng = Random(SEED)
    return [case_json(random_facts(book.resolved, rng)) for _ in range(count)]


def least(runs: int, items: Sequence[One], run: Callable[[One], Any]) -> list[float]:
    """Return the least time that each item takes: what else the machine does then counts little."""
    found = [float("inf")] * len(items)
    for _ in range(runs):
        for index, item in enumerate(items):
            started = time.process_time()
            run(item)
            found[index] = min(found[index], time.process_time() - started)
    return found


# --- laying out, part by part ----------------------------------------------------------------------

_PARTS = {
    "findings": ("find_findings", "major_case", "direct_filing"),
    "actions": ("find_actions",),
    "permissions to labels": ("find_permissions", "find_exemptions", "find_prohibitions", "find_labels"),
    "report category": ("find_category",),
    "questions": ("find_questions",),
    "warnings": ("find_warnings",),
    "rules": ("_rules",),
}


class _Parts:
    """Times the parts of laying out. What several need, such as open facts, the first of them pays."""

    def __init__(self) -> None:
        self._seconds = dict.fromkeys(_PARTS, 0.0)
        self._functions = {name: getattr(deciding, name) for names in _PARTS.values() for name in names}

    def _timed(self, part: str, function: Callable[..., Any], *given: Any) -> Any:
        started = time.process_time()
        found = function(*given)
        self._seconds[part] += time.process_time() - started
        return found

    def of(self, book: Rulebook, texts: Sequence[str], runs: int) -> dict[str, list[float]]:
        for part, names in _PARTS.items():
            for name in names:
                setattr(deciding, name, partial(self._timed, part, self._functions[name]))
        times: dict[str, list[float]] = {part: [float("inf")] * len(texts) for part in _PARTS}
        try:
            for _ in range(runs):
                for index, text in enumerate(texts):
                    self._seconds = dict.fromkeys(_PARTS, 0.0)
                    book.classify(text)
                    for part, seconds in self._seconds.items():
                        times[part][index] = min(times[part][index], seconds)
        finally:
            for name, function in self._functions.items():
                setattr(deciding, name, function)
        return times


def _without(whole: Sequence[float], *parts: Sequence[float]) -> list[float]:
    return [max(0.0, all_of_it - sum(each)) for all_of_it, *each in zip(whole, *parts, strict=True)]


# --- the tables ------------------------------------------------------------------------------------


def report(name: str, book: Rulebook, texts: Sequence[str], runs: int) -> None:
    engines: tuple[EngineName, ...] = ("reference", "durable") if durable_available() else ("reference",)
    cases = [book.read_case(text) for text in texts]
    decisions = [book.decide(case) for case in cases]  # every place and date is known from here on
    reading = least(runs, texts, book.read_case)
    rows, decide = [], {}
    for engine in engines:
        whole = least(runs, texts, partial(book.classify, engine=engine))
        decide[engine] = least(runs, cases, partial(book.decide, engine=engine))
        rows.append(Row(f"classify, {engine} engine", whole, CLASSIFY_BUDGET if engine == "reference" else None))
        rows.append(Row("read the case", reading, depth=1))
        rows.append(Row("decide", decide[engine], depth=1))
        if engine == "reference":
            parts = _Parts().of(book, texts, runs)
            laying_out = _without(whole, reading, decide[engine])
            rows.append(Row("lay out the classification", laying_out, depth=1))
            rows += [Row(part, seconds, depth=2) for part, seconds in parts.items()]
            rows.append(Row("put together", _without(laying_out, *parts.values()), depth=2))
    answers = [deciding.classify_decision(decision, "reference") for decision in decisions]
    rows.append(Row("the answer as JSON data", least(runs, answers, lambda answer: answer.to_dict())))
    where = [case.facts for case in cases]
    anew = least(runs, where, lambda f: situate(book.resolved, f.place, f.duty_date, f.conduct_date))
    rows.append(Row("a new place and date, once each", anew))
    print_table(f"{len(texts)} {name}", rows)
    whole = list(rows[0].seconds)
    for which, seconds in (("mean", statistics.mean(whole)), ("slowest", max(whole))):
        print(f"  reference engine, {which} case: {seconds * 1000:.2f} ms, {seconds / CLASSIFY_BUDGET:.2f} of budget")
    if len(engines) > 1:
        print_ratio("decide, durable against reference", decide["durable"], decide["reference"])


def main() -> None:
    parser = argparse.ArgumentParser(description="How long a case takes, by engine and by part.")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--generated", type=int, default=200)
    given = parser.parse_args()
    book = load_rulebook()
    print(f"{machine()}; the least of {given.runs} runs a case")
    report("examples", book, example_cases(), given.runs)
    if given.generated:
        report("generated cases", book, generated_cases(book, given.generated), given.runs)


if __name__ == "__main__":
    main()
