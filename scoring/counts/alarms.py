"""When a surprise is an alarm: rarer than the false alarms a month that are accepted, over all brands and rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import NormalDist
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from scoring.counts.hours import HOUR
from scoring.counts.negative_binomial import Numbers, middle_upper
from scoring.counts.past import Past

Direction = Literal["up", "down"]

MONTH: Final = timedelta(days=30)
LENGTHS: Final = (1, 3, 24)  # hours: a burst, an evening, a slow fire
TOGETHER: Final = 24  # hours: surprises no further apart are one alarm
FLOOR: Final = 5.0  # mentions: fewer in a window are no spike, and where fewer are expected nothing can drop
_BELIEF: Final = 1.0  # months of history that the model's word counts for
_OVERLAP: Final = 1.5  # windows of the three lengths are surprised together: as often as one and a half alone
_FINE: Final = 1e-3  # relative: no finer is told how many false alarms a month one must accept
_LEAST: Final = 1e-300  # chances are told apart down to here
_DISCRETE: Final = 0.583  # how much two looks miss of what lies between them: -zeta(1/2) / sqrt(2 pi)

_normal = NormalDist()


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How many false alarms a month somebody accepts, over so many brands and rules that share the number."""

    accepted: float = 1.0
    shared_by: int = 1

    def __post_init__(self) -> None:
        if self.accepted <= 0 or self.shared_by < 1:
            raise ValueError(f"false alarms a month must be above 0, shared by 1 or more: {self}")

    @property
    def each(self) -> float:
        """Give the false alarms a month of one brand and rule. Rates add up, whatever depends on what."""
        return self.accepted / self.shared_by


def a_month(chances: Numbers, length: timedelta, every: timedelta) -> Numbers:
    """Give in how many stretches a month a window as surprising would be met, looking every so often.

    Windows that overlap are surprised together. Separate peaks of a moving sum have the rate chance * z^2 * v / length,
    where v takes away what lies between two looks (D. Siegmund, "Sequential Analysis", 1985, chapters 8 and 10; D.
    Siegmund and B. Yakir, "The Statistics of Gene Mapping", 2007, chapter 5); never less than that of windows side by
    side, never more than one for each look. Of noise it is not known whether it comes and goes within an hour, so that
    each look is another chance, or lasts for one: the rate is the geometric middle of both.
    """
    z = np.array([-_normal.inv_cdf(min(max(float(chance), _LEAST), 0.5)) for chance in chances])
    sides = [
        np.clip(z**2 * np.exp(-_DISCRETE * z * np.sqrt(2 * (pause / length))), 1.0, max(1.0, length / pause))
        for pause in (every, max(every, HOUR))
    ]
    return np.asarray(chances * np.sqrt(sides[0] * sides[1]) * (MONTH / length))


def chances_of(counts: Numbers, expected: Numbers, spread: Numbers, direction: Direction) -> Numbers:
    """Give the chance of counts as far up or down as these, half of that of the count itself."""
    upper = middle_upper(counts, expected, spread)
    return upper if direction == "up" else 1 - upper


def surprising(counts: Numbers, expected: Numbers, spread: Numbers, direction: Direction) -> NDArray[np.bool_]:
    """Tell which counts are off by more than one standard deviation, and not below the floor."""
    off = counts - expected if direction == "up" else expected - counts
    weighed = counts if direction == "up" else expected
    return np.asarray((expected > 0) & (weighed >= FLOOR) & (off > np.sqrt(expected + spread * expected**2)))


def rarity(
    counts: Numbers, expected: Numbers, spread: Numbers, length: timedelta, every: timedelta, direction: Direction
) -> Numbers:
    """Give for windows of one length how many as surprising a month would have; infinite where nothing is.

    Less than one standard deviation surprises nobody, nor does what lies below the floor or was not judged, which is
    told by 0 expected.
    """
    some = surprising(counts, expected, spread, direction)
    rates = np.full(counts.shape, np.inf)
    if np.any(some):
        chances = chances_of(counts[some], expected[some], spread[some], direction)
        rates[some] = a_month(chances, length, every)
    return rates


def surprises(past: Past, direction: Direction) -> Numbers:
    """Give for each hour of the past how many a month surprise as much, by the rarest window that ended with it."""
    rarest = np.full(past.length, np.inf)
    for length in LENGTHS:
        counts, expected = past.windows(length)
        spread = past.spread(length) + past.unsure(np.arange(len(counts), dtype=np.float64))
        rates = rarity(counts, expected, spread, length * HOUR, HOUR, direction)
        rarest[length - 1 :] = np.minimum(rarest[length - 1 :], rates)
    return rarest


def episodes(rates: Numbers) -> tuple[float, ...]:
    """Give the rarest surprise of each stretch, rarest first; none stands within a day of a rarer one."""
    left = rates.copy()
    found: list[float] = []
    for place in np.argsort(rates):
        if np.isfinite(left[place]):
            found.append(float(left[place]))
            left[max(0, place - TOGETHER) : place + TOGETHER + 1] = np.inf
    return tuple(found)


def bar(each: float, months: float, seen: Sequence[float]) -> float:
    """Give how rare a window must be, in surprises a month by the model, to be an alarm.

    `seen` are the episodes of so many months of the brand's own past, rarest first. The bar is where they, and what the
    model expects of one month more, come to the alarms accepted. A crisis is one episode however large it was, so that
    it hides no other; a brand that is restless every week is asked for more. What is rarer than once a month no
    past of weeks can tell: there the bar of once a month is lowered as the model has it.
    """
    told = max(each, 1.0)
    budget = told * (_BELIEF + months)
    limit = budget / (_BELIEF * _OVERLAP)
    for number, rate in enumerate(seen):
        if limit <= rate:
            break
        limit = max((budget - number - 1) / (_BELIEF * _OVERLAP), rate)
    return limit * each / told


def accepted_at(rate: float, months: float, seen: Sequence[float], most: float) -> float:
    """Give how many false alarms a month one must accept for a window so rare to be an alarm; infinite above `most`.

    The inverse of `bar`: how often chance alone brings as much, by the brand's own past. Below once a month it is a
    quotient, above it is found by halving.
    """
    once = bar(1.0, months, seen)
    if rate < once:
        return rate / once if rate / once <= most else float("inf")
    if rate >= bar(most, months, seen) or most <= 1:
        return float("inf")
    low, high = 1.0, most
    while high - low > _FINE * low:
        middle = (low + high) / 2
        low, high = (low, middle) if rate < bar(middle, months, seen) else (middle, high)
    return high
