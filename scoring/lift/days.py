"""A brand's days as the series that a lift is measured on: mentions, net sentiment, share of voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from scoring.day import Day
from scoring.lift.forecast import Causes
from scoring.lift.student import Numbers
from scoring.share_of_voice import scored_mentions

Metric = Literal["mentions", "net_sentiment", "share_of_voice"]
METRICS: Final[tuple[Metric, ...]] = ("mentions", "net_sentiment", "share_of_voice")

_WEEK: Final = 7
_SMALL: Final = 1e-9  # of a control's spread: it stands still


@dataclass(frozen=True, slots=True)
class Series:
    """A number for each day. `sizes` is what a ratio was taken over; a day on which that is 0 says nothing."""

    values: Numbers
    sizes: Numbers | None  # None: the values are counts

    def known(self) -> NDArray[np.bool_]:
        """Give which days say something."""
        return np.ones(len(self.values), dtype=bool) if self.sizes is None else self.sizes > 0


def series(days: Sequence[Day], metric: Metric, brands: Sequence[str]) -> Series:
    """Give a metric of some brands taken together, day by day."""
    counts = [[day.of(brand) for brand in brands] for day in days]
    if metric == "mentions":
        return Series(np.array([float(sum(one.mentions for one in some)) for some in counts]), None)
    if metric == "net_sentiment":
        parts = [float(sum(one.positive - one.negative for one in some)) for some in counts]
        wholes = [float(sum(map(scored_mentions, some))) for some in counts]
    else:
        parts = [sum(one.credit for one in some) for some in counts]
        wholes = [sum(one.credit for one in day.voices.values()) for day in days]
    sizes = np.array(wholes)
    return Series(np.divide(parts, sizes, out=np.zeros(len(days)), where=sizes > 0), sizes)


def numbers(days: Sequence[Day]) -> Numbers:
    """Give the days as numbers, a day apart where they follow each other."""
    return np.array([float(day.day.toordinal()) for day in days])


def causes(history: Sequence[Day], window: Sequence[Day], controls: Sequence[tuple[Numbers, Numbers]]) -> Causes:
    """Give what explains a series: its level, the weekday, a slow trend, and controls (in the history, in the window).

    Weekdays count against the mean of the week. The trend is not expected to move the series by more than one standard
    deviation of a day's error over the whole history: enough to follow what the controls leave over, and not enough to
    run away with the forecast. A control that stands still in the history, or repeats another, is left out.
    """
    days = numbers([*history, *window])
    known = len(history)
    length = days[known - 1] - days[0] + 1
    weekdays = np.array([day.day.weekday() for day in [*history, *window]])
    columns = [np.ones(len(days))]
    columns += [(weekdays == number) * 1.0 - (weekdays == _WEEK - 1) for number in range(_WEEK - 1)]
    columns.append((days - days[:known].mean()) / length)
    for past, present in controls:
        spread = past.std()
        if spread > _SMALL * max(abs(past).max(), 1.0):
            column = (np.concatenate([past, present]) - past.mean()) / spread
            if np.linalg.matrix_rank(np.column_stack([*columns, column])[:known]) > len(columns):
                columns.append(column)
    held = np.zeros(len(columns))
    held[_WEEK] = 1.0
    table = np.column_stack(columns)
    return Causes(table[:known], table[known:], held)
