"""A page → text for a terminal, Markdown, or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from enforcerules.explaining.page import Line, Page, cite
from enforcerules.model import ResolvedRulebook
from enforcerules.text import Language, pad, width, wrap

LINE_WIDTH = 92


def render_text(book: ResolvedRulebook, page: Page, language: Language, *, full: bool) -> str:
    """Lay a page out for a terminal: at most `LINE_WIDTH` cells a line, Chinese counted as two."""
    lines = [page.title[language], ""]
    lines += _text_line(book, page.answer, language, 0, full=full)
    for section in page.sections:
        if section.lines:
            heading = section.heading[language]
            lines += ["", f"{heading} {'─' * max(0, LINE_WIDTH - width(heading) - 1)}"]
            for line in section.lines:
                lines += _text_line(book, line, language, 0, full=full)
    lines.append("")
    for line in page.footer:
        lines += _text_line(book, line, language, 0, full=full)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _text_line(book: ResolvedRulebook, line: Line, language: Language, depth: int, *, full: bool) -> Iterator[str]:
    indent = "   " * depth
    lead = indent + (pad(line.mark, 3) if line.mark else "")
    hang = " " * width(lead)
    text = _with_citation(book, line, language, full=full)
    first, *rest = wrap(text, LINE_WIDTH - width(lead))
    yield lead + first
    for more in rest:
        yield hang + more
    for inner in line.inner:
        yield from _text_line(book, inner, language, depth + 1, full=full)


def _with_citation(book: ResolvedRulebook, line: Line, language: Language, *, full: bool) -> str:
    if not line.clauses:
        return line.text[language]
    cited = cite(book, line.clauses, whole=full)
    return (
        f"{line.text[language]} 〔{cited[language]}〕"
        if language == "zh"
        else f"{line.text[language]} [{cited[language]}]"
    )


def render_markdown(book: ResolvedRulebook, page: Page, language: Language, *, full: bool) -> str:
    """Lay a page out as Markdown. What a case says cannot become markup."""
    lines = [
        f"# {plain_markdown(page.title[language])}",
        "",
        f"**{plain_markdown(_with_citation(book, page.answer, language, full=full))}**",
    ]
    for section in page.sections:
        if section.lines:
            lines += ["", f"## {section.heading[language]}", ""]
            for line in section.lines:
                lines += _markdown_line(book, line, language, 0, full=full)
    lines += ["", "---", ""]
    lines += [f"{plain_markdown(line.text[language])}  " for line in page.footer]
    return "\n".join(lines) + "\n"


def _markdown_line(book: ResolvedRulebook, line: Line, language: Language, depth: int, *, full: bool) -> Iterator[str]:
    mark = "" if line.mark in ("", "•") else f"{line.mark} "
    yield f"{'  ' * depth}- {mark}{plain_markdown(_with_citation(book, line, language, full=full))}"
    for inner in line.inner:
        yield from _markdown_line(book, inner, language, depth + 1, full=full)


def plain_markdown(text: str) -> str:
    """Return a text as Markdown that shows it as it stands, on one line."""
    for character in "\\`*_[]<>#|":
        text = text.replace(character, "\\" + character)
    return " ".join(text.split())


_STYLE = (
    "body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:16px/1.6 system-ui,'Noto Sans CJK SC',sans-serif}"
    ".answer{font-size:1.15rem;font-weight:600}h2{border-bottom:1px solid #ccc;font-size:1.05rem}"
    "ul{list-style:none;padding-left:1.2rem}cite{color:#555;font-style:normal;font-size:.9em}"
    ".mark{display:inline-block;min-width:1.4em}footer{color:#555;border-top:1px solid #ccc;font-size:.9em}"
)


def render_html(book: ResolvedRulebook, page: Page, language: Language, *, full: bool) -> str:
    """Lay a page out as one HTML file that loads nothing from elsewhere."""
    title = escape(page.title[language])
    parts = [
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f'<h1>{title}</h1>\n<p class="answer">{_html_text(book, page.answer, language, full=full)}</p>',
    ]
    for section in page.sections:
        if section.lines:
            parts.append(f"<h2>{escape(section.heading[language])}</h2>\n<ul>")
            parts += [_html_line(book, line, language, full=full) for line in section.lines]
            parts.append("</ul>")
    footer = "<br>".join(escape(line.text[language]) for line in page.footer)
    parts.append(f"<footer>{footer}</footer></body></html>\n")
    return "\n".join(parts)


def _html_line(book: ResolvedRulebook, line: Line, language: Language, *, full: bool) -> str:
    mark = f'<span class="mark">{escape(line.mark)}</span>' if line.mark else ""
    inner = "".join(_html_line(book, each, language, full=full) for each in line.inner)
    nested = f"<ul>{inner}</ul>" if inner else ""
    return f"<li>{mark}{_html_text(book, line, language, full=full)}{nested}</li>"


def _html_text(book: ResolvedRulebook, line: Line, language: Language, *, full: bool) -> str:
    text = escape(line.text[language])
    if not line.clauses:
        return text
    cited = cite(book, line.clauses, whole=full)
    return f"{text} <cite>〔{escape(cited[language])}〕</cite>"
