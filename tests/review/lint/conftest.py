from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.lint.books import sound_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small rulebook without weaknesses."""
    return sound_folder(tmp_path)
