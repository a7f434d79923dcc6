"""How long a ledger takes to become the workbook of the monthly form, and how much memory.

    python benchmarks/reports.py [--rows 100000] [--processes 2] [--keep FILE.xlsx]

The ledger is a workbook, filled with the cases of the examples and scenarios, over and over, with numbers of
their own and amounts that vary; making it is not measured. Beside it, in the same run, what others
take for the same files: openpyxl to read the cells of the ledger, XlsxWriter to write the cells of the workbook
that came out. Memory is the most that the main process and the largest of the others held.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from enforcerules import Rulebook, load_rulebook
from enforcerules.errors import CaseError
from enforcerules.reports import Request, fill_form
from enforcerules.reports.ledger import read_ledger, write_ledger
from enforcerules.reports.workbook import write_workbook
from enforcerules.review.scenarios import read_scenarios
from tables import REPORT_BUDGET, REPORT_MEMORY, Row, machine, print_table

ROOT = Path(__file__).resolve().parents[1]
SEED = 20221031
AS_OF = date(2022, 10, 31)
PLACE = "500118"
_DAYS = ("duty_date", "conduct_date", "filed_on", "discovered_on", "seized_on", "decided_on")
_FILED: dict[str, list[Any]] = {
    "record_kind": ["case"],
    "progress": [["filed"], ["filed", "penalised"]],
    "case_source": ["onsite_inspection", "sampling", "complaint", "department_notice"],
    "product_categories": [["drug"], ["device"], ["cosmetic"]],
    "primary_stage": ["production", "distribution", "use"],
}
"""What a case of the ledger says where the example or scenario does not: most cases of a bureau are filed."""

Result = TypeVar("Result")


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


def cases_of(known: list[dict[str, Any]], rows: int) -> Iterator[dict[str, Any]]:
    rng = Random(SEED)
    for number in range(rows):
        facts = dict(known[number % len(known)])
        facts["case_id"] = f"永市监处字〔2022〕{number:06d}号"
        facts.setdefault("case_name", f"第{number}号案")
        facts["goods_value"] = f"{rng.lognormvariate(9, 3):.2f}"
        facts["case_amount"] = f"{rng.lognormvariate(9, 3):.2f}"
        for name, values in _FILED.items():
            facts.setdefault(name, rng.choice(values))
        yield facts


def make_ledger(path: Path, rows: int) -> None:
    book = load_rulebook()
    write_ledger(book, path, cases_of(known_cases(book), rows))


def placed(book: Rulebook, path: Path) -> Iterator[tuple[str, Any]]:
    for row in read_ledger(book, path):
        if row.faults:
            raise CaseError(list(row.faults))
        if row.facts is not None:
            yield f"第{row.number}行", row.facts


# --- others ----------------------------------------------------------------------------------------


def read_plainly(path: Path) -> float:
    """Return the processor time in which openpyxl goes through every cell of a workbook."""
    import openpyxl

    begun = time.process_time()
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book:
        for _ in sheet.iter_rows(values_only=True):
            pass
    return time.process_time() - begun


def write_plainly(path: Path) -> float:
    """Return the processor time in which XlsxWriter writes the cells of a workbook, without any looks."""
    import openpyxl
    import xlsxwriter

    book = openpyxl.load_workbook(path, read_only=True)
    sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book]
    begun = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(f"{folder}/plain.xlsx", options) as plain:
            for rows in sheets:
                sheet = plain.add_worksheet()
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return time.process_time() - begun


def apart(work: Callable[..., Result], *words: Any) -> Result:
    """Do something in a process of its own, so that its time and memory are its own."""
    # a forked child would begin with all that this process holds
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *words).result()


# --- measuring -------------------------------------------------------------------------------------


def megabytes() -> float:
    """Return the most memory that the main process and the largest child held."""
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage) / 1024


def processor_seconds() -> float:
    """Return the processor time that all processes took, which is the same on a busy machine."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def report(ledger: Path, result: Path, unknown: Any, processes: int) -> dict[str, float]:
    """Make the workbook, and return what that took."""
    book = load_rulebook()
    request = Request("annex1", "永川区市场监督管理局", AS_OF, PLACE, unknown)
    started, before = time.perf_counter(), processor_seconds()
    filled = fill_form(book, request, placed(book, ledger), processes=processes)
    counted, counting = time.perf_counter() - started, processor_seconds() - before
    write_workbook(filled, result)
    return {
        "counted": counted,
        "whole": time.perf_counter() - started,
        "counting": counting,
        "processor": processor_seconds() - before,
        "megabytes": megabytes(),
    }


def read_alone(ledger: Path) -> float:
    """Return the processor time in which a ledger is read, row by row."""
    book = load_rulebook()
    begun = time.process_time()
    for _ in placed(book, ledger):
        pass
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--unknown", choices=("absent", "open"), default="absent")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        ledger, result = Path(folder) / "ledger.xlsx", given.keep or Path(folder) / "monthly.xlsx"
        apart(make_ledger, ledger, given.rows)
        reading = apart(read_alone, ledger)
        peer_reading = apart(read_plainly, ledger)
        took = apart(report, ledger, result, given.unknown, given.processes)
        peer_writing = apart(write_plainly, result)
        sizes = [path.stat().st_size / 1e6 for path in (ledger, result)]
    writing = took["processor"] - took["counting"]
    print_table(
        f"{given.rows} cases, facts not given are {given.unknown}, {given.processes} processes",
        [
            Row("ledger to workbook", [took["whole"]], REPORT_BUDGET * given.rows / 100_000),
            Row("read and count", [took["counted"]], depth=1),
            Row("write", [took["whole"] - took["counted"]], depth=1),
            Row("processor time of all processes", [took["processor"]]),
            Row("read", [reading], depth=1),
            Row("count", [took["counting"] - reading], depth=1),
            Row("write", [writing], depth=1),
        ],
    )
    print(f"\n  memory: {took['megabytes']:.0f} MB, {took['megabytes'] / REPORT_MEMORY:.2f} of the budget")
    print(f"  the ledger: {sizes[0]:.0f} MB; the workbook: {sizes[1]:.0f} MB")
    print(f"  reading against openpyxl: {reading / peer_reading:.2f} times its {peer_reading:.1f} s")
    print(f"  writing against XlsxWriter, the same cells: {writing / peer_writing:.2f} times its {peer_writing:.1f} s")


if __name__ == "__main__":
    main()
