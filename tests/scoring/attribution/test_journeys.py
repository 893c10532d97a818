from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.attribution.journeys import (
    Journey,
    Rule,
    by_rule,
    first,
    journeys,
    last,
    last_non_direct,
    linear,
    position_based,
    shared,
    time_decay,
)
from storage.campaign_records import ConversionPath


def walk(*touches: str, days: tuple[float, ...] | None = None) -> Journey:
    return Journey(touches, days, 1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("rule", "touches", "expected"),
    [
        pytest.param(first, ("a", "b", "c"), [1, 0, 0], id="first"),
        pytest.param(last, ("a", "b", "c"), [0, 0, 1], id="last"),
        pytest.param(last_non_direct, ("a", "b", "direct"), [0, 1, 0], id="direct is passed over"),
        pytest.param(last_non_direct, ("a", "(Direct)", "Direct / None"), [1, 0, 0], id="in every spelling"),
        pytest.param(last_non_direct, ("direct", "direct"), [0, 1], id="unless all of it is direct"),
        pytest.param(linear, ("a", "a", "b", "c"), [0.25, 0.25, 0.25, 0.25], id="linear, by touch"),
        pytest.param(position_based, ("a",), [1], id="position, one"),
        pytest.param(position_based, ("a", "b"), [0.5, 0.5], id="position, two"),
        pytest.param(position_based, ("a", "b", "c"), [0.4, 0.2, 0.4], id="position, three"),
        pytest.param(position_based, ("a", "b", "c", "d"), [0.4, 0.1, 0.1, 0.4], id="position, four"),
        pytest.param(shared, ("a", "a", "b"), [0.25, 0.25, 0.5], id="shared, by distinct channel"),
        pytest.param(time_decay, ("a", "b"), [0.5, 0.5], id="decay without days is linear"),
    ],
)
def test_a_rule_weighs_touches(rule: Rule, touches: tuple[str, ...], expected: list[float]) -> None:
    assert list(rule(walk(*touches))) == pytest.approx(expected)


def test_eight_days_before_weigh_half_of_one_day_before() -> None:
    # 1, 1/2, 1/4, 1/8 for 1, 8, 15 and 22 days: of 15 eighths together
    weights = time_decay(walk("d", "c", "b", "a", days=(22, 15, 8, 1)))
    assert list(weights) == pytest.approx([1 / 15, 2 / 15, 4 / 15, 8 / 15])


def test_touches_of_long_ago_share_a_conversion_all_the_same() -> None:
    assert list(time_decay(walk("a", "b", days=(40_007, 40_000)))) == pytest.approx([1 / 3, 2 / 3])


def test_equal_paths_are_one_journey_with_all_their_people_and_value() -> None:
    paths = [
        ConversionPath(("b",), 1, 2, Decimal("1.5")),
        ConversionPath(("a", "b"), 1, 0),
        ConversionPath(("b",), 3, 4, Decimal("0.5")),
        ConversionPath(("b",), 1, 0, None, (4.0,)),
    ]
    assert journeys(paths) == [
        Journey(("a", "b"), None, 1, 0, 0.0),
        Journey(("b",), None, 4, 6, 2.0),
        Journey(("b",), (4.0,), 1, 0, 0.0),
    ]


def test_a_rule_credits_conversions_and_value_to_channels_and_nothing_for_who_did_not_convert() -> None:
    walks = [Journey(("a", "b", "a"), None, 3, 9, 30.0), Journey(("c",), None, 0, 5, 0.0)]
    conversions, value = by_rule(walks, linear)
    assert conversions == pytest.approx({"a": 2, "b": 1})
    assert value == pytest.approx({"a": 20, "b": 10})
