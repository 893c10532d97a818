from __future__ import annotations

from math import atan, pi

import numpy as np
import pytest

from scoring.lift.student import Mixture, student_cdf


@pytest.mark.parametrize(
    ("freedom", "value", "chance"),
    [
        # from printed tables of the t distribution
        (1, 12.706, 0.975), (2, 4.303, 0.975), (3, 3.182, 0.975), (4, -2.776, 0.025), (5, 2.015, 0.95),
        (10, 2.228, 0.975), (29, 2.045, 0.975), (30, 1.697, 0.95), (120, 1.980, 0.975), (7, 0.0, 0.5),
    ],
)  # fmt: skip
def test_chances_are_those_of_the_printed_tables(freedom: int, value: float, chance: float) -> None:
    assert student_cdf(np.array([value]), freedom)[0] == pytest.approx(chance, abs=5e-5)


def test_one_degree_of_freedom_is_the_cauchy_distribution() -> None:
    values = [-50.0, -1.0, 0.3, 8.0]
    assert student_cdf(np.array(values), 1).tolist() == pytest.approx([0.5 + atan(value) / pi for value in values])


def test_a_mixture_of_one_is_that_one() -> None:
    one = Mixture(np.array([5.0]), np.array([2.0]), np.array([1.0]), 10)
    assert one.mean == 5.0
    assert (one.quantile(0.025), one.quantile(0.975)) == pytest.approx((5 - 2 * 2.2281, 5 + 2 * 2.2281), abs=1e-3)


def test_a_mixture_lies_between_its_parts_by_their_weights() -> None:
    two = Mixture(np.array([0.0, 100.0]), np.array([1.0, 1.0]), np.array([0.75, 0.25]), 30)
    assert two.mean == 25.0
    assert two.below(50.0) == pytest.approx(0.75)
    assert two.quantile(0.375) == pytest.approx(0.0, abs=1e-6)
    assert two.quantile(0.975) == pytest.approx(100 + 1.310, abs=1e-3)  # nine tenths of the upper part lie below
