"""Days as they are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOSE = re.compile(r"([0-9]{4})[-/.年 ]{0,2}([0-9]{1,2})[-/.月 ]{0,2}([0-9]{1,2})日?(?:[T ].*)?")


def parse_day(text: str) -> date:
    """Read ``2022-07-10``.

    Raises:
        ValueError: for anything else. `date.fromisoformat` also reads ``20220710`` and ``2022-W27-7``.

    """
    if _WRITTEN.fullmatch(text) is None:
        raise ValueError("not a date")
    return date.fromisoformat(text)


def looks_like_day(text: str) -> bool:
    """Tell whether `text` has the shape of a date, be there such a day or not."""
    return _WRITTEN.fullmatch(text) is not None


def guess_day(text: str) -> date | None:
    """Return the day that `text` most likely means, written in another way.

    >>> guess_day("2022年7月10日"), guess_day("2022/7/1"), guess_day("July")
    (datetime.date(2022, 7, 10), datetime.date(2022, 7, 1), None)
    """
    found = _LOOSE.fullmatch(unicodedata.normalize("NFKC", text[:40]).strip())
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
