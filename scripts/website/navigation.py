"""The order of the pages in the navigation, the same in both languages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from enforcerules.text import Language, Text
from website.material import Material
from website.names import pack_of, packs
from website.rules import pack_path

Entry: TypeAlias = str | dict[str, Any]

_DOORS = ("inspectors", "integrators", "legal", "changing-a-rule")
_MANUAL = (
    *("words", "meaning", "rulebook", "result", "ledger", "report", "report-written", "report-due"),
    *("transfer-clock", "crime", "procedure", "penalty-range", "penalty-drugs", "device-cosmetic-penalties"),
    *("check", "test", "prove", "diff", "mutate", "testing", "editing"),
)
_CATALOGUES = ("doubts", "parameters", "vocabulary", "actions", "penalties", "forms", "calendar", "red-lines")
_PROGRAM = ("commands", "api")


def order_pages(material: Material, written: Collection[str], made: Collection[str], language: Language) -> list[Entry]:
    """Return the navigation: `written` by hand and `made` pages by path, each exactly once.

    Hand-written pages that no list here names come at the end of the manual.
    """
    named = {*_DOORS, *_MANUAL, "index", "errors", "program"}
    others = sorted({path.removesuffix(".md") for path in written} - named)
    manual = [f"{name}.md" for name in (*_MANUAL, *others) if f"{name}.md" in written]
    rulebook: list[Entry] = [
        {Text("规则", "Rules")[language]: ["rules/index.md", *_chapters(material, language)]},
        {Text("文件与条款", "Sources")[language]: _inside("sources", made)},
        *(f"{name}.md" for name in _CATALOGUES),
        {Text("算例", "Scenarios")[language]: _inside("scenarios", made)},
    ]
    program: list[Entry] = [
        *(f"{name}.md" for name in _PROGRAM),
        {Text("错误编号", "Error codes")[language]: ["errors.md", *sorted(_under("errors", made))]},
        *(["program.md"] if "program.md" in written else []),
    ]
    return [
        {Text("首页", "Start")[language]: "index.md"},
        {Text("使用", "Using it")[language]: [f"{name}.md" for name in _DOORS if f"{name}.md" in written]},
        {Text("规则库", "Rulebook")[language]: rulebook},
        {Text("手册", "Manual")[language]: manual},
        {Text("程序", "Program")[language]: program},
    ]


def _chapters(material: Material, language: Language) -> list[Entry]:
    chapters: dict[str, list[Entry]] = {name: [pack_path(name)] for name in packs(material.book)}
    for rule in material.book.rules.values():
        chapters[pack_of(rule)].append(f"rules/{rule.id}.md")
    return [{packs(material.book)[name][language]: pages} for name, pages in chapters.items()]


def _under(folder: str, made: Collection[str]) -> list[str]:
    return [path for path in made if path.startswith(f"{folder}/") and path != f"{folder}/index.md"]


def _inside(folder: str, made: Collection[str]) -> list[str]:
    return [f"{folder}/index.md", *_under(folder, made)]
