"""The parts of a workbook file: a zip archive of XML, read in pieces and never trusted.

No document type declaration is accepted, so there are no entities to expand and nothing to fetch. Sizes are
counted while unpacking: what an archive says about itself may be a lie.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from enforcerules.errors import Cell, Diagnostic, LedgerError
from enforcerules.reports.ledger.limits import LARGEST_LEDGER, LARGEST_PART, LARGEST_SMALL_PART, MOST_SHEETS
from enforcerules.text import Text

_OLD_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 64 * 1024
_LONGEST_TOKEN = 4 * 1024 * 1024
_SAVE = Text("在 Excel 或者 WPS 中另存为“Excel 工作簿（`*.xlsx`）”", "save it as an Excel workbook (`*.xlsx`)")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    ValueError,
    OverflowError,
    OSError,
)

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Data = Callable[[str], None]


def refuse(path: Path, code: str, message: Text, hint: Text | None = None, sheet: str | None = None) -> LedgerError:
    """Return the error of a file that cannot be read as a ledger."""
    return LedgerError([Diagnostic(code, message, hint=hint, cell=Cell(str(path), sheet))])


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what a broken archive does to the standard library into an error that says so."""
    try:
        yield
    except LedgerError:
        raise
    except expat.ExpatError as error:
        message = Text("工作簿已损坏：内容不是完整的 XML", "the workbook is damaged: a part of it is no sound XML")
        raise refuse(
            path, "ER7003", message, Text("在 Excel 中打开并重新保存", "open and save it again in Excel")
        ) from error
    except _BROKEN as error:
        if isinstance(error, RuntimeError) and "password" in str(error):
            raise refuse(path, "ER7001", _LOCKED, _UNLOCK) from None
        message = Text("工作簿已损坏，读不出来", "the workbook is damaged and cannot be read")
        raise refuse(
            path, "ER7001", message, Text("在 Excel 中打开并重新保存", "open and save it again in Excel")
        ) from error


class Archive:
    """The parts of one workbook file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with told(path):
            _check_kind(path)
            self._zip = zipfile.ZipFile(path)
            names = self._zip.namelist()
            if len(names) > MOST_SHEETS * 50:
                raise _too_large(path, "压缩包里的文件太多", "there are too many files in the archive")
            if sum(info.file_size for info in self._zip.infolist()) > 2 * LARGEST_PART:
                limit = 2 * LARGEST_PART // 1024**2
                raise _too_large(path, f"解压后共超过 {limit} MB", f"it unpacks to more than {limit} MB in all")
            self.names = {name.lower(): name for name in names}
            if "[content_types].xml" not in self.names:
                raise refuse(path, "ER7001", _what_it_is(self.names), _SAVE)
            if any(info.flag_bits & 0x1 for info in self._zip.infolist()):
                raise refuse(path, "ER7001", _LOCKED, _UNLOCK)

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        return part.lower() in self.names

    def chunks(self, part: str, most: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a part in pieces, `most` of them."""
        most = LARGEST_PART if most is None else most
        limit = most // 1024**2
        too_large = _too_large(self.path, f"解压后超过 {limit} MB", f"it unpacks to more than {limit} MB")
        name = self.names[part.lower()]
        if self._zip.getinfo(name).file_size > most:
            raise too_large
        count = 0
        with self._zip.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                count += len(chunk)
                if count > most:
                    raise too_large
                yield chunk

    def parse(
        self,
        part: str,
        start: Start,
        end: End | None = None,
        data: Data | None = None,
        *,
        most: int | None = LARGEST_SMALL_PART,
    ) -> Iterator[None]:
        """Parse a part, piece by piece: the caller takes what was found after each piece."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if data is not None:
            parser.CharacterDataHandler = data

        def no_declaration(*_: object) -> None:
            message = Text(
                "工作簿里有 XML 文档类型声明，可能有害",
                "the workbook holds an XML document type declaration, which may do harm",
            )
            raise refuse(self.path, "ER7003", message, _SAVE)

        parser.StartDoctypeDeclHandler = no_declaration
        parser.EntityDeclHandler = no_declaration
        fed = 0
        with told(self.path):
            for number, chunk in enumerate(self.chunks(part, most)):
                if number == 0 and chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"):
                    message = Text("工作簿的内容不是 UTF-8", "the workbook is not written in UTF-8")
                    raise refuse(self.path, "ER7003", message, _SAVE)
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                    raise _too_large(self.path, "有一项内容过长", "one piece of it is too long")
                yield
            parser.Parse(b"", True)
        yield


def local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name[name.rfind(":") + 1 :] if ":" in name else name


# --- what the file is ------------------------------------------------------------------------------

_LOCKED = Text("工作簿有密码", "the workbook is protected by a password")
_UNLOCK = Text("在 Excel 中去掉打开密码，再保存", "remove the password in Excel, and save it")


def _check_kind(path: Path) -> None:
    size = path.stat().st_size
    if size > LARGEST_LEDGER:
        limit = LARGEST_LEDGER // 1024**2
        raise _too_large(path, f"文件超过 {limit} MB", f"the file is larger than {limit} MB")
    with path.open("rb") as file:
        begin = file.read(4096)
        if begin.startswith(_OLD_FILE):
            whole = begin + file.read()
            if "EncryptedPackage".encode("utf-16-le") in whole:
                raise refuse(path, "ER7001", _LOCKED, _UNLOCK)
            message = Text("这是旧的 `.xls` 格式", "this is the old `.xls` format")
            raise refuse(path, "ER7001", message, _SAVE)
    if begin[:2] == b"PK":
        return
    if not begin:
        raise refuse(path, "ER7001", Text("文件是空的", "the file is empty"), _SAVE)
    if begin.lstrip()[:1] == b"<":
        message = Text("这是网页或者 XML，不是 `xlsx` 工作簿", "this is a web page or XML, not an `xlsx` workbook")
    else:
        message = Text("这不是 `xlsx` 工作簿", "this is not an `xlsx` workbook")
    hint = Text(
        f"{_SAVE.zh}；是 CSV 的，把文件名改为 `.csv`", f"{_SAVE.en}; where it is CSV, let its name end in `.csv`"
    )
    raise refuse(path, "ER7001", message, hint)


def _what_it_is(names: dict[str, str]) -> Text:
    if "content.xml" in names:
        return Text(
            "这是 OpenDocument 表格（`.ods`），不是 `xlsx`", "this is an OpenDocument spreadsheet (`.ods`), not `xlsx`"
        )
    return Text("这是压缩包，不是 `xlsx` 工作簿", "this is an archive, not an `xlsx` workbook")


def _too_large(path: Path, zh: str, en: str) -> LedgerError:
    hint = Text("拆成几个台账，删去多余的工作表和格式", "split it, and remove needless sheets and formats")
    return refuse(path, "ER7002", Text(f"工作簿过大：{zh}", f"the workbook is too large: {en}"), hint)
