"""Alerts over 200 brands and three rules: how many are false in a quiet month, and which share where things happen.

Made-up brands with hours, weekdays and levels that move; negative mentions are a fifth of all. Each hour of a month is
looked at, and what is known is renewed weekly. Then a spike of three hours, six times the usual, is put into a fifth of
the brands. An alert lasts until a day went by without surprise, and is false when no spike began in the day before it.
The peer gives every brand and rule its equal part of what is accepted (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.figures import Row
from scoring.counts.alarms import TOGETHER, Direction, accepted_at, surprises
from scoring.counts.discoveries import bound
from scoring.counts.hours import HOUR, WEEK
from scoring.counts.negative_binomial import Numbers
from scoring.counts.past import Past
from scoring.counts.verdict import record
from tests.scoring.counts.worlds import LEVELS, MONDAY, noisy, past_of, rates

BRANDS: Final = 200
RULES: Final = 3  # volume_spike, volume_drop, negative_surge
LEARNED: Final = 8 * WEEK
WATCHED: Final = 720
SPIKE: Final = 3  # hours
EVERY: Final = 5  # brands, of which one has a spike
TIMES: Final = 6.0  # the usual
MOST: Final = 30.0  # false alarms a month beyond which a surprise is none
ACCEPTED: Final = 1.0  # a month over all

Bools = NDArray[np.bool_]
Told = Callable[[Numbers], Bools]  # of the rarest surprises of a day, which are told


def measure() -> list[Row]:
    quiet, begins, spiked = worlds()
    nothing = dict.fromkeys(range(len(quiet)))
    calm, calm_peer = tally(quiet, nothing, stepped_up), tally(quiet, nothing, bonferroni)
    full, full_peer = tally(spiked, begins, stepped_up), tally(spiked, begins, bonferroni)
    print(f"  quiet: told, false, found {calm}, peer {calm_peer}; with spikes {full}, peer {full_peer}")
    share, share_peer = full[1] / max(full[0], 1), full_peer[1] / max(full_peer[0], 1)
    there = len(range(0, BRANDS, EVERY))
    return [
        Row("discoveries, false in a quiet month", str(calm[1]), str(calm_peer[1]), calm[1], 3, at_most=True),
        Row("discoveries, false of those told", f"{share:.1%}", f"{share_peer:.1%}", share, 0.1, at_most=True),
        Row(f"discoveries, spikes found of {there}", str(full[2]), str(full_peer[2]), full[2], full_peer[2]),
    ]


def stepped_up(day: Numbers) -> Bools:
    """Tell as the alerts do."""
    return np.asarray(day <= bound(day[np.isfinite(day)].tolist(), ACCEPTED, len(day)))


def bonferroni(day: Numbers) -> Bools:
    """Tell what is rarer than an equal part."""
    return np.asarray(day <= ACCEPTED / len(day))


def worlds() -> tuple[Numbers, dict[int, int | None], Numbers]:
    """Give by test and hour how often a month chance brings as much; when spikes begin by test; and both with them."""
    dice = np.random.default_rng(20_261_128)
    quiet: list[Numbers] = []
    spiked: list[Numbers] = []
    begins: dict[int, int | None] = {}
    for number in range(BRANDS):
        expected = rates(dice, LEVELS[number % len(LEVELS)], LEARNED + WATCHED, number)
        begin = int(dice.integers(48, WATCHED - 48)) if number % EVERY == number // EVERY % EVERY else None
        counts = noisy(dice, expected, number, 1)
        quiet += rarest_of(dice, counts)
        begins |= {RULES * number: begin, RULES * number + 1: None, RULES * number + 2: begin}
        if begin is None:
            spiked += quiet[-RULES:]
            continue
        hours = slice(LEARNED + begin, LEARNED + begin + SPIKE)
        expected[hours] = np.maximum(expected[hours], 2.0) * TIMES
        counts[hours] = noisy(dice, expected[hours], number, 1)
        spiked += rarest_of(dice, counts)
    return np.array(quiet), begins, np.array(spiked)


def rarest_of(dice: np.random.Generator, counts: Numbers) -> list[Numbers]:
    """Give for each rule and hour of the month how often a month chance brings as much."""
    negative = dice.binomial(counts.astype(np.int64), 0.2).astype(np.float64)
    whole, part = past_of(MONDAY, counts), past_of(MONDAY, negative)
    return [np.concatenate(list(by_week(*one))) for one in ((whole, "up"), (whole, "down"), (part, "up"))]


def by_week(past: Past, direction: Direction) -> Iterator[Numbers]:
    """Give the same of one rule, each week by what was known before it."""
    hourly = surprises(past, direction)
    for start in range(LEARNED, LEARNED + WATCHED, WEEK):
        kept = record(past, past.first + start * HOUR)
        seen = kept.seen(direction)
        part = hourly[start : min(start + WEEK, LEARNED + WATCHED)].tolist()
        yield np.array([accepted_at(rate, kept.months, seen, MOST) if rate < np.inf else np.inf for rate in part])


def tally(rarest: Numbers, begins: Mapping[int, int | None], told: Told) -> tuple[int, int, int]:
    """Give how many alerts are told, how many of them are false, and of how many brands a spike is found."""
    until = np.full(len(rarest), -1)
    begun = false = 0
    found = set[int]()
    for hour in range(rarest.shape[1]):
        day = rarest[:, max(0, hour - TOGETHER) : hour + 1].min(axis=1)
        for test in np.flatnonzero(told(day)).tolist():
            if hour > until[test]:
                begin, begun = begins[test], begun + 1
                if begin is not None and 0 <= hour - begin <= TOGETHER + SPIKE:
                    found.add(test // RULES)
                else:
                    false += 1
            if rarest[test, hour] <= day[test] or hour > until[test]:
                until[test] = hour + TOGETHER
    return begun, false, len(found)
