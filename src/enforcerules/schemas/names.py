"""The names of one rulebook in the schemas of its files, so that an editor completes them and marks a wrong one.

What a name may be stands in one schema, `names`, to which the schemas of the files refer: a change of the
rulebook changes that one and the case's, and leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enforcerules.model import ResolvedRulebook
from enforcerules.model.names import names_of
from enforcerules.model.properties import ANY
from enforcerules.schemas.cases import case_schema
from enforcerules.schemas.dialect import DIALECT, Schema, bilingual
from enforcerules.schemas.files import blocks_of, file_schema
from enforcerules.syntax.scenario_documents import (
    KINDS_IN_DUTY,
    KINDS_IN_EXPECT,
    KINDS_IN_RANGE,
    KINDS_IN_REPORT,
    KINDS_IN_RESTS_ON,
    KINDS_IN_TERMS,
)
from enforcerules.text import Text

_FACTS = "case"
_TEST = "fact_test"
_VALUES = "values_by_fact"
_OF_EFFECTS = {"timed": "action", "permission": "action", "exemption": "action", "prohibition": "action"}

# by block and key, the kind of name that stands there: alone, in a list, or as the keys of a block
_KIND_OF: dict[str, str] = {
    "ActionDoc.by": "agency",
    "ActionDoc.report_row": "row",
    "ActionDoc.to": "agency",
    "AnswerDoc.action": "action",
    "AnswerDoc.clause_in_force": "clause",
    "AnswerDoc.exemption": "action",
    "AnswerDoc.label": "label",
    "AnswerDoc.penalty": "penalty",
    "AnswerDoc.permission": "action",
    "AnswerDoc.prohibition": "action",
    "AnswerDoc.row": "row_rule",
    "AnswerDoc.rule": "rule",
    "AttachmentsDoc.basis": "clause",
    "ClauseDoc.addressees": "agency",
    "ClauseDoc.doubts": "doubt",
    "ClauseDoc.products": "product",
    "ClauseDoc.where": "place",
    "ClosedWhenDoc.fact": "fact",
    "ClockDoc.counting_clause": "clause",
    "ClockDoc.counting_doubt": "doubt",
    "ClockDoc.moved_by": "clause",
    "ClockDoc.from": "fact",
    "ClockExpectDoc.clause": "clause",
    "DoubtDoc.clauses": "clause",
    "DoubtDoc.except": "place",
    "DoubtDoc.where": "place",
    "DueDoc.basis": "clause",
    "DueDoc.doubts": "doubt",
    "DueDoc.form": "form",
    "DueDoc.to": "agency",
    "DueDoc.where": "place",
    "FactDefinitionDoc.default_from": "fact",
    "FactDefinitionDoc.of": "enumeration",
    "FactDoc.fact": "fact",
    "FindingTestDoc.finding": "finding",
    "FineDoc.base": "fact",
    "FormDoc.basis": "clause",
    "FormDoc.counts_basis": "clause",
    "FormDoc.doubts": "doubt",
    "FormDoc.figures_of": "form",
    "FormDoc.where": "place",
    "FormNoteDoc.basis": "clause",
    "FormNoteDoc.doubts": "doubt",
    "FormRowDoc.action": "action",
    "FormRowDoc.actions": "action",
    "FormRowDoc.basis": "clause",
    "FormRowDoc.doubts": "doubt",
    "FormRowDoc.of_which": "row",
    "FormTableDoc.basis": "clause",
    "FormTableDoc.doubts": "doubt",
    "FormTableDoc.product": "product",
    "LedgerColumnDoc.fact": "fact",
    "LedgerDoc.example": _FACTS,
    "MeasureDoc.by": "agency",
    "MeasureDoc.do": "measure",
    "MonotoneDoc.fact": "fact",
    "MoreClausesDoc.clauses_of": "source",
    "MoreTablesDoc.tables_of": "form",
    "OutcomeDoc.establish": "finding",
    "OutcomeDoc.exempt": "action",
    "OutcomeDoc.forbid": "action",
    "OutcomeDoc.ground": "ground",
    "OutcomeDoc.label": "label",
    "OutcomeDoc.penalise": "penalty",
    "OutcomeDoc.permit": "action",
    "OutcomeDoc.require": "action",
    "ParameterDoc.doubts": "doubt",
    "PenaltiesDoc.held_back_by": "action",
    "ParameterValueDoc.clause": "clause",
    "ParameterValueDoc.where": "place",
    "PartDoc.basis": "clause",
    "PartDoc.doubts": "doubt",
    "PenaltyChoiceDoc.basis": "clause",
    "PenaltyChoiceDoc.doubts": "doubt",
    "PropertyDoc.basis": "clause",
    "PropertyDoc.doubts": "doubt",
    "RowDoc.basis": "clause",
    "RowDoc.doubts": "doubt",
    "RowDoc.overrides": "rule",
    "RowValueDoc.amount": "fact",
    "RowValueDoc.number": "fact",
    "RowValueDoc.text": "fact",
    "RowsOfDoc.rows_of": "part",
    "RuleDoc.basis": "clause",
    "RuleDoc.doubts": "doubt",
    "RuleDoc.overrides": "rule",
    "ScenarioDoc.also": _FACTS,
    "ScenarioDoc.but": _FACTS,
    "ScenarioDoc.each": _VALUES,
    "ScenarioDoc.facts": _FACTS,
    "SectionDoc.basis": "clause",
    "SectionFigureDoc.rows": "row",
    "SourceDoc.products": "product",
    "SourceDoc.where": "place",
    "VariantDoc.facts": _FACTS,
    "WindowDoc.clause": "clause",
    "WindowDoc.doubt": "doubt",
    **{f"ExpectDoc.{key}": _OF_EFFECTS.get(kind, kind) for key, kind in KINDS_IN_EXPECT.items()},
    **{f"ReportExpectDoc.{key}": kind for key, kind in KINDS_IN_REPORT.items()},
    **{f"RangeExpectDoc.{key}": kind for key, kind in KINDS_IN_RANGE.items()},
    **{f"TermsExpectDoc.{key}": kind for key, kind in KINDS_IN_TERMS.items()},
    **{f"DutyExpectDoc.{key}": kind for key, kind in KINDS_IN_DUTY.items()},
    **{f"RestsOnDoc.{key}": _OF_EFFECTS.get(kind, kind) for key, kind in KINDS_IN_RESTS_ON.items()},
}
# and the kind of name that the values of a block hold
_KIND_WITHIN: dict[str, str] = {
    "ExpectDoc.grounds": "ground",
    "ExpectDoc.reports_to": "agency",
    "FormDoc.fill_basis": "clause",
    **{f"RestsOnDoc.{key}": "clause" for key in KINDS_IN_RESTS_ON},
}

_UNKNOWN = Text(
    "规则库中没有这个名称；如果是新加的，运行 enforcerules schema --write 刷新模式",
    "The rulebook has no such name; if it is new, run enforcerules schema --write to refresh the schemas",
)


def names_schema(book: ResolvedRulebook, *, case: str = "case.schema.json") -> Schema:
    """Return what each kind of name may be in one rulebook, as definitions for other schemas to refer to."""
    enumerations = book.vocabulary.enumerations
    definitions = {
        **{kind: _one_of(names) for kind, names in sorted(names_of(book).items())},
        **{_values_of(name): _one_of(enumerations[name].values) for name in sorted(enumerations)},
        _TEST: _tests_of_facts(book),
        _VALUES: _values_by_fact(book, case),
    }
    title = f"enforcerules: names of {book.id} {book.version}"
    return {"$schema": DIALECT, "title": title, "definitions": definitions}


def rulebook_schema(kind: str, book: ResolvedRulebook | None = None) -> Schema:
    """Return the schema of one kind of rulebook file, for editors of YAML.

    With `book`, only names of that rulebook are taken where a name is expected; otherwise any text is.

    Raises:
        KeyError: when there is no such kind.

    """
    if book is None:
        return file_schema(kind)
    within = f"#/definitions/{_FACTS}"
    schema = published_schema(kind, names="", case=within)
    case = case_schema(book)
    parts = {**names_schema(book, case=within)["definitions"], **case.pop("definitions"), _FACTS: case}
    del case["$schema"]
    schema["definitions"] |= parts
    return schema


def published_schema(kind: str, *, names: str = "names.schema.json", case: str = "case.schema.json") -> Schema:
    """Return the schema of one kind of rulebook file that refers to the schema of names beside it."""
    schema = file_schema(kind)
    for name, block in blocks_of(schema, kind):
        for key, value in block.get("properties", {}).items():
            place = f"{name}.{key}"
            if place in _KIND_OF:
                value = _named(value, case if _KIND_OF[place] == _FACTS else _at(names, _KIND_OF[place]))
            if place == "AnswerDoc.penalty":
                value = {"anyOf": [value, {"const": ANY}]}
            if place in _KIND_WITHIN:
                value = {**value, "additionalProperties": _values_named(value, _at(names, _KIND_WITHIN[place]))}
            block["properties"][key] = value
        if name == "FactDoc":
            block["allOf"] = [{"$ref": _at(names, _TEST)}]
    return schema


def _at(names: str, definition: str) -> str:
    return f"{names}#/definitions/{definition}"


def _named(schema: Schema, at: str) -> Schema:
    """Return the schema of a place where names stand: alone, in a list, or as the keys of a block."""
    said = {"description": schema["description"]} if "description" in schema else {}
    if schema.get("type") == "string" and not schema.keys() & {"const", "enum"}:
        return {"allOf": [{"$ref": at}], **said} if said else {"$ref": at}
    if schema.get("type") == "object":
        if at.endswith((_FACTS, f"{_FACTS}.schema.json", _VALUES)):
            return {"allOf": [{"$ref": at}], **said}
        return {**schema, "propertyNames": {"$ref": at}}
    found = dict(schema)
    if "items" in schema:
        found["items"] = _named(schema["items"], at)
    if "anyOf" in schema:
        found["anyOf"] = [_named(option, at) for option in schema["anyOf"]]
    return found


def _values_named(schema: Schema, at: str) -> Schema:
    """Return the schema of the values of a block that hold names."""
    return _named(schema["additionalProperties"], at)


def _one_of(names: Mapping[str, Text]) -> Schema:
    if not names:
        return {"type": "string"}
    labels = [f"{label.zh} {label.en}" for label in names.values()]
    said = bilingual(_UNKNOWN)
    return {"type": "string", "enum": list(names), "enumDescriptions": labels, "errorMessage": said}


def _values_of(enumeration: str) -> str:
    return f"value_of_{enumeration}"


def _values_by_fact(book: ResolvedRulebook, case: str) -> Schema:
    """Return, for each fact, a list of values that a case may give it."""
    at = case if "#" in case else f"{case}#"
    return {
        "type": "object",
        "properties": {
            name: {"type": "array", "items": {"$ref": f"{at}/properties/{name}"}} for name in book.vocabulary.facts
        },
        "additionalProperties": False,
    }


def _tests_of_facts(book: ResolvedRulebook) -> Schema:
    """Return that a fact with an enumeration is compared with its values only."""
    facts: dict[str, list[str]] = {}
    for fact in book.vocabulary.facts.values():
        if fact.enumeration is not None:
            facts.setdefault(fact.enumeration.name, []).append(fact.name)
    return {
        "allOf": [
            {
                "if": {"properties": {"fact": {"enum": names}}, "required": ["fact"]},
                "then": {"properties": _operands({"$ref": f"#/definitions/{_values_of(enumeration)}"})},
            }
            for enumeration, names in facts.items()
        ]
    }


def _operands(value: Schema) -> dict[str, Any]:
    # a parameter, another fact, or a column of a table
    reference = {"type": "object"}
    listed = {"type": "array", "items": value}
    lists: Schema = {"anyOf": [listed, reference]}
    either: Schema = {"anyOf": [value, listed, reference]}
    alone = {"is": either, "is_not": either, "has": {"anyOf": [value, reference]}}
    return alone | dict.fromkeys(("in", "not_in", "has_any", "has_all", "has_none"), lists)
