"""A replay of a series as it would have been seen: each moment knows what was before it, and alarms last a day."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scoring.counts.alarms import LENGTHS, TOGETHER, Sensitivity, bar, rarity
from scoring.counts.hours import HOUR
from scoring.counts.negative_binomial import Numbers
from scoring.counts.past import Past
from scoring.counts.verdict import record
from tests.scoring.counts.worlds import past_of

Places = NDArray[np.int64]
Span = tuple[datetime, datetime]

COMPANIES = ("AAPL", "AMZN", "KO", "PFE")


@dataclass(frozen=True, slots=True)
class Series:
    """Counts in equal parts of an hour, from a full hour on."""

    first: datetime
    counts: Numbers
    parts: int  # in an hour

    def past(self) -> Past:
        """Learn its hours."""
        whole = len(self.counts) // self.parts * self.parts
        return past_of(self.first, self.counts[:whole].reshape(-1, self.parts).sum(axis=1))

    def sums(self, hours: int, ends: Places) -> Numbers:
        """Give what the windows of some hours hold that end with the given parts."""
        running = np.concatenate([[0.0], np.cumsum(self.counts)])
        return np.asarray(running[ends] - running[np.maximum(ends - hours * self.parts, 0)])


def alarms(series: Series, past: Past, begin: int, sensitivity: Sensitivity, renewed: int) -> list[int]:
    """Give the parts in which alarms begin, from an hour on."""
    found: list[int] = []
    last = -TOGETHER * series.parts - 1
    for start in range(begin, past.length, renewed):
        kept = record(past, past.first + start * HOUR)
        limit = bar(sensitivity.each, kept.months, kept.up)
        stop = min(start + renewed, past.length)
        ends = np.arange(start * series.parts + 1, stop * series.parts + 1)
        for place in ends[rarest(series, past, kept.past, ends) < limit].tolist():
            if place - last > TOGETHER * series.parts:
                found.append(place - 1)
            last = place
    return found


def rarest(series: Series, past: Past, known: Past, ends: Places) -> Numbers:
    """Give how rare the rarest window is that ends with each part, by spreads that were known before."""
    rates = np.full(len(ends), np.inf)
    for length in LENGTHS:
        starts = ends / series.parts - length
        told = starts >= 0
        expected = np.where(told, past.expected(np.maximum(starts, 0), ends / series.parts), 0.0)
        spread = known.spread(length) + past.unsure(np.maximum(starts, 0))
        counts = series.sums(length, ends)
        found = rarity(counts, expected, spread, length * HOUR, HOUR / series.parts, "up")
        rates = np.minimum(rates, found)
    return rates


def twitter(recordings: Path) -> Iterator[tuple[Series, list[Span]]]:
    """Give the recorded series, from the first full hour on, and their labelled windows."""
    folder = recordings / "timeseries"
    windows = json.loads((folder / "nab-labels.json").read_text())["windows"]
    for company in COMPANIES:
        with (folder / f"nab-Twitter_volume_{company}.csv").open() as file:
            rows = [(_time(row["timestamp"]), float(row["value"])) for row in csv.DictReader(file)]
        rows = rows[next(place for place, (moment, _) in enumerate(rows) if moment.minute < 5) :]
        first = rows[0][0].replace(minute=0, second=0)
        labels = [(_time(start), _time(end)) for start, end in windows[f"realTweets/Twitter_volume_{company}.csv"]]
        yield Series(first, np.array([value for _, value in rows]), 12), labels


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def tally(series: Series, windows: list[Span], begun: list[int]) -> tuple[int, int]:
    """Give the windows in which an alarm begins, and the alarms that begin in none."""
    moments = [series.first + place * HOUR / series.parts for place in begun]
    right = sum(any(start <= moment <= end for moment in moments) for start, end in windows)
    wrong = sum(not any(start <= moment <= end for start, end in windows) for moment in moments)
    return right, wrong
