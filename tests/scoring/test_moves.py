from __future__ import annotations

import pytest

from scoring.moves import SentimentMove, count_strength, is_clear, sentiment_move
from storage.records import VoiceCount


def scored(positive: int, neutral: int, negative: int) -> VoiceCount:
    return VoiceCount("acme", positive=positive, neutral=neutral, negative=negative)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [(25, 0, 5.0), (0, 9, -3.0), (50, 50, 0.0), (9, 7, 0.5), (0, 0, None)],
    ids=["from nothing", "to nothing", "same", "a little", "never heard"],
)
def test_count_moves_by_standard_errors_of_two_poisson_counts(now: int, before: int, expected: float | None) -> None:
    assert count_strength(now, before) == expected


def test_move_of_sentiment_has_the_interval_worked_out_by_hand() -> None:
    """With one half added, 3 of 3 positive are 3.5 : 0.5 : 0.5: balance 2/3, variance (8/9 - 4/9) / 4.5 = 8/81."""
    error = 4 / 9  # of the difference: the root of 16/81

    moved = sentiment_move(scored(3, 0, 0), scored(0, 0, 3))

    assert moved is not None
    assert moved.by == 2.0
    assert moved.strength == pytest.approx(4.5)
    assert moved.low == pytest.approx(2 - 1.959964 * error)
    assert moved.high == pytest.approx(2 + 1.959964 * error)


def test_neutral_mentions_count_in_the_balance_and_in_its_error() -> None:
    """3 positive of 7 scored: 3.5 : 4.5 : 0.5 of 8.5; balance 6/17, variance (8/17 - 36/289) / 8.5."""
    variance = (8 / 17 - 36 / 289) / 8.5
    calm = (1 / 5.5) / 5.5  # 4 neutral of 4: 0.5 : 4.5 : 0.5

    moved = sentiment_move(scored(3, 4, 0), scored(0, 4, 0))

    assert moved is not None
    assert moved.by == pytest.approx(3 / 7)
    assert moved.strength == pytest.approx(3 / 7 / (variance + calm) ** 0.5)


@pytest.mark.parametrize(("now", "before"), [((0, 0, 0), (3, 0, 0)), ((3, 0, 0), (0, 0, 0))], ids=["now", "before"])
def test_sentiment_that_one_window_lacks_has_no_move(now: tuple[int, int, int], before: tuple[int, int, int]) -> None:
    assert sentiment_move(scored(*now), scored(*before)) is None


def test_certainty_of_one_window_still_leaves_room_for_chance() -> None:
    moved = sentiment_move(scored(1, 0, 0), scored(1, 0, 0))

    assert isinstance(moved, SentimentMove)
    assert moved.low < 0 < moved.high


@pytest.mark.parametrize(("strength", "clear"), [(1.95, False), (-1.95, False), (1.96, True), (-1.96, True)], ids=str)
def test_move_is_clear_beyond_what_chance_does_in_19_of_20_cases(strength: float, clear: bool) -> None:
    assert is_clear(strength) is clear
