"""The two streams: results on stdout, all else on stderr. UTF-8 everywhere, line ends everywhere the same."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from enforcerules.errors import Diagnostic, render
from enforcerules.text import Language, Text

_RED, _YELLOW, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[0m"
_HEADLINE = re.compile(r"(?:(错误|error)|警告|warning|提示|note)[:\[]")
_CARETS = re.compile(r" +\| *\^+")
# a case is somebody else's text: it must not move the cursor, or turn the reading direction around
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def prepare_streams() -> None:
    """Make both streams write UTF-8 with plain line ends, whatever the locale and the system.

    Half a surrogate pair, which JSON may hold, is written as its escape: in JSON that is the same text.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def put(text: str) -> None:
    """Write a result for programs to stdout, ended by one line end."""
    sys.stdout.write(text.rstrip("\n") + "\n")


def put_page(text: str) -> None:
    """Write a result for people to stdout, with characters that nobody sees made visible."""
    put(_UNSEEN.sub("·", text))


def tell(text: str) -> None:
    """Write anything that is not a result to stderr, after the results so far."""
    sys.stdout.flush()
    sys.stderr.write(_coloured(_UNSEEN.sub("·", text), sys.stderr) + "\n")
    sys.stderr.flush()


def tell_faults(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """Write diagnostics to stderr."""
    tell(render(diagnostics, language))


def put_faults(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """Write diagnostics to stdout, for the command whose result they are."""
    put(_coloured(_UNSEEN.sub("·", render(diagnostics, language)), sys.stdout))


def _coloured(text: str, stream: TextIO) -> str:
    if not _takes_colour(stream):
        return text
    colour, lines = _RED, []
    for line in text.split("\n"):
        headline = _HEADLINE.match(line)
        if headline is not None:
            colour = _RED if headline[1] else _YELLOW
        lines.append(f"{colour}{line}{_PLAIN}" if headline or _CARETS.fullmatch(line) else line)
    return "\n".join(lines)


def _takes_colour(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def nobody_reads(error: OSError) -> bool:
    """Tell whether writing failed because the reader has gone."""
    # Windows says EINVAL for a pipe whose other end is closed
    return error.errno == errno.EPIPE or (sys.platform == "win32" and error.errno == errno.EINVAL)


def give_up_stdout() -> None:
    """Keep the interpreter from writing, and failing, once more when it ends."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


class Progress:
    """How far it has come, on a terminal and only when it takes longer than two seconds."""

    PATIENCE = 2.0
    INTERVAL = 0.5

    def __init__(self, language: Language) -> None:
        self._language = language
        self._shown = sys.stderr.isatty()
        self._written = False
        self._begun = time.monotonic()
        self._next = self._begun + self.PATIENCE

    def done(self, count: int) -> None:
        """Say that `count` cases are done by now."""
        rate = count / max(time.monotonic() - self._begun, 0.001)
        self.say(Text(f"已处理 {count} 件，每秒 {rate:.0f} 件", f"{count} cases done, {rate:.0f} a second"))

    def say(self, said: Text) -> None:
        """Say how far it has come, unless that was said a moment ago."""
        now = time.monotonic()
        if not self._shown or now < self._next:
            return
        self._next = now + self.INTERVAL
        self._written = True
        sys.stderr.write(f"\r\x1b[K{said[self._language]}")
        sys.stderr.flush()

    @contextlib.contextmanager
    def following(self) -> Iterator[Callable[[Text], None]]:
        """Give whom to tell how far it has come; what was told last is said also while nothing new is.

        One step, such as a question put to z3, may take longer than anybody waits without a sign of life.
        """
        latest: list[Text] = []
        ended = threading.Event()

        def follow() -> None:
            while not ended.wait(self.INTERVAL):
                if latest:
                    seconds = int(time.monotonic() - self._begun)
                    self.say(Text(f"{latest[-1].zh}（{seconds} 秒）", f"{latest[-1].en} ({seconds} s)"))

        follower = threading.Thread(target=follow, daemon=True)
        if self._shown:
            follower.start()
        try:
            yield latest.append
        finally:
            ended.set()
            if self._shown:
                follower.join()
            self.end()

    def end(self) -> None:
        """Take the line away."""
        if self._written:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._written = False
