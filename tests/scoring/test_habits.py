from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from scoring.counts.alarms import Sensitivity
from scoring.habits import Habits, Measure, Question, surprising, why_nothing
from scoring.heard_hour import HeardHour
from storage.records import VoiceCount

NOON = datetime(2026, 7, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONE = ZoneInfo("UTC")


def hours(*counts: int) -> list[HeardHour]:
    """Hours up to NOON, each fully heard."""
    start = NOON - len(counts) * HOUR
    return [
        HeardHour(start + n * HOUR, VoiceCount("acme", count, negative=count // 2), 1.0)
        for n, count in enumerate(counts)
    ]


def asked(made: list[HeardHour], measure: Measure = Measure.MENTIONS, at: datetime = NOON) -> Question:
    seen = [hour for hour in made if hour.start < at]
    return Question("acme", seen, measure, at, ZONE, Sensitivity(), HOUR)


def test_what_was_learned_of_later_hours_changes_no_look() -> None:
    past, future = [10] * 600 + [60], [200] * 100
    made = hours(*past, *future)
    at = NOON - 100 * HOUR
    learned = Habits()
    learned.learn("acme", made, Measure.MENTIONS, ZONE)

    with_future = surprising(asked(made, at=at), learned, "up")
    without = surprising(asked(made, at=at), Habits(), "up")

    assert [one.window for one in with_future] == [one.window for one in without]
    assert [one.verdict.expected for one in with_future] == [one.verdict.expected for one in without]
    assert with_future[0].window.count == 60


def test_each_measure_has_a_habit_of_its_own() -> None:
    made, habits = hours(*[10] * 400, 60), Habits()

    mentions = surprising(asked(made), habits, "up")[0]
    negative = surprising(asked(made, Measure.NEGATIVE), habits, "up")[0]

    assert (mentions.window.count, negative.window.count) == (60, 30)
    assert round(mentions.verdict.expected) == 10
    assert round(negative.verdict.expected) == 5


def test_nothing_heard_is_no_surprise_and_says_so() -> None:
    assert surprising(asked([]), Habits(), "up") == []
    assert why_nothing(asked([]), Habits()) == "nothing was heard yet"
    assert why_nothing(asked(hours(*[1] * 400)), Habits()) is None
