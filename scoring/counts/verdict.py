"""The verdict on a window: what was expected, how surprising the count is, and whether that is an alarm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from scoring.counts.alarms import (
    MONTH,
    Direction,
    Sensitivity,
    a_month,
    accepted_at,
    bar,
    chances_of,
    episodes,
    surprises,
    surprising,
)
from scoring.counts.hours import HOUR, WEEK, Window
from scoring.counts.negative_binomial import quantile
from scoring.counts.past import ENOUGH, HEARD, Past

FEW_MINUTES: Final = timedelta(minutes=5)
RANGE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of one window, and of one direction."""

    expected: float  # mentions
    spread: float  # of such windows beyond Poisson: variance = expected + spread * expected squared
    chance: float  # of a count as far off in that direction
    a_month: float  # how many as surprising a month would have by the model; infinite for no surprise at all
    bar: float  # how rare it has to be for an alarm
    alarm: bool  # whatever other brands and rules find
    by_chance: float  # as surprising ones a month by the brand's own past; infinite when more than are accepted in all
    reason: str  # a sentence without a full stop

    @property
    def low(self) -> int:
        """Give the lower end, itself included, of the range in which 95 of 100 such windows lie."""
        return quantile((1 - RANGE) / 2, self.expected, self.spread)

    @property
    def high(self) -> int:
        """Give the upper end, itself included, of the same range."""
        return quantile((1 + RANGE) / 2, self.expected, self.spread)


@dataclass(frozen=True, slots=True)
class Record:
    """A brand's past up to a moment, and what in it surprised. It costs some 20 ms and is good for an hour."""

    past: Past
    up: tuple[float, ...]
    down: tuple[float, ...]

    @property
    def months(self) -> float:
        """How much of the past was judged."""
        return max(self.past.hours_heard() - ENOUGH, 0.0) * (HOUR / MONTH)

    def seen(self, direction: Direction) -> tuple[float, ...]:
        """Give the episodes of a direction, rarest first."""
        return self.up if direction == "up" else self.down


def record(past: Past, moment: datetime) -> Record:
    """Look back from a moment. Of later hours nothing is used."""
    known = past.before(moment)
    return Record(known, episodes(surprises(known, "up")), episodes(surprises(known, "down")))


def judge(
    kept: Record,
    window: Window,
    sensitivity: Sensitivity,
    direction: Direction = "up",
    every: timedelta = FEW_MINUTES,
) -> Verdict | str:
    """Give the verdict on a window that is looked at every so often, or why there is none.

    Several lengths may be watched at once: the bar is that of the lengths in `scoring.counts.alarms.LENGTHS` together.
    A window within a day of one that was an alarm belongs to the same alarm; that is for the caller to remember.
    """
    past, length = kept.past, window.end - window.start
    start, end = ((moment - past.first) / HOUR for moment in (window.start, window.end))
    if refused := _refused(past, window, start, end):
        return refused
    starts, ends, counts = (np.array([number]) for number in (start, end, float(window.count)))
    expected = past.expected(starts, ends) * window.heard
    spread = past.spread(max(1, round(length / HOUR))) + past.unsure(starts)
    mean = float(expected[0])
    chance = chances_of(counts, expected, spread, direction)
    rates = np.where(surprising(counts, expected, spread, direction), a_month(chance, length, every), np.inf)
    rate = float(rates[0])
    limit = bar(sensitivity.each, kept.months, kept.seen(direction))
    return Verdict(
        expected=mean,
        spread=float(spread[0]),
        chance=float(chance[0]),
        a_month=rate,
        bar=limit,
        alarm=rate < limit,
        by_chance=accepted_at(rate, kept.months, kept.seen(direction), sensitivity.accepted),
        reason=_reason(window.count, mean, rate, limit),
    )


def _refused(past: Past, window: Window, start: float, end: float) -> str | None:
    if start < 0:
        return "it began before anything was heard"
    if end > past.length + WEEK:
        return "what is known of the brand ends more than a week before"
    heard = past.heard_before(start)
    if heard < ENOUGH:
        return f"only {heard:.0f} hours before it were heard, {ENOUGH} are needed"
    if window.heard < HEARD:
        return f"only {window.heard:.0%} of it was heard, {HEARD:.0%} are needed"
    return None


def _reason(count: int, expected: float, rate: float, limit: float) -> str:
    told = f"{count:,} where {expected:,.1f} are usual"
    if rate == float("inf"):
        return f"{told}: no surprise, or too few to tell"
    seldom = f"{rate:,.2f}" if rate >= 0.01 else "fewer than 0.01"  # noqa: PLR2004  # a hundredth is as fine as it is read
    return f"{told}: {seldom} a month are as far off, {limit:,.2f} is the bar"
