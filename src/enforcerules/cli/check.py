"""`enforcerules check [RULEBOOK]`: whether a rulebook is sound and leaves nothing out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import RULEBOOK_FOLDER, load
from enforcerules.cli.terminal import put, put_faults, tell
from enforcerules.errors import RulebookError
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.model import ResolvedRulebook

_FORMATS = ("text", "json")

_PAGE = Page(
    summary=Text(
        "检查规则库，一次列出全部错误；没有错误时给出数目。",
        "Checks a rulebook and lists every fault at once; a sound one is summed up in one line.",
    ),
    examples=("enforcerules check", "enforcerules check rules --format json"),
)


def command(language: Language) -> Command:
    """Return the command."""
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    parameters = [
        Argument("rulebook", RULEBOOK_FOLDER, required=False),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
    ]

    def run(*, rulebook: str | None, format: str) -> int:  # noqa: A002 - the word users know
        try:
            book = load(rulebook).resolved
        except RulebookError as error:
            if format == "json":
                _put_json({"sound": False, "faults": [fault.to_dict() for fault in error.diagnostics]})
            else:
                put_faults(error.diagnostics, language)
            count = len(error.diagnostics)
            tell(Text(f"{count} 处错误", f"{count} fault{'s' if count > 1 else ''}")[language])
            return exits.FAULTY
        counts = _counts(book)
        if format == "json":
            stamp = {"id": book.id, "version": book.version, "sha256": book.sha256}
            _put_json({"sound": True, **stamp, "counts": counts, "faults": []})
        else:
            put(_summary(book, counts)[language])
        return exits.DONE

    return Command("check", _PAGE, parameters, run, language)


def _put_json(found: dict[str, object]) -> None:
    put(json.dumps(found, ensure_ascii=False, indent=2))


def _counts(book: ResolvedRulebook) -> dict[str, int]:
    return {
        "rules": len(book.rules),
        "sources": len(book.sources),
        "clauses": len(book.clauses),
        "clauses_used": sum(name in book.clause_uses for name in book.clauses),
        "clauses_explained": sum(clause.not_encoded is not None for clause in book.clauses.values()),
        "doubts": len(book.doubts),
        "parameters": len(book.parameters),
        "actions": len(book.actions),
        "forms": len(book.forms),
    }


def _summary(book: ResolvedRulebook, counts: dict[str, int]) -> Text:
    return Text(
        "{id} {version} 无错误：规则 {rules} 条；条款 {clauses} 条，其中已用 {clauses_used} 条、说明不编码 "
        "{clauses_explained} 条；疑义 {doubts} 项；参数 {parameters} 个；报表 {forms} 份".format(
            id=book.id, version=book.version, **counts
        ),
        "{id} {version} is sound: {rules} rules; {clauses} clauses, {clauses_used} used and {clauses_explained} "
        "explained; {doubts} doubts; parameters: {parameters}; {forms} report forms".format(
            id=book.id, version=book.version, **counts
        ),
    )
