"""The pages say what is so: keys, words, commands, dates, examples."""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
import yaml
from pydantic import TypeAdapter

from enforcerules import Rulebook, testing
from enforcerules.cli.program import Program
from enforcerules.codes import load_codes
from enforcerules.model import Window
from enforcerules.schemas import classification_schema, rulebook_kinds
from enforcerules.syntax import documents as d
from enforcerules.syntax.accepted_documents import AcceptedDoc
from enforcerules.syntax.documents import Doc
from enforcerules.syntax.property_documents import PropertiesDoc
from enforcerules.syntax.scenario_documents import ScenariosDoc
from enforcerules.testing import plugin
from enforcerules.text import Language

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*/*.md"), *ROOT.glob("benchmarks/*.md"))
)


def read(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def named(text: str) -> set[str]:
    """Return every word that stands between backticks."""
    return {word for code in re.findall(r"`([^`\n]+)`", text) for word in re.findall(r"[A-Za-z_][\w-]*", code)}


# --- what stands there is so -----------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_the_python_on_a_page_runs_as_shown(page: str) -> None:
    code = "\n".join(re.findall(r"```python\n(.*?)```", read(page), re.DOTALL))
    test = doctest.DocTestParser().get_doctest(code, {}, page, page, 0)
    said: list[str] = []
    doctest.DocTestRunner().run(test, out=said.append)

    assert not said, "".join(said)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_to_one(page: str) -> None:
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", read(page)) if "://" not in link]
    broken = [link for link in links if not (ROOT / page).parent.joinpath(link).exists()]
    if page.startswith("docs/"):
        # tests/test_site.py follows those to pages that are made for the site
        broken = [link for link in broken if not re.match(r"[\w-]+(?:/[\w/.-]+)?\.md$", link)]

    assert broken == []


@pytest.mark.parametrize("page", PAGES)
def test_every_clause_and_example_that_a_page_names_exists(rulebook: Rulebook, page: str) -> None:
    text = read(page)
    if page.endswith("rulebook.md"):
        text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)  # clauses there are examples of form
    clauses = set(re.findall(r"\b00[0-4]\.[a-z0-9_.]*[a-z0-9_]", text))
    examples = re.findall(r"examples[/\\]([\w.-]+\.(?:jsonl?|md))\b", text)

    assert clauses <= rulebook.resolved.clauses.keys()
    assert [name for name in examples if not (ROOT / "examples" / name).is_file()] == []


# --- the result ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["docs/en/result.md", "docs/zh/result.md"])
def test_every_key_of_the_result_is_described_once_in_its_place(page: str) -> None:
    schema = classification_schema()
    blocks = {"Classification": schema, **schema["definitions"]}
    sections = dict(re.findall(r"^## [^\n]*`(\w+)`$(.*?)(?=^## |\Z)", read(page), re.DOTALL | re.MULTILINE))
    keys = {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in sections.items()}

    assert keys == {name: list(block["properties"]) for name, block in blocks.items()}


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_every_key_of_the_result(page: str) -> None:
    assert set(classification_schema()["properties"]) <= named(read(page))


# --- the rulebook ----------------------------------------------------------------------------------


def every_document(of: type[Doc] = Doc) -> Iterator[type[Doc]]:
    for doc in of.__subclasses__():
        yield doc
        yield from every_document(doc)


@pytest.mark.parametrize("page", ["docs/en/rulebook.md", "docs/zh/rulebook.md"])
def test_every_key_of_a_rulebook_file_is_explained(page: str) -> None:
    text = read(page)
    explained = named(text) | set(re.findall(r"\b(\w+):", "".join(re.findall(r"```yaml.*?```", text, re.DOTALL))))
    keys = {doc.__name__: doc.keys() for doc in every_document()}
    missing = [f"{name}.{key}" for name, found in keys.items() for key in found if key not in explained]

    assert missing == []


YAML_EXAMPLES: list[tuple[str, str]] = re.findall(r"```yaml (\w+)\n(.*?)```", read("docs/en/rulebook.md"), re.DOTALL)
DOCUMENTS: dict[str, type[Doc]] = {
    "rulebook": d.RulebookDoc,
    "vocabulary": d.VocabularyDoc,
    "sources": d.SourceDoc,
    "parameters": d.ParametersDoc,
    "actions": d.ActionsDoc,
    "penalties": d.PenaltiesDoc,
    "doubts": d.DoubtsDoc,
    "rules": d.RulesDoc,
    "forms": d.FormDoc,
    "report_calendar": d.ReportCalendarDoc,
    "calendars": d.CalendarDoc,
    "case_ledger": d.LedgerDoc,
    "scenarios": ScenariosDoc,
    "properties": PropertiesDoc,
    "accepted": AcceptedDoc,
}


@pytest.mark.parametrize(("kind", "text"), YAML_EXAMPLES, ids=[kind for kind, _ in YAML_EXAMPLES])
def test_the_example_of_a_rulebook_file_is_one(kind: str, text: str) -> None:
    # to PyYAML itself, unlike to a rulebook, `on` is a truth value
    quoted = re.sub(r"(?m)^(\s+)on:", r"\1'on':", text)
    TypeAdapter(DOCUMENTS[kind]).validate_python(yaml.safe_load(quoted))


def test_every_kind_of_rulebook_file_has_an_example_the_same_in_both_languages() -> None:
    assert [kind for kind, _ in YAML_EXAMPLES] == list(rulebook_kinds())
    assert re.findall(r"```yaml.*?```", read("docs/zh/rulebook.md"), re.DOTALL) == re.findall(
        r"```yaml.*?```", read("docs/en/rulebook.md"), re.DOTALL
    )


# --- the test kit ----------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["docs/en/testing.md", "docs/zh/testing.md"])
def test_the_page_of_the_test_kit_shows_its_example_and_names_everything_in_it(page: str) -> None:
    own = ROOT / "examples" / "own-rulebook"
    (shown,) = re.findall(r"```python\n(.*?)```", read(page), re.DOTALL)
    (settings,) = re.findall(r"```ini\n(.*?)```", read(page), re.DOTALL)

    assert shown == (own / "tests" / "test_stalls.py").read_text(encoding="utf-8")
    assert settings == (own / "pytest.ini").read_text(encoding="utf-8")
    assert {name for name in testing.__all__ if name[0].islower()} <= named(read(page))
    options = re.findall(r"\"--(enforcerules-\w+)\"", inspect.getsource(plugin))
    assert [name for name in options if f"`--{name}" not in read(page)] == []
    assert [name for name in options if f"`{name.replace('-', '_')}`" not in read(page)] == []


# --- the first screen ------------------------------------------------------------------------------


def commands(page: str) -> dict[str, str]:
    return dict(re.findall(r"<!-- command: (\w+) -->\n```sh\n([^\n]+)\n```", read(page)))


def test_both_readmes_give_the_same_two_commands() -> None:
    found = commands("README.md")

    assert list(found) == ["explain", "test"]
    assert commands("README.zh-CN.md") == found
    # anybody's Python and pip, and nothing else
    assert all(command.startswith("python3 -m venv .venv && ") for command in found.values())
    assert "durable" not in found["explain"]
    assert '".[durable,test]"' in found["test"]


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_every_command_and_exit_code(page: str) -> None:
    text = read(page)

    assert [name for name in Program().list_commands(None) if f"`enforcerules {name}" not in text] == []  # type: ignore[arg-type]
    assert re.findall(r"^\| (\d+) \|", text, re.MULTILINE) == ["0", "1", "2", "3", "70"]


def edges(windows: tuple[Window, ...]) -> list[str]:
    """Return the days on which something begins or ends; where one period goes on as the next nothing does."""
    days = sorted((window.since or date.min, window.until or date.max, window.in_doubt) for window in windows)
    found = [day for since, until, _ in days for day in (since, until)]
    for (_, until, before), (since, _, after) in pairwise(days):
        if before == after and since == until + timedelta(days=1):
            found.remove(until)
            found.remove(since)
    return sorted(day.isoformat() for day in found if day not in (date.min, date.max))


@pytest.mark.parametrize("page", READMES)
def test_the_readme_gives_each_source_its_place_and_dates(rulebook: Rulebook, page: str) -> None:
    book, text = rulebook.resolved, read(page)
    for source in book.sources.values():
        if source.provisional:
            assert f"`{source.id}`" in text
            continue
        (row,) = re.findall(rf"^\| `{re.escape(source.id)}` .*", text, re.MULTILINE)
        assert sorted(re.findall(r"\d{4}-\d\d-\d\d", row)) == edges(source.windows), source.id
        if source.where != "CN":
            assert source.where in row


def test_what_a_page_shows_is_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from refresh_pages import PAGES as SHOWING
    from refresh_pages import refreshed

    old = [page for page in SHOWING if refreshed(read(page)) != read(page)]

    assert old == [], "run: python scripts/refresh_pages.py"


def test_the_table_of_the_transfer_clock_holds_every_rule_of_a_transfer(
    monkeypatch: pytest.MonkeyPatch, rulebook: Rulebook
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from transfer_clock import STEPS

    files = ("law/criminal-transfer.yaml", "law/transfer-steps.yaml", "law/reverse-transfer.yaml")
    told = {name for rules in STEPS.values() for name in rules}
    rules = {rule.id for rule in rulebook.resolved.rules.values() if rule.place.startswith(files)}

    assert told == rules
    assert list(STEPS) == [f"D{number}" for number in range(1, 19)]
    for page in ("docs/en/transfer-clock.md", "docs/zh/transfer-clock.md"):
        assert told <= named(read(page))


# --- error codes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", get_args(Language))
def test_the_page_of_a_code_shows_a_message_of_that_code_as_it_is_told(
    monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from code_pages import code_pages

    pages = code_pages(language)
    shown = {code: re.findall(r"```text\n(.*?)\n```", page, re.DOTALL) for code, page in pages.items()}
    told = "".join(path.read_text("utf-8") for path in (ROOT / "tests/broken").rglob(f"*.{language}.txt"))

    assert list(pages) == list(load_codes())
    assert all(message in told and f"[{code}]: " in message for code, found in shown.items() for message in found)
    # of the areas that a file can show: no file is to blame for the first, nor does a rulebook hold the second
    without = {code for code, found in shown.items() if code[2] in "01234" and not found}
    assert without == {"ER0013", "ER0020", "ER0021", "ER0022", "ER3009"}
