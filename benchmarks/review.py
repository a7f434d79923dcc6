"""How long the review of the packaged rulebook takes: check, test, prove, diff and mutate.

    python benchmarks/review.py [--runs 3] [--changes 60]

Every command is a process of its own, as somebody would run it; below what somebody waited stands the processor
time, which is the same on a busy machine. Each has a peer in the same run: for `check` PyYAML reading the same
files, for `test` the same scenarios by one engine, for `prove` its red lines put to generated cases, for `diff`
the lines of text compared, for `mutate` every scenario run whole for every change.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from enforcerules import Rulebook, load_rulebook
from enforcerules.engines.agreement import case_json
from enforcerules.review.mutation.judging import prepare_trial
from enforcerules.review.mutation.running import choose
from enforcerules.review.properties import Answer, is_kept, read_properties
from enforcerules.review.scenarios import read_scenarios
from tables import REVIEW_BUDGET, Row, Times, machine, print_ratio, print_table, process_rows, time_process

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "rules"
SEED = 7
CASES = 200
_LINE = "value: 500000, clause: 001.t1.value"


# --- the peers: processor time in this process -----------------------------------------------------


def processor(run: Callable[[], Any]) -> float:
    started = time.process_time()
    run()
    return time.process_time() - started


def read_with_pyyaml() -> None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(RULES.rglob("*.yaml")):
        yaml.load(path.read_text(encoding="utf-8"), Loader=loader)


def try_red_lines(book: Rulebook) -> None:
    """Put every red line of one case to generated cases, as the test suite does: no proof, but a try."""
    from enforcerules.testing import random_facts

    rng = Random(SEED)
    lines = [line.content for line in read_properties(book) if line.content.kind != "monotone"]
    for _ in range(CASES):
        answer = Answer(book.decide(book.read_case(case_json(random_facts(book.resolved, rng)))))
        for line in lines:
            is_kept(line, answer)


def compare_lines(other: Path) -> None:
    for path in sorted(RULES.rglob("*.yaml")):
        before, after = (
            one.read_text(encoding="utf-8").splitlines() for one in (path, other / path.relative_to(RULES))
        )
        list(difflib.unified_diff(before, after))


# --- all of them -----------------------------------------------------------------------------------


def planted(folder: Path) -> Path:
    """Return a copy of the rulebook with one nought too many."""
    copy = Path(shutil.copytree(RULES, folder / "rules"))
    path = copy / "parameters.yaml"
    before = path.read_text(encoding="utf-8")
    after = before.replace(_LINE, _LINE.replace("500000", "5000000"))
    if after == before:
        raise SystemExit(f"{path} does not have {_LINE!r}")
    path.write_text(after, encoding="utf-8")
    return copy


def command(*words: str, exits: int = 0) -> Times:
    return time_process("-m", "enforcerules", *words, exits=exits)


def report(runs: int, changes: int) -> None:
    book = load_rulebook(RULES)
    print(f"{machine()}; {runs} runs, each in a process of its own")
    with tempfile.TemporaryDirectory() as folder:
        other = planted(Path(folder))
        found: dict[str, list[Times]] = {"check": [], "test": [], "test, one engine": [], "prove": [], "diff": []}
        reading, trying, comparing = [], [], []
        for _ in range(runs):
            found["check"].append(command("check", str(RULES)))
            found["test"].append(command("test", str(RULES)))
            found["test, one engine"].append(command("test", str(RULES), "--engine", "reference"))
            found["prove"].append(command("prove", str(RULES)))
            found["diff"].append(command("diff", str(RULES), str(other), exits=1))
            reading.append(processor(read_with_pyyaml))
            trying.append(processor(lambda: try_red_lines(book)))
            comparing.append(processor(lambda: compare_lines(other)))
    rows = []
    for name, times in found.items():
        rows += process_rows(name, times, None if name == "diff" else REVIEW_BUDGET)
    print_table("The review of the packaged rulebook", rows)
    taken = {name: [each.processor for each in times] for name, times in found.items()}
    print_ratio("check: against PyYAML reading the same files", taken["check"], reading)
    print_ratio("test: against one engine alone", taken["test"], taken["test, one engine"])
    print_ratio(f"prove: against trying the red lines on {CASES} generated cases", taken["prove"], trying)
    print_ratio("diff, one nought too many: against comparing the lines of text", taken["diff"], comparing)
    report_mutate(book, changes)


def report_mutate(book: Rulebook, changes: int) -> None:
    """Judge some changes drawn at random, once: it takes long."""
    trial = prepare_trial(book, RULES)
    judge = trial.judge(3)
    numbers = choose(trial, sample=changes, seed=SEED)
    each = [processor(lambda number=number: judge.judge(trial.mutations[number])) for number in numbers]  # type: ignore[misc]
    # the slow way: every scenario, whole, for one change
    whole = processor(trial.failing)
    names = {variant.scenario for variant in read_scenarios(book, RULES)}
    print_table(
        f"mutate: {len(each)} of {len(trial.mutations)} changes, {len(names)} scenarios",
        [Row("judge a change", each), Row("all scenarios, whole", [whole])],
    )
    _print_whole(each, len(trial.mutations), whole)


def _print_whole(each: Sequence[float], changes: int, whole: float) -> None:
    mean = statistics.fmean(each)
    print(
        f"  all changes at this rate: {mean * changes / 60:.0f} min of processor time, mean {mean * 1000:.0f} ms each"
    )
    print(f"  against running every scenario for each change: {mean / whole:.3f} times as long")


def main() -> None:
    parser = argparse.ArgumentParser(description="How long the review of the packaged rulebook takes.")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--changes", type=int, default=60)
    given = parser.parse_args()
    report(given.runs, given.changes)


if __name__ == "__main__":
    main()
