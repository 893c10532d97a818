"""The channels, one line each. A channel's module is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from config.settings import Settings
from notifier.contract import Channel

# name -> (where its class stands, the setting that asks for it); the first one asked for is the channel of the digests
CHANNELS: dict[str, tuple[str, str]] = {
    "slack": ("notifier.slack:SlackChannel", "slack.token"),
    "webhook": ("notifier.webhook:WebhookChannel", "slack.webhook"),
    "console": ("notifier.console:ConsoleChannel", "brands"),  # every config has brands: it is there for all others
}


def channel_name(settings: Settings) -> str:
    """Give the name of the channel that the config asks for: a token before a webhook, the terminal without both."""
    return next((name for name, (_, asked_by) in CHANNELS.items() if _set(settings, asked_by)), "console")


def channel_for(settings: Settings) -> Channel:
    """Make the channel that the config asks for. Raises SecretError, OverheardError."""
    module, _, name = CHANNELS[channel_name(settings)][0].partition(":")
    made: Any = getattr(import_module(module), name).from_settings(settings)
    channel: Channel = made
    return channel


def _set(settings: Settings, path: str) -> bool:
    """Tell whether the config holds a setting: "slack.token" is the key `token` of the table [slack]."""
    found: object = settings
    for key in path.split("."):
        found = getattr(found, key, None)
    return found is not None
