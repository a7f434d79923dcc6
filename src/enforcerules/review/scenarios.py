"""Worked cases: read them, classify each, and say where the answer is not the one expected.

A scenario that names what the rulebook does not know is faulty, not passed: a clause that was renamed
would otherwise be "not met" for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from enforcerules.case import Case, Unknown
from enforcerules.classification import Classification
from enforcerules.deciding.classify import classify_decision
from enforcerules.deciding.decision import Decision
from enforcerules.errors import CaseError, Diagnostic, RulebookError, Span, quoted
from enforcerules.review.differences import Difference, find_differences
from enforcerules.review.names import check_names
from enforcerules.rulebook import EngineName, Rulebook, packaged_folder
from enforcerules.syntax.nodes import Path as NodePath
from enforcerules.syntax.rulebook import File, read_scenario_files
from enforcerules.syntax.scenario_documents import ExpectDoc, ScenarioDoc, VariantDoc
from enforcerules.text import Text


@dataclass(frozen=True, slots=True)
class Variant:
    """One case of a scenario with what it must yield. `facts` includes those of the scenario."""

    scenario: str
    title: Text
    name: Text
    world: Literal["closed", "open"]
    facts: Mapping[str, Any]
    expect: ExpectDoc
    file: File
    path: NodePath

    @property
    def id(self) -> str:
        """Scenario and variant in one, such as ``S-01[500,000 exactly]``."""
        return f"{self.scenario}[{self.name.en}]"

    @property
    def unknown(self) -> Unknown:
        """What a fact that is not written means."""
        return "absent" if self.world == "closed" else "open"

    def span(self, *path: str | int) -> Span:
        """Return the place of something inside the variant."""
        return self.file.span((*self.path, *path))


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What came of one variant. No differences: the rulebook says what it must."""

    variant: Variant
    classification: Classification
    differences: tuple[Difference, ...]
    decision: Decision = field(repr=False, compare=False)

    @property
    def passed(self) -> bool:
        """Whether the answer is the one expected."""
        return not self.differences


def read_scenarios(rulebook: Rulebook, folder: Path | None = None) -> tuple[Variant, ...]:
    """Read the scenarios listed in a rulebook's folder (by default the packaged one), one entry a variant.

    Names and facts are checked against `rulebook`, which was loaded from that folder. Every fault found
    is raised together as a `RulebookError`: of form, names that the rulebook does not know, facts that
    cannot be read, ids that stand twice.
    """
    files, faults = read_scenario_files(folder or packaged_folder())
    variants = [
        variant
        for file in files
        for index, scenario in enumerate(file.content.scenarios)
        for variant in _variants(file, index, scenario)
    ]
    faults += _repeated(files)
    for variant in variants:
        faults += check_names(rulebook.resolved, variant.expect, variant.file, (*variant.path, "expect"))
        faults += _check_facts(rulebook, variant)
    if faults:
        raise RulebookError(_once(faults))
    return tuple(variants)


def run_variant(rulebook: Rulebook, variant: Variant, *, engine: EngineName = "reference") -> ScenarioResult:
    """Classify one variant and compare the answer with the one expected."""
    decision = rulebook.decide(read_variant(rulebook, variant), engine=engine)
    return compare_variant(variant, decision, classify_decision(decision, engine))


def read_variant(rulebook: Rulebook, variant: Variant) -> Case:
    """Return the case of a variant. Without `as_of` or `duty_date` it has no day: no clock is read."""
    return rulebook.read_case(variant.facts, unknown=variant.unknown)


def compare_variant(variant: Variant, decision: Decision, answer: Classification) -> ScenarioResult:
    """Compare the answer to a variant's case with the one expected."""
    differences = find_differences(variant.expect, answer, variant.file, (*variant.path, "expect"))
    return ScenarioResult(variant, answer, tuple(differences), decision)


def run_scenarios(
    rulebook: Rulebook, variants: Iterable[Variant], *, engine: EngineName = "reference"
) -> Iterator[ScenarioResult]:
    """Yield the result of each variant, in the order given."""
    for variant in variants:
        yield run_variant(rulebook, variant, engine=engine)


def find_uncovered_rules(rulebook: Rulebook, results: Iterable[ScenarioResult]) -> list[str]:
    """Return the rules, those of the report forms too, that hold in none of the results; sorted."""
    covered = {rule.id for result in results for rule in result.classification.rules.met}
    return sorted(rulebook.resolved.rules.keys() - covered)


def _variants(file: File, index: int, doc: ScenarioDoc) -> Iterator[Variant]:
    for number, variant in enumerate(doc.variants):
        yield Variant(
            scenario=doc.id,
            title=doc.title.text(),
            name=variant.name.text(),
            world=doc.world,
            facts=MappingProxyType({**doc.facts, **variant.facts}),
            expect=variant.expect,
            file=file,
            path=("scenarios", index, "variants", number),
        )


def _repeated(files: Iterable[File]) -> Iterator[Diagnostic]:
    scenarios: dict[str, Span] = {}
    for file in files:
        for index, doc in enumerate(file.content.scenarios):
            path: NodePath = ("scenarios", index)
            yield from _second(doc.id, file.span((*path, "id")), scenarios)
            names: dict[str, Span] = {}
            for number, variant in enumerate(doc.variants):
                yield from _second(_name(variant), file.span((*path, "variants", number, "name", "en")), names)


def _name(variant: VariantDoc) -> str:
    return variant.name.en


def _second(name: str, span: Span, seen: dict[str, Span]) -> Iterator[Diagnostic]:
    first = seen.setdefault(name, span)
    if first is not span:
        yield Diagnostic(
            "ER1001",
            Text(f"{quoted(name)} 定义了两次", f"{quoted(name)} is defined twice"),
            span,
            Text("改名或删去其中之一", "rename or remove one of them"),
            ((Text("第一次定义", "the first definition"), first),),
        )


def _check_facts(rulebook: Rulebook, variant: Variant) -> Iterator[Diagnostic]:
    try:
        rulebook.read_case(variant.facts, unknown=variant.unknown)
    except CaseError:
        # a fact is read by itself, so each fault has its own fact and with that its place
        for name, value in variant.facts.items():
            try:
                rulebook.read_case({name: value})
            except CaseError as error:
                span = _fact_span(variant, name, at_key=value is None or name not in rulebook.resolved.vocabulary.facts)
                for found in error.diagnostics:
                    yield Diagnostic(found.code, found.message, span, found.hint)


def _fact_span(variant: Variant, name: str, *, at_key: bool) -> Span:
    own: NodePath = (*variant.path, "facts", name)
    shared: NodePath = (*variant.path[:2], "facts", name)
    scenario: ScenarioDoc = variant.file.content.scenarios[variant.path[1]]
    written_here = name in scenario.variants[int(variant.path[3])].facts
    return variant.file.span(own if written_here else shared, key=at_key)


def _once(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Leave out what was told before: a wrong fact of a scenario is wrong in each of its variants."""
    return list({(str(fault.span), fault.code, fault.message): fault for fault in faults}.values())
