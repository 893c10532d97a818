"""How often Slack lets itself be called: one message a second for each channel, so many calls a minute for the rest."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

BURST = 2  # messages at once in a channel; more than one, as a pause of a second may arrive a little shorter


class RateLimits:
    """A bucket for each key, that fills up again as time goes by."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: dict[Hashable, tuple[float, float]] = {}  # what is in it, and when that was

    def wait(self, key: Hashable, size: float, per_second: float) -> int:
        """Take one call out of a bucket. Gives 0, or the whole seconds after which there will be one."""
        now = self._clock()
        held, since = self._buckets.get(key, (size, now))
        held = min(size, held + (now - since) * per_second)
        if held < 1:
            self._buckets[key] = (held, now)
            return max(1, math.ceil((1 - held) / per_second))
        self._buckets[key] = (held - 1, now)
        return 0
