"""When chance explains a word, against sums of exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from scoring.rising.significance import attainable, discovered, fisher


def by_fractions(now: int, of_now: int, before: int, of_before: int) -> float:
    held, whole = now + before, of_now + of_before
    ways = sum(
        comb(of_now, number) * comb(of_before, held - number)
        for number in range(now, min(held, of_now) + 1)
        if held - number <= of_before
    )
    return float(Fraction(ways, comb(whole, held)))


@pytest.mark.parametrize(
    "counts",
    [
        (3, 10, 0, 20),
        (15, 333, 0, 667),
        (15, 333, 30, 667),
        (1, 5, 9, 9),
        (5, 5, 0, 9),
        (0, 5, 3, 9),
        (40, 90, 2, 1900),
    ],
)
def test_chance_is_that_of_the_hypergeometric_tail(counts: tuple[int, int, int, int]) -> None:
    assert fisher(*counts) == pytest.approx(by_fractions(*counts), rel=1e-9)


def test_tea_lady_who_is_right_three_times_of_four_proves_little() -> None:
    assert fisher(3, 4, 1, 4) == pytest.approx(17 / 70)  # Fisher 1935


def test_words_that_could_never_be_significant_are_no_tests() -> None:
    held = [3] * 1000 + [12] * 5

    assert attainable(held, 100, 200) == (12, 5)  # (1/3)^3 is never below 0.05 / 1005; (1/3)^12 is far below
    assert attainable([2, 2], 100, 200)[1] == 0


def test_step_up_takes_all_up_to_the_last_that_fits() -> None:
    assert discovered([0.001, 0.02, 0.03, 0.9], 4) == 0.03  # 0.03 <= 0.05 * 3 / 4
    assert discovered([0.02, 0.9], 4) == 0.0
    assert discovered([], 0) == 0.0
