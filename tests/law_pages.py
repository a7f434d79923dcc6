"""What the tests of a page about a part of the law share: the page itself, and the rules it must list."""

from pathlib import Path

from enforcerules import Rulebook
from enforcerules.text import Text

DOCS = Path(__file__).resolve().parents[1] / "docs"


def read_page(name: str, language: str) -> str:
    """Return a page of the documentation as it is written."""
    return (DOCS / language / f"{name}.md").read_text(encoding="utf-8")


def said(text: Text, language: str) -> str:
    """Return a text in one language."""
    return text.zh if language == "zh" else text.en


def rules_from(rulebook: Rulebook, *files: str) -> set[str]:
    """Return the rules that stand in files whose paths begin so."""
    return {rule.id for rule in rulebook.resolved.rules.values() if rule.place.startswith(files)}
