"""The error codes: what each says, why it matters, how to put it right, and an example. Read only when asked for."""

from __future__ import annotations

from enforcerules.codes.catalogue import Area, Code, Example, find_code, load_areas, load_codes, near_codes
from enforcerules.codes.page import index_table, render_code, render_code_text

__all__ = [
    "Area",
    "Code",
    "Example",
    "find_code",
    "index_table",
    "load_areas",
    "load_codes",
    "near_codes",
    "render_code",
    "render_code_text",
]
