"""Characters that have no business in a text: found, told, and read as spaces so that reading goes on."""

from __future__ import annotations

import re

from enforcerules.errors import Diagnostic, Source, Span
from enforcerules.text import Text

# what YAML refuses, and what some programs take for a line end and others do not
_ODD = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)")
_MOST = 20


def without_odd_characters(source: Source) -> tuple[str, list[Diagnostic]]:
    """Return the text with a space for every such character, and a fault for each line that has some."""
    text = source.text
    if _ODD.search(text) is None:
        return text, []
    faults: list[Diagnostic] = []
    number, begin = 1, 0
    last_line = 0
    for found in _ODD.finditer(text):
        number += text.count("\n", begin, found.start())
        begin = found.start()
        if number == last_line:
            continue
        if len(faults) == _MOST:
            break
        last_line = number
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        faults.append(_fault(found.group(), Span(source, number, column, 1)))
    return _ODD.sub(" ", text), faults


def _fault(character: str, span: Span) -> Diagnostic:
    code = f"U+{ord(character):04X}"
    if character == "\0":
        hint = Text(
            "若文件是 UTF-16，请另存为 UTF-8；否则删去该字符",
            "save the file as UTF-8 if it is UTF-16; otherwise remove the character",
        )
    elif character in "\r\x85\u2028\u2029":
        hint = Text("换行只用普通的换行符", "end lines with plain line ends only")
    else:
        hint = Text("删去该字符", "remove the character")
    return Diagnostic(
        "ER0008",
        Text(f"这一行有不可见的控制字符 `{code}`", f"this line holds the invisible control character `{code}`"),
        span,
        hint,
    )
