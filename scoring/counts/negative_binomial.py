"""Tails of the negative binomial distribution, for arrays, without a library of statistics."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

LEAST_SPREAD: Final = (
    1e-3  # a rate that moves by 3 %: below it the tails are those of Poisson for all that matters here
)

_STEPS: Final = 2_000  # of the continued fraction; it needs some square root of the largest argument
_CLOSE: Final = 1e-12
_TINY: Final = 1e-300
_SERIES_FROM: Final = 8.0  # above it Stirling's series is exact to 12 digits


def upper_tail(counts: Numbers, means: Numbers, spread: Numbers) -> Numbers:
    """Give the chance of each count or more; variance = mean + spread * mean squared.

    With size r = 1 / spread it is the regularised incomplete beta function I(mean / (mean + r); count, r)
    (Johnson, Kemp and Kotz, "Univariate Discrete Distributions", 5.6). Means must be above 0.
    """
    counts, means, spread = np.broadcast_arrays(counts, means, np.maximum(spread, LEAST_SPREAD))
    chances = np.ones(counts.shape)
    some = counts > 0
    size = 1 / spread[some]
    chances[some] = _incomplete_beta(means[some] / (means[some] + size), counts[some], size)
    return chances


def middle_upper(counts: Numbers, means: Numbers, spread: Numbers) -> Numbers:
    """Give the chance of more than each count and half that of the count itself.

    The mid-p of H.O. Lancaster, "Significance tests in discrete distributions", JASA 56, 1961: its mean is 1/2 for
    small means too, where the plain tail is far too careful.
    """
    return upper_tail(counts + 1, means, spread) + _chance_of(counts, means, spread) / 2


def _chance_of(counts: Numbers, means: Numbers, spread: Numbers) -> Numbers:
    """Give the chance of each count itself (Johnson, Kemp and Kotz, 5.1)."""
    counts, means, spread = np.broadcast_arrays(counts, means, np.maximum(spread, LEAST_SPREAD))
    size = 1 / spread
    ways = _log_gamma(counts + size) - _log_gamma(counts + 1) - _log_gamma(size)
    return np.asarray(np.exp(ways - size * np.log1p(means / size) - counts * np.log1p(size / means)))


def quantile(chance: float, mean: float, spread: float) -> int:
    """Give the least count that is not exceeded with the given chance."""
    low, high = -1, 1
    while _above(high, mean, spread) > 1 - chance:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if _above(middle, mean, spread) > 1 - chance:
            low = middle
        else:
            high = middle
    return high


def _above(count: int, mean: float, spread: float) -> float:
    return float(upper_tail(np.array([count + 1.0]), np.array([mean]), np.array([spread]))[0])


def _incomplete_beta(x: Numbers, a: Numbers, b: Numbers) -> Numbers:
    """Give I(x; a, b), the continued fraction DLMF 8.17.22 by Lentz's method, on the side where it is quick."""
    turned = x > (a + 1) / (a + b + 2)
    at = np.where(turned, 1 - x, x)
    first, second = np.where(turned, b, a), np.where(turned, a, b)
    front = (
        _log_gamma(a + b) - _log_gamma(a) - _log_gamma(b) + first * np.log(at) + second * np.log1p(-at) - np.log(first)
    )
    value = np.exp(front) * _fraction(at, first, second)
    return np.asarray(np.clip(np.where(turned, 1 - value, value), 0.0, 1.0))


def _fraction(x: Numbers, a: Numbers, b: Numbers) -> Numbers:
    c = np.ones_like(x)
    d = _inverse(1 - (a + b) * x / (a + 1))
    value = d.copy()
    step = d
    for m in range(1, _STEPS):
        for factor in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = _inverse(1 + factor * d)
            c = 1 + factor / c
            c = np.where(np.abs(c) < _TINY, _TINY, c)
            step = c * d
            value = value * step
        if np.all(np.abs(step - 1) < _CLOSE):
            break
    return value


def _inverse(numbers: Numbers) -> Numbers:
    return 1 / np.where(np.abs(numbers) < _TINY, _TINY, numbers)


def _log_gamma(numbers: Numbers) -> Numbers:
    """Give the logarithm of the gamma function: Stirling's series, DLMF 5.11.1, after a shift by 5.5.1."""
    x = numbers.astype(np.float64)
    shift = np.zeros_like(x)
    while np.any(low := x < _SERIES_FROM):
        shift = np.where(low, shift - np.log(np.where(low, x, 1.0)), shift)
        x = np.where(low, x + 1, x)
    rest = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * x**2)) / x**2) / x**2) / x
    return np.asarray((x - 0.5) * np.log(x) - x + 0.5 * np.log(2 * np.pi) + rest + shift)
