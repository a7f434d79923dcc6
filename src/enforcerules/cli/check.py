"""`enforcerules check [RULEBOOK]`: whether a rulebook is sound and leaves nothing out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of, read_seconds
from enforcerules.cli.inputs import RULEBOOK_FOLDER, find_folder, load
from enforcerules.cli.terminal import Progress, put, put_faults, put_page, tell
from enforcerules.errors import Diagnostic, RulebookError, render
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.model import ResolvedRulebook
    from enforcerules.review.lint import Weakness

_FORMATS = ("text", "json", "sarif")

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
        Text(
            "--format sarif 供代码扫描服务和编辑器读取，请在仓库根目录运行。",
            "--format sarif is for code scanning services and editors; run it at the root of the repository.",
        ),
    ),
    examples=(
        "enforcerules check",
        "enforcerules check examples/own-rulebook --format json",
        "enforcerules check examples/own-rulebook --format sarif",
    ),
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
        with Progress(language).following() as say:
            checked = _check(rulebook, timeout, say)
        if format == "json":
            put(json.dumps(_data(checked), ensure_ascii=False, indent=2))
        elif format == "sarif":
            from enforcerules import __version__
            from enforcerules.cli.sarif import render_sarif

            put(render_sarif(checked.found, checked.folder, language, __version__))
        else:
            _put_text(checked, language, accepted=accepted)
        if checked.unsearched:
            tell(_WITHOUT_Z3[language])
        if checked.found and format == "text":
            code = checked.found[0].code
            tell(Text(f"编号的说明：enforcerules code {code}", f"about a code: enforcerules code {code}")[language])
        return exits.FAULTY if not checked.sound or (strict and checked.found) else exits.DONE

    return Command("check", _PAGE, parameters, run, language)


_WITHOUT_Z3 = Text(
    "z3 未安装，没有查找永不成立、被覆盖、相互矛盾的规则和报表的缺口（ER6011 至 ER6032）；安装：pip install z3-solver",
    "z3 is not installed: rules that never hold, are covered or contradict one another, and gaps in forms, were not "
    "looked for (ER6011 to ER6032); pip install z3-solver",
)


@dataclass(frozen=True, slots=True)
class _Checked:
    """What a check came to: the rulebook where it loads, where it is, and all that was found."""

    book: ResolvedRulebook | None
    folder: Path
    faults: Sequence[Diagnostic]
    weaknesses: Sequence[Weakness] = ()
    unsearched: Sequence[str] = ()

    @property
    def waiting(self) -> list[Weakness]:
        """The weaknesses that nobody has accepted."""
        return [one for one in self.weaknesses if one.accepted is None]

    @property
    def found(self) -> list[Diagnostic]:
        """All that is to be mended or accepted."""
        return [*self.faults, *(one.diagnostic for one in self.waiting)]

    @property
    def sound(self) -> bool:
        """Whether nothing that was found is an error."""
        return all(finding.severity != "error" for finding in self.found)


def _check(rulebook: str | None, seconds: float, progress: Callable[[Text], None]) -> _Checked:
    from enforcerules.review.lint import UNSEARCHED, find_weaknesses
    from enforcerules.review.theory import z3_available
    from enforcerules.syntax.rulebook import find_unlisted

    folder = Path(rulebook or ".")
    try:
        folder = _folder(rulebook)
        book = load(rulebook)
        weaknesses = list(find_weaknesses(book, folder, seconds=seconds, progress=progress))
    except RulebookError as error:
        return _Checked(None, folder, (*error.diagnostics, *find_unlisted(folder)))
    unsearched = () if z3_available() else tuple(UNSEARCHED)
    return _Checked(book.resolved, folder, tuple(find_unlisted(folder)), weaknesses, unsearched)


def _folder(rulebook: str | None) -> Path:
    from enforcerules.rulebook import packaged_folder

    return packaged_folder() if rulebook is None else find_folder(rulebook)


def _data(checked: _Checked) -> dict[str, object]:
    faults = [fault.to_dict() for fault in checked.faults]
    book = checked.book
    if book is None:
        return {"sound": checked.sound, "faults": faults}
    stamp = {"id": book.id, "version": book.version, "sha256": book.sha256}
    return {
        "sound": checked.sound,
        **stamp,
        "counts": _counts(book),
        "faults": faults,
        "weaknesses": [one.to_dict() for one in checked.weaknesses],
        "not_searched": list(checked.unsearched),
    }


def _put_text(checked: _Checked, language: Language, *, accepted: bool) -> None:
    if checked.faults:
        put_faults(checked.faults, language)
    if checked.book is None:
        tell(_tally(checked.found)[language])
        return
    blocks = [_say(one, language) for one in checked.weaknesses if accepted or one.accepted is None]
    blocks.append(_summary(checked.book, checked)[language])
    put_page(("\n" if checked.faults else "") + "\n\n".join(blocks))


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


_SEVERITIES = {"error": Text("错误", "fault"), "warning": Text("警告", "warning"), "note": Text("提示", "note")}


def _tally(found: Sequence[Diagnostic]) -> Text:
    """Return how many findings there are of each severity."""

    def told(severity: str) -> Iterator[tuple[int, Text]]:
        count = sum(finding.severity == severity for finding in found)
        if count:
            yield count, _SEVERITIES[severity]

    counts = [entry for severity in _SEVERITIES for entry in told(severity)]
    return Text(
        "，".join(f"{count} 处{name.zh}" for count, name in counts),
        ", ".join(f"{count} {name.en}{'s' if count > 1 else ''}" for count, name in counts),
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
        "penalties": len(book.penalties),
        "forms": len(book.forms),
    }


def _summary(book: ResolvedRulebook, checked: _Checked) -> Text:
    tally = _tally(checked.found) if checked.found else Text("无错误", "is sound")
    en = f"has {tally.en}" if checked.found else tally.en
    counts = {"id": book.id, "version": book.version, **_counts(book)}
    counts["accepted"] = len(checked.weaknesses) - len(checked.waiting)
    return Text(
        "{id} {version} {zh}：规则 {rules} 条；条款 {clauses} 条，其中已用 {clauses_used} 条、说明不编码 "
        "{clauses_explained} 条；疑义 {doubts} 项；参数 {parameters} 个；处罚 {penalties} 项；报表 {forms} 份；"
        "已接受的弱点 {accepted} 处".format(zh=tally.zh, **counts),
        "{id} {version} {en}: {rules} rules; {clauses} clauses, {clauses_used} used and {clauses_explained} "
        "explained; {doubts} doubts; parameters: {parameters}; penalties: {penalties}; {forms} report forms; "
        "weaknesses accepted: {accepted}".format(en=en, **counts),
    )
