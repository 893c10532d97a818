"""What the rules about shares and sentiment have in common: a window beside the windows before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import hypot
from statistics import NormalDist, median

import numpy as np

from scoring.baseline import scatter
from scoring.counts.alarms import a_month
from scoring.counts.hours import HOUR
from scoring.heard_hour import HeardHour
from scoring.voice_counts import together
from scoring.watch import Watch, WatchedBrand
from storage.records import VoiceCount

WINDOW = timedelta(hours=24)
WINDOWS = 28  # before it that are compared
ENOUGH = 7  # of them that must say something
_HEARD = 0.5  # share of a window, at least

_normal = NormalDist()


@dataclass(frozen=True, slots=True)
class Unlike:
    """How far the value of a window is from that of the windows before, and what that means."""

    now: float
    usual: float  # the middle of the windows before
    deviation: float  # how far a window scatters around it: by its own few mentions and by how days differ
    windows: int

    @property
    def off(self) -> float:
        """Give the difference to what is usual."""
        return self.now - self.usual

    @property
    def strength(self) -> float:
        """Give the difference in deviations."""
        return abs(self.off) / self.deviation

    @property
    def usual_range(self) -> tuple[float, float]:
        """Give where 95 % of windows lie."""
        reach = _normal.inv_cdf(0.975) * self.deviation
        return self.usual - reach, self.usual + reach

    def often(self, seen: Watch) -> float:
        """Give in how many stretches of a month chance alone brings a window as far off, to either side."""
        tail = np.array([2 * _normal.cdf(-self.strength)])
        return float(a_month(tail, WINDOW, timedelta(seconds=seen.every))[0])


def unlike(now: float, error: float, earlier: Sequence[float | None]) -> Unlike | None:
    """Set a value, with the standard error that its few mentions give it, beside those of earlier windows.

    A window of which nothing can be said is None. None: fewer than seven say something. The scatter of days is told by
    the median absolute deviation, which a crisis among them does not widen.
    """
    known = [value for value in earlier if value is not None]
    if len(known) < ENOUGH:
        return None
    middle = median(known)
    days = scatter(known, middle)
    # The middle of n windows scatters by 1.2533 / sqrt(n) of what each does.
    return Unlike(now, middle, hypot(error, days, 1.2533 * days / len(known) ** 0.5), len(known))


def counts_of(brand: WatchedBrand, at: datetime) -> list[VoiceCount | None]:
    """Give what was counted in each of these windows, by whole hours; None where less than half of it was heard."""
    by_window: list[list[HeardHour]] = [[] for _ in range(WINDOWS + 1)]
    for hour in brand.hours:
        place = (at - hour.start - timedelta(microseconds=1)) // WINDOW
        if 0 <= place <= WINDOWS:
            by_window[place].append(hour)
    return [
        together(brand.slug, (hour.count for hour in hours)) if _heard(hours) >= _HEARD else None for hours in by_window
    ]


def valued(counts: Sequence[VoiceCount | None], value: Callable[[VoiceCount], float | None]) -> list[float | None]:
    """Give a value of each count; None where there is none."""
    return [None if count is None else value(count) for count in counts]


def _heard(hours: Sequence[HeardHour]) -> float:
    return sum(hour.heard for hour in hours) / (WINDOW / HOUR)
