"""The JSON Schemas of rulebook files and of answers, made from the models that read and write them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from enforcerules.classification import Classification
from enforcerules.schemas.dialect import DIALECT, Schema, bilingual
from enforcerules.schemas.hover import BLOCKS, KEYS
from enforcerules.schemas.hover_keys import KEYS_OF
from enforcerules.syntax import documents as d
from enforcerules.syntax.accepted_documents import AcceptedDoc
from enforcerules.syntax.property_documents import AnswerDoc, PropertiesDoc, PropertyDoc
from enforcerules.syntax.scenario_documents import ScenariosDoc

_KINDS: dict[str, tuple[type[d.Doc], ...]] = {
    "rulebook": (d.RulebookDoc,),
    "vocabulary": (d.VocabularyDoc,),
    "sources": (d.SourceDoc, d.MoreClausesDoc),
    "parameters": (d.ParametersDoc,),
    "actions": (d.ActionsDoc,),
    "penalties": (d.PenaltiesDoc,),
    "doubts": (d.DoubtsDoc,),
    "rules": (d.RulesDoc,),
    "forms": (d.FormDoc, d.MoreTablesDoc),
    "report_calendar": (d.ReportCalendarDoc,),
    "calendars": (d.CalendarDoc,),
    "case_ledger": (d.LedgerDoc,),
    "scenarios": (ScenariosDoc,),
    "properties": (PropertiesDoc,),
    "accepted": (AcceptedDoc,),
}


def rulebook_kinds() -> tuple[str, ...]:
    """Return the kinds of rulebook file: `rulebook` for rulebook.yaml, and the keys under its `files`."""
    return tuple(_KINDS)


def file_schema(kind: str) -> Schema:
    """Return the schema of one kind of rulebook file, with every name open.

    Raises:
        KeyError: when there is no such kind.

    """
    docs = _KINDS[kind]
    schema = TypeAdapter(reduce(or_, docs)).json_schema(schema_generator=_Draft7, ref_template=_REFERENCE)
    finished = _finish(schema, f"enforcerules: {kind}")
    for name, block in blocks_of(finished, kind):
        _describe(name, block)
    return finished


def classification_schema() -> Schema:
    """Return the schema of what `Classification.to_dict` returns."""
    schema = TypeAdapter(Classification).json_schema(
        mode="serialization", schema_generator=_Draft7, ref_template=_REFERENCE
    )
    return _finish(schema, "enforcerules: classification")


def blocks_of(schema: Schema, kind: str) -> Iterator[tuple[str, Schema]]:
    """Yield the blocks of a file's schema by the names of their models; the file itself is one of them."""
    if "properties" in schema:
        yield _KINDS[kind][0].__name__, schema
    yield from ((name, block) for name, block in schema["definitions"].items() if name in BLOCKS)


def _describe(name: str, block: Schema) -> None:
    block["description"] = bilingual(BLOCKS[name])
    for key, value in block.get("properties", {}).items():
        said = KEYS_OF.get(f"{name}.{key}") or KEYS.get(key)
        if said is not None:
            block["properties"][key] = _within({**value, "description": bilingual(said)})


_REFERENCE = "#/definitions/{model}"


class _Draft7(GenerateJsonSchema):
    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:
        # a name with capitals tells nobody anything
        return False


def _finish(schema: Schema, title: str) -> Schema:
    """Put a schema of pydantic's into draft-07: other names for definitions, and nothing beside a $ref."""
    definitions = {name: _within(block) for name, block in sorted(schema.pop("$defs", {}).items())}
    for name, block in definitions.items():
        block.pop("title", None)
        block.update(_CLOSER.get(name, {}))
    schema.pop("title", None)
    return {"$schema": DIALECT, "title": title, **_within(schema), "definitions": definitions}


def _within(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_within(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    # `default: null` only says that a key may be left out
    inner = {key: _within(value) for key, value in schema.items() if (key, value) != ("default", None)}
    if isinstance(inner.get("$ref"), str) and len(inner) > 1:
        return {"allOf": [{"$ref": inner.pop("$ref")}], **inner}
    return inner


def _given(key: str, **must: Any) -> Schema:
    """Return that a block has the key, and what stands there."""
    return {"required": [key], "properties": {key: must}}


# what the documents check in code
_CLOSER: dict[str, Schema] = {
    "FactDoc": {"minProperties": 2, "maxProperties": 2},
    "OutcomeDoc": {"oneOf": [{"required": [verb]} for verb in d.OutcomeDoc.VERBS]},
    "AnswerDoc": {"oneOf": [{"required": [kind]} for kind in AnswerDoc.KINDS]},
    "PropertyDoc": {"oneOf": [{"required": [claim]} for claim in PropertyDoc.CLAIMS]},
    "RowValueDoc": {"minProperties": 1, "maxProperties": 1},
    "ExpectDoc": {"minProperties": 1},
    "ScenarioDoc": {"anyOf": [{"required": ["expect"]}, _given("variants", minItems=1)]},
    "AcceptedWeaknessDoc": {"oneOf": [_given("of", minItems=1, minLength=1), _given("each", minItems=1)]},
    "MonotoneDoc": {"anyOf": [_given("keeps", minItems=1), _given("and", minItems=1)]},
    "ClockDoc": {
        "allOf": [
            {
                "if": _given("kind", const="within"),
                "then": {"oneOf": [_given("days", type="integer"), _given("hours", type="integer")]},
            },
            {
                "if": _given("kind", const="by"),
                "then": _given("date", type="string"),
                "else": {"properties": {"date": {"type": "null"}}},
            },
        ]
    },
}
