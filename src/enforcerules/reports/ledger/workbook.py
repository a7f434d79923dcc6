"""A workbook as a spreadsheet program saves it: its sheets, and their rows as they stand there.

Read by hand with expat, in one pass: of the libraries measured, openpyxl gives either formulas or their
values and turns amounts into binary floats, and calamine tells neither formulas nor hidden rows; a ledger needs
the digits that were stored, and all of these.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from enforcerules.reports.ledger.cells import CellKind, Formula, RawCell, RawRow
from enforcerules.reports.ledger.limits import LONGEST_CELL, MOST_COLUMNS, MOST_MERGED, MOST_SHEETS, MOST_TEXT
from enforcerules.reports.ledger.unpacking import Archive, local, refuse, told
from enforcerules.text import Text

_DAYS_BUILT_IN = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_PERCENT_BUILT_IN = {9, 10}
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^<>]{0,200}?ref\s*=\s*[\"']([A-Za-z0-9:$]{1,40})[\"']")
_TEXT_IN_FORMULA = re.compile(r'"[^"]*"')
# what looks into another file, or fetches: not the brackets of a table's own columns
_EXTERNAL = re.compile(
    r"\[[^\[\]]*\][\w.]*!|'[^']*\[[^\[\]]*\][^']*'!|\||(?<![\w.])(?:WEBSERVICE|RTD|CUBE\w*|IMPORT\w+|CALL)\(",
    re.IGNORECASE,
)
_MOST_HIDDEN = 20_000
_SPLIT = Text("拆成几个台账，删去多余的工作表", "split it, and remove needless sheets")
_APART = Text("取消合并，每案一行逐格填写", "take the cells apart, and fill in each row")
_TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook."""

    name: str
    part: str
    hidden: bool


@dataclass(slots=True)
class HiddenColumns:
    """The columns that somebody has hidden, those of folded groups left out."""

    ranges: list[tuple[int, int]] = field(default_factory=list)

    def __contains__(self, column: int) -> bool:
        return any(low <= column <= high for low, high in self.ranges)


class Workbook:
    """An open workbook file."""

    def __init__(self, path: Path) -> None:
        self.archive = Archive(path)
        try:
            with told(path):
                root = self._root()
                self.sheets, self._from_1904 = self._read_book(root)
                folder = posixpath.dirname(root)
                self._kinds = self._read_styles(posixpath.join(folder, "styles.xml"))
                self._strings = self._read_strings(posixpath.join(folder, "sharedStrings.xml"))
        except BaseException:
            self.archive.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self.archive.close()

    # --- the workbook --------------------------------------------------------------------------

    def _relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        found: dict[str, str] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[attributes.get("Id", "")] = whole
                found.setdefault(attributes.get("Type", "").rsplit("/", 1)[-1], whole)

        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.archive.has(relations):
            for _ in self.archive.parse(relations, start):
                pass
        return found

    def _root(self) -> str:
        root = self._relations("").get("officeDocument", "xl/workbook.xml")
        if not self.archive.has(root) or root.endswith(".bin"):
            message = Text("这不是 `xlsx` 工作簿", "this is not an `xlsx` workbook")
            hint = Text("另存为“Excel 工作簿（`*.xlsx`）”", "save it as an Excel workbook (`*.xlsx`)")
            raise refuse(self.archive.path, "ER7001", message, hint)
        return root

    def _read_book(self, root: str) -> tuple[list[Sheet], bool]:
        relations = self._relations(root)
        sheets: list[Sheet] = []
        from_1904 = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal from_1904
            name = local(tag)
            if name == "workbookPr":
                from_1904 = attributes.get("date1904", "") in _TRUE
            elif name == "sheet":
                if len(sheets) >= MOST_SHEETS:
                    message = Text(f"工作表超过 {MOST_SHEETS} 张", f"there are more than {MOST_SHEETS} sheets")
                    raise refuse(self.archive.path, "ER7002", message, _SPLIT)
                relation = next((value for key, value in attributes.items() if local(key) == "id"), "")
                part = relations.get(relation, "")
                # a chart that fills a sheet is no table
                if self.archive.has(part) and "chartsheet" not in part:
                    hidden = attributes.get("state", "visible") != "visible"
                    sheets.append(Sheet(attributes.get("name", ""), part, hidden))

        for _ in self.archive.parse(root, start):
            pass
        return sheets, from_1904

    def _read_styles(self, part: str) -> list[CellKind]:
        codes: dict[str, str] = {}
        kinds: list[CellKind] = []
        inside = False

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal inside
            name = local(tag)
            if name == "numFmt":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name == "cellXfs":
                inside = True
            elif name == "xf" and inside:
                number = attributes.get("numFmtId", "0")
                kinds.append(_kind_of_format(number, codes.get(number)))

        def end(tag: str) -> None:
            nonlocal inside
            inside = inside and local(tag) != "cellXfs"

        if self.archive.has(part):
            for _ in self.archive.parse(part, start, end):
                pass
        return kinds

    def _read_strings(self, part: str) -> list[str]:
        strings: list[str] = []
        pieces: list[str] = []
        reading = phonetic = False
        count = 0

        def start(tag: str, _: dict[str, str]) -> None:
            nonlocal reading, phonetic
            name = local(tag)
            if name == "t":
                reading = not phonetic
            elif name == "rPh":
                phonetic = True

        def end(tag: str) -> None:
            nonlocal reading, phonetic
            name = local(tag)
            if name == "t":
                reading = False
            elif name == "rPh":
                phonetic = False
            elif name == "si":
                strings.append(unescape("".join(pieces)))
                pieces.clear()

        def data(text: str) -> None:
            nonlocal count
            if reading:
                count += len(text)
                pieces.append(text)

        if self.archive.has(part):
            for _ in self.archive.parse(part, start, end, data, most=None):
                if count + 50 * len(strings) > MOST_TEXT:
                    message = Text("工作簿过大：文字太多", "the workbook is too large: it holds too much text")
                    raise refuse(self.archive.path, "ER7002", message, _SPLIT)
        return strings

    # --- a sheet -------------------------------------------------------------------------------

    def merged(self, sheet: Sheet) -> list[tuple[int, int, str]]:
        """Return the merged ranges of a sheet: first row, last row, and how the sheet writes it."""
        found: dict[str, tuple[int, int, str]] = {}
        with told(self.archive.path):
            before = b""
            for chunk in self.archive.chunks(sheet.part):
                window = before + chunk
                for match in _MERGED.finditer(window):
                    reference = match[1].decode("ascii")
                    rows = [int(part[2]) for part in _REFERENCE.finditer(reference)]
                    if rows:
                        found[reference] = (min(rows), max(rows), reference)
                if len(found) > MOST_MERGED:
                    message = Text("合并的单元格太多", "too many cells are merged")
                    raise refuse(self.archive.path, "ER7002", message, _APART, sheet.name)
                before = window[-512:]
        return sorted(found.values())

    def rows(self, sheet: Sheet, hidden_columns: HiddenColumns | None = None) -> Iterator[RawRow]:
        """Yield the rows of a sheet that hold something, as they stand there."""
        reader = _SheetReader(self._strings, self._kinds, self._from_1904, hidden_columns or HiddenColumns())
        for _ in self.archive.parse(sheet.part, reader.start, reader.end, reader.data, most=None):
            if reader.rows:
                yield from reader.rows
                reader.rows = []


class _SheetReader:
    """Collects the rows of a sheet while its XML is parsed."""

    def __init__(self, strings: list[str], kinds: list[CellKind], from_1904: bool, hidden: HiddenColumns) -> None:
        self.rows: list[RawRow] = []
        self._strings, self._kinds, self._from_1904, self._hidden = strings, kinds, from_1904, hidden
        self._row = RawRow(0)
        self._column = 0
        self._type = self._style = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self._length = 0
        self._phonetic = False
        self._inline = False
        self._externals: set[str] = set()
        self._shared = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "c":
            self._column = _column_of(attributes.get("r"), self._column)
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._value, self._formula, self._inline = [], None, False
        elif tag == "v":
            self._into, self._length = self._value, 0
        elif tag == "t":
            if not self._phonetic:
                self._into = self._value
        elif tag == "f":
            self._formula = self._into = []
            self._length = 0
            self._shared = attributes.get("si", "")
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = RawRow(int(number) if number.isdigit() and len(number) < 9 else self._row.number + 1)
            self._row.hidden = attributes.get("hidden", "") in _TRUE
            self._column = 0
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "is":
            self._inline, self._length = True, 0
        elif tag == "col" and attributes.get("hidden", "") in _TRUE and attributes.get("outlineLevel", "0") == "0":
            low, high = attributes.get("min", ""), attributes.get("max", "")
            if low.isdigit() and high.isdigit() and len(self._hidden.ranges) < _MOST_HIDDEN:
                self._hidden.ranges.append((int(low), int(high)))

    def data(self, text: str) -> None:
        if self._into is not None:
            self._length += len(text)
            if self._length <= 4 * LONGEST_CELL:
                self._into.append(text)

    def end(self, tag: str) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag in ("v", "t", "f"):
            self._into = None
        elif tag == "c":
            if self._value or self._formula is not None:
                self._add()
        elif tag == "row":
            if self._row.cells or self._row.fault:
                self.rows.append(self._row)
        elif tag == "rPh":
            self._phonetic = False

    def _add(self) -> None:
        if self._column > MOST_COLUMNS:
            self._row.fault = "columns"
            return
        text = "".join(self._value)
        kind, text = self._kind_and_text(text)
        formula = self._formula_state(text)
        if len(text) > LONGEST_CELL:
            self._row.fault = "long"
            return
        if text or formula:
            self._row.cells.append(RawCell(self._column, kind, text, formula))

    def _formula_state(self, text: str) -> Formula:
        if self._formula is None:
            return ""
        external = _EXTERNAL.search(_TEXT_IN_FORMULA.sub("", "".join(self._formula))) is not None
        if external and self._shared:
            self._externals.add(self._shared)
        if external or (self._shared and self._shared in self._externals):
            return "external"
        return "cached" if text else "empty"

    def _kind_and_text(self, text: str) -> tuple[CellKind, str]:
        match self._type:
            case "s":
                index = int(text) if text.isdigit() and len(text) < 9 else len(self._strings)
                return ("text", self._strings[index]) if index < len(self._strings) else ("error", "?")
            case "str" | "inlineStr":
                return "text", unescape(text)
            case "b":
                return "bool", "1" if text.strip() in _TRUE else "0"
            case "e":
                return "error", text
            case "d":
                return _of_iso(text)
        text = text.strip()
        if not text:
            return "number", ""
        try:
            float(text)
        except ValueError:
            return "error", text
        if "n" in text or "N" in text or "_" in text or not text.isascii():
            return "error", text
        style = int(self._style) if self._style.isdigit() and len(self._style) < 9 else -1
        kind = self._kinds[style] if 0 <= style < len(self._kinds) else "number"
        if kind == "date":
            return _of_serial(text, from_1904=self._from_1904)
        return kind, text


def unescape(text: str) -> str:
    """Put back the characters that a workbook writes as `_x000D_`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _column_of(reference: str | None, before: int) -> int:
    if reference is None:
        return before + 1
    column = 0
    for character in reference:
        if "A" <= character <= "Z":
            column = column * 26 + ord(character) - 64
        else:
            break
        if column > 20_000:
            break
    return column or before + 1


def _kind_of_format(number: str, code: str | None) -> CellKind:
    if code is None:
        built_in = int(number) if number.isdigit() and len(number) < 9 else 0
        return "date" if built_in in _DAYS_BUILT_IN else "percent" if built_in in _PERCENT_BUILT_IN else "number"
    plain = _NOT_CODE.sub("", code).lower()
    if "%" in plain:
        return "percent"
    return "date" if "y" in plain or "d" in plain or ("m" in plain and not {"h", "s"} & set(plain)) else "number"


def _of_serial(text: str, *, from_1904: bool) -> tuple[CellKind, str]:
    days, rest = divmod(float(text), 1)
    # spreadsheets count a 29 February 1900, which there never was
    begin = date(1904, 1, 1) if from_1904 else date(1899, 12, 31 if days < 60 else 30)
    if not 0 <= days < 2_958_466 or (days == 60 and not from_1904):
        return "number", text
    try:
        day = begin + timedelta(days=int(days))
    except OverflowError:
        return "number", text
    return "date", f"{day.isoformat()} +" if rest else day.isoformat()


def _of_iso(text: str) -> tuple[CellKind, str]:
    day, _, rest = text.partition("T")
    try:
        date.fromisoformat(day)
    except ValueError:
        return "text", text
    return "date", day if not rest.strip("0:.Z") else f"{day} +"
