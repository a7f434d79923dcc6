"""Workbooks as other programs, careless people and attackers make them, written part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

# the styles of the workbooks made here, by their numbers
GENERAL, DATE, PERCENT, LONG_DATE, TIME = range(5)
_STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode='yyyy"年"m"月"d"日"'/>
<numFmt numFmtId="165" formatCode="mm:ss"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>
<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/>
<xf numFmtId="165"/></cellXfs></styleSheet>"""

Cell = str | int | float | tuple[str, str]
"""A text; a number; or the attributes of a cell with its content."""


def text_cell(text: str) -> tuple[str, str]:
    return 't="inlineStr"', f'<is><t xml:space="preserve">{escape(text)}</t></is>'


def number_cell(digits: str, style: int = GENERAL) -> tuple[str, str]:
    return f's="{style}"', f"<v>{digits}</v>"


def formula_cell(formula: str, value: str = "", kind: str = "n") -> tuple[str, str]:
    return f't="{kind}"', f"<f>{escape(formula)}</f>" + (f"<v>{value}</v>" if value else "")


def row_xml(number: int, cells: Sequence[Cell | None], attributes: str = "") -> str:
    parts = []
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        if isinstance(cell, str):
            cell = text_cell(cell)
        if isinstance(cell, (int, float)):
            cell = number_cell(repr(cell))
        parts.append(f'<c r="{chr(65 + index)}{number}" {cell[0]}>{cell[1]}</c>')
    return f'<row r="{number}" {attributes}>{"".join(parts)}</row>'


def sheet_xml(rows: Sequence[Sequence[Cell | None] | str], *, before: str = "", after: str = "") -> str:
    """A sheet; a row that is a text stands there as it is."""
    body = "".join(row if isinstance(row, str) else row_xml(number, row) for number, row in enumerate(rows, 1))
    head = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">'
    return f"{head}{before}<sheetData>{body}</sheetData>{after}</worksheet>"


def write_workbook(
    path: Path,
    sheets: Mapping[str, str] | str,
    *,
    hidden: Sequence[str] = (),
    date1904: bool = False,
    strings: str | None = None,
    more: Mapping[str, bytes] | None = None,
) -> Path:
    """Write a workbook of sheets given as XML by name."""
    named = {"案件": sheets} if isinstance(sheets, str) else sheets
    entries, relations = [], []
    for number, name in enumerate(named, 1):
        state = ' state="hidden"' if name in hidden else ""
        entries.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="r{number}"{state}/>')
        relations.append(
            f'<Relationship Id="r{number}" Type="{DOCUMENT}/worksheet" Target="worksheets/s{number}.xml"/>'
        )
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><workbookPr date1904="{int(date1904)}"/>'
        f"<sheets>{''.join(entries)}</sheets></workbook>"
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{DOCUMENT}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{"".join(relations)}</Relationships>',
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/s{number}.xml": xml for number, xml in enumerate(named.values(), 1)},
    }
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **(more or {})}.items():
            archive.writestr(name, data)
    return path
