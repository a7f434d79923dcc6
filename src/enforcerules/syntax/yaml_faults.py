"""What a YAML parser stumbled over, in words that help the person who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import yaml

from enforcerules.errors import Diagnostic, Source, Span, quoted
from enforcerules.syntax.nodes import Mark, span_of
from enforcerules.text import Text

_INDENT = re.compile(r"[ \t\u3000\xa0]*")
_TIGHT = re.compile(r"[ -]*[A-Za-z_][\w.-]*(:)[^\s:]")
_KEY = re.compile(r"[^:]+: |[^:]+:$")
_CHECK = Text(
    "检查此处及上一行的缩进、冒号、引号与括号",
    "check indentation, colons, quotes and brackets here and on the line before",
)


class _Fault(NamedTuple):
    message: Text
    span: Span
    hint: Text = _CHECK
    related: tuple[tuple[Text, Span], ...] = ()


def explain_yaml_error(source: Source, error: yaml.YAMLError, brackets: Sequence[Mark]) -> list[Diagnostic]:
    """Return why the text is not YAML: every indentation with a tab or a wide space, else the place given.

    `brackets` are those open where reading stopped.
    """
    indents = list(_odd_indents(source))
    if indents:
        return indents
    fault = _explain(source, error, brackets)
    return [Diagnostic("ER0009", fault.message, fault.span, fault.hint, fault.related)]


def _odd_indents(source: Source) -> list[Diagnostic]:
    faults = []
    for number, line in enumerate(source.text.split("\n"), 1):
        indent = _INDENT.match(line)
        blank = indent.group() if indent else ""
        if not blank.strip(" ") or not line.strip():
            continue
        odd = len(blank) - len(blank.lstrip(" "))
        name = (
            Text("制表符", "a tab")
            if blank[odd] == "\t"
            else Text("全角空格或者不间断空格", "a full-width or non-breaking space")
        )
        faults.append(
            Diagnostic(
                "ER0001",
                Text(f"缩进用了{name.zh}", f"{name.en} is used for indentation"),
                Span(source, number, odd + 1, max(1, len(blank) - odd)),
                Text("改用普通空格，每层两个", "use plain spaces, two a level"),
            )
        )
    return faults


def _explain(source: Source, error: yaml.YAMLError, brackets: Sequence[Mark]) -> _Fault:
    problem = getattr(error, "problem", None) or ""
    context = getattr(error, "context", None) or ""
    at = _span(source, getattr(error, "problem_mark", None) or getattr(error, "context_mark", None))
    begun = getattr(error, "context_mark", None)
    since = _span(source, begun) if begun is not None else at
    if "quoted scalar" in context and "end of" in problem:
        return _Fault(
            Text("引号没有配对", "the quotation mark is not closed"),
            since,
            Text(
                "补上收尾的引号；单引号里的单引号要写两个",
                "close it; inside single quotes, a single quote is written twice",
            ),
        )
    if "escape" in problem or "escape" in context:
        return _Fault(
            Text("双引号中的反斜线写法不对", "the backslash in these double quotes means nothing"),
            at,
            Text("改用单引号，或者把反斜线写两个", "use single quotes, or write the backslash twice"),
        )
    if "cannot start any token" in problem:
        sign = source.line(at.line)[at.column - 1 : at.column]
        said = Text("反引号", "a backtick") if sign == "`" else Text(f" {quoted(sign)} ", quoted(sign))
        return _Fault(
            Text(f"文字不能以{said.zh}开头", f"a text cannot begin with {said.en}"),
            at,
            Text("给文字加引号", "put the text in quotes"),
        )
    if (wide := _wide_sign(source, at.line)) is not None:
        return wide
    if "mapping values" in problem:
        return _explain_colon(source, at)
    if brackets and ("',' or" in problem or "node content" in problem):
        return _explain_bracket(source, at, span_of(source, brackets[-1]))
    if "could not find expected ':'" in problem:
        return _Fault(
            Text("键后面没有冒号", "there is no colon after the key"),
            since,
            Text(
                "写成 `键: 值`，冒号后空一格；若是上一行文字的接续，请缩进",
                "write `key: value` with a space after the colon, or indent a text that goes on",
            ),
        )
    return _explain_shape(source, problem, context, at, since)


def _explain_colon(source: Source, at: Span) -> _Fault:
    here = _begin_of(source, at.line)
    if _KEY.match(here[: at.column - 1]):
        return _Fault(
            Text("一行里有第二个冒号", "this is the second colon of one line"),
            at,
            Text("含有冒号和空格的文字要加引号", "put a text that holds a colon and a space in quotes"),
        )
    above = at.line - 1
    while above > 1 and source.line(above).lstrip()[:1] in ("", "#"):
        above -= 1
    before = _begin_of(source, above)
    for number, line in ((at.line, here), (above, before)):
        if tight := _TIGHT.match(line):
            return _Fault(
                Text("冒号后面没有空格", "there is no space after the colon"),
                Span(source, number, tight.start(1) + 1, 1),
                Text("写成 `键: 值`，冒号后空一格", "write `key: value` with a space after the colon"),
            )
    if before and not _KEY.match(before):
        begin = len(before) - len(before.lstrip(" -"))
        return _Fault(
            Text("这一行没有冒号", "there is no colon on this line"),
            Span(source, above, begin + 1, max(1, len(before.rstrip()) - begin)),
            Text("写成 `键: 值`，冒号后空一格", "write `key: value` with a space after the colon"),
        )
    return _Fault(
        Text("这一行缩进过深：上一行已经有值", "this line is indented too far: the line before has its value already"),
        at,
        Text(
            "与同级的行对齐；若是上一行文字的接续，请给整段文字加引号",
            "align it with its neighbours; put the whole text in quotes if it goes on",
        ),
        ((Text("上一行", "the line before"), Span(source, above, 1, max(1, len(before.rstrip())))),) if before else (),
    )


def _explain_bracket(source: Source, at: Span, opened: Span) -> _Fault:
    sign = quoted(source.line(opened.line)[opened.column - 1 : opened.column])
    here = source.line(at.line)[at.column - 1 : at.column]
    ended = at == opened or _ends(source, at)
    if at.line != opened.line or ended:
        stopped = () if ended else ((Text("读到这里为止", "reading stopped here"), at),)
        return _Fault(
            Text(f"括号 {sign} 没有配对", f"the bracket {sign} is not closed"),
            opened,
            Text("补上收尾的括号；有括号的文字要加引号", "add the closing bracket; put a text with brackets in quotes"),
            stopped,
        )
    if (more := _after_quote(source, at)) is not None:
        return more
    if here == ":":
        message = Text("这里不应有冒号", "a colon is not expected here")
        hint = Text("含有冒号和空格的文字要加引号", "put a text that holds a colon and a space in quotes")
    else:
        message = Text(
            f"括号 {sign} 里缺少逗号，或者没有配对", f"in the bracket {sign} a comma is missing, or it is not closed"
        )
        hint = Text(
            "补上逗号或者括号；含有逗号、冒号、引号或者括号的文字要加引号",
            "add the comma or the bracket; put a text with commas, colons, quotes or brackets in quotes",
        )
    return _Fault(message, at, hint, ((Text("括号在这里打开", "the bracket is opened here"), opened),))


def _explain_shape(source: Source, problem: str, context: str, at: Span, since: Span) -> _Fault:
    line = source.line(at.line)
    here = line[at.column - 1 : at.column]
    if here in ("]", "}"):
        return _Fault(
            Text(f"多余的括号 {quoted(here)}", f"the bracket {quoted(here)} closes nothing"),
            at,
            Text("删去它，或者补上与它配对的括号", "remove it, or add the bracket that it closes"),
        )
    if "block mapping" in context or "block collection" in context or "block sequence" in context:
        if (more := _after_quote(source, at)) is not None:
            return more
        if line[: at.column - 1].strip(" -"):
            return _Fault(
                Text("这里的文字接不上前面的内容", "this does not go on from what stands before it"),
                at,
                Text("把整段文字放进引号", "put the whole text in quotes"),
            )
        return _Fault(
            Text("这一行与所在的块不一致", "this line does not fit the block that it stands in"),
            at,
            Text(
                "与同级的行对齐；列表的每项以 `- ` 开头，其余的行写成 `键: 值`",
                "align it with its neighbours; items of a list begin with `- `, other lines are written `key: value`",
            ),
            ((Text("块从这里开始", "the block begins here"), since),),
        )
    if "node content" in problem:
        return _Fault(Text("内容在此中断", "the text breaks off here"), at)
    return _Fault(Text("此处不符合 YAML 的写法", "this is not how YAML is written"), at)


def _after_quote(source: Source, at: Span) -> _Fault | None:
    """Return the fault of a text that goes on after its closing quote, if it is that."""
    if not re.search(r"['\"] *$", source.line(at.line)[max(0, at.column - 100) : at.column - 1]):
        return None
    return _Fault(
        Text("引号后面还有文字", "there is more text after the closing quote"),
        at,
        Text(
            "把整段文字放进引号；单引号里的单引号要写两个",
            "put the whole text in quotes; inside single quotes, a single quote is written twice",
        ),
    )


def _ends(source: Source, at: Span) -> bool:
    """Tell whether nothing follows after a place."""
    if at.column < len(source.line(at.line).rstrip()):
        return False
    return not any(source.line(number).strip() for number in range(at.line + 1, source.text.count("\n") + 2))


def _wide_sign(source: Source, line: int) -> _Fault | None:
    """Return the fault of a full-width colon or comma on this line or the one before, if there is one."""
    for number in (line, line - 1):
        text = _begin_of(source, number)
        colon = re.match(r"[ -]*[A-Za-z_][\w.-]*\s*(：)", text)
        if colon:
            return _Fault(
                Text("键后面用了全角冒号", "a full-width colon stands after the key"),
                Span(source, number, colon.start(1) + 1, 1),
                Text("写半角冒号，后面空一格", "write a plain colon with a space after it"),
            )
        comma = re.search(r"(，)\s*[A-Za-z_]\w*:", text)
        if comma:
            return _Fault(
                Text("项与项之间用了全角逗号", "a full-width comma stands between two entries"),
                Span(source, number, comma.start(1) + 1, 1),
                Text("写半角逗号，后面空一格", "write a plain comma with a space after it"),
            )
    return None


def _begin_of(source: Source, line: int) -> str:
    """Return what a person would look at: searching a line of a million dashes takes for ever."""
    return source.line(line)[:400] if line > 0 else ""


def _span(source: Source, mark: yaml.Mark | None) -> Span:
    """Return the place of `mark`; the end of the text is put behind its last character."""
    if mark is None:
        return Span(source, 1, 1, 1)
    line, column = mark.line + 1, mark.column + 1
    last = source.text.count("\n") + 1
    if line > last or not source.line(line):
        line = min(line, last)
        while line > 1 and not source.line(line).strip():
            line -= 1
        return Span(source, line, max(1, len(source.line(line).rstrip())), 1)
    return Span(source, line, min(column, len(source.line(line)) + 1), 1)
