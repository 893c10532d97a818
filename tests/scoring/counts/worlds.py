"""Made-up brands for tests of spikes: hours, weekdays, levels that move, noise; nothing happens in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from scoring.counts.hours import HOUR, Hour
from scoring.counts.past import Past, past

Numbers = NDArray[np.float64]

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
LEVELS = (0.2, 1.0, 5.0, 20.0, 200.0)  # mentions an hour
MOVES = ((0.0, 24.0), (0.2, 24.0), (0.3, 72.0), (0.2, 12.0))  # of the level: deviation of its logarithm, hours it lasts
SCATTER = (0.05, 0.05, 0.05, 0.2)  # of an hour beyond Poisson, relative variance


def brand(dice: np.random.Generator, level: float, hours: int, kind: int, parts: int = 6) -> Numbers:
    """Give counts in parts of an hour in which nothing happens."""
    return noisy(dice, rates(dice, level, hours, kind), kind, parts)


def rates(dice: np.random.Generator, level: float, hours: int, kind: int) -> Numbers:
    """Give mentions to be expected of each hour: day and week have a shape, the level moves in one of four ways."""
    hour = np.arange(hours)
    shape = dice.uniform(0.3, 1) * np.cos(2 * np.pi * (hour % 24 - dice.uniform(8, 18)) / 24)
    shape = shape - dice.uniform(0, 0.6) * (hour // 24 % 7 >= 5)
    deviation, lasts = MOVES[kind % 4]
    return np.asarray(level * np.exp(shape + _moves(dice, hours, deviation, lasts)))


def noisy(dice: np.random.Generator, expected: Numbers, kind: int, parts: int = 6) -> Numbers:
    """Give negative binomial counts in parts of an hour; of half the kinds the noise lasts for the hour."""
    scatter, hours = SCATTER[kind % 4], len(expected)
    if kind // 4 % 2:
        noise = dice.gamma(1 / (scatter * parts), scatter * parts, hours * parts)
    else:
        noise = np.repeat(dice.gamma(1 / scatter, scatter, hours), parts)
    return dice.poisson(np.repeat(expected / parts, parts) * noise).astype(np.float64)


def poisson(dice: np.random.Generator, expected: Numbers, parts: int = 6) -> Numbers:
    """Give counts that chance alone scatters."""
    return dice.poisson(np.repeat(expected / parts, parts)).astype(np.float64)


def _moves(dice: np.random.Generator, hours: int, deviation: float, lasts: float) -> Numbers:
    kept = np.exp(-1 / lasts)
    moves = dice.normal(0, deviation * np.sqrt(1 - kept**2), hours)
    moves[0] = dice.normal(0, deviation) if deviation else 0.0
    for place in range(1, hours):
        moves[place] += kept * moves[place - 1]
    return np.asarray(moves - deviation**2 / 2)


def hours_of(counts: Iterable[float], first: datetime = MONDAY, heard: float = 1.0) -> list[Hour]:
    """Give hours, one after the other."""
    return [Hour(first + number * HOUR, int(count), heard) for number, count in enumerate(counts)]


def past_of(first: datetime, counts: Iterable[float], zone: str = "UTC") -> Past:
    """Learn hours that were heard in full."""
    return past(hours_of(counts, first), ZoneInfo(zone))


def later(hours: float) -> datetime:
    """Give the moment so many hours after the first Monday."""
    return MONDAY + timedelta(hours=hours)
