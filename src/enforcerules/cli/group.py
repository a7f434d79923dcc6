"""A command that has commands of its own, such as `enforcerules report`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

import click

from enforcerules.cli.commands import Page, help_option, language_option, render_help
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, listed, quoted
from enforcerules.text import Language, Text


class Group(click.Group):
    """A group of commands; a command's module is imported when the command is asked for.

    `modules` says by name where a command is: in a module, or `MODULE:FUNCTION` where that is not `command`.
    """

    def __init__(self, name: str, page: Page, modules: Mapping[str, str], language: Language) -> None:
        super().__init__(name, params=[language_option(), help_option()], add_help_option=False, no_args_is_help=False)
        self.page, self.language, self._modules = page, language, modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order in which they are explained."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, in the language of the program."""
        if cmd_name not in self._modules:
            return None
        module, _, function = self._modules[cmd_name].partition(":")
        command = getattr(import_module(module), function or "command")(self.language)
        assert isinstance(command, click.Command)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line, which name a command."""
        if not args and not ctx.resilient_parsing:
            known = listed(self._modules)
            hint = Text(f"可用的命令：{known.zh}", f"the commands are: {known.en}")
            raise WrongUsageError(Text(f"{self.name} 之后缺少命令", f"{self.name} needs a command"), hint, ctx)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command named first, or say which one was meant."""
        name = args[0]
        if name not in self._modules and not ctx.resilient_parsing and not name.startswith("-"):
            known = listed(self._modules)
            hint = did_you_mean(name, self._modules) or Text(f"可用的命令：{known.zh}", f"the commands are: {known.en}")
            said = Text(f"{self.name} 没有命令 {quoted(name)}", f"{self.name} has no command {quoted(name)}")
            raise WrongUsageError(said, hint, ctx)
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Return the page that lists the commands."""
        language = self.language
        commands: Sequence[tuple[str, str]] = [(name, self._summary(ctx, name)) for name in self._modules]
        usage = f"{ctx.command_path} {Text('命令 …', 'COMMAND …')[language]}"
        return render_help(usage, self.page, self.params, language, ((Text("命令", "commands"), commands),))

    def _summary(self, ctx: click.Context, name: str) -> str:
        page: Page = getattr(self.get_command(ctx, name), "page")  # noqa: B009 - a command of ours has one
        return page.summary[self.language]
