"""The campaign's reports, from cases to filled forms."""

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
