"""Exact value types. No file access, no clock."""

from enforcerules.values.days import parse_day
from enforcerules.values.money import Amount, TooFineError, parse_yuan, show_yuan, write_yuan
from enforcerules.values.place import COUNTRY, Place
from enforcerules.values.truth import Truth, all_of, any_of
from enforcerules.values.workdays import WorkCalendar, YearCalendar

__all__ = [
    "COUNTRY",
    "Amount",
    "Place",
    "TooFineError",
    "Truth",
    "WorkCalendar",
    "YearCalendar",
    "all_of",
    "any_of",
    "parse_day",
    "parse_yuan",
    "show_yuan",
    "write_yuan",
]
