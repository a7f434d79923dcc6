"""Which language is spoken: the option, then the variable, then the locale."""

from __future__ import annotations

import pytest

from enforcerules.language import choose_language, wrong_variable
from tests.cli.running import run


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.GB18030"}, "zh"),
        ([], {"LANG": "zh_TW@radical"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
        ([], {"ENFORCERULES_LANG": "en", "LANG": "zh_CN"}, "en"),
        ([], {"ENFORCERULES_LANG": "zh_CN.UTF-8", "LANG": "en_US"}, "zh"),
        ([], {"ENFORCERULES_LANG": "en-GB"}, "en"),
        (["explain", "--lang", "en"], {"ENFORCERULES_LANG": "zh"}, "en"),
        (["--lang=zh", "explain"], {"LANG": "en_US"}, "zh"),
        (["explain", "--", "--lang", "en"], {}, "zh"),
        (["explain", "--lang"], {}, "zh"),
        (["explain", "--lang", "fr"], {"LANG": "en_US"}, "en"),
    ],
)
def test_the_language_is_chosen(words: list[str], environment: dict[str, str], language: str) -> None:
    assert choose_language(words, environment) == language


def test_a_variable_that_names_no_language_is_found() -> None:
    assert wrong_variable([], {"ENFORCERULES_LANG": "french"}) == "french"
    assert wrong_variable(["--lang", "en"], {"ENFORCERULES_LANG": "french"}) is None
    assert wrong_variable([], {"ENFORCERULES_LANG": "zh-Hans"}) is None
    assert wrong_variable([], {}) is None


def test_the_option_may_stand_before_and_after_the_command() -> None:
    before, after = run("--lang", "en", "version"), run("version", "--lang", "en")

    assert before.stdout == after.stdout
    assert "rulebook" in after.stdout


def test_one_program_speaks_each_language_in_turn() -> None:
    spoken = [run("version", env={"LANG": name}).stdout for name in ("zh_CN.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8")]

    assert "规则库" in spoken[0]
    assert "rulebook" in spoken[1]
    assert spoken[2] == spoken[0]
