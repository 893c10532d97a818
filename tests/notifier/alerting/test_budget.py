from __future__ import annotations

from datetime import timedelta

import pytest

from notifier.alerting.budget import room
from tests.notifier.alerting.samples import NOON


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [([], 3), ([0, 59], 1), ([60, 61], 3), ([1, 2, 3], 0), ([1, 2, 3, 4, 5], 0), ([-1, -600], 3)],
    ids=["nothing told", "told in this hour", "told before", "full", "more than allowed", "a clock that was wrong"],
)
def test_room_is_what_this_hour_has_left(minutes_ago: list[int], expected: int) -> None:
    told = [NOON - timedelta(minutes=minutes) for minutes in minutes_ago]

    assert room(told, 3, NOON) == expected
