"""Places in China by their six-digit GB/T 2260 code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"[1-9][0-9]{5}")
COUNTRY = "CN"


@dataclass(frozen=True, slots=True)
class Place:
    """A county, prefecture or province, or the whole country (`CN`)."""

    code: str

    @classmethod
    def parse(cls, text: str) -> Place:
        """Read a code.

        Raises:
            ValueError: when `text` is neither six ASCII digits (the first not 0) nor `CN`.

        """
        if text != COUNTRY and not (_CODE.fullmatch(text) and text.isascii()):
            raise ValueError("not a place code")
        return cls(text)

    @property
    def within(self) -> tuple[str, ...]:
        """The codes of the place and of everything it lies in, the narrowest first.

        >>> Place("500118").within
        ('500118', '500100', '500000', 'CN')
        """
        if self.code == COUNTRY:
            return (COUNTRY,)
        chain = (self.code, self.code[:4] + "00", self.code[:2] + "0000", COUNTRY)
        return tuple(dict.fromkeys(chain))
