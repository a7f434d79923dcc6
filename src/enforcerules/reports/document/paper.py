"""The Word document that is written: paper, fonts, paragraphs and tables as official documents have them.

The measures are those of GB/T 9704: A4, 22 lines of 28 characters, titles in 小标宋, text in 仿宋 size three.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from enforcerules.errors import Diagnostic, EngineUnavailableError
from enforcerules.reports.saying import visible
from enforcerules.text import Text

Document: TypeAlias = Any
Paragraph: TypeAlias = Any
Element: TypeAlias = Any
Look: TypeAlias = Literal["body", "title", "heading1", "heading2"]

TITLE_FONT, HEADING_FONT, SUBHEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
LATIN_FONT = "Times New Roman"
# what stands in where a computer lacks the font; Word and LibreOffice take the first that they have
_SUBSTITUTES = {
    TITLE_FONT: "小标宋,华文中宋,宋体,SimSun,Noto Serif CJK SC",
    HEADING_FONT: "SimHei,Noto Sans CJK SC",
    SUBHEADING_FONT: "楷体,KaiTi,Noto Serif CJK SC",
    BODY_FONT: "仿宋,FangSong,Noto Serif CJK SC",
}
_SERIF = (TITLE_FONT, SUBHEADING_FONT, BODY_FONT)

# sizes in half points, lines in twentieths of a point
_SIZES = {"二号": 44, "三号": 32, "四号": 28, "小四": 24, "五号": 21}
_LINE = 560
# English Metric Units: six points
_GAP = 76_200
_LOOKS: dict[Look, tuple[str, str, str]] = {
    # style, font, size
    "title": ("Title", TITLE_FONT, "二号"),
    "heading1": ("Heading 1", HEADING_FONT, "三号"),
    "heading2": ("Heading 2", SUBHEADING_FONT, "三号"),
    "body": ("Normal", BODY_FONT, "三号"),
}
# millimetres: height and width of the page, its margins
_PAGE = {"page_height": 297, "page_width": 210}
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
_SHADE, _MARK = "E7E6E6", "FFF2CC"
# what a person has to write in place of these words
TO_FILL = "〔待填写〕"
_NEVER = (1980, 1, 1, 0, 0, 0)


class Paper:
    """A document being written from the top to the bottom."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # the library looks through all styles each time that one is named
        self._styles = {look: document.styles[name].style_id for look, (name, *_) in _LOOKS.items()}
        self._grid = document.styles["Table Grid"].style_id

    def paragraph(self, text: str = "", look: Look = "body", *, font: str | None = None, **more: Any) -> None:
        """Write a paragraph; `more` is what `format_paragraph` takes."""
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles[look]
        format_paragraph(paragraph, **more)
        if text:
            add_text(paragraph, text, font=font)

    def mark(self, text: str) -> None:
        """Write what a person has to put in place of this very paragraph: it is shaded, so nobody hands it in."""
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles["body"]
        if self._after_table(paragraph):
            # or else its shade covers the line at the foot of the table
            paragraph.paragraph_format.space_before = _GAP
        add_text(paragraph, text, marked=True)

    def _after_table(self, paragraph: Paragraph) -> bool:
        before = paragraph._p.getprevious()
        return before is not None and before.tag == _name("w:tbl")

    def table(self, rows: int, widths: Sequence[int]) -> Any:
        """Write an empty table with lines; `widths` are those of its columns, in millimetres."""
        from docx.shared import Mm

        table = self._document.add_table(rows=rows, cols=len(widths))
        table._tbl.tblStyle_val = self._grid
        table.autofit = False
        table.alignment = 1
        for column, wide in zip(table.columns, widths, strict=True):
            column.width = Mm(wide)
        for row in table.rows:
            for cell, wide in zip(row.cells, widths, strict=True):
                cell.width = Mm(wide)
        return table


def format_paragraph(
    paragraph: Paragraph,
    *,
    indent: bool = True,
    align: Literal["left", "center", "right", "both"] | None = None,
    new_page: bool = False,
    right: int = 0,
    with_next: bool = False,
) -> None:
    """Lay a paragraph out; `right` is how many characters it keeps from the right margin."""
    properties = paragraph._p.get_or_add_pPr()
    if new_page:
        paragraph.paragraph_format.page_break_before = True
    if with_next:
        paragraph.paragraph_format.keep_with_next = True
    if not indent or right:
        attributes = {"w:firstLineChars": "0", "w:firstLine": "0"} if not indent else {}
        if right:
            attributes |= {"w:rightChars": str(right * 100)}
        properties.append(_element("w:ind", **attributes))
    if align is not None:
        properties.append(_element("w:jc", **{"w:val": align}))


def add_text(
    paragraph: Paragraph, text: str, *, marked: bool = False, bold: bool = False, font: str | None = None
) -> None:
    """Add a text, and nothing but text: neither a field nor a link, whatever it says."""
    run = paragraph.add_run(visible(text))
    if bold:
        run.bold = True
    if font is not None:
        _set_fonts(run._r.get_or_add_rPr(), font)
    if marked:
        run._r.get_or_add_rPr().append(_element("w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": _MARK}))


def put(
    cell: Any,
    text: str,
    *,
    align: Literal["left", "center", "right", "both"] = "center",
    font: str | None = None,
    shaded: bool = False,
    small: bool = False,
    with_next: bool = False,
) -> None:
    """Write into a cell of a table; lines become paragraphs, and what people have to fill in is shaded."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.shared import Pt

    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    if shaded:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", **{"w:val": "clear", "w:color": "auto", "w:fill": _SHADE}))
    lines = visible(text).split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        format_paragraph(paragraph, indent=False, align=align, with_next=with_next)
        paragraph.paragraph_format.line_spacing = Pt(20)
        before, mark, after = line.partition(TO_FILL)
        for piece in (before, mark, after):
            if piece:
                add_text(paragraph, piece, marked=piece == TO_FILL, font=font)
        for run in paragraph.runs:
            run.font.size = Pt(_SIZES["五号" if small else "小四"] / 2)


# --- the document as a whole -----------------------------------------------------------------------


@contextmanager
def new_paper(path: Path, *, title: str, unit: str, day: date) -> Iterator[Paper]:
    """Write a document; the same content gives the same bytes, and a failure leaves no file.

    Raises:
        EngineUnavailableError: when python-docx is not installed.
        OSError: when the file cannot be written.

    """
    try:
        import docx
    except ImportError:
        raise EngineUnavailableError(
            [
                Diagnostic(
                    "ER7064",
                    Text(
                        "没有安装 python-docx，不能写 Word 文档",
                        "python-docx, which writes Word documents, is not installed",
                    ),
                    None,
                    Text("pip install 'enforcerules[reports]'", "pip install 'enforcerules[reports]'"),
                )
            ]
        ) from None
    document = docx.Document()
    _set_up(document)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = visible(title), visible(unit), visible(unit)
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = datetime(day.year, day.month, day.day)
    yield Paper(document)
    written = io.BytesIO()
    document.save(written)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(_timeless(written))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _timeless(written: io.BytesIO) -> bytes:
    """Return the package with every part dated alike: the library stamps them with the time of writing."""
    again = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _NEVER)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # otherwise it differs from system to system
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return again.getvalue()


def _set_up(document: Document) -> None:
    from docx.shared import Mm

    section = document.sections[0]
    for name, wide in {**_PAGE, **_MARGINS}.items():
        setattr(section, name, Mm(wide))
    section.footer_distance = Mm(28)
    for look, (style, font, size) in _LOOKS.items():
        _set_style(document.styles[style], look, font, size)
    _name_substitutes(document)
    _drop_thumbnail(document)
    _number_pages(section.footer.paragraphs[0])


def _set_style(style: Any, look: Look, font: str, size: str) -> None:
    """Give a style its look; what the library's template gives it is taken away."""
    element = style.element
    for name in ("w:rPr", "w:pPr"):
        for found in element.findall(_name(name)):
            element.remove(found)
    text = element.get_or_add_rPr()
    _set_fonts(text, font)
    for tag in ("w:sz", "w:szCs"):
        text.append(_element(tag, **{"w:val": str(_SIZES[size])}))
    text.append(_element("w:lang", **{"w:val": "en-US", "w:eastAsia": "zh-CN"}))
    paragraph = element.get_or_add_pPr()
    if look.startswith("heading"):
        paragraph.append(_element("w:keepNext"))
    after = "560" if look == "title" else "0"
    paragraph.append(
        _element("w:spacing", **{"w:before": "0", "w:after": after, "w:line": str(_LINE), "w:lineRule": "exact"})
    )
    first = (
        {"w:firstLineChars": "0", "w:firstLine": "0"}
        if look == "title"
        else {"w:firstLineChars": "200", "w:firstLine": str(_SIZES[size] * 20)}
    )
    paragraph.append(_element("w:ind", **first))
    paragraph.append(_element("w:jc", **{"w:val": "center" if look == "title" else "both"}))
    if look.startswith("heading"):
        paragraph.append(_element("w:outlineLvl", **{"w:val": str(int(look[-1]) - 1)}))


def _set_fonts(properties: Element, font: str) -> None:
    for found in properties.findall(_name("w:rFonts")):
        properties.remove(found)
    fonts = {"w:ascii": LATIN_FONT, "w:hAnsi": LATIN_FONT, "w:eastAsia": font, "w:cs": LATIN_FONT}
    properties.insert(0, _element("w:rFonts", **fonts))


def _name_substitutes(document: Document) -> None:
    """Say in the document which font takes the place of one that a computer does not have."""
    from docx.oxml.ns import nsdecls

    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{"roman" if name in _SERIF else "swiss"}"/></w:font>'
        for name, others in _SUBSTITUTES.items()
    )
    content = f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    part._blob = content.encode("utf-8")


def _drop_thumbnail(document: Document) -> None:
    """Take out the picture of the library's template."""
    relations = document.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[name]


def _number_pages(paragraph: Paragraph) -> None:
    """Put the number of the page at its foot, as official documents do."""
    format_paragraph(paragraph, indent=False, align="center")
    for kind, content in (
        ("w:t", "— "),
        ("begin", ""),
        ("w:instrText", " PAGE "),
        ("separate", ""),
        ("w:t", "1"),
        ("end", ""),
        ("w:t", " —"),
    ):
        run = paragraph.add_run()
        _set_fonts(run._r.get_or_add_rPr(), "宋体")
        run._r.get_or_add_rPr().append(_element("w:sz", **{"w:val": str(_SIZES["四号"])}))
        if kind.startswith("w:"):
            piece = _element(kind, **{"xml:space": "preserve"})
            piece.text = content
        else:
            piece = _element("w:fldChar", **{"w:fldCharType": kind})
        run._r.append(piece)


def _element(tag: str, **attributes: str) -> Element:
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(_name(name), value)
    return element


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return "{http://www.w3.org/XML/1998/namespace}space" if name == "xml:space" else str(qn(name))
