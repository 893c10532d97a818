"""A short drill: kill -9 at random moments; the long one is `python -m tests.drill`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drill import PER_REQUEST, drill

pytestmark = [pytest.mark.process, pytest.mark.timeout(300)]


def test_ten_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    count = drill(10, f"sqlite:///{tmp_path}/overheard.db", tmp_path, seed=7, polls=3)
    assert count.clean, count
    assert count.rounds >= 10
    assert count.published >= 3 * PER_REQUEST
    assert count.digests >= 1
