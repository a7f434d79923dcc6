"""`--assume NAME=VALUE`: what a unit declares of facts that its ledger leaves blank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from enforcerules.cli.commands import Option
from enforcerules.cli.usage import WrongUsageError
from enforcerules.errors import did_you_mean, quoted
from enforcerules.text import Text

if TYPE_CHECKING:
    from enforcerules.model import ResolvedRulebook
    from enforcerules.reports.ledger.layout import Column, Layout

_SAID = Text(
    "台账没有填写的，一律按这个值，如 记录类型=案件；可多次使用",
    "the value of a fact that the ledger leaves blank, such as record_kind=case; repeatable",
)
_FORM = Text("写 名称=值，如 记录类型=案件", "write NAME=VALUE, such as record_kind=case")


def assume_option() -> Option:
    """Return the option."""
    return Option(["--assume"], _SAID, metavar="NAME=VALUE", multiple=True)


def read_assumed(book: ResolvedRulebook, given: Sequence[str]) -> dict[str, Any]:
    """Return the declared facts as a case file holds them; names and values are read as those of a ledger.

    Raises:
        WrongUsageError: when there is no such fact, or the value is not one of its values.

    """
    from enforcerules.reports.ledger.layout import Layout
    from enforcerules.reports.ledger.values import ValueReader

    layout, found = Layout(book), dict[str, Any]()
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise WrongUsageError(Text(f"{quoted(text)} 不是 名称=值", f"{quoted(text)} is no NAME=VALUE"), _FORM)
        column = _column(layout, name.strip())
        if column is None:
            facts = book.vocabulary.facts
            known = {*facts, *(fact.label.zh for fact in facts.values())}
            said = Text(f"没有名为 {quoted(name)} 的事实", f"there is no fact {quoted(name)}")
            raise WrongUsageError(said, did_you_mean(name, known) or _FORM)
        reading = ValueReader(book, column).read("text", value)
        if reading.faults:
            raise WrongUsageError(reading.faults[0].message, reading.faults[0].hint)
        if reading.empty or reading.value is None:
            raise WrongUsageError(Text(f"{quoted(name)} 没有写值", f"{quoted(name)} is given no value"), _FORM)
        found[column.fact.name] = reading.value
    return found


def _column(layout: Layout, name: str) -> Column | None:
    found = layout.by_heading(name)
    return layout.by_key(name) or (found[0] if found else None)
