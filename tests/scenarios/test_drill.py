"""A short drill: kill -9 at random moments; the long one is `python -m tests.drill`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.drill import PER_REQUEST, drill

pytestmark = [pytest.mark.process, pytest.mark.timeout(300)]


def test_ten_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    count = drill(10, f"sqlite:///{tmp_path}/overheard.db", tmp_path, seed=7, polls=6)
    assert count.clean, count
    assert count.rounds >= 10
    assert count.published >= 3 * PER_REQUEST
    assert count.digests >= 1
    assert count.uploads == count.rounds // 2


def test_kills_while_a_webhook_posts_lose_nothing_and_double_only_what_they_met(tmp_path: Path) -> None:
    count = drill(5, f"sqlite:///{tmp_path}/overheard.db", tmp_path, seed=7, polls=2, webhook=True)
    assert count.clean, count
    assert count.rounds >= 5
    assert count.digests >= 1
