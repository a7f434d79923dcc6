"""What the program says of itself: its commands' help pages, its Python names, its error codes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import click

import enforcerules
from enforcerules.cli.program import Program
from enforcerules.text import Language, Text
from website.markup import Page, Voice, front, page, table

_HELP_WIDTH = "92"


def program_pages(docs: Path, language: Language) -> Iterator[Page]:
    """Yield the reference of the command line, that of the Python names, and a page for each error code.

    `docs` is the folder of the hand-written pages of the language.
    """
    yield _commands(language)
    yield _names(language)
    yield from _codes(docs, language)


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
        *_help(program, None),
    ]
    for name in program.list_commands(click.Context(program)):
        lines += ["", f"## enforcerules {name} {{ #{name} }}", "", *_help(program, name)]
    return page(voice.path, lines)


def _help(program: Program, name: str | None) -> list[str]:
    with patch.dict(os.environ, {"COLUMNS": _HELP_WIDTH}):
        context = click.Context(program, info_name="enforcerules")
        if name is None:
            return ["```text", program.get_help(context), "```"]
        command = program.get_command(context, name)
        assert command is not None
        return ["```text", command.get_help(click.Context(command, info_name=name, parent=context)), "```"]


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
    if (Path(enforcerules.__file__).parent / "testing").exists() or (
        Path(enforcerules.__file__).parent / "testing.py"
    ).exists():
        yield "enforcerules.testing"


# --- error codes -----------------------------------------------------------------------------------


class Code(NamedTuple):
    """An error code: what it says, and the remedy."""

    name: str
    said: str
    remedy: str


_AREAS = {
    "0": Text("文字", "text"),
    "1": Text("规则库的含义", "meaning of the rulebook"),
    "2": Text("条款台账", "ledger of clauses"),
    "3": Text("案件", "case"),
    "4": Text("地区与日历", "places and calendars"),
    "5": Text("算例与红线", "scenarios and red lines"),
    "9": Text("程序", "program"),
}


def read_codes(docs: Path) -> list[Code]:
    """Return every error code from the hand-written page in `docs`."""
    rows = re.findall(r"^\| (ER\d{4}) \| (.*?) \| (.*?) \|$", (docs / "errors.md").read_text("utf-8"), re.MULTILINE)
    return [Code(*row) for row in rows]


def render_code(code: Code, language: Language) -> list[str]:
    """Return the Markdown of one code's page."""
    voice = Voice(language, f"errors/{code.name}.md")
    area = _AREAS.get(code.name[2], Text("其他", "other"))
    rows = [
        (voice("说的是", "What it says"), code.said),
        (voice("怎样改正", "Remedy"), code.remedy),
        (voice("领域", "Area"), voice.of(area)),
    ]
    return [
        *front(code.name),
        f"# {code.name}",
        "",
        *table((voice("项目", "Item"), voice("内容", "Content")), rows),
        voice.link(voice("全部错误编号", "All error codes"), "errors.md"),
    ]


def _codes(docs: Path, language: Language) -> Iterator[Page]:
    for code in read_codes(docs):
        yield page(f"errors/{code.name}.md", render_code(code, language))
