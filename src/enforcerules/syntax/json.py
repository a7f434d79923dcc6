"""Read JSON text into the same nodes as YAML, with the same memory of places.

The standard library reads JSON but forgets lines, lets a repeated key replace the first, and stops at the
first mistake. Here a mistake that leaves no doubt about what was meant is told and read on: quotation
marks, commas and colons of the wrong kind, a comma missing or too many, a comment, `True`.
"""

from __future__ import annotations

import re
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]

from enforcerules.errors import Diagnostic, Source, quoted
from enforcerules.syntax.nodes import Document, Entry, Mapping, Mark, Node, Scalar, Sequence, span_of
from enforcerules.syntax.yaml import repeated_key
from enforcerules.text import Text

_SPACE = re.compile(r"[ \t\n\r]*")
_COMMENT = re.compile(r"(?://|#)[^\n]*|/\*.*?\*/", re.DOTALL)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\s,，、;；:：\]}\[{\"“”]+")
_LITERALS = ("true", "false", "null")
_OTHER_WORDS = {
    "True": "true",
    "False": "false",
    "None": "null",
    "是": "true",
    "否": "false",
    "NaN": "null",
    "Infinity": "null",
}
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NEXT_ENTRY = re.compile(r'\s*(?:"[^"\n]*"\s*:|[}\]])')
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OTHER_QUOTES = {"'": "'", "“": "”", "”": "“", "‘": "’", "’": "‘", "＂": "＂"}
DEEPEST = 50
MOST_FAULTS = 100
"""More than a person reads; reading stops there."""

_CHECK = Text("检查此处的逗号、冒号、引号与括号是否配对", "check commas, colons, quotes and brackets here")


class _StopError(Exception):
    """Reading cannot go on; the fault is recorded."""


def read_json(source: Source) -> tuple[Document | None, list[Diagnostic]]:
    """Return the nodes of `source` and every fault of its text.

    Where reading had to stop, the entries before that place are returned; none when there are none.
    """
    if source.text.startswith("\ufeff"):
        source = Source(source.path, source.text[1:])
    if not source.text.strip(" \t\n\r"):
        empty = Diagnostic(
            "ER0005",
            Text("文件没有内容", "the file is empty"),
            span_of(source, Mark(1, 1, 1)),
            Text('写入一个案件，例如 `{"case_id": "1"}`', 'write a case, such as `{"case_id": "1"}`'),
        )
        return None, [empty]
    reader = _Reader(source)
    try:
        return Document(source, reader.root()), reader.faults
    except _StopError:
        top = Mapping(tuple(reader.top.values()), Mark(1, 1, 1)) if reader.top else None
        return (Document(source, top) if top else None), reader.faults


class _Reader:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.faults: list[Diagnostic] = []
        self.top: dict[str, Entry] = {}
        self.line, self.line_start, self.reached = 1, 0, 0

    # --- places and faults

    def mark(self, start: int, end: int) -> Mark:
        """Return the place of a stretch; asked for in growing order, so the text is gone through once."""
        if start < self.reached:
            self.line, self.line_start, self.reached = 1, 0, 0
        breaks = self.text.count("\n", self.reached, start)
        if breaks:
            self.line += breaks
            self.line_start = self.text.rfind("\n", self.reached, start) + 1
        self.reached = start
        line_end = self.text.find("\n", start, end)
        end = end if line_end < 0 else line_end
        end -= self.text[end - 1 : end + 1] in ("\r\n", "\r")
        return Mark(self.line, start - self.line_start + 1, max(1, end - start))

    def fault(self, message: Text, start: int, length: int = 1, hint: Text = _CHECK, code: str = "ER0010") -> None:
        if start >= len(self.text):
            # the end of the text: put the fault behind its last character
            start, length = max(0, len(self.text.rstrip()) - 1), 1
        self.add(Diagnostic(code, message, span_of(self.source, self.mark(start, start + length)), hint))

    def add(self, fault: Diagnostic) -> None:
        self.faults.append(fault)
        if len(self.faults) == MOST_FAULTS:
            self.faults.append(
                Diagnostic(
                    "ER0018",
                    Text("错误太多，其余的没有列出", "there are too many faults, and the others are not told"),
                    fault.span,
                    Text("先改正已列出的", "put right those that are told first"),
                )
            )
            raise _StopError

    def stop(self, message: Text, start: int, length: int = 1, hint: Text = _CHECK, code: str = "ER0010") -> _StopError:
        self.fault(message, start, length, hint, code)
        return _StopError()

    def broken_off(self) -> _StopError:
        return self.stop(
            Text("内容在此中断", "the text breaks off here"),
            len(self.text),
            hint=Text("补上缺少的内容和收尾的括号", "add what is missing, and the closing brackets"),
        )

    # --- reading

    def peek(self, position: int) -> str:
        return self.text[position : position + 1]

    def skip(self, position: int) -> int:
        """Return where the next sign stands; comments are told and passed over."""
        while True:
            found = _SPACE.match(self.text, position)
            position = found.end() if found else position
            if self.peek(position) not in ("/", "#") or not (comment := _COMMENT.match(self.text, position)):
                return position
            self.fault(
                Text("JSON 里不能写注释", "JSON has no comments"),
                position,
                comment.end() - position,
                Text("删去注释", "remove the comment"),
            )
            position = comment.end()

    def root(self) -> Node:
        start = self.skip(0)
        if (
            (word := _WORD.match(self.text, start))
            and word.group() not in _LITERALS
            and not _NUMBER.match(word.group())
        ):
            self._check_printable(word.group(), start)
            raise self.stop(
                Text(f"这不是 JSON：{quoted(word.group())}", f"this is not JSON: {quoted(word.group())}"),
                start,
                len(word.group()),
                Text('案件以 `{` 开头，例如 `{"case_id": "1"}`', 'a case begins with `{`, such as `{"case_id": "1"}`'),
            )
        node, position = self.value(start, 0)
        position = self.skip(position)
        if self.peek(position) in ("}", "]"):
            said = quoted(self.peek(position))
            self.fault(
                Text(f"多余的括号 {said}", f"the bracket {said} closes nothing"),
                position,
                hint=Text("删去它", "remove it"),
            )
        elif position < len(self.text):
            self.fault(
                Text("案件之后还有多余的内容", "there is more text after the case"),
                position,
                hint=Text(
                    "一个文件只放一个案件；多个案件每行一个，用 `enforcerules classify`",
                    "a file holds one case; many cases stand one a line, for `enforcerules classify`",
                ),
            )
        return node

    def value(self, position: int, depth: int) -> tuple[Node, int]:
        if depth > DEEPEST:
            raise self.stop(
                Text(f"嵌套超过 {DEEPEST} 层", f"the blocks are nested more than {DEEPEST} levels deep"),
                position,
                hint=Text("案件的事实没有层级，逐项平列", "the facts of a case stand side by side, without levels"),
                code="ER0017",
            )
        match self.peek(position):
            case "":
                raise self.broken_off()
            case "{":
                return self._mapping(position, depth)
            case "[":
                return self._sequence(position, depth)
            case '"':
                string, end = self._string(position)
                # what was told already is not wrong in another way as well
                return (Scalar("null", True, string.mark) if _SURROGATE.search(string.text) else string), end
            case sign if sign in _OTHER_QUOTES:
                return self._other_string(position)
        word = _WORD.match(self.text, position)
        if word is None:
            sign = self.peek(position)
            raise self.stop(
                Text(f"这里应为一个值，而不是 {quoted(sign)}", f"a value is expected here, not {quoted(sign)}"),
                position,
                hint=Text("写上值；不清楚的写 `null`", "write the value, or `null` when it is not known"),
            )
        text = word.group()
        if text not in _LITERALS and not _NUMBER.fullmatch(text):
            text = self._other_word(text, position)
        return Scalar(text, True, self.mark(position, word.end())), word.end()

    def _other_word(self, word: str, position: int) -> str:
        """Tell what is wrong with a bare word and return what it is read as."""
        meant = _OTHER_WORDS.get(word) or (word.lower() if word.lower() in _LITERALS else None)
        if meant:
            hint = Text(f"写 `{meant}`", f"write `{meant}`")
        elif _NUMBER.fullmatch(number := word.lstrip("+0").replace(".", "0.", 1 if word[0] == "." else 0)):
            hint = Text(
                f"数字写成 `{number}`，文字要加双引号", f"write a number as `{number}`, and a text in double quotes"
            )
        elif word[0].isdigit():
            written = quoted(f'"{word}"')
            hint = Text(f"加双引号：{written}", f"put it in double quotes: {written}")
        else:
            hint = Text(
                "文字要加双引号；不清楚的写 `null`", "put a text in double quotes; write `null` for what is not known"
            )
        self._check_printable(word, position)
        self.fault(
            Text(f"不是 JSON 的值：{quoted(word)}", f"this is not a JSON value: {quoted(word)}"),
            position,
            len(word),
            hint,
        )
        return meant or "null"

    def _check_printable(self, word: str, start: int) -> None:
        """Stop at a bare word that holds what nobody sees."""
        odd = next((i for i, c in enumerate(word) if not c.isprintable()), None)
        if odd is None:
            return
        if word[odd] == "\0":
            hint = Text(
                "若文件是 UTF-16，请另存为 UTF-8；否则删去该字符",
                "save the file as UTF-8 if it is UTF-16; otherwise remove the character",
            )
        else:
            hint = Text("删去该字符", "remove the character")
        code = f"U+{ord(word[odd]):04X}"
        message = Text(f"有不可见的控制字符 `{code}`", f"there is an invisible control character `{code}`")
        raise self.stop(message, start + odd, hint=hint, code="ER0008")

    def _string(self, start: int) -> tuple[Scalar, int]:
        open_end = self._open_end(start)
        if open_end is not None:
            return self._open_string(start, open_end)
        try:
            text, end = scanstring(self.text, start + 1, False)
        except JSONDecodeError as error:
            raise self._bad_string(error, start) from None
        mark = self.mark(start, end)
        if not text.isprintable():
            self._check_raw(start, end)
        if half := _SURROGATE.search(text):
            self.fault(
                Text(
                    f"文字中有半个字符 `U+{ord(half.group()):04X}`",
                    f"the text holds half a character, `U+{ord(half.group()):04X}`",
                ),
                start,
                end - start,
                Text("改为完整的字符", "write the whole character"),
                "ER0008",
            )
        return Scalar(text, False, mark), end

    def _open_end(self, start: int) -> int | None:
        """Return the end of the line when a text runs over it into what looks like the next entry."""
        whole = _STRING.match(self.text, start)
        line_end = self.text.find("\n", start, whole.end() if whole else len(self.text))
        return line_end if line_end >= 0 and _NEXT_ENTRY.match(self.text, line_end) else None

    def _open_string(self, start: int, line_end: int) -> tuple[Scalar, int]:
        """Read a text without its closing quote; a comma at the end of the line was meant to follow it."""
        end = start + len(self.text[start:line_end].rstrip().removesuffix(",").rstrip())
        self.fault(
            Text("引号没有配对", "the quotation mark is not closed"),
            start,
            end - start,
            Text("补上收尾的双引号", "close it with a double quote"),
        )
        return Scalar(self.text[start + 1 : end], False, self.mark(start, end)), end

    def _check_raw(self, start: int, end: int) -> None:
        """Tell of a control character that stands in a text as it is."""
        odd = _CONTROL.search(self.text, start, end)
        if odd is None:
            return
        name = Text(
            f"不可见的控制字符 `U+{ord(odd.group()):04X}`",
            f"the invisible control character `U+{ord(odd.group()):04X}`",
        )
        hint = Text("删去该字符", "remove the character")
        if odd.group() in "\n\r":
            name = Text("换行", "a line end")
            hint = Text(
                r"补上收尾的双引号，或者把换行写作 `\n`",
                r"close the text with a double quote, or write `\n` for a line end",
            )
        elif odd.group() == "\t":
            name, hint = Text("制表符", "a tab"), Text(r"改用空格，或者写作 `\t`", r"use spaces, or write `\t`")
        self.fault(
            Text(f"双引号里有{name.zh}", f"the text in double quotes holds {name.en}"),
            odd.start(),
            hint=hint,
            code="ER0008",
        )

    def _bad_string(self, error: JSONDecodeError, start: int) -> _StopError:
        if "Unterminated" in error.msg:
            stop = self.text.find("\n", start)
            length = (stop if stop >= 0 else len(self.text)) - start
            return self.stop(
                Text("引号没有配对", "the quotation mark is not closed"),
                start,
                length,
                Text("补上收尾的双引号", "close it with a double quote"),
            )
        return self.stop(
            Text("反斜线的写法不对", "the backslash means nothing here"),
            error.pos,
            hint=Text(r"反斜线本身写两个：`\\`", r"write a backslash twice: `\\`"),
        )

    def _other_string(self, start: int) -> tuple[Scalar, int]:
        """Read a text in single, curly or full-width quotes to its end on the same line."""
        line_end = self.text.find("\n", start)
        line_end = len(self.text) if line_end < 0 else line_end
        closing = {self.text[start], _OTHER_QUOTES[self.text[start]]}
        end = next((i for i in range(start + 1, line_end) if self.text[i] in closing), None)
        if end is None:
            raise self.stop(
                Text("引号没有配对", "the quotation mark is not closed"),
                start,
                hint=Text('两端都用双引号 `"`', 'use a double quote `"` at both ends'),
            )
        self.fault(
            Text(
                f"引号 {quoted(self.text[start])} 的写法不对",
                f"this is the wrong kind of quotation mark: {quoted(self.text[start])}",
            ),
            start,
            end + 1 - start,
            Text('两端都用半角双引号 `"`', 'use a plain double quote `"` at both ends'),
        )
        return Scalar(self.text[start + 1 : end], False, self.mark(start, end + 1)), end + 1

    def _sequence(self, start: int, depth: int) -> tuple[Sequence, int]:
        mark, items = self.mark(start, start + 1), []
        position = self.skip(start + 1)
        while self.peek(position) != "]":
            item, position = self.value(position, depth + 1)
            items.append(item)
            position = self._separator(position, "]", start)
        return Sequence(tuple(items), mark), position + 1

    def _mapping(self, start: int, depth: int) -> tuple[Mapping, int]:
        mark = self.mark(start, start + 1)
        entries: dict[str, Entry] = {} if depth else self.top
        position = self.skip(start + 1)
        while self.peek(position) != "}":
            key, position = self._key(position)
            position = self._colon(position, key)
            value, position = self.value(self.skip(position), depth + 1)
            if _SURROGATE.search(key.text):
                pass  # what fact it was to be nobody can tell
            elif (first := entries.get(key.text)) is None:
                entries[key.text] = Entry(key, value)
            else:
                self.add(repeated_key(self.source, key, first.key))
            position = self._separator(position, "}", start)
        return Mapping(tuple(entries.values()), mark), position + 1

    def _key(self, position: int) -> tuple[Scalar, int]:
        sign = self.peek(position)
        if sign == '"':
            return self._string(position)
        if sign in _OTHER_QUOTES:
            return self._other_string(position)
        if not sign:
            raise self.broken_off()
        word = _WORD.match(self.text, position)
        name = word.group() if word else sign
        self._check_printable(name, position)
        if word is None or name[0].isdigit():
            raise self.stop(
                Text(
                    f"这里应为加双引号的名称，而不是 {quoted(name)}",
                    f"a name in double quotes is expected here, not {quoted(name)}",
                ),
                position,
                len(name),
                Text('写成 `"名称": 值`；金额里不要写逗号', 'write `"name": value`, and amounts without commas'),
            )
        written = quoted(f'"{name}"')
        self.fault(
            Text(f"名称没有加双引号：{quoted(name)}", f"the name is not in double quotes: {quoted(name)}"),
            position,
            len(name),
            Text(f"写成 {written}", f"write {written}"),
        )
        return Scalar(name, False, self.mark(position, word.end())), word.end()

    def _colon(self, position: int, key: Scalar) -> int:
        position = self.skip(position)
        sign = self.peek(position)
        if sign == ":":
            return position + 1
        if not sign:
            raise self.broken_off()
        if sign in ("：", "="):
            self.fault(
                Text(f"名称后面用了 {quoted(sign)}", f"{quoted(sign)} stands after the name"),
                position,
                hint=Text("写半角冒号 `:`", "write a plain colon `:`"),
            )
            return position + 1
        raise self.stop(
            Text(f"名称 {quoted(key.text)} 后面缺少冒号", f"there is no colon after the name {quoted(key.text)}"),
            position,
            hint=Text('写成 `"名称": 值`', 'write `"name": value`'),
        )

    def _separator(self, end: int, closing: str, start: int) -> int:
        """Return where the next item or the closing bracket stands."""
        position = self.skip(end)
        sign = self.peek(position)
        if sign == closing:
            return position
        if not sign:
            opened = self.text[start]
            raise self.stop(
                Text(
                    f"括号 `{opened}` 没有配对，内容在此中断",
                    f"the bracket `{opened}` is not closed when the text breaks off",
                ),
                len(self.text),
                hint=Text(f"补上 `{closing}`", f"add `{closing}`"),
            )
        if sign in (",", "，", "、", ";", "；"):
            if sign != ",":
                self.fault(
                    Text(f"项与项之间用了 {quoted(sign)}", f"{quoted(sign)} stands between two entries"),
                    position,
                    hint=Text("写半角逗号 `,`", "write a plain comma `,`"),
                )
            following = self.skip(position + 1)
            if self.peek(following) == closing:
                self.fault(
                    Text("最后一项后面多了逗号", "there is a comma after the last entry"),
                    position,
                    hint=Text("删去这个逗号", "remove the comma"),
                )
            return following
        if sign == '"' or sign in _OTHER_QUOTES or (closing == "]" and sign in "[{"):
            last = max(end - 1, 0)
            self.fault(
                Text("后面缺少逗号", "a comma is missing after this"),
                last,
                hint=Text("补上逗号 `,`", "add a comma `,`"),
            )
            return position
        inside = self.text[end - 1] == '"'
        raise self.stop(
            Text(
                f"这里应为逗号或者 `{closing}`，而不是 {quoted(sign)}",
                f"a comma or `{closing}` is expected here, not {quoted(sign)}",
            ),
            position,
            hint=Text(r"文字里的双引号写作 `\"`", r"inside a text, write a double quote as `\"`") if inside else _CHECK,
        )
