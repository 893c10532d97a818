from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from overheard.alerts.history import History
from scoring.counts.hours import HOUR
from storage.heard_hours import Arrival, HeardStretch
from storage.records import Span, VoiceCount

START = datetime(2026, 7, 6, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + hours * HOUR


def history(
    counts: dict[int, int],
    late: Sequence[tuple[float, float]] = (),
    heard: Sequence[tuple[str, float, float, float]] = (),
) -> History:
    """Counts by hour; late mentions as (published, came); stretches as (key, from, to, known)."""
    by_hour = {at(hour): VoiceCount("acme", mentions=count, credit=float(count)) for hour, count in counts.items()}
    arrivals = [Arrival(at(p), at(c), VoiceCount("acme", mentions=1, credit=1.0)) for p, c in late]
    stretches = [HeardStretch(key, Span(at(start), at(end)), at(known)) for key, start, end, known in heard]
    return History(Span(START, at(6)), {"acme": by_hour}, arrivals, stretches, queries=2)


def seen(made: History, hours: float, length: int = 6) -> list[tuple[int, float]]:
    return [(hour.count.mentions, round(hour.heard, 3)) for hour in made.at(at(hours), length * HOUR)["acme"]]


def test_hours_are_without_holes_and_end_with_the_moment() -> None:
    made = history({0: 3, 2: 5})

    assert seen(made, 2) == [(3, 0), (0, 0)]
    assert seen(made, 3) == [(3, 0), (0, 0), (5, 0)]
    assert seen(made, 3, length=1) == [(5, 0)]


def test_a_mention_is_not_there_before_it_came() -> None:
    made = history({0: 3}, late=[(0.5, 2.25), (0.75, 3)])

    assert [seen(made, moment)[0][0] for moment in (1, 2, 2.5, 3)] == [1, 1, 2, 3]


def test_the_last_count_is_the_whole_one() -> None:
    late = [(0.5, 2.25), (1.5, 3), (1.75, 9)]

    assert [count for count, _ in seen(history({0: 3, 1: 2}, late), 6)][:2] == [3, 1]


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([("a", 0, 2, 0)], [0.5, 0.5, 0.0]),
        ([("a", 0, 2, 0), ("b", 0, 1.5, 0)], [1.0, 0.75, 0.0]),
        ([("a", 0, 2, 0), ("a", 1, 3, 0)], [0.5, 0.5, 0.5]),
        ([("a", 0, 1, 0), ("a", 2, 3, 0), ("a", 0.5, 2.5, 0)], [0.5, 0.5, 0.5]),
        ([("a", 0, 3, 4)], [0.0, 0.0, 0.0]),
        ([("a", -5, 9, 0)], [0.5, 0.5, 0.5]),
        ([], [0.0, 0.0, 0.0]),
    ],
    ids=["one of two", "both", "overlap", "a hole that is filled", "known later", "longer than the window", "nothing"],
)
def test_the_share_heard_is_of_all_queries_and_never_counts_twice(
    heard: list[tuple[str, float, float, float]], expected: list[float]
) -> None:
    assert [share for _, share in seen(history({}, heard=heard), 3)] == expected


def test_the_running_hour_is_measured_as_far_as_it_has_gone() -> None:
    made = history({0: 4}, heard=[("a", 0, 0.25, 0), ("b", 0, 6, 0)])

    assert seen(made, 0.5) == [(4, 0.75)]
    assert seen(made, 1) == [(4, 0.625)]


def test_time_goes_on_from_look_to_look() -> None:
    made = history({0: 1, 1: 2, 2: 4}, heard=[("a", 0, 1, 1), ("a", 1, 2, 2), ("a", 2, 3, 3)])
    looks = [seen(made, moment, length=2) for moment in (1, 2, 3)]

    assert looks == [[(1, 0.5)], [(1, 0.5), (2, 0.5)], [(2, 0.5), (4, 0.5)]]
