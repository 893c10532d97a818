from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.charts.labels import spread, steps

PLACE = st.floats(0, 100)


@given(st.lists(PLACE, max_size=6))
def test_labels_stay_inside_and_apart_in_their_order(wanted: list[float]) -> None:
    places = spread(wanted, 18.0, 0.0, 100.0)

    assert all(-1e-9 <= at <= 100 + 1e-9 for at in places)
    in_order = [at for _, at in sorted(zip(wanted, places, strict=True))]
    assert all(above - below >= 18 - 1e-9 for below, above in pairwise(in_order))


@given(st.lists(PLACE, min_size=7, max_size=30))
def test_too_many_labels_share_the_room(wanted: list[float]) -> None:
    places = sorted(spread(wanted, 18.0, 0.0, 100.0))

    gaps = [above - below for below, above in pairwise(places)]
    assert min(gaps) == pytest.approx(100 / (len(wanted) - 1))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ([], []),
        ([40.0], [40.0]),
        ([10.0, 50.0, 90.0], [10.0, 50.0, 90.0]),
        ([50.0, 50.0], [50.0, 68.0]),
        ([100.0, 100.0], [82.0, 100.0]),
        ([95.0, 20.0, 90.0], [100.0, 20.0, 82.0]),
    ],
    ids=["none", "one", "far apart", "the same", "at the top", "out of order"],
)
def test_a_label_stays_where_it_is_wanted_when_it_can(wanted: list[float], expected: list[float]) -> None:
    assert spread(wanted, 18.0, 0.0, 100.0) == expected


@pytest.mark.parametrize(
    ("top", "expected"),
    [
        (0, [0]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4]),
        (19, [0, 5, 10, 15]),
        (71, [0, 20, 40, 60]),
        (100, [0, 50, 100]),
        (12_345, [0, 5_000, 10_000]),
    ],
)
def test_steps_of_a_scale_are_round(top: int, expected: list[int]) -> None:
    assert steps(top) == expected
