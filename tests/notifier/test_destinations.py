from __future__ import annotations

import pytest

from config.settings import Settings, Slack
from config.values import Secret
from notifier.destinations import Destinations, destination, named_channels
from notifier.slack.channel import SlackChannel
from tests.doubles.slack import SCOPES, TOKEN, FakeChannel, FakeSlack
from tests.notifier.slack.test_channel import delivery

BOT = Slack(token=Secret("env:A_TOKEN"), channel="#brand-news")
WEBHOOK = Slack(webhook=Secret("env:A_WEBHOOK"))


@pytest.mark.parametrize(
    ("slack", "channel", "expected"),
    [
        (BOT, None, "slack"),
        (BOT, "", "slack"),
        (BOT, "brand-news", "slack"),
        (BOT, "#brand-news", "slack"),
        (BOT, "C0123456789", "slack:C0123456789"),
        (BOT, "#crisis", "slack:crisis"),
        (BOT, "crisis", "slack:crisis"),
        (WEBHOOK, "#crisis", "webhook"),
        (None, "#crisis", "console"),
    ],
    ids=[
        "none", "empty", "own", "own with mark", "id", "with mark", "name", "webhook has one place",
        "terminal has one place",
    ],
)  # fmt: skip
def test_a_channel_of_the_config_has_one_name_however_it_is_written(
    slack: Slack | None, channel: str | None, expected: str
) -> None:
    assert destination(Settings(brands=(), slack=slack), channel) == expected


@pytest.mark.parametrize(("slack", "expected"), [(BOT, [("slack.channel", "#brand-news")]), (WEBHOOK, []), (None, [])])
def test_the_channels_that_a_config_names_are_told_with_their_keys(
    slack: Slack | None, expected: list[tuple[str, str]]
) -> None:
    assert list(named_channels(Settings(brands=(), slack=slack))) == expected


def test_each_destination_gets_its_own_channel_and_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_TOKEN", TOKEN)
    channels = [FakeChannel(), FakeChannel("C0000000002", "brand-news"), FakeChannel("C0000000003", "crisis")]
    with FakeSlack(scopes=(*SCOPES, "groups:read"), channels=channels) as slack:
        described = BOT.model_copy(update={"base_url": slack.base_url})
        found = Destinations(Settings(brands=(), slack=described))
        for name in ("slack", "slack:crisis", "slack:C0123456789"):
            channel = found.get(name)
            assert isinstance(channel, SlackChannel)
            channel.send(delivery(name), None)

        assert found.get("slack:crisis") is found.get("slack:crisis")
        posted = {message["channel"]: key for message, key in zip(slack.messages, slack.keys(), strict=True)}
        assert posted == {"C0000000002": "slack", "C0000000003": "slack:crisis", "C0123456789": "slack:C0123456789"}
        assert slack.calls.count("conversations.list") == 1


def test_what_the_config_has_no_more_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_WEBHOOK", "https://hooks.slack.example/services/canary")
    terminal, webhook = Destinations(Settings(brands=())), Destinations(Settings(brands=(), slack=WEBHOOK))

    assert [terminal.get(name) for name in ("slack", "slack:C1", "webhook", "console:x")] == [None] * 4
    assert [webhook.get(name) for name in ("slack", "slack:C1", "webhook:x")] == [None] * 3
    assert terminal.get("console") is not None
