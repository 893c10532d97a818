"""Slack and the secrets that every test of interactions needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from overheard.emulator.server import APP_TOKEN
from tests.doubles.slack import TOKEN, FakeChannel, FakeSlack

SIGNING_SECRET = "canary-signing-secret"


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the configs of these tests name."""
    monkeypatch.setenv("BOT", TOKEN)
    monkeypatch.setenv("APP", APP_TOKEN)
    monkeypatch.setenv("SIGNING", SIGNING_SECRET)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A Slack with two channels."""
    with FakeSlack(channels=[FakeChannel(), FakeChannel("C0999999999", "others")]) as made:
        yield made
