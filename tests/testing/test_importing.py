"""Who only decides cases has neither hypothesis nor pytest to thank for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import sys
import enforcerules, enforcerules.cli.program, enforcerules.review.properties, enforcerules.schemas
import enforcerules.testing
enforcerules.classify({"as_of": "2022-07-10"})
print(sorted({"hypothesis", "pytest"} & sys.modules.keys()))
"""
WITHOUT = """
import sys
sys.modules["hypothesis"] = None
from enforcerules.testing import assert_keeps, random_facts
import enforcerules.testing
try:
    enforcerules.testing.cases
except ModuleNotFoundError as error:
    print(error)
"""


def python(program: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout


def test_importing_enforcerules_imports_neither_hypothesis_nor_pytest() -> None:
    assert python(PROGRAM) == "[]\n"


def test_the_plugin_loads_nothing_of_enforcerules_where_no_rulebook_is_named(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import sys\n"
        "def test_it():\n"
        "    found = {name for name in sys.modules if name.startswith('enforcerules')}\n"
        "    assert found <= {'enforcerules', 'enforcerules.testing', 'enforcerules.testing.plugin'}\n"
    )

    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_who_lacks_hypothesis_is_told_how_to_get_it() -> None:
    assert "pip install 'enforcerules[testing]'" in python(WITHOUT)


def test_what_the_kit_names_is_there() -> None:
    from enforcerules import testing

    assert all(getattr(testing, name) is not None for name in testing.__all__)
    with pytest.raises(AttributeError, match="no attribute 'case'"):
        _ = testing.case
