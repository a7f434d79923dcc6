"""What every block of a rulebook file is made of, and how it says what is wrong with it."""

from __future__ import annotations

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from enforcerules.text import Text

Products: TypeAlias = list[str] | Literal["any"]


class Doc(BaseModel):
    """A block of a rulebook file. Unknown keys are refused, and no type is coerced."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @classmethod
    def keys(cls) -> list[str]:
        """Return the keys as they are written in YAML."""
        return [field.alias or name for name, field in cls.model_fields.items()]


class TextDoc(Doc):
    """One text in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self) -> Text:
        """Return the text as a value."""
        return Text(self.zh, self.en)


def fault(message: Text, hint: Text, *, at: str = "") -> PydanticCustomError:
    """Return the error of a block whose keys do not go together; `at` is the key to point at."""
    said = {"zh": message.zh, "en": message.en, "hint_zh": hint.zh, "hint_en": hint.en, "at": at}
    return PydanticCustomError("said", "keys that do not go together", said)
