"""`enforcerules report …`: the campaign's reports, from a ledger of cases, and when they are due."""

from __future__ import annotations

from enforcerules.cli.commands import Page
from enforcerules.cli.group import Group
from enforcerules.text import Language, Text

_PAGE = Page(
    summary=Text(
        "由案件台账生成报表；列出报送日。",
        "Makes the campaign's reports from a ledger of cases, and tells when they are due.",
    ),
    examples=("enforcerules report monthly --help", "enforcerules report due --help"),
)

_COMMANDS = {
    "monthly": "enforcerules.cli.report_monthly",
    "quarterly": "enforcerules.cli.report_written:quarterly",
    "final": "enforcerules.cli.report_written:final",
    "interim": "enforcerules.cli.report_written:interim",
    "written": "enforcerules.cli.report_written:written",
    "due": "enforcerules.cli.report_due",
}


def command(language: Language) -> Group:
    """Return the group of commands."""
    return Group("report", _PAGE, _COMMANDS, language)
