"""The campaign's reports, from cases to filled forms."""

from enforcerules.reports.checks import CheckResult, check_form
from enforcerules.reports.collect import Request, fill_form
from enforcerules.reports.figures import CaseKey, CaseSheet, Cell, Counted, Figure, Lacking, Unplaced
from enforcerules.reports.filled import FilledForm
from enforcerules.reports.tally import Tally, add_up

__all__ = [
    "CaseKey",
    "CaseSheet",
    "Cell",
    "CheckResult",
    "Counted",
    "Figure",
    "FilledForm",
    "Lacking",
    "Request",
    "Tally",
    "Unplaced",
    "add_up",
    "check_form",
    "fill_form",
]
