from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from scoring.counts.alarms import Direction, Sensitivity
from scoring.counts.hours import HOUR, Window
from scoring.counts.past import past
from scoring.counts.verdict import Record, Verdict, judge, record
from tests.scoring.counts.worlds import MONDAY, hours_of, later, past_of

LENGTH = 8 * 168
ONCE = Sensitivity(1)


def kept(level: float = 20, length: int = LENGTH, crisis: float = 0) -> Record:
    counts = np.random.default_rng(11).poisson(level, length).astype(float)
    if crisis:
        counts[-300:-280] = crisis
    return record(past_of(MONDAY, counts), later(length))


def verdict(known: Record, count: int, hours: float = 1, direction: Direction = "up", heard: float = 1.0) -> Verdict:
    start = known.past.first + known.past.length * HOUR
    found = judge(known, Window(start, start + timedelta(hours=hours), count, heard), ONCE, direction)
    assert isinstance(found, Verdict)
    return found


@pytest.mark.parametrize(
    ("count", "hours", "direction", "alarm"),
    [
        (22, 1, "up", False),
        (60, 1, "up", True),
        (30, 0.5, "up", True),
        (12, 0.5, "up", False),
        (720, 24, "up", True),
        (480, 24, "up", False),
        (18, 1, "down", False),
        (0, 1, "down", True),
        (100, 24, "down", True),
        (60, 1, "down", False),
    ],
    ids=[
        "as ever",
        "tripled hour",
        "tripled half hour",
        "a usual half hour",
        "a loud day",
        "a usual day",
        "hardly less",
        "silence",
        "a quiet day",
        "a spike is no drop",
    ],
)
def test_an_alarm_is_what_chance_seldom_does(count: int, hours: float, direction: Direction, alarm: bool) -> None:
    assert verdict(kept(), count, hours, direction).alarm is alarm


def test_a_verdict_tells_what_was_expected_and_how_far_that_goes() -> None:
    found = verdict(kept(), 60)

    assert found.expected == pytest.approx(20, rel=0.2)
    assert 8 <= found.low < 15
    assert 22 < found.high <= 36
    assert found.chance < 1e-4
    assert found.reason.startswith("60 where ")


def test_three_mentions_instead_of_none_are_no_crisis() -> None:
    assert not verdict(kept(level=0.02), 3).alarm


def test_a_window_heard_in_part_is_expected_its_part() -> None:
    whole, half = (verdict(kept(), 20, heard=heard) for heard in (1.0, 0.5))

    assert half.expected == pytest.approx(whole.expected / 2)


def test_a_crisis_of_the_past_does_not_hide_the_next() -> None:
    assert verdict(kept(crisis=2000), 70).alarm


def test_a_brand_that_bursts_every_other_day_is_asked_for_more() -> None:
    counts = np.random.default_rng(11).poisson(20, LENGTH).astype(float)
    counts[40::50] = 90
    restless = record(past_of(MONDAY, counts), later(LENGTH))

    assert verdict(kept(), 80).alarm
    assert not verdict(restless, 80).alarm


def test_a_young_history_makes_the_range_wider() -> None:
    young, old = verdict(kept(length=80), 20), verdict(kept(), 20)

    assert young.high - young.low > old.high - old.low


def test_later_hours_change_no_verdict_on_an_earlier_moment() -> None:
    counts = np.random.default_rng(2).poisson(20, LENGTH).astype(float)
    loud = np.concatenate([counts[:1000], counts[1000:] + 500])
    window = Window(later(1000), later(1001), 45)

    calm, changed = (
        judge(record(past_of(MONDAY, series), later(1000)), window, ONCE) for series in (counts[:1000], loud)
    )

    assert isinstance(calm, Verdict)
    assert isinstance(changed, Verdict)
    assert changed.expected == pytest.approx(calm.expected)
    assert changed.bar == pytest.approx(calm.bar)


@pytest.mark.parametrize(
    ("start", "heard", "told"),
    [
        (-5.0, 1.0, "began before anything was heard"),
        (50.0, 1.0, "only 50 hours before it were heard, 72 are needed"),
        (LENGTH, 0.3, "only 30% of it was heard, 50% are needed"),
        (LENGTH + 400.0, 1.0, "ends more than a week before"),
    ],
    ids=["before", "young", "deaf", "stale"],
)
def test_where_too_little_is_known_there_is_no_verdict(start: float, heard: float, told: str) -> None:
    found = judge(kept(), Window(later(start), later(start + 1), 9, heard), ONCE)

    assert isinstance(found, str)
    assert told in found


def test_hours_that_were_not_heard_make_no_history() -> None:
    hours = hours_of([0.0] * LENGTH, heard=0.0)
    found = judge(
        record(past(hours, ZoneInfo("UTC")), later(LENGTH)), Window(later(LENGTH), later(LENGTH + 1), 9), ONCE
    )

    assert found == "only 0 hours before it were heard, 72 are needed"
