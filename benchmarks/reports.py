"""How long a ledger takes to become the workbook of the monthly form, and how much memory.

    python benchmarks/reports.py [--rows 100000] [--processes 2] [--keep FILE.xlsx]

The cases are those of the examples and scenarios, over and over, with numbers of their own and a value of
goods that varies. Times are those somebody waits; memory is the most that the main process and the largest of
the others held.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from enforcerules import Rulebook, load_rulebook
from enforcerules.errors import CaseError
from enforcerules.reports import Request, fill_form
from enforcerules.reports.workbook import write_workbook
from enforcerules.review.scenarios import read_scenarios
from tables import REPORT_BUDGET, REPORT_MEMORY, Row, machine, print_table

ROOT = Path(__file__).resolve().parents[1]
SEED = 20221031
AS_OF = date(2022, 10, 31)
PLACE = "500118"
_DAYS = ("duty_date", "conduct_date", "filed_on", "discovered_on", "seized_on", "decided_on")


def known_cases(book: Rulebook) -> list[dict[str, Any]]:
    """Return the cases of the examples and scenarios, brought to one place and month."""
    examples = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "examples").glob("*.json"))]
    scenarios = [dict(variant.facts) for variant in read_scenarios(book)]
    found = []
    for facts in (*examples, *scenarios):
        moved = {name: value for name, value in facts.items() if value is not None}
        moved |= {"jurisdiction": PLACE, "as_of": AS_OF.isoformat()}
        moved |= {name: "2022-07-05" for name in _DAYS if name in moved}
        try:
            book.read_case(moved)
        except CaseError:
            # its days contradict one another when they are moved
            continue
        found.append(moved)
    return found


def ledger(cases: list[dict[str, Any]], rows: int) -> Iterator[tuple[str, dict[str, Any]]]:
    rng = Random(SEED)
    for number in range(rows):
        facts = dict(cases[number % len(cases)])
        facts["case_id"] = f"永市监处字〔2022〕{number:06d}号"
        facts.setdefault("case_name", f"第{number}号案")
        if "goods_value" in facts:
            facts["goods_value"] = f"{rng.lognormvariate(9, 3):.2f}"
        yield f"第{number + 2}行", facts


def megabytes() -> float:
    """Return the most memory that the main process and the largest child held."""
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage) / 1024


def processor_seconds() -> float:
    """Return the processor time that all processes took, which is the same on a busy machine."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--unknown", choices=("absent", "open"), default="absent")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(machine())
    book = load_rulebook()
    cases = known_cases(book)
    request = Request("annex1", "永川区市场监督管理局", AS_OF, PLACE, given.unknown)
    started, before = time.perf_counter(), processor_seconds()
    filled = fill_form(book, request, ledger(cases, given.rows), processes=given.processes)
    counted = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "monthly.xlsx"
        write_workbook(filled, path)
        whole = time.perf_counter() - started
        size = path.stat().st_size / 1e6
    budget = REPORT_BUDGET * given.rows / 100_000
    print_table(
        f"{given.rows} cases, facts not given are {given.unknown}, {given.processes} processes",
        [
            Row("count and write", [whole], budget),
            Row("count", [counted], depth=1),
            Row("write", [whole - counted], depth=1),
        ],
    )
    print(f"  processor time of all processes: {processor_seconds() - before:.0f} s")
    print(f"  memory: {megabytes():.0f} MB, {megabytes() / REPORT_MEMORY:.2f} of the budget; the file: {size:.0f} MB")


if __name__ == "__main__":
    main()
