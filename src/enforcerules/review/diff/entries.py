"""A named thing of a rulebook with its parts, as it is laid beside that of another rulebook.

Each part says how much hangs on it. `decided`: it may change a verdict, which z3 decides for all cases.
`answer`: it changes what the answer says of a duty, a penalty or a report, or the law it rests on: z3 does not
see that, so it is compared as data. `shown`: it changes a question, a warning or a doubt shown beside the answer.
`words`: titles, labels and notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from enforcerules.text import Text

Weight = Literal["decided", "answer", "shown", "words"]
KINDS: dict[str, Text] = {
    "rule": Text("规则", "rule"),
    "parameter": Text("参数", "parameter"),
    "clause": Text("条款", "clause"),
    "source": Text("文件", "source"),
    "action": Text("应办事项", "action"),
    "penalty": Text("处罚", "penalty"),
    "choice": Text("处罚的选择", "choice among penalties"),
    "fact": Text("事实", "fact"),
    "enumeration": Text("枚举", "enumeration"),
    "finding": Text("认定", "finding"),
    "label": Text("标签", "label"),
    "invariant": Text("不变式", "invariant"),
    "form": Text("报表", "report form"),
    "row": Text("报表栏目", "part of a report form"),
    "due": Text("报送日期", "report deadline"),
    "calendar": Text("工作日历", "work calendar"),
    "place": Text("地方", "place"),
    "doubt": Text("疑义", "doubt"),
    "red line": Text("红线", "red line"),
    "scenario": Text("算例", "scenario"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of an entry: what it is compared by, and how it is said."""

    weight: Weight
    compared: Any
    said: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing of a rulebook. `clauses` are those it rests on; `rule` the rule that it is or has."""

    kind: str
    name: str
    title: Text
    pieces: Mapping[str, Piece]
    clauses: tuple[str, ...] = ()
    rule: str | None = None
