"""One thing that is not as expected, as data and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from enforcerules.errors import Span
from enforcerules.text import Text

Plain = str | bool | int | None | list[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as expected.

    `part` is the key of the expectation, `name` what it is about (None where the part is one value),
    `span` the place in the scenario file.
    """

    part: str
    name: str | None
    expected: Plain
    actual: Plain
    span: Span

    @property
    def message(self) -> Text:
        """The difference as one sentence."""
        about = self.part if self.name is None else f"{self.part} `{self.name}`"
        expected, actual = _quoted(self.expected), _quoted(self.actual)
        return Text(
            f"{about}：应为{expected.zh}，实为{actual.zh}", f"{about}: expected {expected.en}, found {actual.en}"
        )

    def to_dict(self) -> dict[str, object]:
        """Return the difference as plain JSON data."""
        return {
            "part": self.part,
            "name": self.name,
            "expected": self.expected,
            "actual": self.actual,
            "file": self.span.source.path,
            "line": self.span.line,
        }


_WORDS = {
    "met": Text("成立", "met"),
    "not_met": Text("不成立", "not met"),
    "open": Text("待定", "open"),
    "due": Text("应办", "due"),
    "done": Text("已办", "done"),
    "conditional": Text("附条件", "conditional"),
    "overridden": Text("被替代", "overridden"),
    "not_overridden": Text("未被替代", "not overridden"),
    "shown": Text("提示", "shown"),
    "not_shown": Text("不提示", "not shown"),
    "asked": Text("提问", "asked"),
    "not_asked": Text("不提问", "not asked"),
}


def say_value(value: Plain) -> Text:
    """Return one side of a difference in words; ids stay as they are."""
    if value is None:
        return Text("无", "none")
    if isinstance(value, bool):
        return Text("是" if value else "否", "yes" if value else "no")
    if isinstance(value, list):
        return _joined(value)
    # the days left of a clock are a number
    return _WORDS.get(str(value), Text(str(value), str(value)))


def _quoted(value: Plain) -> Text:
    if isinstance(value, str) and value not in _WORDS:
        return Text(f" `{value}` ", f"`{value}`")
    return say_value(value)


def _joined(names: Iterable[str]) -> Text:
    names = list(names)
    return Text("、".join(names) or "无", ", ".join(names) or "none")
