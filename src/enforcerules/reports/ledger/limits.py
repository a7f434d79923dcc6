"""How large a ledger may be. Generous for any county, and small enough that no file can do harm."""

from __future__ import annotations

LARGEST_LEDGER = 256 * 1024 * 1024
"""Bytes of the file itself."""
LARGEST_PART = 1024 * 1024 * 1024
"""Bytes of a workbook's sheet once unpacked."""
LARGEST_SMALL_PART = 16 * 1024 * 1024
"""Bytes of a part that holds neither cells nor texts, such as the formats, once unpacked."""
MOST_TEXT = 100_000_000
"""Characters of all texts that a workbook keeps apart from its sheets."""
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
LONGEST_CELL = 32_767
"""Characters of a cell, as in every spreadsheet."""
MOST_SHEETS = 200
MOST_MERGED = 200_000
"""Merged ranges of a sheet."""
