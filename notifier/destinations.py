"""Where deliveries go: the names that they carry, and the channel behind each name.

"slack" is the channel of [slack], "slack:brand-news" another one of the same workspace. A webhook and the terminal have
one place only, so there everything goes to it, whatever channel a digest or an alert asks for.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.settings import Settings
from notifier.contract import Channel, Spacious
from notifier.registry import channel_for, channel_name

_SPACIOUS = frozenset({"slack"})  # channels with other places than the one of the config, where messages can be edited


def destination(settings: Settings, channel: str | None = None) -> str:
    """Give the name that deliveries for a Slack channel carry, written as id or name; None: that of [slack]."""
    base = channel_name(settings)
    place = _place(channel)
    if base not in _SPACIOUS or not place or settings.slack is None or place == _place(settings.slack.channel):
        return base
    return f"{base}:{place}"


def edits(name: str) -> bool:
    """Tell whether what was sent to a destination can be changed."""
    return name.partition(":")[0] in _SPACIOUS


def fallback(settings: Settings) -> str | None:
    """Give the destination that takes what another one refuses for good; None: there is none."""
    channel = settings.slack.fallback if settings.slack is not None else None
    return destination(settings, channel) if channel else None


def named_channels(settings: Settings) -> Iterator[tuple[str, str]]:
    """Give every Slack channel that the config names, each with the key that names it."""
    slack = settings.slack
    if slack is not None and slack.channel:
        yield "slack.channel", slack.channel
    if slack is not None and slack.fallback:
        yield "slack.fallback", slack.fallback
    if settings.alerting.escalate_to:
        yield "alerting.escalate_to", settings.alerting.escalate_to
    for place, digest in enumerate(settings.digests, start=1):
        if digest.channel:
            yield f"digests[{place}].channel", digest.channel
    for place, channel in enumerate(slack.channels if slack is not None else (), start=1):
        yield f"slack.channels[{place}]", channel


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
