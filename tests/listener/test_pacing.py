from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listener import pacing
from storage.records import Reason

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
dice = st.floats(0, 1, exclude_max=True)
waits = st.timedeltas(timedelta(), timedelta(days=400))


def test_after_success_the_interval_passes() -> None:
    assert pacing.after_success(NOW, QUARTER) == NOW + QUARTER


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (timedelta(minutes=5), QUARTER),
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(days=30), timedelta(days=1)),
    ],
)
def test_a_source_may_ask_for_more_up_to_a_day(asked: timedelta, expected: timedelta) -> None:
    assert pacing.after_success(NOW, QUARTER, NOW + asked) == NOW + expected


@pytest.mark.parametrize(
    ("failures", "rolled", "minutes"),
    [(1, 0.0, 1), (1, 0.5, 1.5), (3, 0.0, 1), (3, 0.5, 4.5), (8, 0.5, 128.5), (9, 0.5, 180.5), (500, 0.5, 180.5)],
)
def test_failures_double_the_room_for_chance(failures: int, rolled: float, minutes: float) -> None:
    due = pacing.after_failure(NOW, QUARTER, failures, Reason.SERVER, None, lambda: rolled)
    assert due == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("reason", [Reason.AUTH, Reason.NOT_FOUND, Reason.GONE, Reason.MISCONFIGURED])
def test_what_only_a_person_can_mend_waits_an_interval(reason: Reason) -> None:
    assert pacing.after_failure(NOW, QUARTER, 1, reason, None, lambda: 0.0) == NOW + QUARTER


def test_the_longest_time_that_can_be_asked_for_is_a_day() -> None:
    due = pacing.after_failure(NOW, QUARTER, 1, Reason.RATE_LIMITED, timedelta.max, lambda: 0.0)
    assert due == NOW + timedelta(days=1)


DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ahead", "every", "expected"),
    [
        (timedelta(0), QUARTER, True),
        (-5 * DAY, QUARTER, True),
        (SECOND, QUARTER, False),
        (DAY, QUARTER, False),
        (DAY + SECOND, QUARTER, True),
        (1800 * DAY, QUARTER, True),
        (7 * DAY, 7 * DAY, False),
        (7 * DAY + SECOND, 7 * DAY, True),
    ],
)
def test_what_no_right_clock_can_have_noted_is_due(ahead: timedelta, every: timedelta, expected: bool) -> None:
    assert pacing.is_due(NOW + ahead, NOW, every) is expected


@given(dice, st.integers(1, 100), waits, waits, st.sampled_from(Reason))
def test_what_was_decided_here_is_not_due_before_its_time(
    rolled: float, failures: int, every: timedelta, asked: timedelta, reason: Reason
) -> None:
    soon = max(every, SECOND)
    for due in (
        pacing.after_success(NOW, soon, NOW + asked),
        pacing.after_failure(NOW, soon, failures, reason, asked, lambda: rolled),
    ):
        assert not pacing.is_due(due, NOW, soon)
        assert pacing.is_due(due, due, soon)


@pytest.mark.parametrize(
    ("known_to", "expected"),
    [(None, None), (NOW, NOW), (NOW + DAY, NOW + DAY), (NOW + DAY + SECOND, None)],
    ids=["never", "now", "a day ahead", "more"],
)
def test_a_place_in_the_future_is_not_believed(known_to: datetime | None, expected: datetime | None) -> None:
    assert pacing.believed(known_to, NOW) == expected


@given(dice, st.integers(1, 100), waits, waits, st.sampled_from(Reason))
def test_nothing_is_asked_before_it_may_be_nor_forgotten(
    rolled: float, failures: int, every: timedelta, asked: timedelta, reason: Reason
) -> None:
    due = pacing.after_failure(NOW, every, failures, reason, asked, lambda: rolled)
    assert due >= NOW + min(asked, timedelta(days=1))
    assert due >= NOW + timedelta(minutes=1)
    assert due <= NOW + max(timedelta(hours=6), min(asked, timedelta(days=1)))


@given(waits, waits)
def test_after_success_nothing_comes_sooner_than_asked(every: timedelta, asked: timedelta) -> None:
    due = pacing.after_success(NOW, every, NOW + asked)
    assert due >= NOW + every
    assert due >= NOW + min(asked, timedelta(days=1))
