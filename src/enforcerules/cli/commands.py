"""What a command of this program is: click's command, with a help page in the language of the user.

click's own help is English, and breaks lines by characters rather than by terminal cells.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, listed, quoted
from enforcerules.text import Language, Text, pad, width, wrap

_NARROWEST, _WIDEST = 50, 100
_LARGEST = 1_000_000


class Argument(click.Argument):
    """A positional argument that the help page explains."""

    def __init__(self, name: str, said: Text, **more: Any) -> None:
        super().__init__([name], metavar=name.upper(), **more)
        self.said = said


class Option(click.Option):
    """An option explained in both languages."""

    def __init__(self, names: Sequence[str], said: Text, **more: Any) -> None:
        super().__init__(list(names), **more)
        self.said = said


@dataclass(frozen=True, slots=True)
class Page:
    """What the help of a command says: one line, more about it, and examples that work as they stand."""

    summary: Text
    more: tuple[Text, ...] = ()
    examples: tuple[str, ...] = ()


class Command(click.Command):
    """A command that explains itself in one language and answers with an exit code."""

    def __init__(
        self, name: str, page: Page, parameters: Sequence[click.Parameter], run: Callable[..., int], language: Language
    ) -> None:
        super().__init__(
            name,
            params=[*parameters, language_option(), help_option()],
            callback=run,
            add_help_option=False,
            # what is left over is refused below, in the user's language
            context_settings={"allow_extra_args": True},
        )
        self.page, self.language = page, language

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line, and refuse what is left over."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            # click leaves out the context where it only splits the words
            error.ctx = error.ctx or ctx
            raise
        if rest and not ctx.resilient_parsing:
            raise WrongUsageError(
                Text(f"多余的参数：{quoted(rest[0])}", f"one argument too many: {quoted(rest[0])}"), ctx=ctx
            )
        return rest

    def get_help(self, ctx: click.Context) -> str:
        """Return the help page."""
        shown = " ".join(_placeholder(p) for p in self.params if isinstance(p, Argument))
        usage = f"{ctx.command_path} {Text('[选项]', '[OPTIONS]')[self.language]} {shown}".rstrip()
        return render_help(usage, self.page, self.params, self.language)


def _placeholder(argument: Argument) -> str:
    name = argument.metavar or ""
    return name if argument.required else f"[{name}]"


def language_option() -> Option:
    """Return `--lang`. Its value was already taken when the commands were built; here it is only checked."""
    said = Text(
        "语言；缺省看 ENFORCERULES_LANG，再看系统区域设置", "the language; else ENFORCERULES_LANG, else the locale"
    )
    return Option(["--lang"], said, metavar="zh|en", callback=one_of("zh", "en"), expose_value=False)


def help_option() -> Option:
    """Return `--help`."""

    def show(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            click.echo(ctx.get_help())
            ctx.exit()

    said = Text("显示本页", "show this page")
    return Option(["-h", "--help"], said, is_flag=True, is_eager=True, expose_value=False, callback=show)


def one_of(*values: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """Return the check of a parameter that takes one of `values`."""

    def check(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
        if value is None or value in values:
            return value
        name = parameter.opts[-1] if isinstance(parameter, click.Option) else parameter.human_readable_name
        said = Text(f"{name} 没有值 {quoted(value)}", f"{name} has no value {quoted(value)}")
        zh, en = listed(values)
        known = Text(f"可用的值：{zh}", f"the values are: {en}")
        raise WrongUsageError(said, did_you_mean(value, values) or known, ctx)

    return check


def read_percent(ctx: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Return a percentage, with or without its sign; the check of an option that takes one."""
    if value is None:
        return None
    try:
        percent = float(value.removesuffix("%"))
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        name, shown = parameter.opts[-1], quoted(value)
        said = Text(f"{name} 是 0 到 100 的数，不是 {shown}", f"{name} is a number from 0 to 100, not {shown}")
        raise WrongUsageError(said, None, ctx)
    return percent


def read_number(ctx: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """Return a whole number, of all but a seed at least 1; the check of an option that takes one."""
    if value is None:
        return None
    name = parameter.opts[-1]
    least = 0 if name == "--seed" else 1
    if not (value.isascii() and value.isdigit() and least <= int(value[:10]) <= _LARGEST):
        said = Text(
            f"{name} 是 {least} 到 {_LARGEST} 的整数，不是 {quoted(value)}",
            f"{name} is a whole number from {least} to {_LARGEST}, not {quoted(value)}",
        )
        raise WrongUsageError(said, None, ctx)
    return int(value)


def read_seconds(ctx: click.Context, parameter: click.Parameter, value: str) -> float:
    """Return a number of seconds, up to a day; the check of an option that takes one."""
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 86_400:
        name, shown = parameter.opts[-1], quoted(value)
        said = Text(f"{name} 应为秒数，而不是 {shown}", f"{name} is a number of seconds, not {shown}")
        raise WrongUsageError(said, Text(f"例如 `{name} 10`", f"such as `{name} 10`"), ctx)
    return seconds


# --- the help page ---------------------------------------------------------------------------------


def render_help(
    usage: str,
    page: Page,
    parameters: Sequence[click.Parameter],
    language: Language,
    blocks: Sequence[tuple[Text, Sequence[tuple[str, str]]]] = (),
) -> str:
    """Lay a help page out for the width of the terminal; `blocks` are further two-column lists."""
    cells = min(_WIDEST, max(_NARROWEST, shutil.get_terminal_size().columns))
    lines = [f"{Text('用法：', 'usage: ')[language]}{usage}", ""]
    for text in (page.summary, *page.more):
        lines += [*wrap(text[language], cells), ""]
    arguments = [(p.metavar or "", p.said[language]) for p in parameters if isinstance(p, Argument)]
    options = [(_names(p), p.said[language]) for p in parameters if isinstance(p, Option)]
    for heading, rows in (
        (Text("参数", "arguments"), arguments),
        *blocks,
        (Text("选项", "options"), options),
    ):
        if rows:
            lines += [f"{heading[language]}{Text('：', ':')[language]}", *_columns(rows, cells), ""]
    if page.examples:
        lines += [Text("例子：", "examples:")[language], *(f"  {example}" for example in page.examples)]
    return "\n".join(lines).rstrip()


def _names(option: Option) -> str:
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.metavar}"


_LONGEST_NAME = 28


def _columns(rows: Sequence[tuple[str, str]], cells: int) -> list[str]:
    column = max((width(name) for name, _ in rows if width(name) <= _LONGEST_NAME), default=0) + 4
    lines = []
    for name, said in rows:
        first, *others = wrap(said, cells - column)
        # a long name stands alone on its line
        if width(name) > _LONGEST_NAME:
            lines.append(f"  {name}")
            lines.append(pad("", column) + first)
        else:
            lines.append(pad(f"  {name}", column) + first)
        lines += [pad("", column) + other for other in others]
    return lines
