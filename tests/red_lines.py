"""The red lines that the packaged rules do not keep yet: each waits for a lawyer to say which clause gives way."""

from __future__ import annotations

KNOWN_TO_BE_REFUTED = {
    "no-publication-at-once-while-local-release-is-forbidden",
    "no-publication-at-once-before-consent",
}
