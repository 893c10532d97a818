"""Where labels and lines of a scale stand, so that none covers another. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import Final

_NICE: Final = (1, 2, 5, 10)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Give a place for each label, near where it is wanted, `gap` apart and from `low` to `high`; closer if they must.

    Their order stays.
    """
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    places = list(wanted)
    edge = low
    for number in order:
        places[number] = max(places[number], edge)
        edge = places[number] + gap
    edge = high
    for number in reversed(order):
        places[number] = min(places[number], edge)
        edge = places[number] - gap
    return places


def steps(top: int, most: int = 4) -> list[int]:
    """Give the whole numbers to write on a scale from 0 to `top`: 0 and at most `most` more, a round step apart."""
    least = max(top / most, 1)
    power = 10 ** floor(log10(least))
    step = next(nice * power for nice in _NICE if nice * power >= least)
    return list(range(0, top + 1, step))
