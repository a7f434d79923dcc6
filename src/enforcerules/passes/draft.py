"""What the passes hand to one another: documents by name with their places, and what was built so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from enforcerules.errors import Diagnostic, Span, did_you_mean
from enforcerules.model import (
    Action,
    Clause,
    Doubt,
    Due,
    Enumeration,
    Fact,
    Finding,
    Form,
    Invariant,
    Parameter,
    Rule,
    SourceDocument,
)
from enforcerules.syntax.nodes import Path
from enforcerules.syntax.rulebook import File, RulebookFiles
from enforcerules.text import Text
from enforcerules.values import WorkCalendar

Content = TypeVar("Content")


class Place(NamedTuple):
    """A block of a rulebook file."""

    file: File
    path: Path

    def span(self, *path: str | int, key: bool = False) -> Span:
        """Return the place of something inside the block."""
        return self.file.span((*self.path, *path), key=key)

    def inside(self, *path: str | int) -> Place:
        """Return a block inside the block."""
        return Place(self.file, (*self.path, *path))


class Placed(NamedTuple, Generic[Content]):
    """A document block and where it stands."""

    content: Content
    place: Place


@dataclass
class Draft:
    """A rulebook on its way through the passes."""

    files: RulebookFiles
    faults: list[Diagnostic]
    documents: dict[str, dict[str, Placed[Any]]] = field(default_factory=dict)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    findings: dict[str, Finding] = field(default_factory=dict)
    labels: dict[str, Text] = field(default_factory=dict)
    invariants: list[Invariant] = field(default_factory=list)
    sources: dict[str, SourceDocument] = field(default_factory=dict)
    clauses: dict[str, Clause] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    rule_places: dict[str, Place] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    dues: list[Due] = field(default_factory=list)
    calendar: WorkCalendar = field(default_factory=lambda: WorkCalendar({}))
    strata: tuple[tuple[str, ...], ...] = ()
    overriders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    uses: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, code: str, message: Text, span: Span, hint: Text | None = None) -> None:
        """Record a fault."""
        self.faults.append(Diagnostic(code, message, span, hint))

    def placed(self, kind: str) -> Iterator[tuple[str, Placed[Any]]]:
        """Yield the documents of one kind with their names, in the order written."""
        yield from self.documents.get(kind, {}).items()

    def knows(self, kind: str, name: str, place: Place, *path: str | int) -> bool:
        """Tell whether there is a document `name` of `kind`; record a fault when there is none."""
        known = self.documents.get(kind, {})
        if name in known:
            return True
        zh, en = KINDS[kind]
        self.fault(
            "ER1010",
            Text(f"没有名为 `{name}` 的{zh}", f"there is no {en} `{name}`"),
            place.span(*path),
            did_you_mean(name, known),
        )
        return False

    def use(self, clause: str, user: str) -> None:
        """Note that a clause is used, for the clause ledger."""
        self.uses.setdefault(clause, []).append(user)


KINDS = {
    "enumeration": ("枚举", "enumeration"),
    "fact": ("事实", "fact"),
    "finding": ("认定", "finding"),
    "label": ("标签", "label"),
    "source": ("文件", "source"),
    "clause": ("条款", "clause"),
    "parameter": ("参数", "parameter"),
    "action": ("应办事项", "action"),
    "doubt": ("疑义", "doubt"),
    "rule": ("规则", "rule"),
    "form": ("报表", "form"),
}
