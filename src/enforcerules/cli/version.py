"""`enforcerules version`: what exactly would answer."""

from __future__ import annotations

import platform

from enforcerules.cli import exits
from enforcerules.cli.commands import Command, Page
from enforcerules.cli.inputs import load
from enforcerules.cli.terminal import put
from enforcerules.text import Language, Text

_PAGE = Page(
    summary=Text(
        "显示程序、规则库（编号、版本、sha256）、可用的引擎和 Python 的版本。",
        "Shows the versions of the program, the rulebook (id, version, sha256), the engines and Python.",
    ),
    examples=("enforcerules version",),
)


def command(language: Language) -> Command:
    """Return the command."""

    def run() -> int:
        from enforcerules import __version__
        from enforcerules.engines.durable import durable_available

        book = load(None).resolved
        missing = Text(
            "durable（未安装：pip install durable-rules==2.0.28）",
            "durable (not installed: pip install durable-rules==2.0.28)",
        )
        durable = "durable" if durable_available() else missing[language]
        rulebook, engines = Text("规则库", "rulebook"), Text("引擎", "engines")
        put(f"enforcerules {__version__}")
        put(f"{rulebook[language]} {book.id} {book.version}")
        put(f"sha256 {book.sha256}")
        put(f"{engines[language]} reference, {durable}")
        put(f"Python {platform.python_version()}")
        return exits.DONE

    return Command("version", _PAGE, [], run, language)
