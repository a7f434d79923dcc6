"""Read JSON text into the same nodes as YAML, with the same memory of places.

The standard library reads JSON but forgets lines and lets a repeated key replace the first.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring

from enforcerules.errors import Diagnostic, Source
from enforcerules.syntax.nodes import Document, Entry, Mapping, Mark, Node, Scalar, Sequence, span_of
from enforcerules.text import Text

_SPACE = re.compile(r"[ \t\n\r]*")
_LITERAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")
_WORD = re.compile(r"[^\s,:\]}\[{\"]+")
_DEEPEST = 50


class _NotJSONError(Exception):
    def __init__(self, message: Text, position: int, length: int = 1) -> None:
        self.message, self.position, self.length = message, position, length


def read_json(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """Return the nodes of `source` and every fault of its text; no nodes when it cannot be read at all."""
    if not source.text.strip():
        return None, [
            Diagnostic(
                "ER0005",
                Text("文件没有内容", "the file is empty"),
                span_of(source, Mark(1, 1, 1)),
                Text("写入一个案件，例如 {\"case_id\": \"1\"}", 'write a case, such as {"case_id": "1"}'),
            )
        ]
    reader = _Reader(source)
    try:
        root, position = reader.value(reader.skip(0), 0)
        position = reader.skip(position)
        if position < len(source.text):
            raise _NotJSONError(Text("案件之后还有多余内容", "there is more text after the case"), position)
    except _NotJSONError as error:
        mark = reader.mark(error.position, error.position + error.length)
        hint = Text("检查此处的逗号、冒号、引号与括号是否配对", "check commas, colons, quotes and brackets here")
        fault = Diagnostic("ER0010", error.message, span_of(source, mark), hint)
        return None, [*reader.faults, fault]
    return Document(source, root), reader.faults


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.faults: list[Diagnostic] = []
        self.line, self.line_start = 1, 0

    def mark(self, start: int, end: int) -> Mark:
        """Return the place of a stretch; asked for in growing order, so lines are counted once."""
        if start < self.line_start:
            self.line, self.line_start = 1, 0
        self.line += self.text.count("\n", self.line_start, start)
        self.line_start = max(self.line_start, self.text.rfind("\n", 0, start) + 1)
        stop = self.text.find("\n", start, end)
        return Mark(self.line, start - self.line_start + 1, max(1, (end if stop < 0 else stop) - start))

    def skip(self, position: int) -> int:
        found = _SPACE.match(self.text, position)
        return found.end() if found else position

    def value(self, position: int, depth: int) -> tuple[Node, int]:
        if depth > _DEEPEST:
            raise _NotJSONError(Text("嵌套过深", "nested too deeply"), position)
        character = self.text[position : position + 1]
        if character == "{":
            return self._mapping(position, depth)
        if character == "[":
            return self._sequence(position, depth)
        if character == '"':
            return self._string(position)
        found = _LITERAL.match(self.text, position)
        word = _WORD.match(self.text, position)
        if found is None or (word and word.end() != found.end()):
            shown = word.group()[:40] if word else character
            if not shown:
                raise _NotJSONError(Text("内容在此中断", "the text breaks off here"), max(0, len(self.text.rstrip()) - 1))
            raise _NotJSONError(Text(f"不是 JSON 的值：`{shown}`", f"not a JSON value: `{shown}`"), position, len(shown))
        return Scalar(found.group(), True, self.mark(position, found.end())), found.end()

    def _string(self, position: int) -> tuple[Scalar, int]:
        mark = self.mark(position, position + 1)
        try:
            text, end = scanstring(self.text, position + 1, True)
        except JSONDecodeError as error:
            unended = "Unterminated" in error.msg
            message = Text("引号没有配对", "the quotation mark is not closed") if unended else Text("文字中有不允许的字符", "the text holds a character that is not allowed")
            raise _NotJSONError(message, error.pos) from None
        return Scalar(text, False, mark._replace(length=end - position)), end

    def _sequence(self, start: int, depth: int) -> tuple[Sequence, int]:
        mark, items = self.mark(start, start + 1), []
        position = self.skip(start + 1)
        if self.text[position : position + 1] == "]":
            return Sequence((), mark), position + 1
        while True:
            item, position = self.value(position, depth + 1)
            items.append(item)
            position, ended = self._separator(position, "]")
            if ended:
                return Sequence(tuple(items), mark), position

    def _mapping(self, start: int, depth: int) -> tuple[Mapping, int]:
        mark = self.mark(start, start + 1)
        entries: dict[str, Entry] = {}
        position = self.skip(start + 1)
        if self.text[position : position + 1] == "}":
            return Mapping((), mark), position + 1
        while True:
            if self.text[position : position + 1] != '"':
                raise _NotJSONError(Text("此处应为加双引号的名称", "a name in double quotes is expected here"), min(position, max(0, len(self.text) - 1)))
            key, position = self._string(position)
            position = self.skip(position)
            if self.text[position : position + 1] != ":":
                raise _NotJSONError(Text("名称之后应为冒号", "a colon is expected after the name"), min(position, len(self.text) - 1))
            value, position = self.value(self.skip(position + 1), depth + 1)
            if (first := entries.get(key.text)) is not None:
                self.faults.append(
                    Diagnostic(
                        "ER0002",
                        Text(f"`{key.text}` 在同一块中出现两次", f"`{key.text}` appears twice in this block"),
                        span_of(self.source, key.mark),
                        Text(f"第一次在第 {first.key.mark.line} 行；只保留一个", f"the first one is at line {first.key.mark.line}; keep one"),
                    )
                )
            else:
                entries[key.text] = Entry(key, value)
            position, ended = self._separator(position, "}")
            if ended:
                return Mapping(tuple(entries.values()), mark), position

    def _separator(self, position: int, closing: str) -> tuple[int, bool]:
        position = self.skip(position)
        character = self.text[position : position + 1]
        if character == closing:
            return position + 1, True
        if character != ",":
            raise _NotJSONError(Text(f"此处应为逗号或 `{closing}`", f"a comma or `{closing}` is expected here"), min(position, len(self.text) - 1))
        return self.skip(position + 1), False
