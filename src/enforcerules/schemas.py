"""JSON Schemas (draft-07) of what goes in and what comes out: cases, rulebook files, classifications.

Draft-07 because editors read it best. A schema says no more than the reader does: what a schema refuses
the reader refuses too. The reader is stricter in a few things that a schema cannot say, such as that a
day exists or that an upper bound is not below the lower.
"""

from __future__ import annotations

import re
from functools import reduce
from operator import or_
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from enforcerules.case import FIRST_YEAR, LAST_YEAR
from enforcerules.classification import Classification
from enforcerules.model import Fact, ResolvedRulebook
from enforcerules.syntax import documents as d
from enforcerules.syntax.accepted_documents import AcceptedDoc
from enforcerules.syntax.property_documents import AnswerDoc, PropertiesDoc, PropertyDoc
from enforcerules.syntax.scenario_documents import ScenariosDoc
from enforcerules.text import Text
from enforcerules.wording import show_value

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"

_KINDS: dict[str, tuple[type[d.Doc], ...]] = {
    "rulebook": (d.RulebookDoc,),
    "vocabulary": (d.VocabularyDoc,),
    "sources": (d.SourceDoc, d.MoreClausesDoc),
    "parameters": (d.ParametersDoc,),
    "actions": (d.ActionsDoc,),
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


# --- a case ----------------------------------------------------------------------------------------

# 15 digits, with thousands separators or without, a unit, and nothing finer than one fen
_WHOLE = r"(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})"
_AMOUNT = rf"^{_WHOLE}(?:(?:\.[0-9]{{1,2}}0*)?元?|(?:\.[0-9]{{1,6}}0*)?万元?|(?:\.[0-9]{{1,10}}0*)?亿元?)$"
_LARGEST_AMOUNT = 10**15
_LARGEST_COUNT = 999_999_999_999
_PLACE = "^(?:[1-9][0-9]{5}|CN)$"


def case_schema(book: ResolvedRulebook) -> Schema:
    """Return the schema of a case: one property a fact of the rulebook's vocabulary.

    Every fact may be left out or null, which means that it is not known.
    """
    return {
        "$schema": DIALECT,
        "title": "案件 Case",
        "description": (
            f"{book.title.zh} {book.version}：一个案件的事实，不知道的不填或填 null。\n"
            f"{book.title.en} {book.version}: the facts of one case; leave out, or set to null, what is not known."
        ),
        "type": "object",
        "properties": {fact.name: _fact(book, fact) for fact in book.vocabulary.facts.values()},
        "additionalProperties": False,
        "definitions": {"amount": _amount(), "bound": _bound()},
    }


def _fact(book: ResolvedRulebook, fact: Fact) -> Schema:
    return {"title": f"{fact.label.zh} {fact.label.en}", "description": _describe(book, fact), **_type(book, fact)}


def _describe(book: ResolvedRulebook, fact: Fact) -> str:
    lines = [fact.ask]
    if fact.type == "money":
        lines.append(Text("单位：元", "In yuan"))
    if fact.evidence is not None:
        lines.append(Text(f"证据：{fact.evidence.zh}", f"Evidence: {fact.evidence.en}"))
    if fact.judgement:
        lines.append(Text("由人判断，规则不得推定", "For a person to judge; no rule may infer it"))
    if fact.default_from is not None:
        other = book.vocabulary.facts[fact.default_from]
        zh, en = other.label
        lines.append(Text(f"不填时取“{zh}”（{other.name}）的值", f"When absent, that of '{en}' ({other.name})"))
    if fact.closed is not None:
        closed = show_value(fact, fact.closed)
        lines.append(Text(f"按“没有”处理时取：{closed.zh}", f"When absent means none: {closed.en}"))
    return "\n".join([*(line.zh for line in lines), *(line.en for line in lines)])


def _type(book: ResolvedRulebook, fact: Fact) -> Schema:
    match fact.type:
        case "bool":
            return {"type": ["boolean", "null"]}
        case "enum":
            values, labels = _values(fact)
            unknown = "不知道 Not known"
            return {"type": ["string", "null"], "enum": [*values, None], "enumDescriptions": [*labels, unknown]}
        case "set":
            values, labels = _values(fact)
            items = {"type": "string", "enum": values, "enumDescriptions": labels} if values else {"type": "string"}
            return {"type": ["array", "null"], "items": items}
        case "money":
            # beside a $ref draft-07 sees nothing else, so it stands apart
            return {"allOf": [{"$ref": "#/definitions/amount"}]}
        case "count":
            return {"type": ["integer", "null"], "minimum": 0, "maximum": _LARGEST_COUNT}
        case "date":
            return {"type": ["string", "null"], "format": "date", "pattern": _day_pattern()}
        case "text" if fact.name == "jurisdiction":
            known = [code for code in book.places if re.match(_PLACE, code)]
            return {"type": ["string", "null"], "pattern": _PLACE, "examples": known}
        case "text":
            return {"type": ["string", "null"]}


def _values(fact: Fact) -> tuple[list[str], list[str]]:
    found = fact.enumeration.values if fact.enumeration else {}
    return list(found), [f"{label.zh} {label.en}" for label in found.values()]


def _day_pattern() -> str:
    years = "|".join(str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1) if year < 1950 or year > 2099)
    return rf"^(?:{years}|19[5-9][0-9]|20[0-9]{{2}})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"


def _bound() -> Schema:
    return {
        "description": '元；620000.5、"620000.50"、"62万" 或 "1.2亿元"，最多精确到分\nYuan, to the fen at most',
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": _LARGEST_AMOUNT},
            {"type": "string", "pattern": _AMOUNT},
        ],
    }


def _amount() -> Schema:
    bound = {"$ref": "#/definitions/bound"}
    return {
        "description": (
            '金额；只知道范围时写 {"at_least": …, "at_most": …}，约数写 {"about": …}\n'
            'An amount; with bounds only, {"at_least": …, "at_most": …}; a rough figure, {"about": …}'
        ),
        "anyOf": [
            {"type": "null"},
            bound,
            {
                "type": "object",
                "properties": {"at_least": bound, "at_most": bound},
                "minProperties": 1,
                "additionalProperties": False,
            },
            {
                "type": "object",
                "properties": {"about": bound},
                "required": ["about"],
                "additionalProperties": False,
            },
        ],
    }


# --- rulebook files and classifications ------------------------------------------------------------


def rulebook_kinds() -> tuple[str, ...]:
    """Return the kinds of rulebook file: `rulebook` for rulebook.yaml, and the keys under its `files`."""
    return tuple(_KINDS)


def rulebook_schema(kind: str) -> Schema:
    """Return the schema of one kind of rulebook file, for editors of YAML.

    Raises:
        KeyError: when there is no such kind.

    """
    docs = _KINDS[kind]
    schema = TypeAdapter(reduce(or_, docs)).json_schema(schema_generator=_Draft7, ref_template=_REFERENCE)
    return _finish(schema, f"enforcerules: {kind}")


def classification_schema() -> Schema:
    """Return the schema of what `Classification.to_dict` returns."""
    schema = TypeAdapter(Classification).json_schema(
        mode="serialization", schema_generator=_Draft7, ref_template=_REFERENCE
    )
    return _finish(schema, "enforcerules: classification")


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


# what the documents check in code
_CLOSER: dict[str, Schema] = {
    "FactDoc": {"minProperties": 2, "maxProperties": 2},
    "OutcomeDoc": {"oneOf": [{"required": [verb]} for verb in d.OutcomeDoc.VERBS]},
    "AnswerDoc": {"oneOf": [{"required": [kind]} for kind in AnswerDoc.KINDS]},
    "PropertyDoc": {"oneOf": [{"required": [claim]} for claim in PropertyDoc.CLAIMS]},
    "RowValueDoc": {"minProperties": 1, "maxProperties": 1},
}
