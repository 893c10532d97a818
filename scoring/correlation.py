"""How two daily series go together, and which of them comes first: correlations with lags, and nothing more than that.

Weekdays and what a day has from the day before are taken out of each series first: two series that merely last would
correlate by chance (G.U. Yule, "Why do we Sometimes get Nonsense-Correlations between Time-Series?", Journal of the
Royal Statistical Society 89, 1926; the remedy is that of L.D. Haugh, "Checking the Independence of Two
Covariance-Stationary Time Series", Journal of the American Statistical Association 71, 1976).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import atanh, fsum, inf, sqrt, tanh
from statistics import fmean
from typing import Final

LAGS: Final = 7  # days, to both sides
ENOUGH: Final = 28  # days on which both are known
# Two-sided normal quantile of 5 % shared among 15 lags: the best of many must be better than one alone.
_WIDTH: Final = 2.935
_EXACT: Final = 1e-12  # of a sum of squares against that of the series: less is rounding


@dataclass(frozen=True, slots=True)
class Correlation:
    """The lag at which two series go together most."""

    lag: int  # days by which the second follows the first; below 0 it leads
    coefficient: float  # -1..1
    low: float  # interval that holds the truth of all lags together in 95 %
    high: float
    days: int  # that it was taken over

    @property
    def beyond_chance(self) -> bool:
        """Whether the interval leaves out zero."""
        return not self.low <= 0 <= self.high


def strongest(first: Mapping[date, float], second: Mapping[date, float]) -> Correlation | None:
    """Give the strongest correlation of all lags; None where fewer than 28 days are known of both, or one is still."""
    left, right = _news(first), _news(second)
    found = [one for lag in range(-LAGS, LAGS + 1) if (one := _at(left, right, lag)) is not None]
    return max(found, key=lambda one: (abs(one.coefficient), -abs(one.lag)), default=None)


def _news(series: Mapping[date, float]) -> Mapping[date, float]:
    """Give what a day brings that neither its weekday nor the day before lets expect; only after a known day."""
    by_weekday: defaultdict[int, list[float]] = defaultdict(list)
    for day, value in series.items():
        by_weekday[day.weekday()].append(value)
    usual = {weekday: fmean(values) for weekday, values in by_weekday.items()}
    left = {day: value - usual[day.weekday()] for day, value in series.items()}
    pairs = [(left[before], value) for day, value in left.items() if (before := day - timedelta(days=1)) in left]
    whole = fsum(earlier * earlier for earlier, _ in pairs)
    lasting = fsum(earlier * later for earlier, later in pairs) / whole if whole > 0 else 0.0
    return {
        day: value - lasting * left[before]
        for day, value in left.items()
        if (before := day - timedelta(days=1)) in left
    }


def _at(left: Mapping[date, float], right: Mapping[date, float], lag: int) -> Correlation | None:
    both = [(value, right[there]) for day, value in left.items() if (there := day + timedelta(days=lag)) in right]
    if len(both) < ENOUGH:
        return None
    means = [fmean(side) for side in zip(*both, strict=True)]
    moved = [(one - means[0], other - means[1]) for one, other in both]
    squares = [fsum(value * value for value in side) for side in zip(*moved, strict=True)]
    sizes = [fsum(value * value for value in side) for side in zip(*both, strict=True)]
    if any(square <= _EXACT * size for square, size in zip(squares, sizes, strict=True)):
        return None
    coefficient = fsum(one * other for one, other in moved) / sqrt(squares[0] * squares[1])
    # Fisher's transformation: its error is 1 / sqrt(n - 3) whatever the coefficient.
    middle = atanh(coefficient) if abs(coefficient) < 1 else inf * coefficient
    half = _WIDTH / sqrt(len(both) - 3)
    return Correlation(lag, max(-1.0, min(1.0, coefficient)), tanh(middle - half), tanh(middle + half), len(both))
