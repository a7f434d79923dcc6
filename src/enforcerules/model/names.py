"""Every name that a rulebook defines, by kind, with what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from enforcerules.model.book import ResolvedRulebook
from enforcerules.model.outcomes import Count, Warn
from enforcerules.model.penalties import MEASURES
from enforcerules.text import Text

NameKind: TypeAlias = Literal[
    "action",
    "agency",
    "clause",
    "doubt",
    "enumeration",
    "fact",
    "finding",
    "form",
    "ground",
    "label",
    "measure",
    "parameter",
    "part",
    "penalty",
    "place",
    "product",
    "report",
    "row",
    "row_rule",
    "rule",
    "source",
    "table",
    "warning",
]


def names_of(book: ResolvedRulebook) -> dict[NameKind, dict[str, Text]]:
    """Return the names of each kind with their labels.

    A `part` is written `form/table/part`, a `row_rule` is the table, part or row of a form that the engines
    decide like a rule, and a `warning` whatever a result warns of: a doubt, an invariant, a rule that warns.
    """
    words = book.vocabulary
    decided = {rule.id: rule.title for rule in book.rules.values()}
    row_rules = {name for name, rule in book.rules.items() if any(isinstance(o, Count) for o in rule.outcomes)}
    doubts = {name: doubt.question for name, doubt in book.doubts.items()}
    tables = [(form, table) for form in book.forms.values() for table in form.tables]
    parts = [(form, table, part) for form, table in tables for part in table.parts]
    rows = [row for _, _, part in parts for row in part.rows]
    rows += [row for form in book.forms.values() for row in form.grounds]
    return {
        "action": {name: action.title for name, action in book.actions.items()},
        "agency": _members(book, "agency"),
        "clause": {name: clause.gist for name, clause in book.clauses.items()},
        "doubt": doubts,
        "enumeration": {name: enumeration.label for name, enumeration in words.enumerations.items()},
        "fact": {name: fact.label for name, fact in words.facts.items()},
        "finding": {name: finding.label for name, finding in words.findings.items()},
        "form": {name: form.title for name, form in book.forms.items()},
        "ground": _first(ground for finding in words.findings.values() for ground in finding.grounds.items()),
        "label": dict(words.labels),
        "measure": _members(book, MEASURES),
        "parameter": {name: parameter.label for name, parameter in book.parameters.items()},
        "part": {f"{form.id}/{table.id}/{part.id}": part.title for form, table, part in parts},
        "penalty": {name: penalty.title for name, penalty in book.penalties.items()},
        "place": dict(book.places),
        "product": _members(book, "product_category"),
        "report": {due.id: due.title for due in book.report_calendar},
        "row": _first((row.id, row.label) for row in rows),
        "row_rule": {name: title for name, title in decided.items() if name in row_rules},
        "rule": {name: title for name, title in decided.items() if name not in row_rules},
        "source": {name: source.title for name, source in book.sources.items()},
        "table": _first((table.id, table.title) for _, table in tables),
        "warning": doubts
        | {invariant.id: invariant.title for invariant in words.invariants}
        | {rule.id: rule.title for rule in book.rules.values() if any(isinstance(o, Warn) for o in rule.outcomes)},
    }


def _members(book: ResolvedRulebook, enumeration: str) -> dict[str, Text]:
    found = book.vocabulary.enumerations.get(enumeration)
    return dict(found.values) if found is not None else {}


def _first(named: Iterable[tuple[str, Text]]) -> dict[str, Text]:
    """Return the names with the label that each has where it stands first."""
    found: dict[str, Text] = {}
    for name, label in named:
        found.setdefault(name, label)
    return found
