"""`enforcerules ledger …`: the spreadsheet in which a bureau keeps its cases."""

from __future__ import annotations

from enforcerules.cli.commands import Page
from enforcerules.cli.group import Group
from enforcerules.text import Language, Text

_PAGE = Page(
    summary=Text(
        "案件台账：生成空白台账，检查填好的台账。", "The case ledger: makes an empty one, checks a filled one."
    ),
    examples=("enforcerules ledger check examples/ledger-yongchuan-2022.xlsx",),
)

_COMMANDS = {"new": "enforcerules.cli.ledger_new", "check": "enforcerules.cli.ledger_check"}


def command(language: Language) -> Group:
    """Return the group of commands."""
    return Group("ledger", _PAGE, _COMMANDS, language)
