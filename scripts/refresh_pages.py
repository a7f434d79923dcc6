"""Print what the READMEs and the documentation show anew, and the schemas: `python scripts/refresh_pages.py`.

The READMEs and the first pages of the site show the pages of cases, shortened; the pages about messages list the error
codes; the pages about transfers and about the range of penalties hold tables made from the rulebook; the schemas hold
the names of a rulebook. After a change of a rule, a text, the catalogue of codes or the page itself; a test says when
it is due.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from enforcerules import explain, load_rulebook
from enforcerules.codes import index_table
from enforcerules.schemas import refresh
from enforcerules.text import Language
from penalty_range import cases_table, example_range, other_rules, penalties_list, points_table
from transfer_clock import clock_table

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    "README.md",
    "README.zh-CN.md",
    *(
        f"docs/{language}/{page}.md"
        for page in ("errors", "index", "inspectors", "penalty-range", "transfer-clock")
        for language in ("zh", "en")
    ),
)
_SHOWN = re.compile(r"(<!-- page: ([\w.-]+) (zh|en) -->\n```text\n)(.*?)(?=```)", re.DOTALL)
_RANGE = re.compile(r"(<!-- range: ([\w.-]+) (zh|en) -->\n```text\n)(.*?)(?=```)", re.DOTALL)
_TABLES = re.compile(
    r"(<!-- (?P<table>[a-z ]+): (?P<language>zh|en) -->\n)(.*?)(?=<!-- end of (?P=table) -->)", re.DOTALL
)
_MADE: dict[str, Callable[[Language], str]] = {
    "codes": index_table,
    "transfer clock": clock_table,
    "penalty points": points_table,
    "published penalties": cases_table,
    "penalties": penalties_list,
    "other rules of penalties": other_rules,
}
_MOST_ITEMS = 3
_LEFT_OUT = "…"


RULEBOOKS = ("rules", "examples/own-rulebook")


def main() -> None:
    for name in RULEBOOKS:
        refresh(load_rulebook(ROOT / name).resolved, ROOT / name)
    for name in PAGES:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        path.write_text(refreshed(text), encoding="utf-8", newline="\n")


def refreshed(text: str) -> str:
    """Return the text of a page with what is printed in it as it is now."""
    text = _SHOWN.sub(lambda found: found[1] + shortened(found[2], _language(found[3])), text)
    text = _RANGE.sub(lambda found: found[1] + example_range(found[2], _language(found[3])), text)
    return _TABLES.sub(_made, text)


def _made(found: re.Match[str]) -> str:
    return f"{found[1]}\n{_MADE[found['table']](_language(found['language'])).rstrip()}\n\n"


def _language(word: str) -> Language:
    return "zh" if word == "zh" else "en"


def shortened(example: str, language: Language) -> str:
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
