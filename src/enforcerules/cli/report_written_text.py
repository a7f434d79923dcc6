"""A written report for the terminal: its sections with what is filled in, then what is open and what is not counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enforcerules.model import ResolvedRulebook
from enforcerules.reports import CaseSheet, Unplaced, WrittenReport, WrittenSection
from enforcerules.reports.saying import visible
from enforcerules.text import Language, Text, pad, width

_OPEN = Text("待补", "open")
_ALL = Text("合计", "total")
_GAP = 2


def render_report(report: WrittenReport, language: Language) -> str:
    """Return the report as text."""
    filled = report.filled
    lines = [report.title[language], f"{filled.unit}  {filled.as_of}"]
    for written in report.sections:
        lines += ["", written.section.title[language], *_section(report, written, language)]
    lacking = list(_lacking(report, language))
    if lacking:
        lines += ["", Text("空着的数字缺少的事实", "what the blank figures lack")[language], *lacking]
    if filled.unplaced:
        lines += ["", Text("未计入和待定", "not counted, or open")[language]]
        lines += [_unplaced(filled.book, each, language) for each in filled.unplaced]
    return "\n".join(lines)


def _section(report: WrittenReport, written: WrittenSection, language: Language) -> Iterator[str]:
    section, fill = written.section, report.filled.form.fill
    if written.word is not None:
        yield f"  {fill[written.word]}"
        return
    if written.numbers:
        yield from _numbers(report, written, language)
    for number, sheet in enumerate(written.cases, 1):
        yield f"  {number}. {_case(report, sheet, language)}"
    if section.asks is not None:
        yield f"  {Text('〔由填报单位填写〕', '[to be written by the unit] ')[language]}{section.asks[language]}"


def _numbers(report: WrittenReport, written: WrittenSection, language: Language) -> Iterator[str]:
    labels = report.filled.book.vocabulary.facts["product_categories"].enumeration
    heads = [labels.values[product][language] if labels else product for product in report.products]
    heads.append(_ALL[language])
    cells = []
    for _, line in written.numbers:
        shown = {"open": _OPEN[language], "not_applicable": "—"}
        cells.append([shown.get(number.state) or f"{number.value:f}" for number in line])
    names = [figure.label[language] for figure, _ in written.numbers]
    first = max(map(width, names)) + _GAP + 2
    wide = [max(map(width, column)) for column in zip(heads, *cells, strict=True)]
    for name, values in zip(["", *names], [heads, *cells], strict=True):
        yield pad(f"  {name}", first) + "".join(
            " " * (_GAP + most - width(value)) + value for value, most in zip(values, wide, strict=True)
        )


def _case(report: WrittenReport, sheet: CaseSheet, language: Language) -> str:
    labels = {row.id: row.label for row in report.filled.form.grounds}
    grounds = [labels[box.row][language] for box in sheet.boxes["grounds"] if box.ticked]
    name = report.filled.tally.names.get(sheet.case)
    said = f"{sheet.case}  {name or ''}".rstrip()
    return visible(f"{said}: {', '.join(grounds)}" if language == "en" else f"{said}：{'、'.join(grounds)}")


def _lacking(report: WrittenReport, language: Language) -> Iterator[str]:
    filled = report.filled
    for written in report.sections:
        for figure, line in written.numbers:
            cells = [cell for number in line if number.product is not None for _, cell in number.cells]
            for cell in cells:
                for each in filled.figure(cell).lacking:
                    needs = _facts(filled.book, each.needs, language)
                    yield visible(f"  {figure.label[language]}  {each.case}  {needs}")


def _unplaced(book: ResolvedRulebook, each: Unplaced, language: Language) -> str:
    needs = _facts(book, each.needs, language)
    why = (f" ({needs})" if language == "en" else f"（{needs}）") if needs else ""
    return visible(f"  {each.case}  {each.reason[language]}{why}")


def _facts(book: ResolvedRulebook, names: Iterable[str], language: Language) -> str:
    facts = book.vocabulary.facts
    said = [facts[name].label[language] if name in facts else name for name in names]
    return ", ".join(said) if language == "en" else "、".join(said)
