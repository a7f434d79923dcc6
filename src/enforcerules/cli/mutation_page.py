"""What became of changes, in words: the unnoticed ones by rule, and the sums by kind."""

from __future__ import annotations

import json
from collections.abc import Iterator

from enforcerules.model import ResolvedRulebook
from enforcerules.review.mutation.judging import Fate
from enforcerules.review.mutation.mutation import KINDS
from enforcerules.review.mutation.score import Count, Score
from enforcerules.text import Language, Text, align

_SECTIONS = {
    "rules": Text("规则", "rule"),
    "sources": Text("文件", "source"),
    "clauses": Text("条款", "clause"),
    "parameters": Text("参数", "parameter"),
    "actions": Text("应办事项", "action"),
    "penalties": Text("处罚", "penalty"),
    "choices": Text("处罚的选择", "choice among penalties"),
    "doubts": Text("疑义", "doubt"),
    "facts": Text("事实", "fact"),
    "invariants": Text("矛盾", "contradiction"),
    "report_calendar": Text("报送日期", "due dates"),
    "forms": Text("报表", "form"),
}


def survivor_lines(book: ResolvedRulebook, score: Score, language: Language) -> list[str]:
    """Return the changes that nobody noticed, by what is changed."""
    lines = []
    for (section, owner), fates in score.survivors().items():
        title = f"{_SECTIONS[section][language]} {owner}"
        if section == "rules":
            title += f"  {book.rules[owner].title[language]}"
        if section == "penalties":
            title += f"  {book.penalties[owner].title[language]}"
        lines.append(title)
        for fate in fates:
            lines += [f"  {line}" for line in _survivor(fate, language)]
        lines.append("")
    return lines


def _survivor(fate: Fate, language: Language) -> Iterator[str]:
    mutation = fate.mutation
    yield f"✗ {mutation.said[language]}  [{mutation.kind}]"
    if mutation.place:
        yield f"    --> {mutation.place}"
    if fate.witness is None:
        said = Text("时限内没有找到能区分两者的案件", "no case that tells the difference was found in the time given")
        yield f"    {said[language]}"
        return
    shown = json.dumps(dict(fate.witness), ensure_ascii=False)
    said = Text(f"写一个这样的算例：{shown}", f"write a scenario like this: {shown}")
    yield f"    {said[language]}"


def summary_lines(score: Score, language: Language) -> list[str]:
    """Return the sums by kind of change, and the total."""
    head = (
        Text("改动", "change"),
        Text("算例发现", "scenarios"),
        Text("红线发现", "red lines"),
        Text("未发现", "unnoticed"),
        Text("等价", "equivalent"),
        Text("比例", "noticed"),
    )
    rows = [tuple(said[language] for said in head)]
    for kind, count in score.by_kind().items():
        rows.append(
            (f"{kind}  {KINDS[kind][language]}" if language == "zh" else f"{kind}: {KINDS[kind].en}", *_cells(count))
        )
    rows.append((Text("合计", "all")[language], *_cells(score.count)))
    count = score.count
    said = Text(
        f"改动 {len(score.fates)} 处：发现 {count.killed}，未发现 {count.unnoticed}，"
        f"等价（没有案件能区分，不计）{count.equivalent}；发现 {count.percent:.1f}%（{score.seconds:.0f} 秒）",
        f"{len(score.fates)} changes: {count.killed} noticed, {count.unnoticed} not, {count.equivalent} equivalent (no "
        f"case can tell, not counted); {count.percent:.1f} % noticed ({score.seconds:.0f} s)",
    )
    return [*align(rows), said[language]]


def _cells(count: Count) -> tuple[str, ...]:
    numbers = (count.scenario, count.red_line, count.unnoticed, count.equivalent)
    return (*map(str, numbers), f"{count.percent:.1f}%")
