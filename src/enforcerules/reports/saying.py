"""What a report says of a case, in the words of the form: labels for ids, days as documents write them.

Reports are handed in, so they are in Chinese whatever the language of the program. What they say comes from
ledgers that others filled in: it stays text, and what nobody sees is made visible.
"""

from __future__ import annotations

import re
from datetime import date

from enforcerules.model import ResolvedRulebook, Row
from enforcerules.reports.figures import EntryValue
from enforcerules.reports.filled import in_unit

# what XML cannot hold, what nobody sees, and what turns the reading direction around
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """Return a text as a document can hold it: what cannot stand in the file is made visible.

    >>> visible("药" + chr(0) + chr(0xD800))
    '药··'
    """
    return _UNSEEN.sub("·", text.replace("\r\n", "\n").replace("\r", "\n"))


def chinese_day(day: date) -> str:
    """Return a day as documents write it.

    >>> chinese_day(date(2022, 7, 1))
    '2022年7月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def say_fact(book: ResolvedRulebook, name: str, value: EntryValue) -> str:
    """Return a fact of a case as the form says it, "" where it is not known."""
    if value is None:
        return ""
    fact = book.vocabulary.facts[name]
    if fact.type == "date" and isinstance(value, str):
        return chinese_day(date.fromisoformat(value))
    if fact.enumeration is None:
        return visible(str(value))
    known = fact.enumeration.values
    # in the order of the vocabulary, as the form lists them
    chosen = [member for member in known if member in value] if isinstance(value, tuple) else [str(value)]
    return "、".join(known[member].zh for member in chosen)


def say_amount(row: Row, value: int) -> str:
    """Return an amount, kept in fen, exactly and with its unit."""
    return f"{in_unit(value, row):f}{row.unit or ''}"
