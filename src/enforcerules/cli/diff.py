"""`enforcerules diff OLD [NEW]`: what changed between two rulebooks, in text and in meaning."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of, read_seconds
from enforcerules.cli.inputs import find_folder
from enforcerules.cli.terminal import Progress, put, put_page, tell
from enforcerules.errors import Source
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.case import Unknown
    from enforcerules.review.diff.compare import Edition, RulebookDiff

_FORMATS = ("text", "json", "markdown", "html")
_FOLDER = "rules"
_SECONDS = 20.0

_PAGE = Page(
    summary=Text(
        "比较规则库的两个版本：文本有何不同，含义有何不同；含义由 z3 对所有可能的案件判定，并给出最小的例证。",
        "Compares two versions of a rulebook, in text and in meaning: z3 decides for every case there can be, and each "
        "difference comes with a smallest case that shows it.",
    ),
    more=(
        Text(
            "每个版本是规则库文件夹，或者 git 修订版本，如 enforcerules diff v0.1 HEAD（此时 --folder "
            "是规则库在仓库中的位置）。"
            "markdown 和 html 是供委员会审阅、签署的材料。",
            "A version is a folder of a rulebook, or a git revision, as in enforcerules diff v0.1 HEAD (then --folder "
            "says where in the repository it lies). markdown and html are the packet that a committee reviews and "
            "signs.",
        ),
        Text(
            "退出码：含义没有变化为 0，有变化为 1，没有变化但有未决的为 3。规则库有误也为 1，此时没有结果。"
            "需要：pip install z3-solver",
            "Exits with 0 when the meaning is the same, 1 when it differs, 3 when nothing differs and something is "
            "undecided; with 1 and no result also when a rulebook is faulty. It needs: pip install z3-solver",
        ),
    ),
    examples=(
        "enforcerules diff rules rules --cases examples/cases.jsonl",
        "enforcerules diff rules --format markdown",
    ),
)


def command(language: Language) -> Command:
    """Return the command."""
    old = Text("旧版本：规则库文件夹，或者 git 修订版本", "the version before: a folder, or a git revision")
    new = Text(
        "新版本，写法同上；缺省为工作文件夹中的规则库",
        "the version after, likewise; else the rulebook in the working folder",
    )
    folder = Text("规则库在仓库中的位置，缺省为 rules", "where in the repository the rulebook lies, `rules` by default")
    cases = Text(
        "这些案件在两个版本中的结论：JSON Lines，或者一个案件的 JSON 文件",
        "what the two say of these cases: JSON Lines, or one case as JSON",
    )
    unknown = Text(
        "案件未填的事实：open 为未知（缺省），absent 按“没有”处理",
        "facts that a case does not give: open leaves them unknown (default), absent takes them as none",
    )
    seconds = Text(
        f"每项至多这么多秒，缺省 {_SECONDS:.0f}；时限到了为未决",
        f"at most so many seconds for each answer, {_SECONDS:.0f} by default; then it is undecided",
    )
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    output = Text("写入此文件，而不是标准输出", "write to this file instead of standard output")
    parameters = [
        Argument("old", old),
        Argument("new", new, required=False),
        Option(["--folder"], folder, metavar="FOLDER", default=_FOLDER),
        Option(["--cases"], cases, metavar="FILE"),
        Option(["--unknown"], unknown, metavar="open|absent", default="open", callback=one_of("open", "absent")),
        Option(["--timeout"], seconds, metavar="SECONDS", default=str(_SECONDS), callback=read_seconds),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
        Option(["-o", "--output"], output, metavar="FILE"),
    ]

    def run(
        *,
        old: str,
        new: str | None,
        folder: str,
        cases: str | None,
        unknown: Unknown,
        timeout: float,
        format: str,  # noqa: A002 - the word users know
        output: str | None,
    ) -> int:
        from enforcerules.review.diff.compare import compare_rulebooks

        with ExitStack() as kept:
            say = kept.enter_context(Progress(language).following())
            editions = _edition(old, folder, kept), _edition(new, folder, kept)
            given = None if cases is None else _cases(cases, language)
            found = compare_rulebooks(
                *editions, cases=given, seconds=timeout, today=date.today(), unknown=unknown, report=say
            )
        text = _rendered(found, format, language)
        if output is not None:
            Path(output).write_text(text, encoding="utf-8", newline="\n")
            tell(Text(f"已写入 {output}", f"written to {output}")[language])
        elif format == "text":
            put_page(text)
        else:
            put(text)
        return _exit_code(found)

    return Command("diff", _PAGE, parameters, run, language)


def _exit_code(found: RulebookDiff) -> int:
    if found.cases is not None and found.cases.faulty:
        return exits.FAULTY
    return {"changed": exits.DIFFERS, "undecided": exits.STILL_OPEN}.get(found.outcome, exits.DONE)


def _rendered(found: RulebookDiff, form: str, language: Language) -> str:
    from enforcerules.review.diff.document import RENDERERS
    from enforcerules.review.diff.packet import build_packet

    if form == "json":
        content = {**found.to_dict(), "signed_sha256": found.sha256}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return RENDERERS[form](build_packet(found, brief=form == "text"), language)


# --- the two versions ------------------------------------------------------------------------------


def _edition(name: str | None, folder: str, kept: ExitStack) -> Edition:
    """Load a version: of the working folder, of a folder, or of a revision."""
    from enforcerules.review.diff.compare import load_edition
    from enforcerules.review.diff.revisions import find_repository, unpack_revision

    if name is None:
        here = Path(folder)
        return load_edition(find_folder(str(here if here.is_dir() else find_repository(Path.cwd()) / folder)), folder)
    path = Path(name)
    if path.is_dir() or path.is_file():
        return load_edition(find_folder(name), name)
    into = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="enforcerules-")))
    return load_edition(unpack_revision(name, folder, into), name)


# --- the cases -------------------------------------------------------------------------------------


def _cases(name: str, language: Language) -> Iterator[tuple[int, Source | Mapping[str, Any]]]:
    from enforcerules.cli.classify import opened
    from enforcerules.cli.inputs import STANDARD_INPUT, read_source
    from enforcerules.syntax.case_lines import case_lines, line_source

    if name != STANDARD_INPUT and Path(name).suffix == ".json":
        yield 1, read_source(name, language)
        return
    with opened(name, language) as stream:
        for number, line in case_lines(name, stream):
            yield number, line_source(name, line)
