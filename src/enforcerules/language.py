"""Which language the command line speaks: `--lang`, else ENFORCERULES_LANG, else the locale.

It is settled before the commands are built, so that `--help` is right as well.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from enforcerules.text import Language

VARIABLE = "ENFORCERULES_LANG"


def choose_language(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the language for the words of a command line.

    A wrong `--lang` is not refused here: the option itself does that, in the language found without it.

    >>> choose_language(["explain", "--lang=en", "case.json"], {"LANG": "zh_CN.UTF-8"})
    'en'
    >>> choose_language([], {"ENFORCERULES_LANG": "en_GB"}), choose_language([], {"LANG": "C.UTF-8"})
    ('en', 'zh')
    """
    return _asked(words) or _named(environment.get(VARIABLE, "")) or _of_locale(environment)


def wrong_variable(words: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """Return the value of ENFORCERULES_LANG when it is asked and names no language known here."""
    value = environment.get(VARIABLE, "")
    return value if value and _named(value) is None and _asked(words) is None else None


def _asked(words: Sequence[str]) -> Language | None:
    found: Language | None = None
    for position, word in enumerate(words):
        if word == "--":
            break
        if word == "--lang" and position + 1 < len(words):
            found = _exactly(words[position + 1]) or found
        elif word.startswith("--lang="):
            found = _exactly(word.removeprefix("--lang=")) or found
    return found


def _exactly(value: str) -> Language | None:
    return "zh" if value == "zh" else "en" if value == "en" else None


def _named(value: str) -> Language | None:
    # people write zh_CN.UTF-8 and en-GB as well
    return _exactly(value.replace("-", "_").split(".")[0].split("_")[0].lower())


def _of_locale(environment: Mapping[str, str]) -> Language:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(variable, "")
        if value:
            name = value.split(".")[0].split("@")[0]
            return "zh" if name in ("C", "POSIX") or _named(name) == "zh" else "en"
    return _of_windows()


def _of_windows() -> Language:
    # Windows sets none of these variables
    if sys.platform == "win32":
        import ctypes
        import locale

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "zh")
        return "zh" if name.startswith("zh") else "en"
    return "zh"
