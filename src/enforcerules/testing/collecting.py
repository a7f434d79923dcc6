"""The files of rulebooks as pytest collects them: each variant of a scenario is a test, and each red line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from enforcerules.errors import EnforceRulesError, RulebookError, render
from enforcerules.language import choose_language
from enforcerules.review.example_page import example_lines
from enforcerules.review.failure_page import failure_lines
from enforcerules.review.properties import Proof, RedLine, read_properties
from enforcerules.review.prover import Prover
from enforcerules.review.proving import prove_property
from enforcerules.review.scenarios import ScenarioResult, Variant, read_scenarios, run_variant
from enforcerules.review.standing import Standings
from enforcerules.rulebook import EngineName, Rulebook, load_rulebook
from enforcerules.syntax.rulebook import list_files
from enforcerules.testing.assertions import BrokenError
from enforcerules.text import Language, Text


@dataclass(frozen=True, slots=True)
class Settings:
    """How tests are run.

    Attributes:
        engine: which engine decides the scenarios.
        cases: how many cases each red line is put to; None for what the profile of hypothesis says.
        seconds: how long to prove each red line; None to put it to cases instead.

    """

    engine: EngineName
    cases: int | None
    seconds: float | None


class Collecting:
    """Collects the files of the rulebooks in some folders, whenever pytest comes upon one."""

    def __init__(self, folders: list[Path], settings: Settings) -> None:
        language = choose_language([], os.environ)
        self._books = [Book(folder, settings, language) for folder in folders]

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Return a collector for a file that a rulebook lists."""
        path = file_path.resolve()
        for book in self._books:
            if path.is_relative_to(book.folder) and (path.name == "rulebook.yaml" or path in book.files):
                return RulebookFile.from_parent(parent, path=file_path, book=book)
        return None


@dataclass
class Book:
    """One rulebook, read when the first of its files is collected."""

    folder: Path
    settings: Settings
    language: Language
    faults_told: bool = field(default=False)

    @cached_property
    def files(self) -> frozenset[Path]:
        """The files with tests in them."""
        try:
            listed = list_files(self.folder)
        except RulebookError:
            # told where rulebook.yaml itself is collected
            return frozenset()
        return frozenset(
            (self.folder / name).resolve() for kind in ("scenarios", "properties") for name in listed[kind]
        )

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook itself."""
        return load_rulebook(self.folder)

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        """Its scenarios."""
        return read_scenarios(self.rulebook, self.folder)

    @cached_property
    def red_lines(self) -> tuple[RedLine, ...]:
        """Its red lines."""
        return read_properties(self.rulebook, self.folder)

    @cached_property
    def standings(self) -> Standings:
        """Where things stand in the rulebook: read anew, and only when something failed."""
        return Standings(self.folder)

    @cached_property
    def prover(self) -> Prover:
        """One prover for all red lines: to put the rulebook before z3 takes longer than most proofs."""
        return Prover(self.rulebook.resolved, [line.content for line in self.red_lines])


class RulebookFile(pytest.File):
    """A file of a rulebook."""

    def __init__(self, *, book: Book, **of_pytest: Any) -> None:
        super().__init__(**of_pytest)
        self.book = book

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the tests of the file. What is wrong with the rulebook is told once, with the first file."""
        book = self.book
        if book.faults_told:
            return
        try:
            variants, red_lines = book.variants, book.red_lines
        except RulebookError as error:
            book.faults_told = True
            raise self.CollectError(render(error.diagnostics, book.language)) from None
        here = self.path.resolve()
        names: dict[str, int] = {}
        for variant in variants:
            if (book.folder / variant.file.document.source.path).resolve() == here:
                yield ScenarioItem.from_parent(self, name=_once(variant.id, names), variant=variant)
        for line in red_lines:
            if (book.folder / line.span.source.path).resolve() == here:
                yield RedLineItem.from_parent(self, name=line.id, line=line)


def _once(name: str, names: dict[str, int]) -> str:
    """Return a name, with a number where it stood before."""
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name}-{names[name]}"


class _RulebookItem(pytest.Item):
    parent: RulebookFile

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what is told of a failure: what was expected beside what came out."""
        lines = self.failure(excinfo.value, self.parent.book.language)
        return super().repr_failure(excinfo, style) if lines is None else "\n".join(lines)

    def failure(self, error: BaseException, language: Language) -> list[str] | None:
        """Return the lines that tell an error; None where pytest tells it as it tells any other."""
        return [render(error.diagnostics, language)] if isinstance(error, EnforceRulesError) else None


class NotAsExpectedError(Exception):
    """A scenario came out otherwise than expected."""

    def __init__(self, result: ScenarioResult) -> None:
        super().__init__("; ".join(found.message.en for found in result.differences))
        self.result = result


class ScenarioItem(_RulebookItem):
    """One variant of a scenario."""

    def __init__(self, *, variant: Variant, **of_pytest: Any) -> None:
        super().__init__(**of_pytest)
        self.variant = variant
        self.add_marker("enforcerules_scenario")

    def runtest(self) -> None:
        """Decide the case, and hold the answer against what is expected."""
        book = self.parent.book
        result = run_variant(book.rulebook, self.variant, engine=book.settings.engine)
        if not result.passed:
            raise NotAsExpectedError(result)

    def failure(self, error: BaseException, language: Language) -> list[str] | None:
        """Return expected and actual side by side, and the rules behind it."""
        if isinstance(error, NotAsExpectedError):
            return list(failure_lines(error.result, self.parent.book.standings, language))
        return super().failure(error, language)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the variant stands."""
        return self.path, self.variant.span().line - 1, self.name


class NotProvedError(Exception):
    """A red line is neither proved nor refuted."""

    def __init__(self, proof: Proof) -> None:
        super().__init__(f"{proof.line.id}: {proof.verdict}")
        self.proof = proof


_NOT_PROVED = {
    "undecided": Text("未决：时限已到，不等于已证明", "undecided: the time was up; that is no proof"),
    "vacuous": Text("空泛：没有任何案件符合它的 `when`", "vacuous: no case meets its `when`"),
}


class RedLineItem(_RulebookItem):
    """One red line."""

    def __init__(self, *, line: RedLine, **of_pytest: Any) -> None:
        super().__init__(**of_pytest)
        self.line = line
        self.add_marker("enforcerules_red_line")

    def runtest(self) -> None:
        """Put the red line to cases made for it, or prove it for all."""
        book = self.parent.book
        if book.settings.seconds is None:
            from enforcerules.testing.searching import assert_keeps_all

            assert_keeps_all(book.rulebook, self.line, cases=book.settings.cases)
            return
        proof = prove_property(book.rulebook, book.prover, self.line, seconds=book.settings.seconds)
        if proof.counterexample is not None:
            raise BrokenError(self.line, proof.counterexample)
        if proof.verdict != "proved":
            raise NotProvedError(proof)

    def failure(self, error: BaseException, language: Language) -> list[str] | None:
        """Return the smallest case that breaks the red line, and what is decided of it."""
        title, span = self.line.content.title[language], self.line.span
        told = [f"✗ {self.line.id}  {span}", f"  {title}", ""]
        if isinstance(error, BrokenError):
            book = self.parent.book
            lines = example_lines(book.rulebook, self.line, error.example, book.standings, language)
            return told + [f"    {text}" for text in lines]
        if isinstance(error, NotProvedError):
            return [*told, f"    {_NOT_PROVED[error.proof.verdict][language]}"]
        return super().failure(error, language)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the red line stands."""
        return self.path, self.line.span.line - 1, self.name
