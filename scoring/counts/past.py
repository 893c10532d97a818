"""A brand's history as it was known at each hour: what a window should hold, and how far windows scatter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from scoring.counts.habit import CLIP, FIRST_SPREAD, course
from scoring.counts.hours import HOUR, WEEK, Hour, grid, hours_of_week
from scoring.counts.negative_binomial import LEAST_SPREAD, Numbers

ENOUGH: Final = 72  # hours that must have been heard before anything is called surprising
HEARD: Final = 0.5  # share of a window, at least
_PRIOR_WINDOWS: Final = 8.0  # how many windows the first belief about the spread counts for
_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Past:
    """Hours without gaps from the first on, with sums that make any window one subtraction."""

    first: datetime
    length: int  # hours that are known
    counts: Numbers  # running sums, one more than there are hours
    heard: Numbers  # the same of the share heard
    usual: Numbers  # the same of pattern times share heard
    pattern: Numbers  # the same of the pattern, a week longer: what a fully heard hour has
    levels: Numbers  # as known before each hour, and after the last
    known: Numbers  # independent mentions that each level rests on
    _spreads: dict[int, float] = field(init=False, default_factory=dict, compare=False, repr=False)  # told once

    def before(self, moment: datetime) -> Past:
        """Give the same as it was known at a moment: hours that were over, and nothing learned since."""
        return replace(self, length=max(0, min(self.length, (moment - self.first) // HOUR)))

    def hours_heard(self) -> float:
        """Give how many hours were heard."""
        return float(self.heard[self.length])

    def heard_before(self, hours: float) -> float:
        """Give how many hours were heard before a moment, told in hours from the first."""
        return float(self.heard[min(int(hours), self.length)])

    def expected(self, starts: Numbers, ends: Numbers) -> Numbers:
        """Give the mentions that fully heard windows should hold, by the level known when each began.

        Both ends in hours from the first, at most a week beyond the last that is known.
        """
        places = np.arange(len(self.pattern))
        pattern = np.interp(ends, places, self.pattern) - np.interp(starts, places, self.pattern)
        return self.levels[self._at(starts)] * pattern

    def unsure(self, starts: Numbers) -> Numbers:
        """Give the relative variance of the level itself: large when little was heard."""
        return 1 / np.maximum(self.known[self._at(starts)], 1.0)

    def windows(self, hours: int) -> tuple[Numbers, Numbers]:
        """Give count and expectation of each window of whole hours up to the last; 0 expected: not to be judged."""
        ends = np.arange(hours, self.length + 1)
        starts = ends - hours
        heard = self.heard[ends] - self.heard[starts]
        judged = (heard >= HEARD * hours) & (self.heard[starts] >= ENOUGH)
        expected = self.levels[starts] * (self.usual[ends] - self.usual[starts])
        return self.counts[ends] - self.counts[starts], np.where(judged, expected, 0.0)

    def spread(self, hours: int) -> float:
        """Give how far windows of that length scatter beyond Poisson: variance = mean + spread * mean squared.

        Moments of the past's windows, each cut to three deviations; the first belief is that of single hours, since
        what moves an hour may last. What moves windows includes what the level did not follow.
        """
        if hours not in self._spreads:
            self._spreads[hours] = self._measured(hours)
        return self._spreads[hours]

    def _measured(self, hours: int) -> float:
        belief = FIRST_SPREAD if hours == 1 else self.spread(1)
        counts, expected = self.windows(hours)
        some = expected > 0
        counts, expected = counts[some], expected[some]
        weights = (FIRST_SPREAD * expected / (1 + FIRST_SPREAD * expected)) ** 2 / hours
        spread = belief
        for _ in range(_ROUNDS if len(counts) else 0):
            reach = CLIP * np.sqrt(expected + spread * expected**2) + 1
            off = np.clip(counts - expected, -reach, reach) / expected
            found = float(weights @ (off**2 - 1 / expected)) + _PRIOR_WINDOWS * belief
            spread = max(found / (float(weights.sum()) + _PRIOR_WINDOWS), LEAST_SPREAD)
        return spread

    def _at(self, hours: Numbers) -> NDArray[np.int64]:
        return np.minimum(np.floor(hours).astype(np.int64), self.length)


def past(hours: Sequence[Hour], zone: ZoneInfo) -> Past:
    """Learn a brand's habit from its hours, in any order; those missing were not heard. At least one is needed."""
    first, every = grid(hours)
    places = hours_of_week(first, len(every) + WEEK, zone)
    learned = course(every, places)
    pattern = np.array(learned.patterns)
    heard = np.array([hour.heard for hour in every])
    return Past(
        first,
        len(every),
        _sums([hour.count if hour.heard > 0 else 0 for hour in every]),
        _sums(heard),
        _sums(pattern[: len(every)] * heard),
        _sums(pattern),
        np.array(learned.levels),
        np.array(learned.known),
    )


def _sums(numbers: Sequence[float] | Numbers) -> Numbers:
    return np.concatenate([[0.0], np.cumsum(np.asarray(numbers, dtype=np.float64))])
