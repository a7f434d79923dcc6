"""A small ledger for written reports, whose figures are plain to see, and the reports made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from enforcerules import Rulebook
from enforcerules.reports import PreviousReport, Request, WrittenReport, WrittenSection, fill_form

UNIT = "永川区市场监督管理局"
QUARTER = date(2022, 9, 20)

_FILED = {
    "record_kind": "case",
    "jurisdiction": "500118",
    "duty_date": "2022-07-05",
    "filed_on": "2022-07-05",
    "progress": ["filed"],
}
ROWS: tuple[dict[str, Any], ...] = (
    {
        **_FILED,
        "case_id": "药-1",
        "case_name": "某药店销售劣药案",
        "product_categories": ["drug"],
        "primary_stage": "distribution",
        "goods_value": "620000.01",
        "fine": "123456.78",
        "persons_penalised": 2,
        "progress": ["filed", "penalised"],
        "planned_penalty": '=HYPERLINK("http://example.com","罚款")',
        "summary_offence": "无证经营药品。\n见 http://example.com",
    },
    {
        **_FILED,
        "case_id": "药-2",
        "product_categories": ["drug"],
        "goods_value": "1000",
        "crime_suspected": True,
        "criminal_transfer": "transferred",
        "actions_done": ["transfer_case_police", "notify_lead_police"],
    },
    {
        **_FILED,
        "case_id": "械-1",
        "case_name": "某诊所案",
        "product_categories": ["device"],
        "goods_value": "30000",
        "license_revocation": "planned",
    },
    {**_FILED, "case_id": "晚-1", "product_categories": ["drug"], "filed_on": "2022-09-21", "goods_value": "900000"},
)
YONGAN = {
    **_FILED,
    "jurisdiction": "350481",
    "duty_date": "2023-09-05",
    "filed_on": "2023-09-05",
    "product_categories": ["device"],
}


def report(
    rulebook: Rulebook,
    name: str = "quarterly",
    rows: Sequence[dict[str, Any]] = ROWS,
    *,
    previous: PreviousReport | None = None,
    **more: Any,
) -> WrittenReport:
    """Write the report `name` of the calendar; `more` goes into the request, `place` chooses the report too."""
    place = more.get("place")
    due = next(due for due in rulebook.resolved.report_calendar if due.id == name and due.where == (place or due.where))
    wanted: dict[str, Any] = {"form": due.form, "unit": UNIT, "as_of": QUARTER, "unknown": "absent"}
    cases = [(f"第{number}行", row) for number, row in enumerate(rows, 2)]
    return WrittenReport(fill_form(rulebook, Request(**wanted | more), cases), due, previous)


def section(made: WrittenReport, name: str) -> WrittenSection:
    """Return a section of a report."""
    return next(written for written in made.sections if written.section.id == name)


def figures(made: WrittenReport, name: str) -> dict[str, list[str | None]]:
    """Return the numbers of a section, by figure."""
    return {
        figure.id: [None if number.value is None else f"{number.value:f}" for number in line]
        for figure, line in section(made, name).numbers
    }
