"""`enforcerules check [RULEBOOK]`: whether a rulebook is sound and leaves nothing out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.inputs import RULEBOOK_FOLDER, find_folder, load, read_seconds
from enforcerules.cli.terminal import Progress, put, put_faults, put_page, tell
from enforcerules.errors import RulebookError, render
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.model import ResolvedRulebook
    from enforcerules.review.lint import Weakness

_FORMATS = ("text", "json")

_SECONDS = 5.0

_PAGE = Page(
    summary=Text(
        "检查规则库：先列出全部错误；能够加载的，再找弱点，如永不成立、相互矛盾、缺少算例、期间有缺口的规则。",
        "Checks a rulebook: lists every fault at once and, of one that loads, its weaknesses, such as rules that "
        "never hold, contradict one another, lack a scenario or have gaps in time.",
    ),
    more=(
        Text(
            "有错误的，退出码为 1；只有警告、提示的，加 --strict 时才为 1。接受的弱点写入规则库的 accepted。",
            "Exits with 1 on errors; on warnings and notes only with --strict. Accepted weaknesses are written down in "
            "the rulebook, under accepted.",
        ),
    ),
    examples=("enforcerules check", "enforcerules check rules --format json"),
)


def command(language: Language) -> Command:
    """Return the command."""
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    strict = Text("有警告或者提示时，退出码也为 1", "exit with 1 on warnings and notes too")
    accepted = Text("也列出已接受的弱点和理由", "list the accepted weaknesses too, with the reasons")
    seconds = Text(
        f"每个问题至多推理这么多秒，缺省 {_SECONDS:.0f}；时限到了列为未判定",
        f"at most so many seconds for each question, {_SECONDS:.0f} by default; then it is told as undecided",
    )
    parameters = [
        Argument("rulebook", RULEBOOK_FOLDER, required=False),
        Option(["--strict"], strict, is_flag=True),
        Option(["--accepted"], accepted, is_flag=True),
        Option(["--timeout"], seconds, metavar="SECONDS", default=str(_SECONDS), callback=read_seconds),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
    ]

    def run(
        *,
        rulebook: str | None,
        strict: bool,
        accepted: bool,
        timeout: float,
        format: str,  # noqa: A002 - the word users know
    ) -> int:
        from enforcerules.review.lint import UNSEARCHED, find_weaknesses
        from enforcerules.review.logic import z3_available

        progress = Progress(language)
        try:
            loaded = load(rulebook)
            folder = None if rulebook is None else find_folder(rulebook)
            found = list(find_weaknesses(loaded, folder, seconds=timeout, progress=progress.say))
        except RulebookError as error:
            progress.end()
            return _tell_faults(error, format, language)
        progress.end()
        book = loaded.resolved
        unsearched = [] if z3_available() else list(UNSEARCHED)
        waiting = [one for one in found if one.accepted is None]
        errors = sum(one.severity == "error" for one in waiting)
        if format == "json":
            stamp = {"id": book.id, "version": book.version, "sha256": book.sha256}
            shown: dict[str, object] = {"sound": not errors, **stamp, "counts": _counts(book), "faults": []}
            _put_json(shown | {"weaknesses": [one.to_dict() for one in found], "not_searched": unsearched})
        else:
            pages = [_say(one, language) for one in found if accepted or one.accepted is None]
            put_page("\n\n".join([*pages, _summary(book, found)[language]]))
        if unsearched:
            tell(_WITHOUT_Z3[language])
        return exits.FAULTY if errors or (strict and waiting) else exits.DONE

    return Command("check", _PAGE, parameters, run, language)


_WITHOUT_Z3 = Text(
    "z3 未安装，没有查找永不成立、被覆盖、相互矛盾的规则和报表的缺口（ER6011 至 ER6032）；安装：pip install z3-solver",
    "z3 is not installed: rules that never hold, are covered or contradict one another, and gaps in forms, were not "
    "looked for (ER6011 to ER6032); pip install z3-solver",
)


def _tell_faults(error: RulebookError, format: str, language: Language) -> int:  # noqa: A002 - as above
    if format == "json":
        _put_json({"sound": False, "faults": [fault.to_dict() for fault in error.diagnostics]})
    else:
        put_faults(error.diagnostics, language)
    count = len(error.diagnostics)
    tell(Text(f"{count} 处错误", f"{count} fault{'s' if count > 1 else ''}")[language])
    return exits.FAULTY


def _say(one: Weakness, language: Language) -> str:
    """Lay out a weakness: what is wrong and where, the case that shows it, and how an acceptance names it."""
    lines = [render([one.diagnostic], language)]
    if one.case is not None:
        case = json.dumps(dict(one.case), ensure_ascii=False)
        lines.append(f"  = {Text('案件', 'case')[language]}: {case}")
    if one.accepted is not None:
        lines.append(f"  = {Text('已接受', 'accepted')[language]}: {one.accepted[language]}")
    else:
        names = one.of[0] if len(one.of) == 1 else f"[{', '.join(one.of)}]"
        lines.append(f"  = {Text('对象', 'of')[language]}: {names}")
    return "\n".join(lines)


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


def _summary(book: ResolvedRulebook, found: list[Weakness]) -> Text:
    kinds = (("error", "错误", "errors"), ("warning", "警告", "warnings"), ("note", "提示", "notes"))
    waiting: list[str] = [one.severity for one in found if one.accepted is None]
    tally = [(waiting.count(severity), zh, en) for severity, zh, en in kinds if severity in waiting]
    zh = "、".join(f"{kind} {count} 处" for count, kind, _ in tally) or "无错误"
    en = "has " + ", ".join(f"{kind}: {count}" for count, _, kind in tally) if tally else "is sound"
    counts = {"id": book.id, "version": book.version, "accepted": len(found) - len(waiting), **_counts(book)}
    return Text(
        "{id} {version} {zh}：规则 {rules} 条；条款 {clauses} 条，其中已用 {clauses_used} 条、说明不编码 "
        "{clauses_explained} 条；疑义 {doubts} 项；参数 {parameters} 个；报表 {forms} 份；"
        "已接受的弱点 {accepted} 处".format(zh=zh, **counts),
        "{id} {version} {en}: {rules} rules; {clauses} clauses, {clauses_used} used and {clauses_explained} "
        "explained; {doubts} doubts; parameters: {parameters}; {forms} report forms; "
        "weaknesses accepted: {accepted}".format(en=en, **counts),
    )
