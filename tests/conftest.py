"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded real data, which is not part of the project."""
    folder = os.environ.get("OVERHEARD_RECORDINGS")
    if not folder:
        pytest.skip("OVERHEARD_RECORDINGS names no folder of recorded data")
    return Path(folder)
