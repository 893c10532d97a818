from __future__ import annotations

import pytest

from config.settings import Settings, Slack
from config.values import Secret
from notifier.registry import CHANNELS, channel_for, channel_name

TOKEN, WEBHOOK = Secret("env:A_TOKEN"), Secret("env:A_WEBHOOK")


@pytest.mark.parametrize(
    ("slack", "expected"),
    [
        (None, "console"),
        (Slack(), "console"),
        (Slack(token=TOKEN, channel="C1"), "slack"),
        (Slack(webhook=WEBHOOK), "webhook"),
        (Slack(token=TOKEN, channel="C1", webhook=WEBHOOK), "slack"),
    ],
    ids=["no table", "empty table", "token", "webhook", "both"],
)
def test_config_chooses_the_channel(slack: Slack | None, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TOKEN", "xoxb-canary")
    monkeypatch.setenv("A_WEBHOOK", "https://hooks.slack.example/services/canary")

    found = Settings(brands=(), slack=slack)
    assert channel_name(found) == expected
    assert channel_for(found).name == expected
    assert expected in CHANNELS
