"""The eighth stage: no more messages in an hour than a person can read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

_HOUR = timedelta(hours=1)


def room(told: Sequence[datetime], per_hour: int, now: datetime) -> int:
    """Give how many messages may be told now, so that no hour has more than `per_hour`.

    `told`: when messages were told. A time that is still to come was noted by a wrong clock and does not count.
    """
    lately = sum(timedelta(0) <= now - at < _HOUR for at in told)
    return max(per_hour - lately, 0)
