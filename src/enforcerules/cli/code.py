"""`enforcerules code [CODE]`: what a code of a message means, or which codes there are."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

from enforcerules.cli import exits
from enforcerules.cli.commands import Argument, Command, Option, Page, one_of
from enforcerules.cli.terminal import put, put_page
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import listed, quoted
from enforcerules.text import Language, Text, pad, width

if TYPE_CHECKING:
    from enforcerules.codes import Area, Code

_FORMATS = ("text", "markdown", "json")
_WIDEST = 92

_PAGE = Page(
    summary=Text(
        "说明一个错误编号：说的是什么、为什么要紧、怎样改正；不给编号时按领域列出全部编号。",
        "Explains the code of a message: what it says, why it matters, how to put it right; without one, lists all.",
    ),
    examples=("enforcerules code ER2001", "enforcerules code clause-neither-used-nor-explained", "enforcerules code"),
)


def command(language: Language) -> Command:
    """Return the command."""
    form = Text("输出格式，缺省为 text", "the form of the result, text by default")
    parameters = [
        Argument("code", Text("编号或者名称", "the code or its name"), required=False),
        Option(["--format"], form, metavar="|".join(_FORMATS), default="text", callback=one_of(*_FORMATS)),
    ]

    def run(*, code: str | None, format: str) -> int:  # noqa: A002 - the word users know
        from enforcerules.codes import index_table, load_areas, render_code, render_code_text

        if code is None:
            if format == "json":
                _put_json({"areas": [_area(area) for area in load_areas()]})
            elif format == "markdown":
                put(index_table(language))
            else:
                put_page("\n\n".join("\n".join(_lines(area, language)) for area in load_areas() if area.codes))
            return exits.DONE
        found = _find(code)
        if format == "json":
            _put_json(_code(found))
        elif format == "markdown":
            put(render_code(found.id, language))
        else:
            put(render_code_text(found, language, min(_WIDEST, shutil.get_terminal_size().columns)))
        return exits.DONE

    return Command("code", _PAGE, parameters, run, language)


def _find(wanted: str) -> Code:
    from enforcerules.codes import find_code, load_areas, near_codes

    found = find_code(wanted)
    if found is not None:
        return found
    if any(wanted.strip().upper() in area.retired for area in load_areas()):
        raise WrongUsageError(
            Text(f"编号 {quoted(wanted)} 已不再使用", f"the code {quoted(wanted)} is no longer used"),
            Text(
                "旧版程序用过它；用过的编号不再用于别的错误",
                "an earlier version used it, and codes are never used again",
            ),
        )
    said = Text(f"没有编号 {quoted(wanted)}", f"there is no code {quoted(wanted)}")
    zh, en = listed(near_codes(wanted))
    near = Text(f"最接近的有：{zh}", f"the nearest are: {en}") if zh else None
    every = Text("enforcerules code 列出全部编号", "enforcerules code lists every code")
    raise WrongUsageError(said, near or every)


def _lines(area: Area, language: Language) -> Iterable[str]:
    column = max(width(code.name) for code in area.codes)
    yield f"{area.digit} {area.title[language]}"
    for code in area.codes:
        yield f"  {code.id}  {pad(code.name, column)}  {code.says[language]}"


def _area(area: Area) -> dict[str, object]:
    return {
        "digit": area.digit,
        "title": area.title.to_dict(),
        "codes": [_code(code) for code in area.codes],
        "retired": list(area.retired),
    }


def _code(code: Code) -> dict[str, object]:
    example = code.example
    return {
        "code": code.id,
        "name": code.name,
        "severity": code.severity,
        "says": code.says.to_dict(),
        "why": code.why.to_dict(),
        "remedy": code.remedy.to_dict(),
        "example": example and {"in": example.where, "wrong": example.wrong, "right": example.right},
    }


def _put_json(found: dict[str, object]) -> None:
    put(json.dumps(found, ensure_ascii=False, indent=2))
