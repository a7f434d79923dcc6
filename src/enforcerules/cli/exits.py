"""The exit codes, which scripts rely on."""

from __future__ import annotations

DONE = 0
FAULTY = 1
"""The rulebook or the case is faulty, a line of many failed, or the result could not be written."""
DIFFERS = 1
"""Of `diff`: the two rulebooks differ in meaning, as `diff` itself says of two files."""
WRONG_USAGE = 2
STILL_OPEN = 3
"""With --strict: the decision is open. Of `prove`: no red line is refuted, and some is not decided.

Of `diff`: nothing differs in meaning, and something is not decided."""
DISAGREEMENT = 70
"""Two engines answered differently."""
INTERRUPTED = 130
NOBODY_READS = 141
"""Whoever read the output has gone, as with `| head`. What a shell shows for a program ended by SIGPIPE."""
