"""Lift: how often the 95 % interval holds the truth, how often a lift of 30 % shows, and what one answer costs.

Input: made-up campaigns. 90 days before, 14 in the window, a brand of 40 mentions a day beside three competitors of 60,
30 and 20: weekdays, negative binomial noise, errors that last (AR(1) of 0.3, 0.5 or 0.7) and a trend that all share
(none, a line, a wave, a random walk), a quarter each. The peer is ordinary least squares on the same causes, whose
errors are taken to be independent.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from bench.figures import Row, cpu
from scoring.lift.days import causes, numbers
from scoring.lift.forecast import Causes, Effect, Forecast
from scoring.lift.measure import Measure
from tests.scoring.lift.worlds import TRENDS, Numbers, counts, days_of

KNOWN, LENGTH, CAMPAIGNS = 90, 14, 500
LEVELS = (40, 60, 30, 20)
NAMES = ("acme", "globex", "initech", "hooli")
LIFT = 0.3

Answers = defaultdict[str, list[bool]]  # by trend


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of many campaigns, by trend."""

    held: Answers = field(default_factory=lambda: defaultdict(list))
    held_by_peer: Answers = field(default_factory=lambda: defaultdict(list))
    shown: Answers = field(default_factory=lambda: defaultdict(list))
    detectable: list[float] = field(default_factory=list)  # as a part of what was expected


def share(found: Answers) -> float:
    return float(np.mean([one for some in found.values() for one in some]))


def measure() -> list[Row]:
    tally = simulated()
    for title, found in (("holds zero", tally.held), ("of the peer", tally.held_by_peer), ("shows", tally.shown)):
        print(f"  {title}: {', '.join(f'{name} {np.mean(some):.0%}' for name, some in found.items())}")
    print(f"  shows four times in five: an effect of {np.median(tally.detectable):+.0%} (median)")
    held, peer, shown = (share(found) for found in (tally.held, tally.held_by_peer, tally.shown))
    days = days_of(dict(zip(NAMES, counts(np.random.default_rng(3), KNOWN + LENGTH, LEVELS, "wave"), strict=True)))
    one = min(cpu(lambda: Measure("mentions", "acme", NAMES[1:]).effect(days[:KNOWN], days[KNOWN:])) for _ in range(3))
    return [
        Row("lift, 95 % interval holds the truth", f"{held:.1%}", f"{peer:.1%} least squares", held, 0.93),
        Row("lift, the same, not too wide", f"{held:.1%}", "", held, 0.97, at_most=True),
        Row("lift, power: +30 % of 40 a day, 14 days", f"{shown:.0%}", "", shown, 0.3),
        Row("lift, CPU of one metric", f"{one:.2f} s", "", one, 1, at_most=True),
    ]


def simulated() -> Tally:
    dice = np.random.default_rng(20_260_501)
    days = days_of({"acme": [0.0] * (KNOWN + LENGTH)})
    past, present = days[:KNOWN], days[KNOWN:]
    forecast = Forecast(numbers(past), numbers(present), np.ones(LENGTH))
    tally = Tally()
    for number in range(CAMPAIGNS):
        trend = list(TRENDS)[number % len(TRENDS)]
        brand, *controls = counts(dice, KNOWN + LENGTH, LEVELS, trend, lasting=(0.3, 0.5, 0.7)[number % 3])
        explained = causes(past, present, [(control[:KNOWN], control[KNOWN:]) for control in controls])
        found = effect(forecast, brand[:KNOWN], brand[KNOWN:], explained)
        raised = effect(forecast, brand[:KNOWN], brand[KNOWN:] + dice.poisson(brand[KNOWN:] * LIFT), explained)
        tally.held[trend].append(found.low <= 0 <= found.high)
        tally.held_by_peer[trend].append(by_least_squares(brand[:KNOWN], brand[KNOWN:], explained))
        tally.shown[trend].append(raised.low > 0)
        tally.detectable.append(found.detectable / found.expected)
    return tally


def effect(forecast: Forecast, before: Numbers, window: Numbers, explained: Causes) -> Effect:
    found = forecast.effect(before, window, explained)
    if found is None:
        raise ValueError("a made-up series without noise")
    return found


def by_least_squares(before: Numbers, window: Numbers, explained: Causes) -> bool:
    """Tell whether the peer's interval holds zero."""
    x = explained.history
    inverse = np.linalg.inv(x.T @ x)
    slopes = inverse @ x.T @ before
    variance = ((before - x @ slopes) ** 2).sum() / (len(before) - x.shape[1])
    there = explained.window.sum(axis=0)
    half = 1.99 * np.sqrt(variance * (len(window) + there @ inverse @ there))  # t of some 80 degrees of freedom
    return bool(abs(window.sum() - there @ slopes) <= half)
