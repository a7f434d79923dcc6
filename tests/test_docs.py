"""The pages say what is so: keys, words, commands, dates, examples."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from pydantic import TypeAdapter

from enforcerules import Rulebook
from enforcerules.cli.program import Program
from enforcerules.schemas import classification_schema, rulebook_kinds
from enforcerules.syntax import documents as d
from enforcerules.syntax.documents import Doc
from enforcerules.syntax.scenario_documents import ScenariosDoc

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
    links = [link for link in re.findall(r"\]\(([^)]+)\)", read(page)) if "://" not in link]
    broken = [link for link in links if not (ROOT / page).parent.joinpath(link.partition("#")[0]).exists()]

    assert broken == []


@pytest.mark.parametrize("page", PAGES)
def test_every_clause_and_example_that_a_page_names_exists(rulebook: Rulebook, page: str) -> None:
    text = read(page)
    if page.endswith("rulebook.md"):
        text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)  # clauses there are examples of form
    clauses = set(re.findall(r"\b00[0-4]\.[a-z0-9_.]*[a-z0-9_]", text))
    examples = re.findall(r"examples[/\\]([\w.-]+\.(?:json|jsonl|md))", text)

    assert clauses <= rulebook.resolved.clauses.keys()
    assert [name for name in examples if not (ROOT / "examples" / name).is_file()] == []


# --- the result ------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["docs/en/result.md", "docs/zh/result.md"])
def test_every_key_of_the_result_is_described_once_in_its_place(page: str) -> None:
    schema = classification_schema()
    blocks = {"Classification": schema, **schema["definitions"]}
    sections = dict(re.findall(r"^## .*`(\w+)`$(.*?)(?=^## |\Z)", read(page), re.DOTALL | re.MULTILINE))
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
    explained = named(re.sub(r"```.*?```", "", read(page), flags=re.DOTALL))
    missing = {f"{doc.__name__}.{key}" for doc in every_document() for key in doc.keys() if key not in explained}

    assert missing == set()


YAML_EXAMPLES: list[tuple[str, str]] = re.findall(
    r"```yaml (\w+)\n(.*?)```", read("docs/en/rulebook.md"), re.DOTALL
)
DOCUMENTS: dict[str, type[Doc]] = {
    "rulebook": d.RulebookDoc,
    "vocabulary": d.VocabularyDoc,
    "sources": d.SourceDoc,
    "parameters": d.ParametersDoc,
    "actions": d.ActionsDoc,
    "doubts": d.DoubtsDoc,
    "rules": d.RulesDoc,
    "forms": d.FormDoc,
    "report_calendar": d.ReportCalendarDoc,
    "calendars": d.CalendarDoc,
    "scenarios": ScenariosDoc,
}


@pytest.mark.parametrize(("kind", "text"), YAML_EXAMPLES, ids=[kind for kind, _ in YAML_EXAMPLES])
def test_the_example_of_a_rulebook_file_is_one(kind: str, text: str) -> None:
    TypeAdapter(DOCUMENTS[kind]).validate_python(yaml.safe_load(text))


def test_every_kind_of_rulebook_file_has_an_example_the_same_in_both_languages() -> None:
    assert [kind for kind, _ in YAML_EXAMPLES] == list(rulebook_kinds())
    assert re.findall(r"```yaml.*?```", read("docs/zh/rulebook.md"), re.DOTALL) == re.findall(
        r"```yaml.*?```", read("docs/en/rulebook.md"), re.DOTALL
    )


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


@pytest.mark.parametrize("page", READMES)
def test_the_readme_gives_each_source_its_place_and_dates(rulebook: Rulebook, page: str) -> None:
    book, text = rulebook.resolved, read(page)
    for source in book.sources.values():
        if source.provisional:
            assert f"`{source.id}`" in text
            continue
        (row,) = re.findall(rf"^\| `{re.escape(source.id)}` .*", text, re.MULTILINE)
        dates = [day.isoformat() for window in source.windows for day in (window.since, window.until) if day]
        assert sorted(re.findall(r"\d{4}-\d\d-\d\d", row)) == sorted(dates), source.id
        if source.where != "CN":
            assert source.where in row


@pytest.mark.parametrize("page", READMES)
def test_the_page_shown_is_the_page_printed(rulebook: Rulebook, page: str) -> None:
    ((name, language, shown),) = re.findall(
        r"<!-- page: ([\w.-]+) (zh|en) -->\n```text\n(.*?)```", read(page), re.DOTALL
    )
    case = (ROOT / "examples" / name).read_text(encoding="utf-8")
    printed = rulebook.explain(case, language=language).splitlines()
    lines = [line for line in shown.splitlines() if line.strip() not in ("", "…")]

    assert len(lines) > 10
    # the last two lines name rulebook and engines, which differ from one machine to the next
    strange = [line for line in lines if line not in printed and "sha256" not in line]
    assert strange == [], "shorten the page that `enforcerules explain` prints now"
