"""A small rulebook without weaknesses, and what is found in it once something is changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from enforcerules import load_rulebook
from enforcerules.review.lint import Weakness, find_weaknesses
from tests.broken.folders import BASE
from tests.wording import faults_of_wording

_READS_THE_REST = """
rules:
  - id: serious-online-case-of-many-is-warned-of
    title: {zh: 多人网售情节严重的提示, en: A serious online case of many is warned of}
    basis: [plan.police]
    when: {all: [{fact: serious, is: true}, {fact: online, is: true}, {fact: suspects, more_than: 2}]}
    then: [{warn: {zh: 多人, en: Many}}]
"""

_SCENARIOS = """
scenarios:
  - id: all
    title: {zh: 各种情形, en: Every kind}
    world: open
    facts: {jurisdiction: '500118', as_of: 2022-07-10, product_categories: [drug], conduct: fake_drug, serious: true,
            online: true}
    variants:
"""
_VARIANTS = [
    "{goods_value: 99999.99, suspects: 1}",
    "{goods_value: 100000, suspects: 2}",
    "{goods_value: 100000.01, suspects: 3, conduct: expired}",
    "{goods_value: 499999.99, suspects: 4}",
    "{goods_value: 500000, serious: false}",
    "{goods_value: 500000.01, online: false}",
    "{as_of: 2022-05-05}",
    "{as_of: 2022-05-06}",
    "{as_of: 2023-05-05}",
    "{as_of: 2023-05-06}",
]
_VARIANT = "      - name: {{zh: 第{0}种, en: kind {0}}}\n        facts: {1}\n        expect: {{labels: []}}\n"


def sound_folder(folder: Path) -> Path:
    """Put together a rulebook without weaknesses, and return where it is."""
    made = folder / "rulebook"
    shutil.copytree(BASE, made)
    write(made, "more/rules.yaml", _READS_THE_REST)
    variants = "".join(_VARIANT.format(number, facts) for number, facts in enumerate(_VARIANTS))
    write(made, "scenarios.yaml", _SCENARIOS + variants)
    listed = "  scenarios: [scenarios.yaml]\n  properties: [properties.yaml]\n"
    change(made, "rulebook.yaml", "  calendars:", listed + "  calendars:")
    write(
        made,
        "properties.yaml",
        """
properties:
  - id: goods-are-worth-something
    title: {zh: 货值不为负, en: Goods have a value}
    basis: [plan.value]
    never: {fact: goods_value, less_than: 0}
""",
    )
    return made


def write(folder: Path, name: str, text: str) -> None:
    """Write a file of a rulebook."""
    (folder / name).write_text(text.lstrip("\n"), encoding="utf-8")


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Change the one place in a file of a rulebook where `old` stands."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (name, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def find(folder: Path, *codes: str, seconds: float = 5) -> list[Weakness]:
    """Return the weaknesses of a rulebook, those with one of `codes` where there are any, well worded all of them."""
    found = list(find_weaknesses(load_rulebook(folder), folder, seconds=seconds))
    for weak in found:
        assert not list(faults_of_wording(weak.diagnostic)), weak.diagnostic
    return [weak for weak in found if not codes or weak.code in codes]


def place(weak: Weakness) -> tuple[str, int]:
    """Return the file and the line of a weakness."""
    span = weak.diagnostic.span
    assert span is not None
    return span.source.path, span.line


def line_of(folder: Path, name: str, text: str) -> tuple[str, int]:
    """Return the file and the line of the one place where `text` stands."""
    lines = (folder / name).read_text(encoding="utf-8").split("\n")
    (number,) = [number for number, line in enumerate(lines, start=1) if text in line]
    return name, number
