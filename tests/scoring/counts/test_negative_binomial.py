from fractions import Fraction
from math import comb, exp, factorial, isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.counts.negative_binomial import middle_upper, quantile, upper_tail


def exactly(count: int, mean: int, size: int) -> float:
    """Sum the distribution by its definition, in fractions."""
    success = Fraction(size, size + mean)
    below = sum(comb(k + size - 1, k) * success**size * (1 - success) ** k for k in range(count))
    return float(1 - below)


def tail(count: float, mean: float, spread: float) -> float:
    return float(upper_tail(np.array([count]), np.array([mean]), np.array([spread]))[0])


@pytest.mark.parametrize(
    ("count", "mean", "size"),
    [(0, 3, 5), (1, 3, 5), (12, 3, 5), (60, 20, 20), (60, 20, 4), (3, 20, 20), (200, 150, 500)],
    ids=["none", "one", "far", "tripled", "tripled, restless", "below", "large and calm"],
)
def test_the_upper_tail_is_the_sum_of_its_terms(count: int, mean: int, size: int) -> None:
    assert tail(count, mean, 1 / size) == pytest.approx(exactly(count, mean, size), rel=1e-8)


def test_without_spread_the_tail_is_nearly_that_of_poisson() -> None:
    poisson = 1 - sum(exp(-2) * 2**k / factorial(k) for k in range(6))

    assert tail(6, 2, 0) == pytest.approx(poisson, rel=0.02)


def test_a_tail_too_thin_to_add_up_is_still_told_from_zero() -> None:
    assert 0 < tail(300, 20, 0.05) < 1e-20


def test_the_middle_tail_gives_half_of_the_count_itself() -> None:
    middle = middle_upper(np.array([4.0]), np.array([3.0]), np.array([1 / 5]))[0]

    assert middle == pytest.approx((exactly(4, 3, 5) + exactly(5, 3, 5)) / 2, rel=1e-8)


@given(st.integers(1, 80), st.integers(1, 30), st.sampled_from([0.025, 0.5, 0.975]))
def test_the_quantile_is_the_least_count_that_is_not_exceeded(mean: int, size: int, chance: float) -> None:
    found = quantile(chance, mean, 1 / size)

    assert exactly(found + 1, mean, size) <= 1 - chance + 1e-9
    assert found == 0 or exactly(found, mean, size) > 1 - chance - 1e-9


def test_what_is_no_number_gives_none_and_comes_to_an_end() -> None:
    assert isnan(tail(5, nan, 0.1))
