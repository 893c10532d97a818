"""Which surprises of a day are discoveries, over everything that is tested: the share of false ones is bounded.

On the surprises of one day, one of each thing that is tested, stands the step-up procedure of Y. Benjamini and Y.
Hochberg, "Controlling the false discovery rate", JRSS B 57, 1995. Its level is such that a day on which nothing happens
brings as many false alarms as are accepted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import expm1, log1p
from typing import Final

from scoring.counts.alarms import MONTH

DAY: Final = timedelta(days=1)
_MONTHS: Final = DAY / MONTH  # that surprises which are one alarm span
_HALVINGS: Final = 60
_CLOSE: Final = 1e-12


def bound(rates: Sequence[float], accepted: float, tests: int) -> float:
    """Give how often a month chance may bring a surprise that is a discovery.

    `rates`: how often a month it brings what was found. `accepted`: false alarms a month over all tests.
    """
    each = level(accepted, tests) / tests
    ordered = sorted(rates)
    told = max((rank for rank, rate in enumerate(ordered, start=1) if chance(rate) <= rank * each), default=1)
    return -log1p(-min(told * each, 1 - _CLOSE)) / _MONTHS


def chance(rate: float) -> float:
    """Give the chance that a day brings a surprise as rare as one that comes so often a month (Poisson)."""
    return -expm1(-rate * _MONTHS)


def level(accepted: float, tests: int) -> float:
    """Give the share of the discoveries of a day that are false at most, on average over all days.

    Where p-values are independent, or depend on each other as Y. Benjamini and D. Yekutieli, "The control of the false
    discovery rate under dependency", Annals of Statistics 29, 2001, ask for; days without alerts count as none false.
    """
    wanted = tests * chance(accepted / tests)
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if expected_false(middle, tests) <= wanted else (low, middle)
    return low


def expected_false(share: float, tests: int) -> float:
    """Give how many of so many independent tests a step-up at that level tells on a day on which nothing happens.

    It is q * sum over k < m of (k + 1) * (m - 1)! / (m - 1 - k)! * (q / m)^k: q for one test, q / (1 - q)^2 for many.
    """
    term, total = share, 0.0
    for k in range(tests):
        total += (k + 1) * term
        term *= (tests - 1 - k) / tests * share
        if term < _CLOSE * total:
            break
    return total
