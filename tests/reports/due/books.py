"""Rulebooks that know less than the real one."""

from __future__ import annotations

from dataclasses import replace

from enforcerules import Rulebook
from enforcerules.values import WorkCalendar


def without_holidays(rulebook: Rulebook, year: int) -> Rulebook:
    """Return the rulebook without the notice of the public holidays of a year."""
    years = {known: notice for known, notice in rulebook.resolved.calendar.years.items() if known != year}
    return Rulebook(replace(rulebook.resolved, calendar=WorkCalendar(years)))
