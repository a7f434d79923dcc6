"""The command line. Each command is one file, and nothing is imported before it is needed."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run `enforcerules` with the words of the command line, and leave with its exit code."""
    from enforcerules.cli.program import Program

    Program().main()
