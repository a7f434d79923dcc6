"""On what the answer stands: warnings, assumptions, and which rulebook and engines gave it."""

from __future__ import annotations

from enforcerules.classification import Classification
from enforcerules.deciding.decision import Decision
from enforcerules.explaining.conclusion import text_of
from enforcerules.explaining.page import Line, Section, join
from enforcerules.model import Value
from enforcerules.text import Text
from enforcerules.wording import show_value


def warnings(decision: Decision, result: Classification, *, full: bool) -> Section:
    """Return what the reader must be warned of; doubts about the documents as a whole only in full."""
    lines, general, standing = [], [], []
    for warning in result.warnings:
        doubt = decision.book.doubts.get(warning.id)
        if doubt is None:
            lines.append(Line(text_of(warning.message), tuple(warning.clauses), "!"))
        elif full:
            said = Text(
                f"{doubt.id} {doubt.question.zh}这里的读法：{doubt.reading.zh}由谁明确：{doubt.settle.zh}",
                f"{doubt.id} {doubt.question.en} Read here: {doubt.reading.en} To be settled by: {doubt.settle.en}",
            )
            lines.append(Line(said, mark="!"))
        elif warning.standing:
            standing.append(warning.id)
        elif warning.severity == "info":
            general.append(warning.id)
        else:
            lines.append(Line(Text(f"{doubt.id} {doubt.reading.zh}", f"{doubt.id} {doubt.reading.en}"), mark="!"))
    if general or standing:
        shown = []
        if general:
            ids = "、".join(general)
            shown.append(Text(f"一般提示 {len(general)} 项（{ids}）", f"{len(general)} general ({', '.join(general)})"))
        if standing:
            count = len(standing)
            shown.append(Text(f"关于文件本身的疑义 {count} 项", f"{count} doubts about the documents as such"))
        said = join(shown, "；", "; ")
        lines.append(Line(Text(f"{said.zh}，--full 列出全文", f"{said.en}; --full gives them in words"), mark="…"))
    return Section(Text("提示与疑义", "Warnings and doubts"), tuple(lines))


def assumptions(decision: Decision, *, full: bool) -> Section:
    """Return what was assumed because the case did not say it."""
    facts = decision.book.vocabulary.facts
    lines, closed = [], []
    for assumed in decision.case.assumptions:
        fact = facts[assumed.fact]
        said = _equals(fact.label, show_value(fact, assumed.value))
        if assumed.because == "closed":
            closed.append((assumed.fact, said, assumed.value))
        elif assumed.because == "today":
            lines.append(
                Text(f"未给日期，按今天 {assumed.value}", f"no date was given; today, {assumed.value}, was taken")
            )
        elif full or assumed.because not in ("as_of", "duty_date"):
            source = facts[assumed.because].label
            lines.append(Text(f"{said.zh}（取自{source.zh}）", f"{said.en} (from {source.en})"))
    if closed and full:
        lines += [
            Text(f"{said.zh}（未填，按“没有”处理）", f"{said.en} (not given, taken as none)") for _, said, _ in closed
        ]
    elif closed:
        lines.append(
            Text(
                f"未填的 {len(closed)} 项事实按“没有”处理（--full 列出）",
                f"{len(closed)} facts not given were taken as none (--full lists them)",
            )
        )
    return Section(Text("假定", "Assumptions"), tuple(Line(text) for text in lines))


def _equals(label: Text, value: Text) -> Text:
    return Text(f"{label.zh}：{value.zh}", f"{label.en}: {value.en}")


def stamp(decision: Decision, result: Classification, engines: Text) -> tuple[Line, ...]:
    """Return where, when and by which rulebook the case was looked at."""
    book = decision.book
    place = result.jurisdiction
    named = book.places.get(place or "")
    where = (
        Text(f"{named.zh}（{place}）", f"{named.en} ({place})") if named else Text(place or "未知", place or "unknown")
    )
    day = result.duty_date
    when = Text(str(day or "未知"), str(day or "unknown"))
    return (
        Line(Text(f"辖区 {where.zh} · 义务发生日 {when.zh}", f"place {where.en} · duty date {when.en}"), mark=""),
        Line(
            Text(
                f"规则库 {book.id} {book.version}（{book.sha256[:12]}）· {engines.zh}",
                f"rulebook {book.id} {book.version} ({book.sha256[:12]}) · {engines.en}",
            ),
            mark="",
        ),
    )


def the_case(decision: Decision) -> Section:
    """Return the facts the case gives, for the page in full."""
    facts = decision.book.vocabulary.facts
    lines = []
    for name, value in decision.case.given.items():
        said = _value(decision, name, value)
        lines.append(Line(_equals(facts[name].label, said)))
    return Section(Text("案件事实", "The facts given"), tuple(lines))


def _value(decision: Decision, name: str, value: Value) -> Text:
    return show_value(decision.book.vocabulary.facts[name], value)
