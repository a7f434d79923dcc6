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

from enforcerules.case import Case, Unknown, read_case
from enforcerules.classification import Classification
from enforcerules.deciding.classify import classify_decision
from enforcerules.deciding.decision import Decision
from enforcerules.errors import CaseError, Diagnostic, RulebookError, Span, quoted
from enforcerules.model import ResolvedRulebook
from enforcerules.review.difference import Difference
from enforcerules.review.differences import find_differences
from enforcerules.review.names import Names, check_names
from enforcerules.rulebook import EngineName, Rulebook, packaged_folder
from enforcerules.syntax.nodes import Path as NodePath
from enforcerules.syntax.rulebook import File, read_scenario_files
from enforcerules.syntax.scenario_documents import ExpectDoc, ScenarioDoc, VariantDoc, opposite
from enforcerules.text import Text
from enforcerules.wording import show_value


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
        for variant in _variants(rulebook.resolved, file, index, scenario)
    ]
    faults += _repeated(files)
    names = Names(rulebook.resolved)
    for variant in variants:
        faults += check_names(names, variant.expect, variant.file, (*variant.path, "expect"))
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


def _variants(book: ResolvedRulebook, file: File, index: int, doc: ScenarioDoc) -> Iterator[Variant]:
    def variant(name: Text, facts: Mapping[str, Any], expect: ExpectDoc, *path: str | int) -> Variant:
        at: NodePath = ("scenarios", index, *path)
        return Variant(doc.id, doc.title.text(), name, doc.world, MappingProxyType(dict(facts)), expect, file, at)

    if doc.expect is not None:
        yield variant(_AS_IT_STANDS, doc.facts, doc.expect)
        for fact, values in doc.each.items():
            for number, value in enumerate(values):
                name = _say_facts(book, {fact: value})
                yield variant(name, {**doc.facts, fact: value}, doc.expect, "each", fact, number)
        for number, facts in enumerate(doc.also):
            yield variant(_say_facts(book, facts), {**doc.facts, **facts}, doc.expect, "also", number)
        undone = opposite(doc.expect)
        for number, facts in enumerate(doc.but if undone is not None else ()):
            zh, en = _say_facts(book, facts)
            name = Text(f"但{zh}", f"But: {en}")
            yield variant(name, {**doc.facts, **facts}, undone or doc.expect, "but", number)
    for number, one in enumerate(doc.variants):
        yield variant(one.name.text(), {**doc.facts, **one.facts}, one.expect, "variants", number)


_AS_IT_STANDS = Text("如题", "As it stands")


def _say_facts(book: ResolvedRulebook, facts: Mapping[str, Any]) -> Text:
    """Return facts in words, as the name of a variant."""
    said = [_say_fact(book, name, value) for name, value in facts.items()]
    return Text("，".join(one.zh for one in said), ", ".join(one.en for one in said))


def _say_fact(book: ResolvedRulebook, name: str, value: Any) -> Text:
    fact = book.vocabulary.facts.get(name)
    try:
        # a value that cannot be read is told as a fault; here it only has no words
        read = None if fact is None or value is None else read_case(book, {name: value}).given.get(name)
    except CaseError:
        read = None
    label = fact.label if fact is not None else Text(name, name)
    if fact is None or read is None:
        unknown = Text("不明", "unknown") if value is None else Text(str(value), str(value))
        return Text(f"{label.zh}{unknown.zh}", f"{label.en} {unknown.en}")
    shown = show_value(fact, read)
    return Text(f"{label.zh}：{shown.zh}", f"{label.en}: {shown.en}")


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
        rulebook.read_case(variant.facts)
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
    shared: NodePath = (*variant.path[:2], "facts", name)
    match variant.path[2:]:
        case ("variants", _):
            own: NodePath = (*variant.path, "facts", name)
        case ("each", fact, _) if fact == name:
            own = variant.path
        case ("also" | "but", _):
            own = (*variant.path, name)
        case _:
            return variant.file.span(shared, key=at_key)
    block: Any = variant.file.content.scenarios[variant.path[1]]
    for step in own[2:-1]:
        block = getattr(block, str(step)) if isinstance(block, (ScenarioDoc, VariantDoc)) else block[step]
    written_here = isinstance(block, list) or name in block
    return variant.file.span(own if written_here else shared, key=at_key)


def _once(faults: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Leave out what was told before: a wrong fact of a scenario is wrong in each of its variants."""
    return list({(str(fault.span), fault.code, fault.message): fault for fault in faults}.values())
