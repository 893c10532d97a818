"""A real browser for the tests that look at the digest's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from docs.browser import REMEDY, Browser, found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for all tests of a file."""
    if found() is None:
        pytest.skip(REMEDY)
    with Browser() as started:
        yield started
