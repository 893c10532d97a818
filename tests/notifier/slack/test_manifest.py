from __future__ import annotations

import json

import pytest

from config.settings import Settings, Slack
from config.values import Secret
from notifier.charts.drawing import can_draw
from notifier.contract import SendError
from notifier.slack.channel import SlackChannel
from notifier.slack.manifest import Needs, manifest, needs_of, scopes
from storage.records import Delivery
from tests.doubles.slack import TOKEN, FakeChannel, FakeSlack
from tests.notifier.slack.test_channel import delivery


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        (Needs(), ["channels:history", "channels:read", "chat:write"]),
        (Needs(private=True), ["chat:write", "groups:history", "groups:read"]),
        (Needs(several=True), ["channels:history", "channels:read", "chat:write"]),
        (
            Needs(private=True, several=True),
            ["channels:history", "channels:read", "chat:write", "groups:history", "groups:read"],
        ),
        (Needs(pictures=True), ["channels:history", "channels:read", "chat:write", "files:write"]),
        (Needs(interactive=True), ["channels:history", "channels:read", "chat:write"]),
        (Needs(commands=True), ["channels:history", "channels:read", "chat:write", "commands"]),
        (Needs(webhook=True), ["incoming-webhook"]),
    ],
    ids=[
        "bot",
        "private channel",
        "two channels",
        "a private one among others",
        "pictures",
        "buttons",
        "command",
        "webhook",
    ],
)
def test_scopes_are_those_that_are_needed(needs: Needs, expected: list[str]) -> None:
    assert scopes(needs) == expected
    assert manifest(needs)["oauth_config"] == {"scopes": {"bot": expected}}


def settings_with(**keys: object) -> Settings:
    slack = {"token": Secret("env:T"), "channel": "C0123456789", "pictures": False, **keys}
    return Settings.model_validate({"brands": [{"name": "Acme"}], "slack": slack})


def test_buttons_and_the_command_are_asked_for_only_where_somebody_listens() -> None:
    made = manifest(needs_of(settings_with()))
    assert made["settings"]["socket_mode_enabled"] is False
    assert "interactivity" not in made["settings"]
    assert "slash_commands" not in made["features"]


def test_over_a_web_socket_the_manifest_names_no_address() -> None:
    made = manifest(needs_of(settings_with(app_token=Secret("env:A"))))
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert "url" not in made["features"]["slash_commands"][0]
    assert made["oauth_config"]["scopes"]["bot"] == ["channels:history", "channels:read", "chat:write", "commands"]


def test_for_posts_the_manifest_names_the_address_and_no_web_socket() -> None:
    keys = {"signing_secret": Secret("env:S"), "listen": "127.0.0.1:8421"}
    made = manifest(needs_of(settings_with(**keys), address="https://acme.example/slack"))
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": "https://acme.example/slack"}
    assert made["features"]["slash_commands"][0]["url"] == "https://acme.example/slack"


def test_pictures_want_one_scope_more_and_checking_says_so() -> None:
    lacking, enough = scopes(Needs()), scopes(Needs(pictures=True))
    missing = []
    for given in (lacking, enough):
        with FakeSlack(scopes=given) as slack:
            missing.append(SlackChannel(TOKEN, slack.channel, slack.base_url).check(pictures=True).missing)

    assert missing == [("files:write",), ()]


def works(slack: FakeSlack) -> bool:
    """Whether everything that the bot does with a channel is allowed."""
    channel = SlackChannel(TOKEN, slack.channel, slack.base_url)
    row: Delivery = delivery()
    try:
        return (
            channel.check().fine and channel.find(row, None) is None and channel.send(row, None).reference is not None
        )
    except SendError:
        return False


@pytest.mark.parametrize("private", [False, True], ids=["public", "private"])
def test_scopes_are_enough_and_none_can_be_spared(private: bool) -> None:
    asked = scopes(Needs(private=private))
    verdicts = {}
    for left_out in (None, *asked):
        given = [scope for scope in asked if scope != left_out]
        with FakeSlack(scopes=given, channels=[FakeChannel(is_private=private)]) as slack:
            verdicts[left_out] = works(slack)

    assert verdicts == {None: True} | dict.fromkeys(asked, False)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (None, Needs()),
        (Settings(brands=()), Needs()),
        (Settings(brands=(), slack=Slack(token=Secret("env:T"), channel="C1", pictures=False)), Needs()),
        (Settings(brands=(), slack=Slack(token=Secret("env:T"), channel="C1")), Needs(pictures=can_draw())),
        (
            Settings(brands=(), slack=Slack(token=Secret("env:T"), channel="C1", fallback="C2", pictures=False)),
            Needs(several=True),
        ),
        (Settings(brands=(), slack=Slack(webhook=Secret("env:W"))), Needs(webhook=True)),
        (
            Settings(brands=(), slack=Slack(token=Secret("env:T"), channel="C1", webhook=Secret("env:W"))),
            Needs(pictures=can_draw()),
        ),
    ],
    ids=["no config", "no slack", "no pictures", "token", "fallback", "webhook", "token before webhook"],
)
def test_config_says_what_is_needed(settings: Settings | None, expected: Needs) -> None:
    assert needs_of(settings) == expected


def test_web_socket_and_command_are_switched_on_only_where_they_are_used() -> None:
    quiet, pressed, typed = manifest(Needs()), manifest(Needs(interactive=True)), manifest(Needs(commands=True))

    assert [each["settings"]["socket_mode_enabled"] for each in (quiet, pressed, typed)] == [False, True, True]
    assert ["interactivity" in each["settings"] for each in (quiet, pressed, typed)] == [False, True, False]
    assert ["slash_commands" in each["features"] for each in (quiet, pressed, typed)] == [False, False, True]


def test_texts_fit_where_slack_shows_them() -> None:
    made = manifest(Needs(commands=True))
    shown = made["display_information"]

    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    assert made["features"]["slash_commands"][0]["command"] == "/overheard"
    assert json.loads(json.dumps(made)) == made
