"""Read a file as text, refusing what is not one, before any of it is understood."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from enforcerules.errors import Diagnostic, Source, Span
from enforcerules.text import Text

LARGEST_FILE = 16 * 1024 * 1024

_TRUNCATED_AT = 64 * 1024
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, *, shown_as: str | None = None) -> tuple[Source | None, list[Diagnostic]]:
    """Return the text of the file at `path`, or what is wrong with it."""
    name = shown_as or str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            message = Text("这是文件夹，不是文件", "this is a folder, not a file")
            return None, [
                _fault(name, "ER0011", message, Text("给出其中一个文件的路径", "give the path of a file in it"))
            ]
        if status.st_size > LARGEST_FILE:
            return None, [_too_large(name, status.st_size)]
        with path.open("rb") as file:
            # a pipe or a device does not say how much is to come
            data = file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        message = Text("文件不存在", "there is no such file")
        return None, [_fault(name, "ER0012", message, Text("检查路径", "check the path"))]
    except (OSError, ValueError) as error:
        return None, [_unreadable(name, error)]
    return decode(data, name)


def decode(data: bytes, name: str) -> tuple[Source | None, list[Diagnostic]]:
    """Return `data` as text, or what is wrong with it. A byte order mark is dropped."""
    if len(data) > LARGEST_FILE:
        return None, [_too_large(name, len(data))]
    try:
        return Source(name, data.decode("utf-8-sig")), []
    except UnicodeDecodeError as error:
        return None, [_not_utf_8(data, name, error)]


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that hold something, with their numbers. A byte order mark is dropped."""
    number = 0
    mark = b"\xef\xbb\xbf"
    while raw := stream.readline(LARGEST_FILE + 1):
        number += 1
        raw, rest = (raw.removeprefix(mark) if number == 1 else raw), raw
        # a line without end is refused as too large, without being kept
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(LARGEST_FILE)
        if line := raw.strip(b" \t\r\n"):
            yield number, line


def _not_utf_8(data: bytes, name: str, error: UnicodeDecodeError) -> Diagnostic:
    hint = Text("另存为 UTF-8", "save it as UTF-8")
    if data.startswith(_UTF_16):
        readable = Source(name, data[:_TRUNCATED_AT].decode("utf-16", "replace"))
        message = Text("文件是 UTF-16 编码，不是 UTF-8", "the file is UTF-16 text, not UTF-8")
        return Diagnostic("ER0014", message, Span(readable, 1, 1, 1), hint)
    begin = data[: error.start]
    line = begin.count(b"\n") + 1
    start = begin.rfind(b"\n") + 1
    # only the line is shown; what stands before keeps its number of lines
    rest = data[start : start + _TRUNCATED_AT].split(b"\n", 1)[0]
    chinese = _as_chinese(rest)
    if chinese is not None:
        hint = Text("文件很可能是 GBK 或 GB18030 编码；另存为 UTF-8", "it is probably GBK or GB18030; save it as UTF-8")
    shown = chinese or rest.decode("utf-8", "replace")
    column = len(data[start : error.start].decode("utf-8-sig" if line == 1 else "utf-8", "replace")) + 1
    readable = Source(name, "\n" * (line - 1) + shown)
    message = Text(
        f"文件不是 UTF-8 编码：字节 `0x{data[error.start]:02x}`",
        f"the file is not UTF-8 text: the byte `0x{data[error.start]:02x}`",
    )
    return Diagnostic("ER0014", message, Span(readable, line, min(column, len(shown) + 1), 1), hint)


def _as_chinese(line: bytes) -> str | None:
    try:
        text = line.decode("gb18030")
    except UnicodeDecodeError:
        return None
    common = sum("\u4e00" <= c <= "\u9fff" for c in text)
    odd = sum(not c.isascii() for c in text) - common
    return text if common > odd else None


def _unreadable(name: str, error: OSError | ValueError) -> Diagnostic:
    hint = Text("检查路径和读取权限", "check the path and the permission to read it")
    if isinstance(error, PermissionError):
        message = Text("没有读取该文件的权限", "there is no permission to read the file")
    elif isinstance(error, OSError):
        message = Text(
            f"系统拒绝读取该文件（错误号 {error.errno}）",
            f"the system refuses to read the file (error number {error.errno})",
        )
    else:
        message = Text("这不是可用的路径", "this is not a path that can be used")
    return _fault(name, "ER0013", message, hint)


def _too_large(name: str, size: int) -> Diagnostic:
    megabytes = -(-size // (1024 * 1024))
    limit = LARGEST_FILE // (1024 * 1024)
    return _fault(
        name,
        "ER0015",
        Text(f"文件过大：超过 {limit} MB 的上限", f"the file is too large: more than the limit of {limit} MB")
        if size == LARGEST_FILE + 1
        else Text(
            f"文件过大：{megabytes} MB，上限 {limit} MB",
            f"the file is too large: {megabytes} MB, the limit is {limit} MB",
        ),
        Text(
            "一个文件只放一个案件；多个案件每行一个，用 `enforcerules classify`",
            "a file holds one case; many cases stand one a line, for `enforcerules classify`",
        ),
    )


def _fault(name: str, code: str, message: Text, hint: Text) -> Diagnostic:
    return Diagnostic(code, message, Span(Source(name, ""), 1, 1), hint)
