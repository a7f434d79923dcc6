"""What a check found as SARIF 2.1.0, which code scanning services and editors read.

Paths are those from the folder the program runs in, `%SRCROOT%`: where that folder is differs by machine and stays
out of the file. The findings may have any severity; SARIF has the same words for them.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from enforcerules.codes import Code, load_areas, load_codes, render_code, render_code_text
from enforcerules.errors import Diagnostic, Span
from enforcerules.text import Language, Text

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}


def render_sarif(found: Iterable[Diagnostic], folder: Path, language: Language, version: str) -> str:
    """Return the findings about the rulebook in `folder` as the text of a SARIF file.

    Args:
        found: findings of any severity; their files are named from `folder`.
        folder: the folder of the rulebook.
        language: that of the messages; the explanation of each code is in both.
        version: that of the program.

    """
    findings = list(found)
    raised = {finding.code for finding in findings}
    codes = [code for code in load_codes().values() if code.id in raised]
    places = {code.id: index for index, code in enumerate(codes)}
    prints = _fingerprints(findings)
    results = [
        _result(finding, places[finding.code], folder, language) | {"partialFingerprints": {_FINGERPRINT: print_}}
        for finding, print_ in zip(findings, prints, strict=True)
    ]
    driver = {
        "name": "enforcerules",
        "version": version,
        "semanticVersion": version,
        "rules": [_rule(code, language) for code in codes],
    }
    said = Text("运行程序的文件夹", "the folder in which the program ran")
    run = {
        "tool": {"driver": driver},
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": said[language]}}},
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


# --- codes -------------------------------------------------------------------------------------------


def _rule(code: Code, language: Language) -> dict[str, Any]:
    area = next(area for area in load_areas() if code in area.codes)
    both: tuple[Language, Language] = ("zh", "en") if language == "zh" else ("en", "zh")
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": code.says[language]},
        "fullDescription": {"text": code.why[language]},
        "help": {
            "text": "\n".join(render_code_text(code, each) for each in both),
            "markdown": "\n---\n\n".join(render_code(code.id, each) for each in both),
        },
        "defaultConfiguration": {"level": code.severity},
        "properties": {"tags": [area.title.en]},
    }


# --- findings ----------------------------------------------------------------------------------------


def _result(finding: Diagnostic, index: int, folder: Path, language: Language) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity,
        "message": {"text": _message(finding, language)},
        "locations": [{"physicalLocation": _location(finding.span, folder)}],
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": said[language]}, "physicalLocation": _location(span, folder)}
            for number, (said, span) in enumerate(finding.related, 1)
        ]
    return result


def _message(finding: Diagnostic, language: Language) -> str:
    said = finding.message[language]
    if finding.hint is None:
        return said
    hint = finding.hint[language]
    # braces stand as they are: a message without arguments has no placeholders, and readers show it so
    return f"{said}。建议：{hint}" if language == "zh" else f"{said}. Hint: {hint}"


def _location(span: Span | None, folder: Path) -> dict[str, Any]:
    # what has no place of its own is about the rulebook as a whole
    whole = span is None or span.source.path == str(folder)
    path = folder / ("rulebook.yaml" if span is None or whole else span.source.path)
    location: dict[str, Any] = {"artifactLocation": _artifact(path)}
    if span is None or not span.source.text:
        return location | {"region": {"startLine": 1}}
    region: dict[str, Any] = {
        "startLine": span.line,
        "startColumn": span.column,
        "endColumn": span.column + max(1, span.length),
        "snippet": {"text": span.source.line(span.line)},
    }
    return location | {"region": region}


def _artifact(path: Path) -> dict[str, str]:
    whole = Path(os.path.abspath(path))
    try:
        inside = whole.relative_to(Path.cwd())
    except ValueError:
        return {"uri": whole.as_uri()}
    return {"uri": quote(inside.as_posix()), "uriBaseId": _ROOT}


# the name by which GitHub matches a finding with that of an earlier upload
_FINGERPRINT = "primaryLocationLineHash"


def _fingerprints(findings: Iterable[Diagnostic]) -> list[str]:
    """Return for each finding what stays the same when lines move: a hash of what it says and of its line."""
    seen: Counter[str] = Counter()
    prints = []
    for finding in findings:
        span = finding.span
        place = (span.source.path, span.source.line(span.line).strip()) if span else ("", "")
        digest = hashlib.sha256("\0".join((finding.code, finding.message.en, *place)).encode()).hexdigest()[:16]
        seen[digest] += 1
        prints.append(f"{digest}:{seen[digest]}")
    return prints
