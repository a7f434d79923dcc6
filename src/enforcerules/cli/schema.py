"""`enforcerules schema WHAT`: JSON Schemas for editors, forms and case systems."""

from __future__ import annotations

import json
from typing import Any

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Page, one_of
from enforcerules.cli.inputs import load, rulebook_option
from enforcerules.cli.terminal import put
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, listed, quoted
from enforcerules.text import Language, Text

_SCHEMAS = ("case", "classification", "rulebook")

_PAGE = Page(
    summary=Text(
        "输出 JSON Schema（draft-07）：案件、分类结果，或规则库的一种文件。",
        "Writes a JSON Schema (draft-07): of a case, of a classification, or of one kind of rulebook file.",
    ),
    examples=("enforcerules schema case", "enforcerules schema rulebook rules"),
)


def command(language: Language) -> Command:
    """Return the command."""
    what = Text("、".join(_SCHEMAS) + " 之一", "one of " + ", ".join(_SCHEMAS))
    kind = Text(
        "仅用于 rulebook：文件种类，即 rulebook.yaml 中 files 之下的键；缺省为 rulebook.yaml 本身",
        "only with rulebook: the kind of file, a key under files in rulebook.yaml; else rulebook.yaml itself",
    )
    parameters = [
        Argument("schema", what, callback=one_of(*_SCHEMAS)),
        Argument("kind", kind, required=False),
        rulebook_option(),
    ]

    def run(*, schema: str, kind: str | None, rulebook: str | None) -> int:
        if kind is not None and schema != "rulebook":
            raise WrongUsageError(Text(f"schema {schema} 不带文件种类", f"schema {schema} takes no kind of file"))
        if rulebook is not None and schema != "case":
            said = Text("--rulebook 只用于 schema case", "--rulebook goes with schema case only")
            why = Text("其他模式不随规则库变化", "the other schemas are the same for every rulebook")
            raise WrongUsageError(said, why)
        put(json.dumps(_schema(schema, kind, rulebook), ensure_ascii=False, indent=2))
        return exits.DONE

    return Command("schema", _PAGE, parameters, run, language)


def _schema(schema: str, kind: str | None, rulebook: str | None) -> dict[str, Any]:
    from enforcerules.schemas import case_schema, classification_schema, rulebook_kinds, rulebook_schema

    if schema == "case":
        return case_schema(load(rulebook).resolved)
    if schema == "classification":
        return classification_schema()
    kind = kind or "rulebook"
    kinds = rulebook_kinds()
    if kind not in kinds:
        zh, en = listed(kinds)
        known = Text(f"可用的种类：{zh}", f"the kinds are: {en}")
        said = Text(f"没有这种文件：{quoted(kind)}", f"there is no such kind of file: {quoted(kind)}")
        raise WrongUsageError(said, did_you_mean(kind, kinds) or known)
    return rulebook_schema(kind)
