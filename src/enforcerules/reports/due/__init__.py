"""Which report a place owes to whom on which day, as data, as a page, and as a calendar file."""

from enforcerules.model.due_days import DueDay, DueReport
from enforcerules.reports.due.listing import DueList, find_due

__all__ = ["DueDay", "DueList", "DueReport", "find_due"]
