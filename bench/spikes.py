"""Spikes: labelled windows found on Twitter counts, false alarms of quiet brands, how soon a tripled hour is told.

Input: the Twitter series of the Numenta Anomaly Benchmark (mentions of four companies in 5 minutes, 15 labelled
windows), and made-up brands with hours, weekdays and levels that move. Each moment sees the past alone; what is known
is renewed daily, of made-up brands weekly. An alarm lasts until 24 hours went by without surprise. It is right when it
begins inside a labelled window and false when it begins outside of all; weeks are those of the whole series, the three
days of learning with them. The peer has the same rule of alarms and is what most tools do: a z-score of the last hour,
by mean and deviation of the same hour of the week, above 3. Above the table stands the best threshold that hindsight
finds for it.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from bench.figures import Row, recordings
from scoring.counts.alarms import TOGETHER, Sensitivity, bar
from scoring.counts.hours import HOUR, WEEK
from scoring.counts.negative_binomial import Numbers
from scoring.counts.past import ENOUGH
from scoring.counts.verdict import record
from tests.scoring.counts.replay import Series, alarms, rarest, tally, twitter
from tests.scoring.counts.worlds import LEVELS, MONDAY, brand, noisy, poisson, rates

DEFAULT: Final = Sensitivity()
BRANDS: Final = 40  # of each level
LEARNED: Final = 8 * WEEK  # hours before a made-up brand is watched
WATCHED: Final = 720  # hours: a month
TRIPLED: Final = 3  # hours


def measure() -> list[Row]:
    found, false, weeks, labels = labelled(DEFAULT)
    peer = peer_labelled()
    for accepted in (0.5, 1.0, 1.5, 2.0, 3.0):
        some, more, _, _ = labelled(Sensitivity(accepted))
        print(
            f"  accepted {accepted:g} a month: {some} of {labels} windows, {more / weeks:.2f} false a week and series"
        )
    within = [one for one in peer if one[2] <= 0.5]  # the figure's own bound
    print(f"  z-score with hindsight: {max(within, key=lambda one: one[1])}")
    at_three = next(one for one in peer if one[0] == 3)
    quiet = {level: false_alarms(level) for level in LEVELS}
    print("  false alarms a month of quiet brands, by level:", {level: round(rate, 2) for level, rate in quiet.items()})
    share, delay, latest = tripled(None)
    for kind in range(4):
        print(f"  tripled hours with noise and moves of kind {kind}: {tripled(kind, 100)[0]:.0%} found")
    told = f"{at_three[1]} at {at_three[2]:.2f} z > 3"
    return [
        Row(f"spikes, labelled windows of {labels}", str(found), told, found, 12),
        Row("spikes, false a week and series", f"{false / weeks:.2f}", told, false / weeks, 0.5, at_most=True),
        Row("spikes, quiet brands, least by level", f"{min(quiet.values()):.2f}", "", min(quiet.values()), 0.5),
        Row("spikes, quiet, most by level", f"{max(quiet.values()):.2f}", "", max(quiet.values()), 1.5, at_most=True),
        Row("spikes, tripled hours found", f"{share:.1%}", "", share, 0.99),
        Row(
            "spikes, tripled hours, mean delay",
            f"{delay:.0f} min (99 of 100: {latest:.0f})",
            "",
            delay,
            60,
            at_most=True,
        ),
    ]


def labelled(sensitivity: Sensitivity) -> tuple[int, int, float, int]:
    """Give the labelled windows in which an alarm begins, false alarms, weeks watched of all series, and labels."""
    found = false = labels = 0
    weeks = 0.0
    for series, windows in twitter(recordings()):
        past = series.past()
        right, wrong = tally(series, windows, alarms(series, past, ENOUGH, sensitivity, 24))
        found, false, labels = found + right, false + wrong, labels + len(windows)
        weeks += past.length / WEEK
    return found, false, weeks, labels


def peer_labelled() -> list[tuple[float, int, float]]:
    """Give threshold, windows found and false alarms a week of the plain z-score."""
    scores = [(series, windows, z_scores(series)) for series, windows in twitter(recordings())]
    rows = []
    for threshold in np.arange(2, 30.01, 0.25).tolist():
        right = wrong = 0
        weeks = 0.0
        for series, windows, z in scores:
            begun: list[int] = []
            last = -(10**9)
            for place in np.flatnonzero(z > threshold).tolist():
                if place - last > TOGETHER * series.parts:
                    begun.append(place)
                last = place
            some, others = tally(series, windows, begun)
            right, wrong = right + some, wrong + others
            weeks += len(z) / series.parts / WEEK
        rows.append((threshold, right, round(wrong / weeks, 2)))
    return rows


def z_scores(series: Series) -> Numbers:
    """Give the z-score of the last hour at each part; of an hour of the week met once or never, beside all hours."""
    whole = len(series.counts) // series.parts
    hours = series.counts[: whole * series.parts].reshape(-1, series.parts).sum(axis=1)
    last = series.sums(1, np.arange(1, len(series.counts) + 1))
    z = np.full(len(series.counts), -np.inf)
    for hour in range(ENOUGH, whole):
        same = hours[hour % WEEK : hour : WEEK]
        known = same if len(same) > 1 else hours[:hour]
        parts = slice(hour * series.parts, (hour + 1) * series.parts)
        z[parts] = (last[parts] - known.mean()) / max(known.std(ddof=1), 1.0)
    return z


def false_alarms(level: float) -> float:
    """Give the alarms a month of brands in which nothing happens."""
    dice = np.random.default_rng([20_260_501, round(level * 10)])
    begun = 0
    for number in range(BRANDS):
        series = Series(MONDAY, brand(dice, level, LEARNED + WATCHED, number), 6)
        begun += len(alarms(series, series.past(), LEARNED, DEFAULT, WEEK))
    return begun / BRANDS


def tripled(kind: int | None, brands: int = 200) -> tuple[float, float, float]:
    """Give the share of surges found before they end, the mean delay in minutes, and that of the 99th of 100.

    Three hours of +200 %, at any hour of the day, in brands that have 20 mentions in that hour of most weeks; None is
    chance alone (Poisson), else a kind of noise and moves. Found is one when a window is beyond the bar, whether or not
    an alarm is open already.
    """
    dice = np.random.default_rng(20_260_502)
    delays: list[float] = []
    for _ in range(brands):
        expected = rates(dice, 20, LEARNED + 72, kind or 0)
        begin = LEARNED + 36 + int(dice.integers(24))
        expected *= 20 / np.median(expected[begin % WEEK : begin : WEEK])
        expected[begin : begin + TRIPLED] *= 3
        counts = poisson(dice, expected, 12) if kind is None else noisy(dice, expected, kind, 12)
        series = Series(MONDAY, counts, 12)
        past = series.past()
        kept = record(past, past.first + LEARNED * HOUR)
        ends = np.arange(begin * 12 + 1, (begin + TRIPLED) * 12 + 1)
        limit = bar(DEFAULT.each, kept.months, kept.up)
        beyond = np.flatnonzero(rarest(series, past, kept.past, ends) < limit)
        delays.append((float(beyond[0]) + 1) * 5 if len(beyond) else float("inf"))
    return (
        float(np.mean(np.isfinite(delays))),
        float(np.mean(delays)),
        float(np.quantile(delays, 0.99, method="higher")),
    )
