"""Progress while one step keeps the program busy."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from enforcerules.cli.terminal import Progress
from enforcerules.text import Text


class _Screen(io.StringIO):
    """A terminal that tells when something was written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        count = super().write(text)
        self.written.set()
        return count


def test_what_was_told_last_is_shown_while_nothing_new_is(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(Progress, "PATIENCE", 0.0)
    monkeypatch.setattr(Progress, "INTERVAL", 0.001)

    with Progress("en").following() as say:
        say(Text("正在检查", "looking"))
        assert screen.written.wait(60)

    shown = [part for part in screen.getvalue().split("\r\x1b[K") if part]
    assert shown
    assert {part.partition(" (")[0] for part in shown} == {"looking"}
    assert screen.getvalue().endswith("\r\x1b[K")


def test_nothing_is_followed_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.StringIO()
    monkeypatch.setattr(sys, "stderr", kept)
    monkeypatch.setattr(Progress, "PATIENCE", 0.0)
    before = threading.active_count()

    with Progress("zh").following() as say:
        say(Text("正在检查", "looking"))
        assert threading.active_count() == before

    assert kept.getvalue() == ""
