"""The campaign's reports, from cases to filled forms.

Cases come from any iterable and are read one by one; each is told apart by its number and by where it stands.

>>> from datetime import date
>>> from enforcerules import load_rulebook
>>> from enforcerules.reports import Request, check_form, fill_form
>>> cases = [("row 2", {"case_id": "1", "record_kind": "case", "progress": ["filed"], "product_categories": ["drug"],
...     "primary_stage": "use", "case_source": "complaint", "goods_value": "62万", "duty_date": "2022-07-05"})]
>>> filled = fill_form(load_rulebook(), Request("annex1", "A bureau", date(2022, 10, 31), place="500118"), cases)
>>> [str(case) for case in filled.tally.tables["drug"]], [str(sheet.case) for sheet in filled.sheets]
(['1'], ['1'])
>>> filled.complete, {check.verdict for check in check_form(filled)} & {"fails"}
(False, set())

`enforcerules.reports.workbook.write_workbook` writes a filled form, `enforcerules.reports.ledger` reads ledgers.
"""

from enforcerules.reports.checks import CheckResult, check_form
from enforcerules.reports.collect import Request, fill_form
from enforcerules.reports.figures import CaseKey, CaseSheet, Cell, Counted, Figure, Lacking, Unplaced
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.previous import PreviousReport, read_previous
from enforcerules.reports.tally import Tally, add_up
from enforcerules.reports.written import Number, WrittenReport, WrittenSection

__all__ = [
    "CaseKey",
    "CaseSheet",
    "Cell",
    "CheckResult",
    "Counted",
    "Figure",
    "FilledForm",
    "Lacking",
    "Number",
    "PreviousReport",
    "Request",
    "Tally",
    "Unplaced",
    "WrittenReport",
    "WrittenSection",
    "add_up",
    "check_form",
    "fill_form",
    "read_previous",
]
