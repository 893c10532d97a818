"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import (  # noqa: F401  # fixtures: pytest finds them by name
    database,
    database_url,
    postgres,
    postgres_or_none,
    postgres_template,
    sqlite_database,
)
from tests.refusals import (  # noqa: F401  # a fixture and hooks: pytest finds them by name
    nothing_is_refused_by_slack,
    pytest_sessionfinish,
    pytest_terminal_summary,
    pytest_testnodedown,
)

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recorded real data, which is not part of the project."""
    folder = os.environ.get("OVERHEARD_RECORDINGS")
    if not folder:
        pytest.skip("OVERHEARD_RECORDINGS names no folder of recorded data")
    return Path(folder)
