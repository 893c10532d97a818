"""What a brand's count usually is: the local hour of the week times a level that follows slowly.

Every hour is foretold from those before it alone, and only then learned from. So the past looks as it did at the time,
which is what spread and alarms are measured by, and what lets one pass serve a replay of months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Final

from scoring.counts.hours import WEEK, Hour

LEVEL_HALVES: Final = 72.0  # hours after which the level has forgotten half
PATTERN_HALVES: Final = 4.0 * WEEK  # the same of the pattern
CLIP: Final = 3.0  # standard deviations to which a surprising hour is cut before it teaches anything

# How much the pattern is believed to vary before anything is known, as the shape of a gamma distribution, 1 / variance:
# hours of a day beside each other, days beside each other, an hour of one day beside the same of others.
HOURS_VARY: Final = 1.0
DAYS_VARY: Final = 4.0
CELLS_VARY: Final = 12.0
FIRST_SPREAD: Final = 0.1  # how far hours are believed to scatter at first, and for how many hours that counts
FIRST_WEIGHT: Final = 12.0


@dataclass(slots=True)
class Ratio:
    """Mentions over those expected, of one cell of the pattern; a gamma-Poisson mean that starts at what it is told."""

    shape: float
    counted: float = 0.0
    expected: float = 0.0
    at: int = 0  # the hour up to which both have faded

    def fade(self, hour: int) -> None:
        """Forget as much as has to be forgotten by an hour."""
        kept = 0.5 ** ((hour - self.at) / PATTERN_HALVES)
        self.counted *= kept
        self.expected *= kept
        self.at = hour

    def mean(self, before: float = 1.0) -> float:
        """Give the ratio, shrunk towards what is believed without it (A. Gelman, "Bayesian Data Analysis", 2.6)."""
        return (self.counted + self.shape) / (self.expected + self.shape / before)


def _cells(number: int, shape: float) -> list[Ratio]:
    return [Ratio(shape) for _ in range(number)]


@dataclass(slots=True)
class Habit:
    """What has been learned so far. It changes with each hour that it learns from."""

    hours: list[Ratio] = field(default_factory=lambda: _cells(24, HOURS_VARY))
    days: list[Ratio] = field(default_factory=lambda: _cells(7, DAYS_VARY))
    cells: list[Ratio] = field(default_factory=lambda: _cells(WEEK, CELLS_VARY))
    counted: float = 0.0
    usual: float = 0.0  # the sum of the pattern over what was counted
    known: float = 0.0  # mentions that the level rests on, as many as were independent
    scatter: float = FIRST_SPREAD * FIRST_WEIGHT
    scatter_weight: float = FIRST_WEIGHT

    @property
    def level(self) -> float | None:
        """Mentions in an hour whose pattern is 1; None before anything was heard."""
        return max(self.counted, 0.5) / self.usual if self.usual else None

    @property
    def spread(self) -> float:
        """How far hours scatter beyond Poisson: variance = mean + spread * mean squared."""
        return max(self.scatter / self.scatter_weight, 0.0)

    def pattern(self, place: int, hour: int) -> float:
        """Give what an hour of the local week has beside the level, as known at an hour of the history."""
        day, of_day = divmod(place, 24)
        cells = (self.hours[of_day], self.days[day], self.cells[place])
        for cell in cells:
            cell.fade(hour)
        return cells[2].mean(cells[0].mean() * cells[1].mean())

    def learn(self, number: int, place: int, hour: Hour) -> None:
        """Take in one hour: the `number`-th of the history, at `place` in the local week."""
        self._forget()
        if hour.heard <= 0:
            return
        pattern = self.pattern(place, number)
        level = self.level
        expected = pattern * hour.heard * (level or max(hour.count, 0.5) / hour.heard)
        count = _cut(hour.count, expected, self.spread) if level else float(hour.count)
        weight = 1 / (1 + self.spread * expected)
        if level:
            self._learn_pattern(place, count * weight, level * hour.heard * weight)
            self._learn_scatter(count, expected)
        self.counted += count
        self.usual += pattern * hour.heard
        self.known += expected * weight

    def _forget(self) -> None:
        kept = 0.5 ** (1 / LEVEL_HALVES)
        self.counted *= kept
        self.usual *= kept
        self.known *= kept
        kept = 0.5 ** (1 / PATTERN_HALVES)
        self.scatter = FIRST_SPREAD * FIRST_WEIGHT * (1 - kept) + self.scatter * kept
        self.scatter_weight = FIRST_WEIGHT * (1 - kept) + self.scatter_weight * kept

    def _learn_pattern(self, place: int, count: float, expected: float) -> None:
        day, of_day = divmod(place, 24)
        hours, days, cell = self.hours[of_day], self.days[day], self.cells[place]
        by_hour, by_day = hours.mean(), days.mean()
        for ratio, there in ((hours, by_day), (days, by_hour), (cell, 1.0)):
            ratio.counted += count
            ratio.expected += expected * there

    def _learn_scatter(self, count: float, expected: float) -> None:
        weight = (FIRST_SPREAD * expected / (1 + FIRST_SPREAD * expected)) ** 2
        self.scatter += weight * ((count - expected) ** 2 - expected) / expected**2
        self.scatter_weight += weight


def _cut(count: float, expected: float, spread: float) -> float:
    """Give a count no further from what was expected than some deviations and one mention.

    What the re-weighting of past outbreaks is to Noufaily et al., "An improved algorithm for outbreak detection in
    multiple surveillance systems", Statistics in Medicine 32, 2013: a crisis teaches no more than a busy hour.
    """
    reach = CLIP * sqrt(expected + spread * expected**2) + 1
    return min(max(count, expected - reach), expected + reach)


@dataclass(frozen=True, slots=True)
class Course:
    """What each hour was expected to be, as it was known before it. The pattern goes on for a week beyond the last."""

    patterns: Sequence[float]
    levels: Sequence[float]  # levels[i] is known from hours before i; one more than there are hours
    known: Sequence[float]  # independent mentions that it rests on


def course(hours: Sequence[Hour], places: Sequence[int]) -> Course:
    """Walk through hours without gaps; `places` are theirs in the local week and those of the week that follows."""
    habit = Habit()
    patterns: list[float] = []
    levels: list[float] = []
    known: list[float] = []
    for number, hour in enumerate(hours):
        patterns.append(habit.pattern(places[number], number))
        levels.append(habit.level or 0.0)
        known.append(habit.known)
        habit.learn(number, places[number], hour)
    patterns.extend(habit.pattern(place, len(hours)) for place in places[len(hours) :])
    return Course(patterns, [*levels, habit.level or 0.0], [*known, habit.known])
