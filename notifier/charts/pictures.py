"""All pictures of a digest, in the order in which they are shown."""

from __future__ import annotations

from typing import Final

from notifier.charts.goals import goals
from notifier.charts.over_time import over_time
from notifier.charts.picture import Picture
from notifier.charts.share_of_voice import share_of_voice
from notifier.charts.theme import Theme
from notifier.digest.contents import Digest

_DRAWN: Final = (share_of_voice, over_time, goals)


def pictures(digest: Digest, theme: Theme) -> list[Picture]:
    """Give the pictures that the digest's data allow; one that has nothing to show is left out."""
    return [picture for draw in _DRAWN if (picture := draw(digest, theme)) is not None]
