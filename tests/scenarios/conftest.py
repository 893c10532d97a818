"""The two servers that most scenarios need: feeds to read, and a Slack to post to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.slack import FakeSlack
from tests.scenarios.house import Feeds


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    """A server of feeds."""
    with Feeds() as server:
        yield server


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A Slack without faults."""
    with FakeSlack() as server:
        yield server
