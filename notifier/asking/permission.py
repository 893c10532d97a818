"""Who may press buttons and ask, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.settings import Settings
from notifier.asking.interaction import Asker
from notifier.destinations import named_channels


@dataclass(frozen=True, slots=True)
class Permission:
    """What the config permits."""

    users: Sequence[str]  # ids; none: everybody
    channels: Sequence[str]  # ids or names

    @classmethod
    def from_settings(cls, settings: Settings) -> Permission:
        """Give what a config permits: without channels of their own, questions belong where the config posts."""
        slack = settings.slack
        own = slack.channels if slack is not None else ()
        places = own or tuple(channel for _, channel in named_channels(settings))
        return cls(slack.users if slack is not None else (), tuple(place.removeprefix("#") for place in places))

    def refusal(self, asker: Asker) -> str | None:
        """Say why somebody may not, and what to add to the config so that they may. None: they may."""
        if asker.channel not in self.channels and asker.place not in self.channels:
            return (
                "Overheard takes no questions in this channel, and nothing was done. To allow it, whoever runs it adds "
                f'"{asker.channel}" to channels in [slack] of the config, and starts it anew.'
            )
        if self.users and asker.user not in self.users:
            return (
                "You may not ask Overheard, and nothing was done. To allow it, whoever runs it adds "
                f'"{asker.user}" to users in [slack] of the config, and starts it anew.'
            )
        return None
