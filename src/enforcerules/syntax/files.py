"""Read a file as text, refusing what is not one, before any of it is understood."""

from __future__ import annotations

from pathlib import Path

from enforcerules.errors import Diagnostic, Source, Span
from enforcerules.text import Text

LARGEST_FILE = 16 * 1024 * 1024


def read_text(path: Path, *, shown_as: str | None = None) -> tuple[Source | None, list[Diagnostic]]:
    """Return the text of the file at `path`, or what is wrong with it."""
    name = shown_as or str(path)
    try:
        if path.is_dir():
            return None, [_fault(name, "ER0011", Text("这是文件夹，不是文件", "this is a folder, not a file"), Text("给出其中一个文件的路径", "give the path of a file in it"))]
        if (size := path.stat().st_size) > LARGEST_FILE:
            return None, [_too_large(name, size)]
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [_fault(name, "ER0012", Text("文件不存在", "there is no such file"), Text("检查路径", "check the path"))]
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return None, [_fault(name, "ER0013", Text(f"文件无法读取：{reason}", f"the file cannot be read: {reason}"), None)]
    return decode(data, name)


def decode(data: bytes, name: str) -> tuple[Source | None, list[Diagnostic]]:
    """Return `data` as text, or what is wrong with it. A byte order mark is dropped."""
    if len(data) > LARGEST_FILE:
        return None, [_too_large(name, len(data))]
    try:
        return Source(name, data.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        readable = Source(name, data.decode("utf-8", "replace"))
        message = Text("文件不是 UTF-8 编码", "the file is not UTF-8 text")
        hint = Text("另存为 UTF-8（很可能原为 GBK/GB18030）", "save it as UTF-8 (it may be GBK/GB18030)")
        return None, [Diagnostic("ER0014", message, Span(readable, line, column, 1), hint)]


def _too_large(name: str, size: int) -> Diagnostic:
    megabytes = size // (1024 * 1024)
    limit = LARGEST_FILE // (1024 * 1024)
    return _fault(
        name,
        "ER0015",
        Text(f"文件过大：{megabytes} MB，上限 {limit} MB", f"the file is too large: {megabytes} MB, the limit is {limit} MB"),
        Text("一个案件一个文件；多个案件用 `enforcerules classify` 按行读取", "one case a file; many cases go line by line through `enforcerules classify`"),
    )


def _fault(name: str, code: str, message: Text, hint: Text | None) -> Diagnostic:
    return Diagnostic(code, message, Span(Source(name, ""), 1, 1), hint)
