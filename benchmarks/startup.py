"""Where the time of a cold start goes: interpreter, imports, loading the rulebook, deciding, the page.

    python benchmarks/startup.py [--runs 7] [--case FILE]

Every run is a process of its own. The whole is what somebody waits; the parts are processor time, which is the
same on an idle machine. Beside our loading, PyYAML's `safe_load` of the same files: it builds plain data without
places, checks nothing and resolves nothing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tables import (
    EXPLAIN_BUDGET,
    LOAD_BUDGET,
    Row,
    machine,
    print_ratio,
    print_table,
    process_rows,
    rows_of,
    time_process,
)

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "examples" / "guangyuan-expired-drugs-2022.json"

_IMPORTS = ("import pydantic", "import PyYAML and click", "import enforcerules")
_MODULES = ("cli.program", "cli.explain", "rulebook", "passes", "explaining")
_READING = ("read the files", "YAML to nodes", "nodes to documents")
_PASSES = (
    "gather",
    "read_words",
    "read_law",
    "read_duties",
    "read_rules",
    "read_forms",
    "order_rules",
    "check_ledger",
)
_DECIDING = ("read the case", "decide, reference engine", "lay out the classification", "write the page")
_DURABLE = ("start durable_rules", "decide, durable engine")


# --- in a process of its own -----------------------------------------------------------------------


class _Stopwatch:
    """Adds up the seconds spent in each part."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, part: str, run: Callable[[], Any]) -> Any:
        started = time.process_time()
        try:
            return run()
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.process_time() - started

    def within(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given, **named: self.time(part, lambda: function(*given, **named))


def measure_parts(case: Path) -> dict[str, float]:
    """Do what `enforcerules explain` does, part by part, in this process."""
    watch = _Stopwatch()
    watch.time(_IMPORTS[0], lambda: importlib.import_module("pydantic"))
    watch.time(_IMPORTS[1], lambda: [importlib.import_module(name) for name in ("yaml", "click")])
    watch.time(_IMPORTS[2], lambda: [importlib.import_module(f"enforcerules.{name}") for name in _MODULES])

    from enforcerules import passes, rulebook
    from enforcerules.syntax import rulebook as reading

    for part, function in zip(_READING, ("read_text", "read_yaml", "validate"), strict=True):
        setattr(reading, function, watch.within(part, getattr(reading, function)))
    passes.PASSES = tuple(watch.within(run.__name__, run) for run in passes.PASSES)
    book = watch.time("load the rulebook", rulebook.load_rulebook)

    from enforcerules.deciding.classify import classify_decision
    from enforcerules.explaining import explain_case

    read = watch.time(_DECIDING[0], lambda: book.read_case(case.read_bytes()))
    decision = watch.time(_DECIDING[1], lambda: book.decide(read))
    result = watch.time(_DECIDING[2], lambda: classify_decision(decision, "reference"))
    watch.time(_DECIDING[3], lambda: explain_case(decision, result))

    from enforcerules.engines.durable import durable_available

    if durable_available():
        situation = decision.situation
        engine = watch.time(_DURABLE[0], lambda: book._start("durable"))
        watch.time(_DURABLE[1], lambda: engine.decide(read.facts, situation))
    return watch.seconds


def measure_peer() -> dict[str, float]:
    """Load the same files with PyYAML's fastest loader, in this process."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    files = sorted((ROOT / "rules").rglob("*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in files if "scenarios" not in path.parts]
    started = time.process_time()
    for text in texts:
        yaml.load(text, Loader=loader)
    return {"PyYAML": time.process_time() - started}


# --- all of them -----------------------------------------------------------------------------------


def measure_in_process(what: str, case: Path) -> dict[str, float]:
    words = [sys.executable, __file__, "--measure", what, "--case", str(case)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def report(runs: int, case: Path) -> None:
    parts, peers, interpreter, alone, checked = [], [], [], [], []
    time_process("-m", "enforcerules", "version")  # byte code and files are cached from here on
    for _ in range(runs):
        parts.append(measure_in_process("parts", case))
        peers.append(measure_in_process("peer", case)["PyYAML"])
        interpreter.append(time_process("-c", "pass"))
        alone.append(time_process("-m", "enforcerules", "explain", "--engine", "reference", str(case)))
        if all(_DURABLE[0] in run for run in parts):
            checked.append(time_process("-m", "enforcerules", "explain", "--engine", "both", str(case)))
    for run in parts:
        run["passes"] = sum(run[name] for name in _PASSES)
        run["the rest"] = run["load the rulebook"] - run["passes"] - sum(run[name] for name in _READING)
    load = [run["load the rulebook"] for run in parts]

    print(f"{machine()}; {runs} runs, each in a process of its own")
    print_table(
        "Loading the whole rulebook, imports not counted",
        [
            Row("load the rulebook", load, LOAD_BUDGET),
            *rows_of(parts, (*_READING, "passes"), 1),
            *rows_of(parts, _PASSES, 2),
            *rows_of(parts, ("the rest",), 1),
            Row("PyYAML safe_load of the same files", peers),
        ],
    )
    print_ratio("against PyYAML", load, peers)
    rows = process_rows("explain, reference engine alone", alone, EXPLAIN_BUDGET)
    if checked:
        rows += process_rows("explain, two engines compared", checked, EXPLAIN_BUDGET)
    rows += [
        Row("the interpreter", [times.elapsed for times in interpreter], depth=1),
        *rows_of(parts, _IMPORTS, 1),
        *rows_of(parts, ("load the rulebook", *_DECIDING), 1),
        *(rows_of(parts, _DURABLE, 1) if checked else ()),
    ]
    print_table(f"A cold start: enforcerules explain {case.name}", rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Where the time of a cold start goes.")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--case", type=Path, default=CASE)
    parser.add_argument("--measure", choices=("parts", "peer"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure_parts(given.case) if given.measure == "parts" else measure_peer()))
    else:
        report(given.runs, given.case)


if __name__ == "__main__":
    main()
