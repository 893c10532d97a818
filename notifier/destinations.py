"""Where deliveries go: the names that they carry, and the channel behind each name.

"slack" is the channel of [slack], "slack:brand-news" another one of the same workspace. A webhook and the terminal have
one place only, so there everything goes to it, whatever channel a digest or an alert asks for.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.settings import Settings
from notifier.contract import Channel, Spacious
from notifier.registry import channel_for, channel_name

_SPACIOUS = frozenset({"slack"})  # channels that have other places than the one that the config describes


def destination(settings: Settings, channel: str | None = None) -> str:
    """Give the name that deliveries for a Slack channel carry, written as id or name; None: that of [slack]."""
    base = channel_name(settings)
    place = _place(channel)
    if base not in _SPACIOUS or not place or settings.slack is None or place == _place(settings.slack.channel):
        return base
    return f"{base}:{place}"


def named_channels(settings: Settings) -> Iterator[tuple[str, str]]:
    """Give every Slack channel that the config names, each with the key that names it."""
    slack = settings.slack
    if slack is not None and slack.channel:
        yield "slack.channel", slack.channel
    if settings.alerting.escalate_to:
        yield "alerting.escalate_to", settings.alerting.escalate_to


class Destinations:
    """The channels of a config by the names that deliveries carry, each made when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        """Raises SecretError, OverheardError."""
        self._base = channel_name(settings)
        self._made: dict[str, Channel] = {self._base: channel_for(settings)}

    def get(self, name: str, /) -> Channel | None:
        """Give the channel behind a name; None: the config has none such any more."""
        base, _, place = name.partition(":")
        if name not in self._made and base == self._base:
            whole = self._made[base]
            if isinstance(whole, Spacious):
                self._made[name] = whole.elsewhere(place)
        return self._made.get(name)


def _place(channel: str | None) -> str:
    return (channel or "").removeprefix("#")
