"""What came of scenarios as JUnit XML, which build servers show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from enforcerules.errors import Diagnostic
from enforcerules.text import Language, printable


@dataclass(frozen=True, slots=True)
class JunitCase:
    """One entry: which file it stands in, and what went wrong, if anything."""

    file: str
    line: int
    scenario: str
    name: str
    seconds: float = 0.0
    failure: tuple[str, Sequence[str]] | None = None
    """What was not as expected in one line, and all of it."""
    error: tuple[str, Sequence[str]] | None = None
    """Why there is no answer to compare."""


def fault_case(fault: Diagnostic, language: Language) -> JunitCase:
    """Return the entry for a fault of a scenario file."""
    file, line = (fault.span.source.path, fault.span.line) if fault.span else ("rulebook.yaml", 1)
    said = fault.message[language]
    hint = [fault.hint[language]] if fault.hint else []
    return JunitCase(file, line, file, f"{fault.code} {fault.span or ''}".rstrip(), error=(said, [said, *hint]))


def render_junit(cases: Iterable[JunitCase]) -> bytes:
    """Lay the entries out: one suite a scenario file, in the order given."""
    suites: dict[str, list[JunitCase]] = {}
    for case in cases:
        suites.setdefault(case.file, []).append(case)
    everything = [case for suite in suites.values() for case in suite]
    root = Xml.Element("testsuites", {"name": "enforcerules", **_counts(everything)})
    for file, found in suites.items():
        suite = Xml.SubElement(root, "testsuite", {"name": file, **_counts(found)})
        for case in found:
            place = {"file": case.file, "line": str(case.line)}
            names = {"classname": _clean(case.scenario), "name": _clean(case.name), "time": f"{case.seconds:.3f}"}
            entry = Xml.SubElement(suite, "testcase", {**names, **place})
            for kind, what in (("failure", case.failure), ("error", case.error)):
                if what is not None:
                    message, lines = what
                    told = Xml.SubElement(entry, kind, {"message": _clean(message)})
                    told.text = "\n".join(_clean(line) for line in lines)
    Xml.indent(root)
    text: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _counts(cases: Sequence[JunitCase]) -> dict[str, str]:
    return {
        "tests": str(len(cases)),
        "failures": str(sum(case.failure is not None for case in cases)),
        "errors": str(sum(case.error is not None for case in cases)),
        "time": f"{sum(case.seconds for case in cases):.3f}",
    }


def _clean(text: str) -> str:
    # XML has no way to write most control characters
    return printable(text)
