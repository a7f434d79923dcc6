"""rulebook.yaml and the vocabulary."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from enforcerules.syntax.documents.blocks import Doc, TextDoc
from enforcerules.syntax.documents.conditions import ConditionDoc


class FilesDoc(Doc):
    """Which files make up the rulebook, by kind, as paths from rulebook.yaml."""

    vocabulary: list[str]
    sources: list[str]
    parameters: list[str]
    actions: list[str]
    penalties: list[str] = []
    doubts: list[str]
    rules: list[str]
    forms: list[str]
    report_calendar: list[str]
    calendars: list[str]
    case_ledger: list[str] = []
    # worked cases, red lines and accepted weaknesses decide nothing: loading a rulebook leaves them unread
    scenarios: list[str] = []
    properties: list[str] = []
    accepted: list[str] = []


class RulebookDoc(Doc):
    """rulebook.yaml."""

    id: str
    version: str
    language: Literal[1]
    title: TextDoc
    default_place: str
    places: dict[str, TextDoc]
    files: FilesDoc


class EnumerationDoc(Doc):
    """The values a fact may take."""

    label: TextDoc
    values: dict[str, TextDoc] = Field(min_length=1)


class ClosedWhenDoc(Doc):
    """What an absent fact is taken to be where another fact has one of some values."""

    fact: str
    in_: list[str] = Field(alias="in", min_length=1)
    value: Any


class FactDefinitionDoc(Doc):
    """One fact of the vocabulary."""

    type: Literal["bool", "enum", "set", "money", "count", "date", "text"]
    of: str | None = None
    label: TextDoc
    ask: TextDoc
    evidence: TextDoc | None = None
    closed: Any = None
    closed_when: ClosedWhenDoc | None = None
    presumed: bool = False
    judgement: bool = False
    default_from: str | None = None
    round: int = Field(default=3, ge=1, le=9)
    note: TextDoc | None = None


class FindingWordsDoc(Doc):
    """A finding as part of a sentence, both ways."""

    met: TextDoc
    not_met: TextDoc


class FindingDoc(Doc):
    """A named conclusion, with the grounds it may rest on."""

    label: TextDoc
    said: FindingWordsDoc | None = None
    grounds: dict[str, TextDoc] = {}


class InvariantDoc(Doc):
    """Something that is true of no real case."""

    id: str
    title: TextDoc
    never: ConditionDoc


class VocabularyDoc(Doc):
    """A file of vocabulary/."""

    enumerations: dict[str, EnumerationDoc] = {}
    facts: dict[str, FactDefinitionDoc] = {}
    findings: dict[str, FindingDoc] = {}
    labels: dict[str, TextDoc] = {}
    invariants: list[InvariantDoc] = []
