"""`enforcerules report …`: the campaign's reports, from a ledger of cases."""

from __future__ import annotations

from enforcerules.cli.commands import Page
from enforcerules.cli.group import Group
from enforcerules.text import Language, Text

_PAGE = Page(
    summary=Text("由案件台账生成报表。", "Makes the campaign's reports from a ledger of cases."),
    examples=("enforcerules report monthly --help",),
)

_COMMANDS = {
    "monthly": "enforcerules.cli.report_monthly",
    "quarterly": "enforcerules.cli.report_written:quarterly",
    "final": "enforcerules.cli.report_written:final",
    "interim": "enforcerules.cli.report_written:interim",
    "written": "enforcerules.cli.report_written:written",
}


def command(language: Language) -> Group:
    """Return the group of commands."""
    return Group("report", _PAGE, _COMMANDS, language)
