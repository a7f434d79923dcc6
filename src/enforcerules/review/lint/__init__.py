"""Weaknesses of a rulebook that loads: what is never tried, never met, contradictory, missing or unused.

    read_subject ─ FAMILIES ─ accept ─ Weakness

Each family is a module with functions `find_<what is wrong>`; those that ask about all cases need z3.
"""

from __future__ import annotations

from enforcerules.review.lint.run import UNSEARCHED, find_weaknesses
from enforcerules.review.lint.weakness import Weakness

__all__ = ["UNSEARCHED", "Weakness", "find_weaknesses"]
