from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from enforcerules import Rulebook, load_rulebook
from enforcerules.review import lint
from enforcerules.rulebook import packaged_folder

# a case has some ninety facts, so drawing one is slow beside deciding it
settings.register_profile(
    "enforcerules",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
if (wanted := os.environ.get("ENFORCERULES_CASES")) is not None:
    settings.register_profile(
        "enforcerules-many", settings.get_profile("enforcerules"), derandomize=False, max_examples=int(wanted)
    )
    settings.load_profile("enforcerules-many")
else:
    settings.load_profile("enforcerules")


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook()


@pytest.fixture(scope="session", autouse=True)
def weaknesses_once() -> Iterator[None]:
    """Look for the weaknesses of one and the same rulebook once for all tests that run `check`: it takes long."""
    search = lint.find_weaknesses
    found: dict[tuple[str, str, Any], list[lint.Weakness]] = {}

    def find(rulebook: Rulebook, folder: Path | None = None, **more: Any) -> Iterator[lint.Weakness]:
        # a weakness is told at its path, as the folder was named
        key = (str(folder), _content(folder or packaged_folder()), more.get("seconds"))
        if key not in found:
            found[key] = list(search(rulebook, folder, **more))
        yield from found[key]

    lint.find_weaknesses = find
    yield
    lint.find_weaknesses = search


def _content(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.yaml")):
        digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.hexdigest()
