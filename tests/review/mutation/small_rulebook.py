"""A rulebook of a few rules in a folder of its own, with the scenarios and red lines that a test wants."""

from __future__ import annotations

import shutil
from pathlib import Path

from enforcerules import load_rulebook
from enforcerules.review.mutation.judging import Trial, prepare_trial

BASE = Path(__file__).parents[2] / "broken" / "base"
# the answer always says whether a case is filed directly
WORDS = "facts: {}\nfindings:\n  direct_filing: {label: {zh: 直接立案, en: Direct filing}}\n"
SCENARIOS = """\
scenarios:
  - id: line
    title: {zh: 标准上下, en: Around the line}
    world: closed
    facts: {jurisdiction: '500118', as_of: 2022-07-10, product_categories: [drug]}
    variants:
      - name: {zh: 正好, en: exactly}
        facts: {goods_value: 500000}
        expect: {findings: [major_case], actions: [transfer_case_police]}
      - name: {zh: 差一分, en: one fen short}
        facts: {goods_value: 499999.99}
        expect: {no_findings: [major_case]}
"""


def write_small(folder: Path, *, scenarios: str = SCENARIOS, properties: str = "", rules: str = "") -> Path:
    """Write the rulebook into `folder`; `rules` are further rules, as items of a list."""
    book = folder / "rules"
    shutil.copytree(BASE, book)
    (book / "more" / "words.yaml").write_text(WORDS, encoding="utf-8")
    (book / "s.yaml").write_text(scenarios, encoding="utf-8")
    root = (book / "rulebook.yaml").read_text(encoding="utf-8") + "  scenarios: [s.yaml]\n"
    if properties:
        (book / "p.yaml").write_text(properties, encoding="utf-8")
        root += "  properties: [p.yaml]\n"
    (book / "rulebook.yaml").write_text(root, encoding="utf-8")
    if rules:
        (book / "more" / "rules.yaml").write_text(f"rules:\n{rules}", encoding="utf-8")
    return book


def small_trial(folder: Path, **parts: str) -> Trial:
    """Return the changes of the small rulebook, with what should notice them."""
    book = write_small(folder, **parts)
    return prepare_trial(load_rulebook(book), book)
