"""The façade: one immutable rulebook that classifies cases."""

from __future__ import annotations

import gc
import threading
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache, partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from enforcerules.case import Case, Unknown, read_case
from enforcerules.classification import Classification
from enforcerules.deciding.classify import classify_decision, day_of_decision, decide_case
from enforcerules.deciding.decision import Decision
from enforcerules.deciding.law import Law
from enforcerules.engines.protocol import Engine
from enforcerules.engines.reference import ReferenceEngine
from enforcerules.errors import Source
from enforcerules.model import Facts, ResolvedRulebook, Value, days_of_change, situate
from enforcerules.passes import compile_rulebook
from enforcerules.values import Place
from enforcerules.values.truth import NOT_MET

if TYPE_CHECKING:
    from enforcerules.explaining import Format
    from enforcerules.text import Language

EngineName = Literal["reference", "durable", "both"]
CaseInput = Mapping[str, Any] | str | bytes | Source


class Rulebook:
    """A loaded rulebook. Immutable; one object may serve many threads."""

    def __init__(self, book: ResolvedRulebook) -> None:
        self._book = book
        self._engines: dict[str, Engine] = {"reference": ReferenceEngine(book)}
        self._lock = threading.Lock()
        self._situate = lru_cache(maxsize=1024)(partial(situate, book))
        self._law = lru_cache(maxsize=1024)(self._find_law)
        self._later_law = lru_cache(maxsize=1024)(self._find_later_law)

    @property
    def resolved(self) -> ResolvedRulebook:
        """The rulebook's content."""
        return self._book

    @property
    def version(self) -> str:
        """The rulebook's version."""
        return self._book.version

    @property
    def sha256(self) -> str:
        """The hash of every file of the rulebook, in the order listed."""
        return self._book.sha256

    def read_case(self, case: CaseInput, *, today: date | None = None, unknown: Unknown = "open") -> Case:
        """Read a case against the vocabulary.

        Raises:
            CaseError: with every fault found.

        """
        return read_case(self._book, case, today=today, unknown=unknown)

    def decide(self, case: Case, *, engine: EngineName = "reference") -> Decision:
        """Decide every rule for a case that was read.

        Raises:
            EngineUnavailableError: when the engine is not installed.
            DisagreementError: when `both` engines answer differently.

        """
        facts = case.facts
        place, products = facts.place, facts.known.get("product_categories")
        categories = products if isinstance(products, frozenset) else None
        duty, conduct, decided = map(self._period, (facts.duty_date, facts.conduct_date, day_of_decision(case)))
        law = self._law(place, duty, conduct, categories)
        later = self._later_law(place, duty, conduct, decided, categories)
        return decide_case(self._book, case, law, self._engine(engine), later)

    def classify(
        self,
        case: CaseInput,
        *,
        today: date | None = None,
        unknown: Unknown = "open",
        engine: EngineName = "reference",
    ) -> Classification:
        """Classify a case.

        Args:
            case: a mapping of facts, or JSON text.
            today: the date taken when the case names none; nothing here reads the clock.
            unknown: `open` leaves absent facts unknown; `absent` gives them the vocabulary's closed-world
                values, and the result lists each such assumption.
            engine: `reference` defines the meaning; `durable` runs durable_rules; `both` compares them.

        Raises:
            CaseError: when the case is wrong. An incomplete case is not: it comes out open.
            EngineUnavailableError: when the engine is not installed.
            DisagreementError: when `both` engines answer differently.

        """
        read = self.read_case(case, today=today, unknown=unknown)
        return classify_decision(self.decide(read, engine=engine), engine)

    def explain(
        self,
        case: CaseInput,
        *,
        language: Language = "zh",
        format: Format = "text",  # noqa: A002 - the word of the command line
        full: bool = False,
        rule: str | None = None,
        today: date | None = None,
        unknown: Unknown = "open",
        engine: EngineName = "reference",
    ) -> str:
        """Return the inspector's page about a case.

        Args:
            case: as for `classify`.
            language: `zh` or `en`.
            format: `text`, `markdown` or `html`.
            full: everything, rather than what fits two screens.
            rule: only this rule, with its whole condition.
            today: as for `classify`.
            unknown: as for `classify`.
            engine: as for `classify`.

        Raises:
            CaseError: when the case is wrong.
            RulebookError: when there is no such rule.
        """
        from enforcerules.explaining import explain_case

        decision = self.decide(self.read_case(case, today=today, unknown=unknown), engine=engine)
        result = classify_decision(decision, engine)
        return explain_case(decision, result, language=language, format=format, full=full, engines=engine, rule=rule)

    def case_schema(self) -> dict[str, Any]:
        """Return the JSON Schema (draft-07) of a case."""
        from enforcerules.schemas import case_schema

        return case_schema(self._book)

    def _find_law(
        self, place: Place | None, duty_date: date | None, conduct_date: date | None, products: frozenset[str] | None
    ) -> Law:
        known: dict[str, Value] = {} if products is None else {"product_categories": products}
        situation = self._situate(place, duty_date, conduct_date)
        return Law(self._book, situation, Facts(known, place, duty_date, conduct_date))

    def _period(self, day: date | None) -> date | None:
        """Return the first day of the period in which the law is that of `day`."""
        if day is None:
            return None
        before = bisect_right(self._days_of_change, day)
        return self._days_of_change[before - 1] if before else date.min

    @cached_property
    def _days_of_change(self) -> list[date]:
        return days_of_change(self._book)

    def _find_later_law(
        self,
        place: Place | None,
        duty_date: date | None,
        conduct_date: date | None,
        decided: date | None,
        products: frozenset[str] | None,
    ) -> Law | None:
        """Return the law when the penalty is decided, where that is another than when the act was done.

        It is looked at only where a rule lets it govern; without one there is no choice.
        """
        if conduct_date is None or decided is None or decided <= conduct_date:
            return None
        law = self._law(place, duty_date, conduct_date, products).situation
        if all(law.clauses[clause] is NOT_MET for clause in self._book.lighter_law.clauses):
            return None
        later = self._law(place, duty_date, decided, products)
        return later if later.situation.clauses != law.clauses else None

    def _engine(self, name: EngineName) -> Engine:
        with self._lock:
            if name not in self._engines:
                self._engines[name] = self._start(name)
            return self._engines[name]

    def _start(self, name: EngineName) -> Engine:
        # a C extension comes in only when somebody asks for it
        if name == "durable":
            from enforcerules.engines.durable import DurableEngine

            return DurableEngine(self._book)
        from enforcerules.engines.agreement import AgreeingEngines

        return AgreeingEngines(self._book)


def packaged_folder() -> Path:
    """Return the folder of the rulebook that comes with the package.

    An editable install has no copy inside the package; there it is `rules/` beside `src/`.
    """
    inside = Path(str(files("enforcerules"))) / "rules"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "rules"


def load_rulebook(folder: str | Path | None = None) -> Rulebook:
    """Load a rulebook, by default the packaged one, which is loaded once a process.

    Raises:
        RulebookError: with every fault found.

    """
    return _packaged() if folder is None else _load(Path(folder))


@lru_cache(maxsize=1)
def _packaged() -> Rulebook:
    return _load(packaged_folder())


def _load(folder: Path) -> Rulebook:
    # of what a rulebook is made of hardly anything is garbage, and to look for it takes as long as to make it
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Rulebook(compile_rulebook(folder))
    finally:
        if collecting:
            gc.enable()
