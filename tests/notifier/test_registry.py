from __future__ import annotations

import pytest

from config.settings import Slack
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

    assert channel_name(slack) == expected
    assert channel_for(slack).name == expected
    assert expected in CHANNELS
