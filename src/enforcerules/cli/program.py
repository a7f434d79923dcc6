"""The program: its commands, and how it ends whatever happens."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from enforcerules.cli import exits
from enforcerules.cli.commands import Option, Page, help_option, language_option, render_help
from enforcerules.cli.terminal import give_up_stdout, nobody_reads, prepare_streams, tell, tell_faults
from enforcerules.cli.usage import WrongUsageError, render_complaint
from enforcerules.errors import (
    DisagreementError,
    EnforceRulesError,
    EngineUnavailableError,
    did_you_mean,
    quoted,
)
from enforcerules.language import VARIABLE, choose_language, wrong_variable
from enforcerules.text import Language, Text, printable

_NAME = "enforcerules"

_COMMANDS = {
    name: f"enforcerules.cli.{name}"
    for name in (
        "explain",
        "classify",
        "ledger",
        "report",
        "check",
        "test",
        "prove",
        "mutate",
        "diff",
        "schema",
        "rule",
        "code",
        "version",
    )
}

_PAGE = Page(
    summary=Text(
        "按药品安全专项整治文件和法律对药品、医疗器械、化妆品案件分类，并逐条说明应办事项与依据。",
        "Classifies drug, device and cosmetics cases under the campaign documents and the law, and cites the "
        "clause for every answer.",
    ),
    examples=(
        "enforcerules explain examples/made-up-yongchuan-expired-drug.json",
        "enforcerules explain --help",
    ),
)

_EXITS = (
    (exits.DONE, Text("完成", "done")),
    (
        exits.FAULTY,
        Text(
            "规则库或案件有误，或有一行、一个算例失败，或含义有变化（diff）",
            "the rulebook or the case is faulty, a line or scenario failed, or the meaning differs (diff)",
        ),
    ),
    (exits.WRONG_USAGE, Text("用法不对", "wrong usage")),
    (
        exits.STILL_OPEN,
        Text(
            "仍有待定（--strict），或有未决的（prove、diff）",
            "the decision is open (--strict), or something is undecided (prove, diff)",
        ),
    ),
    (exits.DISAGREEMENT, Text("两个引擎结论不一致", "the engines disagree")),
)


class Program(click.Group):
    """`enforcerules`. A command's module is imported when the command is asked for."""

    def __init__(self, language: Language = "zh") -> None:
        said = Text("显示程序版本", "show the version of the program")
        version = Option(["--version"], said, is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
        super().__init__(
            _NAME, params=[language_option(), version, help_option()], add_help_option=False, no_args_is_help=False
        )
        self.language = language

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which they are explained."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, in the language of the program."""
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(_COMMANDS[cmd_name]).command(self.language)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named first, or say which one was meant."""
        name = args[0]
        if name not in _COMMANDS and not ctx.resilient_parsing and not name.startswith("-"):
            hint = did_you_mean(name, _COMMANDS)
            if name.endswith(".json") or Path(name).is_file():
                hint = Text(f"{_NAME} explain {printable(name)}", f"{_NAME} explain {printable(name)}")
            raise WrongUsageError(Text(f"没有命令 {quoted(name)}", f"there is no command {quoted(name)}"), hint, ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Return the page that lists the commands."""
        language = self.language
        commands = [(name, self._summary(ctx, name)) for name in _COMMANDS]
        codes = [(str(code), said[language]) for code, said in _EXITS]
        usage = f"{_NAME} {Text('[选项] 命令 …', '[OPTIONS] COMMAND …')[language]}"
        blocks = ((Text("命令", "commands"), commands), (Text("退出码", "exit codes"), codes))
        return render_help(usage, _PAGE, self.params, language, blocks)

    def _summary(self, ctx: click.Context, name: str) -> str:
        page: Page = getattr(self.get_command(ctx, name), "page")  # noqa: B009 - a command of ours has one
        return page.summary[self.language]

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **_: Any
    ) -> NoReturn:
        """Run the command line and leave with its exit code; click's own ways to end are not used."""
        words = list(sys.argv[1:] if args is None else args)
        self.language = choose_language(words, os.environ)
        prepare_streams()
        sys.exit(_end_well(self, words))

    def run(self, words: list[str]) -> int:
        """Run the command line and return the exit code, telling every failure that a user can mend."""
        try:
            wrong = wrong_variable(words, os.environ)
            if wrong is not None:
                given = quoted(wrong)
                said = Text(f"{VARIABLE} 只能是 zh 或 en，现为 {given}", f"{VARIABLE} is zh or en, not {given}")
                raise WrongUsageError(said)
            if not words:
                tell(self.get_help(click.Context(self, info_name=_NAME)))
                return exits.WRONG_USAGE
            with self.make_context(_NAME, list(words)) as ctx:
                return int(self.invoke(ctx))
        except click.exceptions.Exit as end:
            return end.exit_code
        except click.ClickException as error:
            tell(render_complaint(error, self.language))
            return exits.WRONG_USAGE
        except EnforceRulesError as error:
            tell_faults(error.diagnostics, self.language)
            if isinstance(error, DisagreementError):
                return exits.DISAGREEMENT
            return exits.WRONG_USAGE if isinstance(error, EngineUnavailableError) else exits.FAULTY


def _end_well(program: Program, words: list[str]) -> int:
    """Run the program, and let neither Ctrl-C nor a closed pipe or full disk end it with a traceback."""
    try:
        code = program.run(words)
        sys.stdout.flush()
        sys.stderr.flush()
        return code
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except OSError as error:
        give_up_stdout()
        if nobody_reads(error):
            return exits.NOBODY_READS
        reason = error.strerror or type(error).__name__
        tell(Text(f"错误: 无法读写：{reason}", f"error: reading or writing failed: {reason}")[program.language])
        return exits.FAULTY


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from enforcerules import __version__

        click.echo(f"{_NAME} {__version__}")
        ctx.exit()
