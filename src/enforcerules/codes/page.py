"""The page of a code, as Markdown and for a terminal, and the table of all codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from enforcerules.codes.catalogue import Area, Code, load_areas, load_codes
from enforcerules.errors import SEVERITIES
from enforcerules.text import Language, Text, wrap


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage of a page: text under a heading, or something shown as it is written, in a `kind` of text."""

    heading: str
    text: str
    kind: str = ""


_WHY = Text("为什么要紧", "Why it matters")
_REMEDY = Text("怎样改正", "How to put it right")
_WRONG, _RIGHT = Text("错误的写法", "Wrong"), Text("正确的写法", "Right")
_MESSAGE = Text("报错的样子", "What the message looks like")
_PLACES = {
    "when": Text("规则的条件", "the condition of a rule"),
    "files": Text("`rulebook.yaml` 的 `files`", "`files` in `rulebook.yaml`"),
    "case": Text("案件文件", "the file of a case"),
    "lines": Text("`classify` 的输入", "the input of `classify`"),
}


def render_code(code: str, language: Language, *, message: str = "") -> str:
    """Return the page of a code, such as ``ER2001``, as Markdown.

    Args:
        code: the id of the code.
        language: `zh` or `en`.
        message: a message of this code as it is told, to be shown below the example.

    Raises:
        KeyError: when there is no such code.

    """
    found = load_codes()[code]
    lines = [f"# {found.id} {found.says[language]}", "", _line_below(found, language, mark="`")]
    for passage in _passages(found, language, message):
        lines += ["", f"## {passage.heading}", ""]
        lines += [f"```{passage.kind}", passage.text, "```"] if passage.kind else [passage.text]
    return "\n".join(lines) + "\n"


def render_code_text(code: Code, language: Language, cells: int = 92) -> str:
    """Return the page of a code laid out for a terminal `cells` wide."""
    lines = [*wrap(f"{code.id} {code.says[language]}", cells), _line_below(code, language)]
    for passage in _passages(code, language, ""):
        lines += ["", passage.heading]
        inside = passage.text.split("\n") if passage.kind else wrap(passage.text, cells - 2)
        lines += [f"  {line}".rstrip() for line in inside]
    return "\n".join(lines) + "\n"


def _line_below(code: Code, language: Language, mark: str = "") -> str:
    area = _area_of(code).title[language]
    return f"{mark}{code.name}{mark} · {area} · {SEVERITIES[code.severity][language]}"


def _area_of(code: Code) -> Area:
    return next(area for area in load_areas() if code in area.codes)


def _passages(code: Code, language: Language, message: str) -> Iterator[_Passage]:
    zh = language == "zh"
    yield _Passage(_WHY[language], code.why[language])
    yield _Passage(_REMEDY[language], code.remedy[language] + ("。" if zh else "."))
    if (example := code.example) is not None:
        place = _PLACES.get(example.where)
        place = place or Text(f"`{example.where}` 的文件", f"a file of `{example.where}`")
        where = f"（{place.zh}）" if zh else f" ({place.en})"
        kind = example.language
        yield _Passage(f"{_WRONG[language]}{where}", example.wrong.rstrip("\n"), kind)
        yield _Passage(_RIGHT[language], example.right.rstrip("\n"), kind)
    if message:
        yield _Passage(_MESSAGE[language], message.strip("\n"), "text")


def index_table(language: Language) -> str:
    """Return the codes of every area as Markdown: code, name, what it says, how to put it right."""
    heads = Text("| 编号 | 名称 | 说的是 | 怎样改正 |", "| code | name | what it says | how to put it right |")
    blocks = []
    for area in load_areas():
        if area.codes:
            rows = [
                f"| {code.id} | `{code.name}` | {_cell(code.says[language])} | {_cell(code.remedy[language])} |"
                for code in area.codes
            ]
            blocks.append(
                "\n".join([f"### {area.digit} {area.title[language]}", "", heads[language], "|---|---|---|---|", *rows])
            )
    return "\n\n".join(blocks) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
