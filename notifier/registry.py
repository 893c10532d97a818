"""The channels, one line each. A channel's module is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from config import settings
from notifier.contract import Channel

CHANNELS: dict[str, str] = {
    "slack": "notifier.slack:SlackChannel",
    "webhook": "notifier.webhook:WebhookChannel",
    "console": "notifier.console:ConsoleChannel",
}


def channel_name(slack: settings.Slack | None) -> str:
    """Give the name of the channel that the config asks for: a token before a webhook, the terminal without both."""
    if slack is None:
        return "console"
    if slack.token is not None:
        return "slack"
    return "webhook" if slack.webhook is not None else "console"


def channel_for(slack: settings.Slack | None) -> Channel:
    """Make the channel that the config asks for. Raises SecretError, OverheardError."""
    module, _, name = CHANNELS[channel_name(slack)].partition(":")
    made: Any = getattr(import_module(module), name).from_settings(slack)
    channel: Channel = made
    return channel
