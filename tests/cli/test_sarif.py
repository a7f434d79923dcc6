"""What a check found as SARIF: valid, complete for those who read it, and the same when lines move."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import enforcerules
from enforcerules import Diagnostic
from enforcerules.cli.sarif import render_sarif
from enforcerules.codes import load_codes
from enforcerules.errors import Severity, Source, Span
from enforcerules.text import Text
from tests.broken.folders import make_rulebook
from tests.cli.running import ROOT, run

# of the standard's own schema the parts that GitHub code scanning and VS Code read, with nothing left optional
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["error", "warning", "note"]}
POSITIVE = {"type": "integer", "minimum": 1}
PLACE = {
    "type": "object",
    "required": ["artifactLocation", "region"],
    "properties": {
        "artifactLocation": {"type": "object", "required": ["uri"], "properties": {"uri": {"format": "uri-reference"}}},
        "region": {
            "type": "object",
            "required": ["startLine"],
            "properties": {"startLine": POSITIVE, "startColumn": POSITIVE, "endColumn": POSITIVE, "snippet": TEXT},
            "additionalProperties": False,
        },
    },
}
LOCATION = {"type": "object", "required": ["physicalLocation"], "properties": {"physicalLocation": PLACE}}
SCHEMA = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"pattern": "sarif-schema-2.1.0.json$"},
        "version": {"const": "2.1.0"},
        "runs": {
            "minItems": 1,
            "maxItems": 1,
            "items": {
                "required": ["tool", "results", "columnKind", "language"],
                "properties": {
                    "columnKind": {"const": "unicodeCodePoints"},
                    "tool": {
                        "properties": {
                            "driver": {
                                "required": ["name", "version", "rules"],
                                "properties": {
                                    "rules": {
                                        "uniqueItems": True,
                                        "items": {
                                            "required": [
                                                "id",
                                                "name",
                                                "shortDescription",
                                                "fullDescription",
                                                "help",
                                                "defaultConfiguration",
                                            ],
                                            "properties": {
                                                "shortDescription": TEXT,
                                                "fullDescription": TEXT,
                                                "help": {**TEXT, "required": ["text", "markdown"]},
                                                "defaultConfiguration": {
                                                    "required": ["level"],
                                                    "properties": {"level": LEVEL},
                                                },
                                            },
                                        },
                                    }
                                },
                            }
                        }
                    },
                    "results": {
                        "items": {
                            "required": [
                                "ruleId",
                                "ruleIndex",
                                "level",
                                "message",
                                "locations",
                                "partialFingerprints",
                            ],
                            "properties": {
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": LEVEL,
                                "message": TEXT,
                                "locations": {"minItems": 1, "maxItems": 1, "items": LOCATION},
                                "relatedLocations": {"items": {**LOCATION, "required": ["id", "message"]}},
                                "partialFingerprints": {"additionalProperties": {"type": "string"}, "minProperties": 1},
                            },
                        }
                    },
                },
            },
        },
    },
}


def run_of(text: str) -> dict[str, Any]:
    found = json.loads(text)
    jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(found)
    (only,) = found["runs"]
    assert isinstance(only, dict)
    return only


def checked(folder: Path, monkeypatch: pytest.MonkeyPatch, language: str = "en") -> dict[str, Any]:
    """Return the run of a check made in the folder that holds the rulebook."""
    monkeypatch.chdir(folder.parent)
    return run_of(run("check", folder.name, "--format", "sarif", "--lang", language).stdout)


@pytest.mark.parametrize("name", ["defined-twice", "unlisted-file", "made-gbk", "windows"])
def test_every_finding_is_there_with_its_rule_level_and_place(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_rulebook(name, tmp_path)
    found = checked(folder, monkeypatch)
    faults = json.loads(run("check", folder, "--format", "json").stdout)["faults"]
    rules = found["tool"]["driver"]["rules"]

    assert found["tool"]["driver"]["version"] == enforcerules.__version__
    assert [rule["id"] for rule in rules] == sorted({fault["code"] for fault in faults})
    assert [
        (
            result["ruleId"],
            result["level"],
            result["locations"][0]["physicalLocation"]["artifactLocation"],
            result["locations"][0]["physicalLocation"]["region"]["startLine"],
        )
        for result in found["results"]
    ] == [
        (
            fault["code"],
            fault["severity"],
            {"uri": f"rulebook/{fault['file']}", "uriBaseId": "%SRCROOT%"},
            fault["line"],
        )
        for fault in faults
    ]
    assert faults
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in found["results"])


def test_messages_are_in_the_language_asked_for_and_the_explanations_in_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_rulebook("defined-twice", tmp_path)
    code = load_codes()["ER1001"]
    for language in ("zh", "en"):
        found = checked(folder, monkeypatch, language)
        (rule,) = found["tool"]["driver"]["rules"]
        said = {"zh": "定义了两次。建议：改名", "en": "is defined twice. Hint: rename"}[language]
        assert all(said in result["message"]["text"] for result in found["results"])
        assert rule["shortDescription"]["text"] == code.says[language]
        assert all(text in rule["help"][form] for form in ("text", "markdown") for text in code.says)


def test_the_second_place_of_a_finding_is_related() -> None:
    here, there = Source("a.yaml", "x: 1\nx: 2\n"), Source("dir/b c.yaml", "é: 1\n")
    fault = Diagnostic(
        "ER1001", Text("甲", "a"), Span(here, 2, 1), None, ((Text("第一", "first"), Span(there, 1, 3, 2)),)
    )
    (result,) = run_of(render_sarif([fault], Path("rules"), "en", "1.0.0"))["results"]
    (related,) = result["relatedLocations"]

    assert result["message"]["text"] == "a"
    assert related["message"]["text"] == "first"
    assert related["physicalLocation"] == {
        "artifactLocation": {"uri": "rules/dir/b%20c.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1, "startColumn": 3, "endColumn": 5, "snippet": {"text": "é: 1"}},
    }


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_each_severity_has_its_level(severity: Severity) -> None:
    fault = Diagnostic("ER0019", Text("甲", "a"), severity=severity)
    (result,) = run_of(render_sarif(iter([fault]), Path("rules"), "zh", "1.0.0"))["results"]

    assert result["level"] == severity
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "rules/rulebook.yaml"


def prints(found: dict[str, Any]) -> list[str]:
    return sorted(result["partialFingerprints"]["primaryLocationLineHash"] for result in found["results"])


def test_fingerprints_differ_from_one_another_and_stay_when_lines_move(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_rulebook("unknown-names", tmp_path)
    before = checked(folder, monkeypatch)
    path = folder / "more" / "rules.yaml"
    path.write_text("# a line\n# and another\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    after = checked(folder, monkeypatch, "zh")

    assert before["results"][0]["locations"] != after["results"][0]["locations"]
    assert prints(before) == prints(after)
    assert len(set(prints(before))) == len(before["results"])


def test_the_same_finding_twice_has_two_fingerprints() -> None:
    source = Source("a.yaml", "x: 1\nx: 1\n")
    faults = [Diagnostic("ER1010", Text("甲", "a"), Span(source, line, 1)) for line in (1, 2)]

    assert len(set(prints(run_of(render_sarif(faults, Path("rules"), "zh", "1.0.0"))))) == 2


def test_a_sound_rulebook_gives_a_run_without_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    found = checked(tmp_path / "rules", monkeypatch)

    assert (found["results"], found["tool"]["driver"]["rules"]) == ([], [])


def test_no_rulebook_at_all_is_a_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("empty", "none"):
        (result,) = checked(tmp_path / name, monkeypatch)["results"]
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert (result["ruleId"], place["uri"]) == ("ER0012", f"{name}/rulebook.yaml")


def test_a_rulebook_elsewhere_is_named_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_rulebook("defined-twice", tmp_path / "elsewhere")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    found = run_of(run("check", folder, "--format", "sarif").stdout)
    places = [result["locations"][0]["physicalLocation"]["artifactLocation"] for result in found["results"]]

    assert {place["uri"] for place in places} <= {path.as_uri() for path in folder.rglob("*.yaml")}
    assert all("uriBaseId" not in place for place in places)
