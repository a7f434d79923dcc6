"""Print the pages that the READMEs show anew, shortened: `python scripts/refresh_pages.py`.

After a change of a rule, a text or the page itself; a test says when it is due.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from enforcerules import explain

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
_SHOWN = re.compile(r"(<!-- page: ([\w.-]+) (zh|en) -->\n```text\n)(.*?)(?=```)", re.DOTALL)
_MOST_ITEMS = 3
_LEFT_OUT = "…"


def main() -> None:
    for name in READMES:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(refreshed(text), encoding="utf-8", newline="\n")


def refreshed(text: str) -> str:
    """Return the text of a README with the page in it as it is now."""
    return _SHOWN.sub(lambda found: found[1] + shortened(found[2], "zh" if found[3] == "zh" else "en"), text)


def shortened(example: str, language: Literal["zh", "en"]) -> str:
    """Return the page of an example: of each section the first items, without what differs by machine."""
    case = (ROOT / "examples" / example).read_text(encoding="utf-8")
    *blocks, stamp = explain(case, language=language).strip().split("\n\n")
    short = ["\n".join(_first_items(block)) for block in blocks]
    return "\n\n".join([*short, f"{stamp.splitlines()[0]}\n{_LEFT_OUT}"]) + "\n"


def _first_items(block: str) -> Iterator[str]:
    heading, *lines = block.splitlines()
    yield heading
    if "──" not in heading:
        yield from lines
        return
    items = 0
    for line in lines:
        items += not line.startswith(" ")
        if items > _MOST_ITEMS or line.startswith(_LEFT_OUT):
            yield _LEFT_OUT
            return
        yield line


if __name__ == "__main__":
    main()
