"""Student's t distribution, and mixtures of it, without a library of statistics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_STEPS: Final = 60  # halvings of an interval of 200 errors: the end is exact to the last digit that matters
_FAR: Final = 100.0  # errors to both sides between which quantiles are looked for


def student_cdf(values: Numbers, freedom: int) -> Numbers:
    """Give the chance of a value below each of `values`, for whole degrees of freedom from 1.

    The finite series of M. Abramowitz and I.A. Stegun, "Handbook of Mathematical Functions", 26.7.3 and 26.7.4.
    """
    angle = np.arctan(values / np.sqrt(freedom))
    squared = np.cos(angle) ** 2
    odd = freedom % 2
    term = np.cos(angle) if odd else np.ones_like(angle)
    series = np.zeros_like(angle) if freedom == 1 else term.copy()
    for number in range(3 if odd else 2, freedom - 1, 2):
        term = term * squared * (number - 1) / number
        series += term
    within = (angle + np.sin(angle) * series) * 2 / np.pi if odd else np.sin(angle) * series
    chances: Numbers = 0.5 + within / 2
    return chances


@dataclass(frozen=True, slots=True)
class Mixture:
    """t distributions with the same freedom, each believed with its weight."""

    middles: Numbers
    errors: Numbers  # above 0
    weights: Numbers  # add up to 1
    freedom: int

    @property
    def mean(self) -> float:
        """The middle of all."""
        return float(self.weights @ self.middles)

    def below(self, value: float) -> float:
        """Give the chance of less than a value."""
        return float(self.weights @ student_cdf((value - self.middles) / self.errors, self.freedom))

    def quantile(self, chance: float) -> float:
        """Give the value below which the given chance lies."""
        low = float((self.middles - _FAR * self.errors).min())
        high = float((self.middles + _FAR * self.errors).max())
        for _ in range(_STEPS):
            middle = (low + high) / 2
            if self.below(middle) < chance:
                low = middle
            else:
                high = middle
        return (low + high) / 2
