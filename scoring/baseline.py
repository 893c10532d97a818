"""What is usual: the middle of the windows before, and the range in which the next one is no news."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import median
from typing import Final, Literal

from storage.records import Span

WINDOWS: Final = 8  # how many earlier windows are looked at
ENOUGH: Final = 4  # of them, to say anything at all
WIDTH: Final = 3.0  # standard deviations to either side
# The median absolute deviation of a normal distribution is this part of its standard deviation (Rousseeuw and Croux,
# "Alternatives to the Median Absolute Deviation", Journal of the American Statistical Association 88, 1993).
_MAD_OF_NORMAL: Final = 1 / 1.4826


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a count usually is. The range is never narrower than counting itself makes it (Poisson)."""

    median: float
    mad: float  # median absolute deviation
    low: float  # expected range, both ends included; never below 0
    high: float
    windows: int  # how many it was made of

    def place(self, value: float) -> Literal["below", "within", "above"]:
        """Tell where a value lies beside the expected range."""
        if value < self.low:
            return "below"
        return "above" if value > self.high else "within"

    def over(self, share: float) -> Baseline:
        """Give the baseline of a part of a window, for one that is not over yet; `share` is 0..1 of its length."""
        if not 0 < share <= 1:
            raise ValueError(f"share of a window must be above 0 and at most 1, not {share}")
        middle = self.median * share
        return _around(middle, self.mad * sqrt(share), self.windows)


def baseline(counts: Sequence[float | None]) -> Baseline | None:
    """Give what is usual among the counts of earlier windows; None when fewer than four of them are known.

    A window that was not listened to is None and is left out: deafness is not silence. There is no season in it: days
    are compared with days, weeks with weeks, whichever weekday or month they are.
    """
    known = [count for count in counts if count is not None]
    if len(known) < ENOUGH:
        return None
    middle = median(known)
    return _around(middle, _mad(known, middle), len(known))


def earlier_counts(
    hours: Iterable[tuple[datetime, int]], window: Span, listening_since: datetime | None, windows: int = WINDOWS
) -> list[int | None]:
    """Give the mentions in each of the windows of the same length right before `window`, the latest first.

    `hours` are counts by start of hour. None stands for a window that began before listening did, so that a young
    history does not look quiet. A window whose length is not whole hours gets the hours that start in it.
    """
    spans = [
        Span(window.start - number * window.length, window.start - (number - 1) * window.length)
        for number in range(1, windows + 1)
    ]
    counts = [0 if listening_since is not None and span.start >= listening_since else None for span in spans]
    for hour, mentions in hours:
        index = -((hour - window.start) // window.length) - 1
        if 0 <= index < windows and (known := counts[index]) is not None:
            counts[index] = known + mentions
    return counts


def scatter(values: Sequence[float], middle: float) -> float:
    """Give the standard deviation of values around their middle as the median absolute deviation tells it.

    A crisis among them does not widen it.
    """
    return _mad(values, middle) / _MAD_OF_NORMAL


def _mad(values: Sequence[float], middle: float) -> float:
    return median(abs(value - middle) for value in values)


def _around(middle: float, mad: float, windows: int) -> Baseline:
    deviation = max(mad / _MAD_OF_NORMAL, sqrt(middle), 1.0)
    return Baseline(middle, mad, max(middle - WIDTH * deviation, 0.0), middle + WIDTH * deviation, windows)
