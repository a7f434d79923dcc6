"""`enforcerules check [RULEBOOK]`: whether a rulebook is sound and leaves nothing out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import RULEBOOK_FOLDER, find_folder, load
from enforcerules.cli.terminal import put, put_faults, tell
from enforcerules.errors import Diagnostic, RulebookError
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.model import ResolvedRulebook

_FORMATS = ("text", "json", "sarif")

_PAGE = Page(
    summary=Text(
        "检查规则库，一次列出全部问题；没有错误时给出数目。",
        "Checks a rulebook and lists everything wrong with it at once; a sound one is summed up in one line.",
    ),
    more=(
        Text(
            "--format sarif 供代码扫描服务和编辑器读取，请在仓库根目录运行。",
            "--format sarif is for code scanning services and editors; run it at the root of the repository.",
        ),
    ),
    examples=(
        "enforcerules check",
        "enforcerules check rules --format json",
        "enforcerules check rules --format sarif",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    parameters = [
        Argument("rulebook", RULEBOOK_FOLDER, required=False),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
    ]

    def run(*, rulebook: str | None, format: str) -> int:  # noqa: A002 - the word users know
        checked = _check(rulebook)
        if format == "json":
            put(json.dumps(_data(checked), ensure_ascii=False, indent=2))
        elif format == "sarif":
            from enforcerules import __version__
            from enforcerules.cli.sarif import render_sarif

            put(render_sarif(checked.found, checked.folder, language, __version__))
        else:
            _put_text(checked, language)
        if checked.found:
            tell(_tally(checked.found)[language])
            if format == "text":
                code = checked.found[0].code
                tell(Text(f"编号的说明：enforcerules code {code}", f"about a code: enforcerules code {code}")[language])
        return exits.DONE if checked.sound else exits.FAULTY

    return Command("check", _PAGE, parameters, run, language)


class _Checked(NamedTuple):
    """What a check came to: the rulebook where it loads, where it is, and all that was found."""

    book: ResolvedRulebook | None
    folder: Path
    found: Sequence[Diagnostic]

    @property
    def sound(self) -> bool:
        """Whether nothing that was found is an error."""
        return all(finding.severity != "error" for finding in self.found)


def _check(rulebook: str | None) -> _Checked:
    folder = Path(rulebook or ".")
    book: ResolvedRulebook | None = None
    faults: tuple[Diagnostic, ...] = ()
    try:
        folder = _folder(rulebook)
        book = load(rulebook).resolved
    except RulebookError as error:
        faults = error.diagnostics
    from enforcerules.syntax.rulebook import find_unlisted

    return _Checked(book, folder, (*faults, *find_unlisted(folder)))


def _folder(rulebook: str | None) -> Path:
    from enforcerules.rulebook import packaged_folder

    return packaged_folder() if rulebook is None else find_folder(rulebook)


def _data(checked: _Checked) -> dict[str, object]:
    faults = [fault.to_dict() for fault in checked.found]
    book = checked.book
    if book is None:
        return {"sound": checked.sound, "faults": faults}
    stamp = {"id": book.id, "version": book.version, "sha256": book.sha256}
    return {"sound": checked.sound, **stamp, "counts": _counts(book), "faults": faults}


def _put_text(checked: _Checked, language: Language) -> None:
    if checked.found:
        put_faults(checked.found, language)
    if checked.book is not None and checked.sound:
        blank = "\n" if checked.found else ""
        put(blank + _summary(checked.book, _counts(checked.book))[language])


def _tally(found: Sequence[Diagnostic]) -> Text:
    """Return how many findings there are of each severity."""
    counts = Counter(finding.severity for finding in found)
    names = {"error": Text("错误", "fault"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}
    told = [(counts[severity], names[severity]) for severity in ("error", "warning", "note") if counts[severity]]
    return Text(
        "，".join(f"{count} 处{name.zh}" for count, name in told),
        ", ".join(f"{count} {name.en}{'s' if count > 1 else ''}" for count, name in told),
    )


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
