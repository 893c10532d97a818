"""One metric of one brand in one window: its effect, and how often the same sum finds effects where there are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.day import Day
from scoring.lift.days import Metric, Series, causes, numbers, series
from scoring.lift.forecast import Effect, Forecast
from scoring.lift.student import Numbers

HISTORY: Final = 126  # days before a window that it is forecast from, at most: what is older tells of other times
ENOUGH: Final = 28  # of them, at least: each weekday four times
PLACEBO_WINDOWS: Final = 8  # at most, back from the campaign, none over another


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: a metric of a brand beside others, as they were before and during a window."""

    metric: Metric
    brand: str
    controls: tuple[str, ...]  # other brands; sentiment takes them together, share of voice has none

    def effect(self, before: Sequence[Day], window: Sequence[Day]) -> Effect | str:
        """Give the effect in a window, or why there is none to be had. For ratios it is a difference of ratios."""
        past, present = list(before[-HISTORY:]), list(window)
        past = [day for day, said in zip(past, self._says(past), strict=True) if said]
        present = [day for day, said in zip(present, self._says(present), strict=True) if said]
        if not present:
            return "nothing to take it from in the window"
        if len(past) < ENOUGH:
            return f"only {len(past)} days before it say anything, {ENOUGH} are needed"
        if missing := {day.day.weekday() for day in present} - {day.day.weekday() for day in past}:
            name = next(day.day for day in present if day.day.weekday() in missing).strftime("%A")
            return f"no {name} before it was heard"
        of_brand, there = (series(days, self.metric, [self.brand]) for days in (past, present))
        controls = list(zip(*(self._controls(days) for days in (past, present)), strict=True))
        found = _forecast(past, present, of_brand, there).effect(
            of_brand.values, there.values, causes(past, present, controls)
        )
        return found or "it never moved before, so that there is no chance to measure against"

    def placebos(self, before: Sequence[Day], window: Sequence[Day]) -> Iterator[Effect]:
        """Give the effects where none should be: in windows before, and of the controls in the same window.

        The share of a control is no placebo: it falls when that of the brand rises.
        """
        length = len(window)
        for number in range(1, PLACEBO_WINDOWS + 1):
            start = len(before) - number * length
            if start < ENOUGH:
                break
            yield from _some(self.effect(before[:start], before[start : start + length]))
        for control in self.controls if self.metric != "share_of_voice" else ():
            others = tuple(name for name in self.controls if name != control)
            yield from _some(Measure(self.metric, control, others).effect(before, window))

    def _controls(self, days: Sequence[Day]) -> list[Numbers]:
        if self.metric == "mentions":
            return [series(days, self.metric, [name]).values for name in self.controls]
        if self.metric == "net_sentiment" and self.controls:
            return [series(days, self.metric, self.controls).values]
        return []

    def _says(self, days: Sequence[Day]) -> list[bool]:
        """Tell of each day whether the metric can be had, and with it that of the controls."""
        known = series(days, self.metric, [self.brand]).known()
        if self.metric == "net_sentiment" and self.controls:
            known = known & series(days, self.metric, self.controls).known()
        said: list[bool] = known.tolist()
        return said


def _some(found: Effect | str) -> Iterator[Effect]:
    if isinstance(found, Effect):
        yield found


def _forecast(past: Sequence[Day], present: Sequence[Day], before: Series, there: Series) -> Forecast:
    """Give the forecast of a series: counts are added up, ratios weighed by what they were taken over."""
    if before.sizes is None or there.sizes is None:
        return Forecast(numbers(past), numbers(present), np.ones(len(present)))
    sizes = np.concatenate([before.sizes, there.sizes])
    return Forecast(numbers(past), numbers(present), there.sizes / there.sizes.sum(), sizes.mean() / sizes)
