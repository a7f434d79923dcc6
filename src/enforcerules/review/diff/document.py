"""A document of headings, paragraphs and tables → text for a terminal, Markdown, or HTML that prints well."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from enforcerules.explaining.render import LINE_WIDTH, plain_markdown
from enforcerules.text import Language, Text, pad, width, wrap


@dataclass(frozen=True, slots=True)
class Both:
    """A text that is shown in both languages, Chinese first: what a committee decides about."""

    text: Text


Cell: TypeAlias = Text | Both


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; 1 is the title."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. What is `strong` is what to read first."""

    text: Cell
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header. `lines` leaves room to write by hand."""

    header: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of a file as they stand there, under the place."""

    place: str
    text: str


Block: TypeAlias = Heading | Paragraph | Bullets | Table | Code
Document: TypeAlias = Sequence[Block]


def _shown(cell: Cell, language: Language) -> list[str]:
    if isinstance(cell, Both):
        return list(dict.fromkeys(cell.text))
    return [cell[language]]


# --- for a terminal --------------------------------------------------------------------------------


def render_text(document: Document, language: Language) -> str:
    """Lay a document out for a terminal; where a column would be too narrow, each row becomes a block."""
    lines: list[str] = []
    for block in document:
        match block:
            case Heading(1, text):
                lines += [text[language]]
            case Heading(2, text):
                heading = text[language]
                lines += ["", f"{heading} {'─' * max(0, LINE_WIDTH - width(heading) - 1)}"]
            case Heading(_, text):
                lines += ["", text[language]]
            case Paragraph(text):
                for shown in _shown(text, language):
                    lines += wrap(shown, LINE_WIDTH)
            case Bullets(items):
                for item in items:
                    first, *rest = wrap(" / ".join(_shown(item, language)), LINE_WIDTH - 4)
                    lines += [f"  • {first}", *(f"    {more}" for more in rest)]
            case Table():
                lines += _text_table(block, language)
            case Code(place, text):
                lines += [f"  {place}", *(f"    {line}" for line in text.split("\n"))]
    return "\n".join(line.rstrip() for line in lines) + "\n"


_GAP = "  "


def _text_table(table: Table, language: Language) -> Iterator[str]:
    rows = [[" / ".join(_shown(cell, language)) for cell in row] for row in table.rows]
    header = [text[language] for text in table.header]
    columns = [max(width(row[index]) for row in [header, *rows]) for index in range(len(header))]
    if sum(columns) + len(_GAP) * len(columns) <= LINE_WIDTH:
        for row in [header, *rows] if any(header) else rows:
            yield _GAP + _GAP.join(pad(cell, cells) for cell, cells in zip(row, columns, strict=True))
        return
    for row in rows:
        first, *others = row
        yield from (_GAP + line for line in wrap(first, LINE_WIDTH - 2))
        for name, cell in zip(header[1:], others, strict=True):
            label = f"{name}：" if language == "zh" else f"{name}: "
            begin, *rest = wrap(label + cell, LINE_WIDTH - 6)
            yield f"    {begin}"
            yield from (f"      {line}" for line in rest)


# --- Markdown --------------------------------------------------------------------------------------


def render_markdown(document: Document, language: Language) -> str:
    """Lay a document out as Markdown. What a rulebook or a case says cannot become markup."""
    lines: list[str] = []
    for block in document:
        match block:
            case Heading(level, text):
                lines += [f"{'#' * level} {plain_markdown(text[language])}", ""]
            case Paragraph(text, strong):
                mark = "**" if strong else ""
                lines += [f"{mark}{_markdown_cell(text, language)}{mark}", ""]
            case Bullets(items):
                lines += [*(f"- {_markdown_cell(item, language)}" for item in items), ""]
            case Table(header, rows):
                lines.append(f"| {' | '.join(plain_markdown(text[language]) for text in header)} |")
                lines.append(f"|{'---|' * len(header)}")
                lines += [f"| {' | '.join(_markdown_cell(cell, language) for cell in row)} |" for row in rows]
                lines.append("")
            case Code(place, text):
                fence = "`" * max(3, 1 + max((len(line) for line in text.split("\n") if set(line) == {"`"}), default=0))
                lines += [f"{plain_markdown(place)}", "", f"{fence}yaml", text, fence, ""]
    return "\n".join(lines).rstrip() + "\n"


def _markdown_cell(cell: Cell, language: Language) -> str:
    return "<br>".join(plain_markdown(shown) for shown in _shown(cell, language))


# --- HTML ------------------------------------------------------------------------------------------

_STYLE = (
    "body{max-width:62rem;margin:2rem auto;padding:0 1rem;"
    "font:15px/1.6 system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;color:#111}"
    "h1{font-size:1.6rem}h2{font-size:1.2rem;border-bottom:2px solid #444;margin-top:2.2rem}"
    "h3{font-size:1.02rem;margin-top:1.6rem}.strong{font-weight:600;font-size:1.08rem}"
    "table{border-collapse:collapse;width:100%;margin:.6rem 0}"
    "th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#eee}td{min-width:4.5rem}.lines td{height:2.6rem}.other{color:#555;font-size:.92em;display:block}"
    "figure{margin:.6rem 0}figcaption{color:#555;font-size:.88em}"
    "pre{background:#f6f6f6;border:1px solid #ddd;padding:.5rem;white-space:pre-wrap;font-size:.85em;margin:0}"
    "@page{size:A4;margin:16mm 14mm}"
    "@media print{body{max-width:none;margin:0;padding:0;font-size:10.5pt}h2,h3{break-after:avoid}"
    "tr,figure{break-inside:avoid}thead{display:table-header-group}}"
)


def render_html(document: Document, language: Language) -> str:
    """Lay a document out as one HTML file that loads nothing from elsewhere."""
    title = next((block.text[language] for block in document if isinstance(block, Heading)), "")
    parts = [
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
    ]
    parts += [_html_block(block, language) for block in document]
    return "\n".join([*parts, "</body></html>\n"])


def _html_block(block: Block, language: Language) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{escape(text[language])}</h{level}>"
        case Paragraph(text, strong):
            style = ' class="strong"' if strong else ""
            return f"<p{style}>{_html_cell(text, language)}</p>"
        case Bullets(items):
            return f"<ul>{''.join(f'<li>{_html_cell(item, language)}</li>' for item in items)}</ul>"
        case Table():
            return _html_table(block, language)
        case Code(place, text):
            return f"<figure><figcaption>{escape(place)}</figcaption><pre>{escape(text)}</pre></figure>"


def _html_table(table: Table, language: Language) -> str:
    def row(cells: Iterable[str], tag: str) -> str:
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"

    head = row((escape(text[language]) for text in table.header), "th")
    body = "\n".join(row((_html_cell(cell, language) for cell in cells), "td") for cells in table.rows)
    style = ' class="lines"' if table.lines else ""
    return f"<table{style}><thead>{head}</thead><tbody>{body}</tbody></table>"


def _html_cell(cell: Cell, language: Language) -> str:
    first, *others = _shown(cell, language)
    return escape(first) + "".join(f'<span class="other">{escape(other)}</span>' for other in others)


RENDERERS: dict[str, Callable[[Document, Language], str]] = {
    "text": render_text,
    "markdown": render_markdown,
    "html": render_html,
}
