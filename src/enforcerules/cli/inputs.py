"""What several commands take: the case, the rulebook, the engine, and the options that name them."""

from __future__ import annotations

import gc
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enforcerules.cli.commands import Option, one_of, read_number
from enforcerules.cli.terminal import tell
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import CaseError, Diagnostic, EngineUnavailableError, RulebookError, Source, Span, quoted
from enforcerules.text import Language, Text

if TYPE_CHECKING:
    from enforcerules.case import Case, Unknown
    from enforcerules.classification import Classification
    from enforcerules.deciding.decision import Decision
    from enforcerules.rulebook import EngineName, Rulebook

STANDARD_INPUT = "-"

RULEBOOK_FOLDER = Text(
    "规则库文件夹；缺省用随程序附带的", "the folder of the rulebook; else the one that comes with the program"
)

# --- options ---------------------------------------------------------------------------------------


def rulebook_option() -> Option:
    """Return `--rulebook`."""
    return Option(["--rulebook"], RULEBOOK_FOLDER, metavar="FOLDER")


def engine_option() -> Option:
    """Return `--engine`."""
    said = Text(
        "由哪个引擎判定；缺省为两个都用并核对结论（未装 durable 时只用 reference）",
        "which engine decides; by default both, compared (only reference where durable is not installed)",
    )
    engines = ("reference", "durable", "both")
    return Option(["--engine"], said, metavar="|".join(engines), callback=one_of(*engines))


def jobs_option() -> Option:
    """Return `--jobs`."""
    said = Text("用几个进程，缺省为处理器数", "how many processes, by default one a processor")
    return Option(["--jobs"], said, metavar="N", callback=read_number)


def deciding_options() -> list[Option]:
    """Return the options that say how a case is decided."""
    as_of = Text(
        "按这一天看待案件，代替案件自己的 as_of，如 2022-07-10；两者都没有时用今天",
        "look at the case as of this day instead of its own as_of, such as 2022-07-10; with neither, today",
    )
    unknown = Text(
        "未填的事实：open 为未知（缺省），absent 按“没有”处理并列为假定",
        "facts not given: open leaves them unknown (default), absent takes them as none and lists each",
    )
    strict = Text(
        "大案要案、直接立案或任何应办事项待定时，退出码为 3",
        "exit with 3 when major case, direct filing or any action is open",
    )
    meanings = ("open", "absent")
    return [
        Option(["--as-of"], as_of, metavar="DATE", callback=read_day),
        Option(["--unknown"], unknown, metavar="|".join(meanings), default="open", callback=one_of(*meanings)),
        engine_option(),
        Option(["--strict"], strict, is_flag=True),
        rulebook_option(),
    ]


def read_day(ctx: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Read a day; the check of an option that takes one."""
    if value is None:
        return None
    from enforcerules.case import FIRST_YEAR, LAST_YEAR
    from enforcerules.syntax.remedies import mend_day
    from enforcerules.values.days import parse_day

    name = parameter.opts[0]
    try:
        day = parse_day(value)
    except ValueError:
        remedy = mend_day(value)
        said = Text(f"{name} {quoted(value)} {remedy.wrong.zh}", f"{name} {quoted(value)} {remedy.wrong.en}")
        raise WrongUsageError(said, remedy.hint, ctx) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        said = Text(f"{name} 的年份不可能：{day.year}", f"the year of {name} cannot be: {day.year}")
        raise WrongUsageError(said, None, ctx)
    return day


def read_place(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Read the code of a place; the check of an option that takes one."""
    if value is None:
        return None
    from enforcerules.values import Place

    try:
        return Place.parse(value).code
    except ValueError:
        said = Text(f"--place {quoted(value)} 不是行政区划代码", f"--place {quoted(value)} is no place code")
        hint = Text("写六位数字，如 500118", "write six digits, such as 500118")
        raise WrongUsageError(said, hint, ctx) from None


def new_file(name: str, *, force: bool) -> Path:
    """Return the path of a file to be written.

    Raises:
        WrongUsageError: when it is there already and `force` is not given, or when its folder is not there.

    """
    path = Path(name)
    if path.exists() and not force:
        said = Text(f"{quoted(name)} 已经存在", f"{quoted(name)} is there already")
        raise WrongUsageError(said, Text("换一个文件名，或者加 --force", "name another file, or add --force"))
    if not path.parent.is_dir():
        folder = quoted(str(path.parent))
        raise WrongUsageError(Text(f"没有文件夹 {folder}", f"there is no folder {folder}"))
    return path


# --- the rulebook ----------------------------------------------------------------------------------


def load(folder: str | None) -> Rulebook:
    """Load the rulebook in `folder`, or the packaged one.

    Raises:
        RulebookError: with every fault found.

    """
    from enforcerules.rulebook import load_rulebook

    book = load_rulebook(None if folder is None else find_folder(folder))
    # it stays for the life of the program and need never be gone through for garbage
    gc.freeze()
    return book


def find_folder(name: str) -> Path:
    """Return the rulebook's folder; its `rulebook.yaml` may be named as well.

    Raises:
        RulebookError: when there is none.

    """
    path = Path(name)
    if path.is_dir():
        return path
    if path.name == "rulebook.yaml" and path.is_file():
        return path.parent
    message = Text("这里没有规则库文件夹", "there is no rulebook folder here")
    hint = Text("给出 rulebook.yaml 所在的文件夹", "give the folder that holds rulebook.yaml")
    raise RulebookError([Diagnostic("ER0012", message, Span(Source(name, ""), 1, 1), hint)])


# --- cases -----------------------------------------------------------------------------------------


def read_source(name: str, language: Language) -> Source:
    """Return the text of a case from a file or from standard input.

    Raises:
        CaseError: when it cannot be read.

    """
    from enforcerules.syntax.files import LARGEST_FILE, decode, read_text

    if name == STANDARD_INPUT:
        source, faults = decode(standard_input(language).read(LARGEST_FILE + 1), STANDARD_INPUT)
    else:
        source, faults = read_text(Path(name))
    if source is None:
        raise CaseError(faults)
    return source


def standard_input(language: Language) -> Any:
    """Return standard input as bytes; somebody who waits at a terminal is told that it is read.

    Raises:
        CaseError: when there is none.

    """
    # the type stubs do not know that it is None when the caller has closed it
    stream: Any = sys.stdin
    if stream is None:
        hint = Text("给出文件的路径", "give the path of a file")
        raise CaseError([Diagnostic("ER0013", Text("没有标准输入", "there is no standard input"), hint=hint)])
    if stream.isatty():
        tell(Text("从标准输入读取，以 Ctrl-D 结束", "reading standard input, end it with Ctrl-D")[language])
    return stream.buffer


def read_on_day(book: Rulebook, source: Source, *, as_of: date | None, today: date, unknown: Unknown) -> Case:
    """Read a case, as of another day than its own where `as_of` says so.

    Raises:
        CaseError: with every fault found.

    """
    case = book.read_case(source, today=today, unknown=unknown)
    if as_of is None or case.as_of == as_of:
        return case
    # the text is sound by now; numbers stay as they were written
    facts = json.loads(source.text, parse_float=Decimal)
    return book.read_case({**facts, "as_of": as_of}, today=today, unknown=unknown)


# --- engines ---------------------------------------------------------------------------------------


class Engines:
    """Decides cases with the engine asked for; without `--engine`, with both where both are to be had."""

    def __init__(self, asked: EngineName | None) -> None:
        self._asked = asked
        self._default: EngineName | None = None
        self._failure: Diagnostic | None = None

    def decide(self, book: Rulebook, case: Case) -> tuple[Decision, Classification]:
        """Return what was decided, and the answer laid out from it.

        Raises:
            EngineUnavailableError: when the engine asked for is not installed.
            DisagreementError: when two engines answer differently.

        """
        if self._asked is not None:
            return _decide(book, case, self._asked)
        if self._default is None:
            from enforcerules.engines.durable import durable_available

            self._default = "both" if durable_available() else "reference"
        if self._default == "both":
            try:
                return _decide(book, case, "both")
            except EngineUnavailableError as error:
                # installed, but of no use: on Python 3.13 and later it may compile and not import
                self._default, self._failure = "reference", error.diagnostics[0]
        return _decide(book, case, "reference")

    def say_alone(self, language: Language) -> None:
        """Say that one engine answered and how to add the other, unless it was asked for."""
        if self._default != "reference":
            return
        said = Text(
            "只由 reference 引擎判定；安装第二个引擎核对结论：pip install durable-rules==2.0.28",
            "one engine (reference) answered; to have a second check it: pip install durable-rules==2.0.28",
        )
        if self._failure is not None:
            zh, en = self._failure.hint or Text("", "")
            why = self._failure.message
            said = Text(f"只由 reference 引擎判定：{why.zh}。{zh}", f"one engine (reference) answered: {why.en}. {en}")
        tell(said[language].rstrip())


def _decide(book: Rulebook, case: Case, engine: EngineName) -> tuple[Decision, Classification]:
    from enforcerules.deciding.classify import classify_decision

    decision = book.decide(case, engine=engine)
    return decision, classify_decision(decision, engine)
