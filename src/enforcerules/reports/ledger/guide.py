"""What a person who fills in the ledger is told: beside each heading, and on a sheet of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enforcerules.model import ResolvedRulebook
from enforcerules.reports.ledger.layout import EXAMPLE_MARKS, Column, Layout
from enforcerules.reports.ledger.showing import ValueWriter
from enforcerules.text import Text, wrap

GUIDE = "填表说明"

_WIDTHS = (16, 26, 44, 50, 36)
_LINE, _MOST_LINES = 15.0, 8

_HOW = {
    "bool": Text("选“是”“否”；不清楚的留空", "choose 是 or 否; leave empty what is not known"),
    "enum": Text("从列表中选一项；不清楚的留空", "choose one from the list; leave empty what is not known"),
    "set": Text(
        "从列表中选；有几项的用“、”隔开；没有的填“无”；不清楚的留空",
        "choose from the list, with 、 between several; 无 for none; leave empty what is not known",
    ),
    "money": Text(
        "只填数字；不确定的写“≥30万”“30万至50万”“约30万”；不清楚的留空",
        "digits only; where it is not exact ≥30万, 30万至50万 or 约30万; leave empty what is not known",
    ),
    "count": Text("填整数；没有的填 0；不清楚的留空", "a whole number, 0 for none; leave empty what is not known"),
    "date": Text("填日期，如 2022-07-10；不清楚的留空", "a date such as 2022-07-10; leave empty what is not known"),
    "text": Text("填文字；不清楚的留空", "a text; leave empty what is not known"),
}

_RULES = (
    "一案一行，在“{title}”表中从第 4 行起填写；第 3 行隐藏着各栏的代号，不要改动。",
    "第 4 行是示例，编号为“{example}”，不计入；可以删去整行。",
    "不清楚的留空，与“无”“0”“否”不同：留空的，系统会问；填“无”“0”“否”的，按没有处理。",
    "可以调换、删去列，也可以改标题的说法；没有的列，各案的该项视为不明。自用的列标题写：{own}。",
    "深蓝色的是各组的名称；点击列标上方的“+”展开一组，点击“-”收起。",
    "几项用“、”隔开，也可以用“；”“，”或者换行。",
    "金额的单位写在标题中；一格中另写单位的，以格中为准，如“62万”。金额精确到分。",
    "日期最好填真正的日期；写成“2022年7月10日”“2022.7.10”“2022/7/10”的也能读，检查时会提示。",
    "不要合并单元格，不要把几案写在一行；合计行以“合计”开头，不读入。",
    "公式读保存时的结果，检查时会提示核对；取自其他文件的公式不读。",
    "文字以“'”开头的，去掉这一个“'”，其余照原样读。",
    "填好后运行：enforcerules ledger check 文件名",
)


def explain_column(book: ResolvedRulebook, column: Column) -> Text:
    """Return the help of a column: the question, how to fill it in, the evidence and an example."""
    fact = column.fact
    lines = [fact.ask, _HOW[fact.type]]
    if fact.name == "jurisdiction":
        names = [(code, name) for code, name in book.places.items() if code != "CN"]
        shown = Text("、".join(f"{c} {n.zh}" for c, n in names), ", ".join(f"{c} {n.en}" for c, n in names))
        lines[1] = Text(f"填六位代码：{shown.zh}", f"six digits: {shown.en}")
    if fact.judgement:
        lines.append(Text("由人判断", "for a person to judge"))
    if fact.evidence is not None:
        lines.append(Text(f"依据：{fact.evidence.zh}", f"Evidence: {fact.evidence.en}"))
    return Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))


def write_guide(workbook: Any, book: ResolvedRulebook, layout: Layout, remark: Text | None) -> None:
    """Write the sheet of instructions."""
    sheet = workbook.add_worksheet(GUIDE)
    title = workbook.add_format({"bold": True, "font_size": 16})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    strong = workbook.add_format({"text_wrap": True, "valign": "top", "bold": True, "font_color": "#C00000"})
    head = workbook.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "valign": "vcenter"})
    cell = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
    for number, size in enumerate(_WIDTHS):
        sheet.set_column(number, number, size)
    sheet.write_string(0, 0, f"{layout.title.zh}{GUIDE}", title)
    row = 1
    if remark is not None:
        sheet.merge_range(row, 0, row, 4, remark.zh, strong)
        sheet.set_row(row, 32)
        row += 1
    own = "、".join(f"“{name}”" for name in sorted(_own_headings(book)))
    for rule in _RULES:
        said = rule.format(title=layout.title.zh, example=EXAMPLE_MARKS[0], own=own or "（没有）")
        sheet.set_row(row, 18)
        sheet.merge_range(row, 0, row, 4, f"{row - (remark is not None)}. {said}", wrapped)
        row += 1
    row += 1
    for number, heading in enumerate(("组", "栏", "填什么", "怎样填", "例")):
        sheet.write_string(row, number, heading, head)
    for group in layout.groups:
        for column in group.columns:
            row += 1
            writer = ValueWriter(book, layout, column)
            example = layout.example.get(column.fact.name)
            shown = "" if example is None else str(getattr(writer.show(example), "digits", writer.show(example)))
            ask, *how = explain_column(book, column).zh.split("\n")
            texts = (group.title.zh, column.heading.zh, ask, "\n".join(how), shown)
            sheet.set_row(row, height(zip(texts, _WIDTHS, strict=True)))
            for number, text in enumerate(texts):
                sheet.write_string(row, number, text, cell)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&R第 &P 页，共 &N 页")


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row for texts in columns of some width; programs do not all find it themselves."""
    lines = 1
    for text, cells in texts:
        lines = max(lines, sum(len(wrap(line, max(4, int(cells)))) for line in text[:2000].split("\n")))
    return _LINE * min(lines, _MOST_LINES) + 3


def _own_headings(book: ResolvedRulebook) -> frozenset[str]:
    return book.case_ledger.own_columns if book.case_ledger is not None else frozenset()
