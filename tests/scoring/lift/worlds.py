"""Made-up worlds for tests of lifts: daily mentions with weekdays, a trend that brands share, errors that last."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scoring.day import Day
from storage.records import VoiceCount

Numbers = NDArray[np.float64]

MONDAY = date(2026, 1, 5)
WEEK = np.array([0.0, 0.05, 0.1, 0.05, 0.0, -0.3, -0.35])  # of the logarithm of mentions, Monday first
TRENDS: dict[str, Callable[[np.random.Generator, int], Numbers]] = {  # of the same
    "none": lambda _, days: np.zeros(days),
    "line": lambda dice, days: 0.5 * np.arange(days) / days * dice.choice([-1, 1]),
    "wave": lambda dice, days: 0.3 * np.sin(2 * np.pi * (np.arange(days) / dice.uniform(20, 60) + dice.uniform())),
    "walk": lambda dice, days: np.cumsum(dice.normal(0, 0.03, days)),
}


def counts(
    dice: np.random.Generator, days: int, levels: Sequence[float], trend: str, lasting: float = 0.5
) -> list[Numbers]:
    """Give daily counts of brands that share a trend and the week; each has errors of its own (AR(1), 15 %).

    Negative binomial: of 40 a day, the variance beside all that is 40 + 40 ** 2 / 20.
    """
    shared = TRENDS[trend](dice, days) + WEEK[np.arange(days) % 7]
    found = []
    for level in levels:
        errors = np.zeros(days)
        news = dice.normal(0, 0.15 * np.sqrt(1 - lasting**2), days)
        for day in range(days):
            errors[day] = lasting * errors[day - 1] + news[day] if day else dice.normal(0, 0.15)
        found.append(dice.poisson(dice.gamma(20, level * np.exp(shared + errors) / 20)).astype(float))
    return found


def days_of(brands: Mapping[str, Sequence[float] | Numbers], heard: float = 1.0) -> list[Day]:
    """Give the days of counts; every mention names one brand, and 35 of 100 are good, 25 bad, as chance has it."""
    length = len(next(iter(brands.values())))
    return [
        Day(
            MONDAY + timedelta(place),
            {name: voice(name, int(numbers[place]), place) for name, numbers in brands.items()},
            {"rss:news": heard},
        )
        for place in range(length)
    ]


def voice(brand: str, mentions: int, place: int) -> VoiceCount:
    """Give a day of a brand."""
    dice = np.random.default_rng([place, *brand.encode()])
    good, bad, neutral = dice.multinomial(mentions, (0.35, 0.25, 0.4)).tolist()
    return VoiceCount(brand, mentions, float(mentions), positive=good, negative=bad, neutral=neutral)
