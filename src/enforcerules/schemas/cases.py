"""The JSON Schema of a case: one property a fact of the rulebook's vocabulary."""

from __future__ import annotations

import re

from enforcerules.case import FIRST_YEAR, LAST_YEAR, SCHEMA_KEY
from enforcerules.model import Fact, ResolvedRulebook
from enforcerules.schemas.dialect import DIALECT, Schema, bilingual
from enforcerules.text import Text
from enforcerules.wording import show_value

# 15 digits, with thousands separators or without, a unit, and nothing finer than one fen
_WHOLE = r"(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})"
_AMOUNT = rf"^{_WHOLE}(?:(?:\.[0-9]{{1,2}}0*)?元?|(?:\.[0-9]{{1,6}}0*)?万元?|(?:\.[0-9]{{1,10}}0*)?亿元?)$"
_LARGEST_AMOUNT = 10**15
_LARGEST_COUNT = 999_999_999_999
_SCHEMA_SAID = Text(
    "本文件的模式所在，供编辑器使用，不是事实", "Where the schema of this file is, for editors; no fact"
)
_PLACE = "^(?:[1-9][0-9]{5}|CN)$"


def case_schema(book: ResolvedRulebook) -> Schema:
    """Return the schema of a case: one property a fact of the rulebook's vocabulary.

    Every fact may be left out or null, which means that it is not known.
    """
    return {
        "$schema": DIALECT,
        "title": "案件 Case",
        "description": bilingual(
            Text(
                f"{book.title.zh} {book.version}：一个案件的事实，不知道的不填或填 null。",
                f"{book.title.en} {book.version}: the facts of one case; leave out, or set to null, what is not known.",
            )
        ),
        "type": "object",
        "properties": {
            SCHEMA_KEY: {"description": bilingual(_SCHEMA_SAID)},
            **{fact.name: _fact(book, fact) for fact in book.vocabulary.facts.values()},
        },
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
    if fact.closed_when is not None:
        other = book.vocabulary.facts[fact.closed_when.fact]
        values, taken = show_value(other, fact.closed_when.among), show_value(fact, fact.closed_when.value)
        zh = f"按“没有”处理时，“{other.label.zh}”为{values.zh}的取：{taken.zh}"
        en = f"When absent means none and '{other.label.en}' is {values.en.replace(', ', ' or ')}: {taken.en}"
        lines.append(Text(zh, en))
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
