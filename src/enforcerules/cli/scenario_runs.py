"""Running scenarios in one process or several, and what came of each variant."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from enforcerules.cli.inputs import Engines
from enforcerules.errors import DisagreementError
from enforcerules.review.coverage import Counts, Coverage
from enforcerules.review.scenarios import ScenarioResult, Variant, compare_variant, read_scenarios, read_variant
from enforcerules.review.spreading import Work, spread

if TYPE_CHECKING:
    from enforcerules.rulebook import EngineName, Rulebook

# so many go to a process together, and fewer than so many are not worth one
AT_ONCE = 64
FEW = 640


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one variant: nothing more to say, an answer not expected, or two engines that do not agree."""

    variant: Variant
    seconds: float
    failed: ScenarioResult | None = None
    disagreement: DisagreementError | None = None

    @property
    def passed(self) -> bool:
        """Whether it came to what is expected."""
        return self.failed is None and self.disagreement is None


@dataclass
class Runs:
    """What came of all of them, the coverage where it was asked for, and the engines that answered."""

    engines: Engines
    coverage: Coverage | None
    engine: str | None
    entries: list[Run]


def run_all(
    book: Rulebook,
    folder: Path | None,
    variants: Sequence[Variant],
    wanted: Sequence[int],
    *,
    asked: EngineName | None,
    measured: bool,
    jobs: int | None,
    done: Callable[[int], None],
) -> Runs:
    """Run variants and return what came of them, in their order.

    Args:
        book: the rulebook.
        folder: where it is, for other processes to load; None for the packaged one.
        variants: its variants.
        wanted: which of them to run, by number.
        asked: the engine asked for, if any.
        measured: whether to tell what they cover.
        jobs: in how many processes; by default one a processor.
        done: told how many are done by now.

    Raises:
        EngineUnavailableError: when the engine asked for is not installed.

    """
    work: Work[Sequence[int], _Ran] = Work(
        _prepare,
        (folder, asked, measured),
        lambda: _running(book, variants, asked, measured=measured),
        few=FEW // AT_ONCE,
    )
    found = Runs(Engines(asked), Coverage(book.resolved) if measured else None, None, [])
    slices = [wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE)]
    for ran in spread(work, slices, jobs):
        found.engines, found.engine = ran.engines, ran.engine or found.engine
        if found.coverage is not None:
            found.coverage.take_over(ran.counts)
        for one in ran.ran:
            variant = variants[one.number]
            # an answer is large, and few are asked for again: only those that were not expected
            found.entries.append(
                Run(variant, one.seconds) if one.passed else _tell(book, variant, ran.engines, one.seconds)
            )
        done(len(found.entries))
    return found


class _One(NamedTuple):
    number: int
    seconds: float
    passed: bool


class _Ran(NamedTuple):
    """What came of some variants."""

    ran: list[_One]
    engines: Engines
    engine: str | None
    counts: Counts


def _prepare(folder: Path | None, asked: EngineName | None, measured: bool) -> Callable[[Sequence[int]], _Ran]:
    from enforcerules.rulebook import load_rulebook

    book = load_rulebook(folder)
    return _running(book, read_scenarios(book, folder), asked, measured=measured)


def _running(
    book: Rulebook, variants: Sequence[Variant], asked: EngineName | None, *, measured: bool
) -> Callable[[Sequence[int]], _Ran]:
    engines = Engines(asked)
    coverage = Coverage(book.resolved) if measured else None

    def run(numbers: Sequence[int]) -> _Ran:
        ran: list[_One] = []
        engine = None
        for number in numbers:
            variant, begun = variants[number], time.perf_counter()
            try:
                decision, answer = engines.decide(book, read_variant(book, variant))
            except DisagreementError:
                passed = False
            else:
                engine = answer.engine
                passed = compare_variant(variant, decision, answer).passed
                if coverage is not None:
                    coverage.add(decision, variant.id)
            ran.append(_One(number, time.perf_counter() - begun, passed))
        return _Ran(ran, engines, engine, coverage.hand_over() if coverage is not None else Counts(0, {}))

    return run


def _tell(book: Rulebook, variant: Variant, engines: Engines, seconds: float) -> Run:
    try:
        decision, answer = engines.decide(book, read_variant(book, variant))
    except DisagreementError as error:
        return Run(variant, seconds, None, error)
    return Run(variant, seconds, compare_variant(variant, decision, answer))
