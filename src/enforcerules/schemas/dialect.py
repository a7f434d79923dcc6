"""The dialect of the schemas: draft-07, because editors read it best, with texts in both languages."""

from __future__ import annotations

from typing import Any, TypeAlias

from enforcerules.text import Text

Schema: TypeAlias = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"


def bilingual(text: Text) -> str:
    r"""Return a text as an editor shows it beside the cursor: Chinese, and English below it.

    >>> bilingual(Text("标题", "The title"))
    '标题\nThe title'
    """
    return f"{text.zh}\n{text.en}"
