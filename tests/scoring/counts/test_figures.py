from pathlib import Path

import numpy as np
import pytest

from scoring.counts.alarms import Sensitivity, bar
from scoring.counts.hours import HOUR
from scoring.counts.past import ENOUGH
from scoring.counts.verdict import record
from tests.scoring.counts.replay import Series, alarms, rarest, tally, twitter
from tests.scoring.counts.worlds import MONDAY, brand, poisson

LEARNED = 8 * 168
ONCE = Sensitivity(1)


@pytest.mark.parametrize("level", [1.0, 20.0])
def test_a_quiet_brand_has_about_as_many_false_alarms_as_are_accepted(level: float) -> None:
    dice = np.random.default_rng(4)
    begun = 0
    for kind in range(8):
        series = Series(MONDAY, brand(dice, level, LEARNED + 720, kind, parts=4), 4)
        begun += len(alarms(series, series.past(), LEARNED, ONCE, 360))

    assert 2 <= begun <= 16  # 8 are accepted: half to one and a half, and chance


def test_an_hour_that_tripled_is_beyond_the_bar_before_the_surge_ends() -> None:
    dice = np.random.default_rng(4)
    delays = []
    for _ in range(20):
        expected = np.full(LEARNED + 3, 20.0)
        expected[LEARNED:] *= 3
        series = Series(MONDAY, poisson(dice, expected, 12), 12)
        kept = record(series.past(), MONDAY + LEARNED * HOUR)
        ends = np.arange(LEARNED * 12 + 1, (LEARNED + 3) * 12 + 1)
        beyond = rarest(series, series.past(), kept.past, ends) < bar(1, kept.months, kept.up)
        delays.append(5 * (int(np.argmax(beyond)) + 1) if beyond.any() else 999)

    assert np.mean(delays) < 60
    assert max(delays) <= 180


@pytest.mark.recordings
def test_most_labelled_windows_are_found_at_one_false_alarm_in_two_weeks(recordings: Path) -> None:
    found = false = 0
    weeks = 0.0
    for series, windows in twitter(recordings):
        past = series.past()
        right, wrong = tally(series, windows, alarms(series, past, ENOUGH, ONCE, 24))
        found, false, weeks = found + right, false + wrong, weeks + past.length / 168

    assert found >= 12
    assert false / weeks <= 0.5
