"""What may stand in a file of accepted weaknesses."""

from __future__ import annotations

import re

from pydantic import Field, model_validator

from enforcerules.errors import quoted
from enforcerules.syntax.documents import Doc, TextDoc
from enforcerules.syntax.documents.blocks import fault
from enforcerules.text import Text

_CODE = re.compile("ER6[0-9]{3}")


class AcceptedWeaknessDoc(Doc):
    """An accepted weakness: its code, the names of what it is about, and why it may stay.

    `of` is one thing, or several that the weakness is about together; `each` several, each with a weakness
    of its own.
    """

    code: str
    of: str | list[str] = Field(default_factory=list)
    each: list[str] = Field(default_factory=list)
    because: TextDoc

    @property
    def things(self) -> list[tuple[str, ...]]:
        """The names of each weakness that is accepted."""
        if self.each:
            return [(name,) for name in self.each]
        return [(self.of,) if isinstance(self.of, str) else tuple(self.of)]

    @model_validator(mode="after")
    def _of_a_weakness(self) -> AcceptedWeaknessDoc:
        if bool(self.of) == bool(self.each):
            raise fault(
                Text("`of` 和 `each` 恰写一个", "one of `of` and `each` is given"),
                Text(
                    "`of` 写弱点所涉的名称；几个弱点理由相同的写 `each`",
                    "write the names of what it is about under `of`, or under `each` where several share a reason",
                ),
            )
        if not _CODE.fullmatch(self.code):
            raise fault(
                Text(f"{quoted(self.code)} 不是弱点的代码", f"{quoted(self.code)} is no code of a weakness"),
                Text("写 `check` 给出的代码，以 ER6 开头", "write the code that `check` gives; it begins with ER6"),
                at="code",
            )
        return self


class AcceptedDoc(Doc):
    """A file of accepted weaknesses."""

    accepted: list[AcceptedWeaknessDoc] = Field(min_length=1)
