from __future__ import annotations

from math import hypot, isclose

from scoring.facts import Facts
from scoring.variants import contrasts
from tests.scoring.kpi_facts import only


def test_the_interval_is_that_of_newcombe() -> None:
    # R.G. Newcombe (1998), table II, example (a): 56 of 70 against 48 of 80, method 10.
    (found,) = contrasts("ctr", {"a": only(clicks="56", impressions="70"), "b": only(clicks="48", impressions="80")})

    assert (found.variant, found.against, found.tried, found.tried_against) == ("a", "b", 70, 80)
    assert round(found.by, 4) == 0.2
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    assert found.clear


def test_a_small_difference_of_few_is_within_chance() -> None:
    (found,) = contrasts("ctr", {"a": only(clicks="5", impressions="10"), "b": only(clicks="6", impressions="11")})

    assert not found.clear


def test_every_variant_is_compared_with_the_one_tried_most() -> None:
    variants = {name: only(clicks="5", impressions=tried) for name, tried in (("a", "50"), ("b", "90"), ("c", "10"))}

    assert [(each.variant, each.against) for each in contrasts("ctr", variants)] == [("a", "b"), ("c", "b")]


def test_what_is_no_share_is_not_compared() -> None:
    variants = {
        "more than all": only(clicks="50", impressions="10"),
        "never shown": only(clicks="0", impressions="0"),
        "unknown": only(clicks="5"),
        "partial": Facts(only(clicks="5", impressions="9").known, frozenset({"clicks"}), parts=2),
        "good": only(clicks="5", impressions="9"),
    }

    assert contrasts("ctr", variants) == []
    assert contrasts("ctr", {}) == []


def test_swapping_what_is_compared_turns_the_interval_round() -> None:
    a, b = only(clicks="30", impressions="100"), only(clicks="20", impressions="101")
    (found,) = contrasts("ctr", {"a": a, "b": b})

    assert isclose(found.by, 0.3 - 20 / 101)
    assert found.low < found.by < found.high
    assert found.high - found.low < 2 * hypot(0.1, 0.1)
