"""What is usual, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.baseline import Baseline, baseline, earlier_counts
from storage.records import Span

MONDAY = datetime(2013, 8, 5, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def test_baseline_is_the_median_and_three_robust_deviations() -> None:
    usual = baseline([100, 120, 80, 140, 900])
    # median 120; deviations 20, 0, 40, 20, 780: their median 20; 3 x 1.4826 x 20 = 88.956
    assert usual is not None
    assert (usual.median, usual.mad, usual.windows) == (120, 20, 5)
    assert usual.low == pytest.approx(120 - 88.956)
    assert usual.high == pytest.approx(120 + 88.956)


def test_equal_counts_still_leave_room_for_the_noise_of_counting() -> None:
    assert baseline([100, 100, 100, 100]) == Baseline(100, 0, 70, 130, 4)


def test_nothing_heard_in_all_windows_makes_a_handful_usual() -> None:
    assert baseline([0, 0, 0, 0]) == Baseline(0, 0, 0, 3, 4)


@pytest.mark.parametrize(
    "counts",
    [
        pytest.param([], id="none"),
        pytest.param([1, 2, 3], id="three"),
        pytest.param([1, None, 2, None, 3, None], id="three known"),
    ],
)
def test_too_few_known_windows_make_no_baseline(counts: list[float | None]) -> None:
    assert baseline(counts) is None


def test_deaf_windows_are_left_out() -> None:
    assert baseline([10, None, 10, 10, None, 10]) == baseline([10, 10, 10, 10])


@pytest.mark.parametrize(
    ("value", "place"), [(69, "below"), (70, "within"), (130, "within"), (131, "above"), (0, "below")]
)
def test_a_value_lies_below_within_or_above(value: float, place: str) -> None:
    assert Baseline(100, 0, 70, 130, 4).place(value) == place


def test_a_quarter_of_a_window_expects_a_quarter_with_a_wider_range() -> None:
    usual = baseline([100, 100, 100, 100])
    assert usual is not None
    assert usual.over(0.25) == Baseline(25, 0, 25 - 3 * sqrt(25), 25 + 3 * sqrt(25), 4)
    assert usual.over(1) == usual


@pytest.mark.parametrize("share", [0, -0.5, 1.01])
def test_a_part_of_a_window_is_more_than_nothing_and_at_most_all(share: float) -> None:
    with pytest.raises(ValueError, match="share of a window"):
        Baseline(100, 0, 70, 130, 4).over(share)


@given(st.lists(st.integers(0, 10**6), min_size=4, max_size=12))
def test_the_range_holds_the_median_whatever_the_order(counts: list[int]) -> None:
    usual = baseline(counts)
    assert usual is not None
    assert 0 <= usual.low <= usual.median <= usual.high
    assert baseline(sorted(counts)) == usual


def test_hours_are_counted_into_the_windows_before() -> None:
    hours = [
        (MONDAY, 1000),  # in the window itself
        (MONDAY - HOUR, 1),
        (MONDAY - DAY, 2),
        (MONDAY - DAY - HOUR, 4),
        (MONDAY - 3 * DAY, 8),
        (MONDAY - 3 * DAY - HOUR, 16),  # before listening was whole
        (MONDAY - 30 * DAY, 32),  # before the windows that are looked at
    ]
    counts = earlier_counts(hours, Span(MONDAY, MONDAY + DAY), MONDAY - 3 * DAY, windows=5)
    assert counts == [3, 4, 8, None, None]


def test_without_a_start_of_listening_no_window_is_known() -> None:
    assert earlier_counts([(MONDAY - HOUR, 1)], Span(MONDAY, MONDAY + DAY), None, windows=2) == [None, None]
