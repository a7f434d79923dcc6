"""How long a case takes, by engine and by part: read it, decide it, lay out the classification.

    python benchmarks/classify.py [--runs 5] [--generated 200]

The cases are the examples and generated ones, which lie close to where the rules change their minds. The
rulebook is loaded, and every place and date seen once, before anything is timed; what a new place and date
costs has a row of its own. The second engine is the first one's peer.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from tables import CLASSIFY_BUDGET, Row, machine, print_ratio, print_table

from enforcerules import Rulebook, load_rulebook
from enforcerules.case import Case
from enforcerules.deciding.classify import classify_decision
from enforcerules.engines.agreement import case_json
from enforcerules.engines.durable import durable_available
from enforcerules.model import situate
from enforcerules.rulebook import EngineName

ROOT = Path(__file__).resolve().parents[1]
SEED = 20260515

One = TypeVar("One")


def example_cases() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.json"))]


def generated_cases(book: Rulebook, count: int) -> list[str]:
    sys.path.insert(0, str(ROOT))
    from tests.generated import random_facts

    rng = Random(SEED)
    return [case_json(random_facts(book.resolved, rng)) for _ in range(count)]


def seconds_each(items: Sequence[One], run: Callable[[One], Any]) -> list[float]:
    found = []
    for item in items:
        started = time.perf_counter()
        run(item)
        found.append(time.perf_counter() - started)
    return found


def fastest(runs: int, items: Sequence[One], run: Callable[[One], Any]) -> list[float]:
    """Return, for each item, the least of several times: what else the machine does then counts little."""
    every = [seconds_each(items, run) for _ in range(runs)]
    return [min(times) for times in zip(*every, strict=True)]


def report(name: str, book: Rulebook, texts: Sequence[str], runs: int) -> None:
    cases: list[Case] = [book.read_case(text) for text in texts]
    for case in cases:
        book.decide(case)
    reading = fastest(runs, texts, book.read_case)
    engines: tuple[EngineName, ...] = ("reference", "durable") if durable_available() else ("reference",)
    deciding = {engine: fastest(runs, cases, lambda case, e=engine: book.decide(case, engine=e)) for engine in engines}
    decisions = [book.decide(case) for case in cases]
    laying_out = fastest(runs, range(len(cases)), lambda i: classify_decision(book.decide(cases[i]), "reference"))
    laying_out = [max(0.0, both - decide) for both, decide in zip(laying_out, deciding["reference"], strict=True)]
    situations = [(case.facts.place, case.facts.duty_date, case.facts.conduct_date) for case in cases]
    situating = fastest(runs, situations, lambda where: situate(book.resolved, *where))

    rows = []
    for engine in engines:
        whole = fastest(runs, texts, lambda text, e=engine: book.classify(text, engine=e))
        rows.append(Row(f"classify, {engine} engine", whole, CLASSIFY_BUDGET if engine == "reference" else None))
        rows.append(Row("read the case", reading, depth=1))
        rows.append(Row("decide", deciding[engine], depth=1))
        rows.append(Row("lay out the classification", laying_out, depth=1))
    rows.append(Row("as JSON data", fastest(runs, [classify_decision(d, "") for d in decisions], lambda r: r.to_dict())))
    rows.append(Row("a new place and date, once each", situating))
    print_table(f"{len(texts)} {name}: time a case, over the cases", rows)
    whole = rows[0].seconds
    print(f"  reference engine: {len(whole) / sum(whole):,.0f} cases/s; slowest case {max(whole) * 1000:.2f} ms, "
          f"{max(whole) / CLASSIFY_BUDGET:.2f} of the budget; mean {statistics.mean(whole) * 1000:.2f} ms")
    if len(engines) > 1:
        print_ratio("decide, durable against reference", deciding["durable"], deciding["reference"])


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
