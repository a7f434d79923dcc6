"""What the program says of itself: its commands' help pages, its Python names, its error codes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest.mock import patch

import click

import enforcerules
from code_pages import code_pages
from enforcerules import reports, testing
from enforcerules.cli.program import Program
from enforcerules.reports import due, duty_calendar
from enforcerules.text import Language
from website.markup import Page, Voice, front, page

_HELP_WIDTH = "92"


def program_pages(language: Language) -> Iterator[Page]:
    """Yield the reference of the command line, that of the Python names, and a page for each error code."""
    yield _commands(language)
    yield _names(language)
    yield from _codes(language)


def _commands(language: Language) -> Page:
    voice = Voice(language, "commands.md")
    program = Program(language)
    title = voice("命令行", "Command line")
    lines = [
        *front(title),
        f"# {title}",
        "",
        voice("以下就是各命令 `--help` 显示的内容。", "This is what each command shows with `--help`."),
        "",
        "## enforcerules",
        "",
        *_help(program, click.Context(program, info_name="enforcerules")),
    ]
    context = click.Context(program, info_name="enforcerules")
    for name, command, inside in _every_command(program, context):
        lines += ["", f"## enforcerules {name} {{ #{name.replace(' ', '-')} }}", "", *_help(command, inside)]
    return page(voice.path, lines)


def _every_command(group: click.Group, context: click.Context) -> Iterator[tuple[str, click.Command, click.Context]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inside = click.Context(command, info_name=name, parent=context)
        yield inside.command_path.removeprefix("enforcerules "), command, inside
        if isinstance(command, click.Group):
            yield from _every_command(command, inside)


def _help(command: click.Command, context: click.Context) -> list[str]:
    with patch.dict(os.environ, {"COLUMNS": _HELP_WIDTH}):
        return ["```text", command.get_help(context), "```"]


def _names(language: Language) -> Page:
    voice = Voice(language, "api.md")
    title = voice("Python 接口", "Python names")
    lines = [
        *front(title),
        f"# {title}",
        "",
        voice(
            "`enforcerules` 的公开名称，说明取自程序本身，为英文。怎样使用见[系统对接](integrators.md)。",
            "The public names of `enforcerules`, as the program itself describes them. How they are used together: "
            "[For integrators](integrators.md).",
        ),
        "",
    ]
    for name in _public():
        lines += [f"::: {name}", ""]
    return page(voice.path, lines)


def _public() -> Iterator[str]:
    yield from (f"enforcerules.{name}" for name in sorted(enforcerules.__all__))
    for module in (reports, due, duty_calendar, testing):
        yield from (f"{module.__name__}.{name}" for name in sorted(module.__all__))


# --- error codes -----------------------------------------------------------------------------------


def _codes(language: Language) -> Iterator[Page]:
    voice = Voice(language, "errors/")
    for code, text in code_pages(language).items():
        back = voice.link(voice("全部错误编号", "All error codes"), "errors.md")
        yield page(f"errors/{code}.md", [*front(code), text, "", back])
