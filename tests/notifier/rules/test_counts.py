from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifier.contract import StatisticalRule
from notifier.registry import rule_alone
from storage.alert_records import Alert, Severity
from storage.records import Span
from tests.notifier.rules.watches import HOUR, NOON, brand, heard_of, steady, watch


def found(rule: str, *brands: object, **more: object) -> list[Alert]:
    return list(rule_alone(rule).evaluate(watch(*brands, every=3600.0, **more)))  # type: ignore[arg-type]  # brands


def test_a_spike_is_found_told_and_explained() -> None:
    (alert,) = found("volume_spike", brand(steady(20, 60)))

    assert (alert.id, alert.brand, alert.severity) == ("volume_spike:acme", "acme", Severity.WARNING)
    assert alert.title == "Acme: 60 mentions in 1 h, where about 20 are usual"
    assert alert.body.startswith("60 mentions since 14 July 2026, 13:00; ")
    assert "by 56 days of history" in alert.body
    assert alert.window == Span(NOON - HOUR, NOON)
    assert alert.strength == pytest.approx(3.0, rel=0.02)
    assert (alert.evidence["count"], alert.evidence["heard"]) == (60, 1.0)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (steady(20), 0),
        (steady(20, 25), 0),
        (steady(20, 100), 1),
        (steady(0, 4), 0),
        (steady(0, 30), 1),
        (steady(20, 45, 6), 1),
    ],
    ids=["as ever", "a little more", "five times as many", "below the floor", "out of nothing", "a long afternoon"],
)
def test_only_what_chance_does_not_explain_is_a_spike(counts: object, expected: int) -> None:
    assert len(found("volume_spike", brand(counts))) == expected  # type: ignore[arg-type]  # of the table


@pytest.mark.parametrize(("ago", "expected"), [(1, 1), (22, 1), (50, 0)], ids=["an hour", "a day at most", "longer"])
def test_a_spike_stands_for_a_day_after_the_last_of_it(ago: int, expected: int) -> None:
    burst = brand(lambda hours: heard_of(neutral=26 if hours == ago else 1))

    assert len(found("volume_spike", burst)) == expected


def test_a_rule_watches_its_own_roles_or_the_brands_of_the_config() -> None:
    ours, theirs = brand(steady(20, 100)), brand(steady(20, 100), "globex", role="competitor")

    assert [alert.key for alert in found("volume_spike", ours, theirs)] == ["acme"]
    assert [alert.key for alert in found("competitor_spike", ours, theirs)] == ["globex"]


def test_negative_mentions_are_counted_by_themselves() -> None:
    angry = brand(lambda ago: heard_of(neutral=5, negative=15) if ago == 0 else heard_of(neutral=18, negative=2))

    (alert,) = found("negative_surge", angry)

    assert alert.title == "Acme: 15 negative mentions in 1 h, where about 2 are usual"
    assert found("volume_spike", angry) == []


def test_silence_is_a_drop_only_where_everything_was_heard() -> None:
    silent = steady(20, 0, 6)

    (alert,) = found("volume_drop", brand(silent))

    assert alert.title == "Acme: no mention in 3 h, where about 59 are usual"
    assert found("volume_drop", brand(silent, heard=lambda ago: 0.9 if ago < 24 else 1.0)) == []
    assert found("volume_drop", brand(silent, heard=lambda ago: 0.0 if ago < 24 else 1.0)) == []
    assert found("volume_drop", brand(steady(20))) == []


def test_what_was_half_heard_is_compared_with_half_of_what_is_usual() -> None:
    half = brand(steady(20, 30), heard=lambda ago: 0.5 if ago == 0 else 1.0)

    (alert,) = found("volume_spike", half)

    assert alert.evidence["expected"] == pytest.approx(10, rel=0.02)
    assert "Only 50% of that time was heard" in alert.body
    assert found("volume_spike", brand(steady(20, 30))) == []


@pytest.mark.parametrize("rule", ["volume_spike", "volume_drop"])
@pytest.mark.parametrize(("hours", "reason"), [(0, "nothing was heard yet"), (60, "72 are needed")])
def test_a_young_history_says_why_nothing_is_said(rule: str, hours: int, reason: str) -> None:
    made, seen = rule_alone(rule), watch(brand(steady(1, 100), hours=hours))

    assert made.evaluate(seen) == []
    assert isinstance(made, StatisticalRule)
    (why,) = made.unready(seen)
    assert why.startswith(f"{rule} says nothing of Acme: ")
    assert reason in why


def test_an_old_history_needs_no_excuse() -> None:
    made, seen = rule_alone("volume_spike"), watch(brand(steady(1)))

    assert isinstance(made, StatisticalRule)
    assert (made.unready(seen), made.tests(seen)) == ([], 1)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 24))
def test_more_mentions_never_make_a_spike_weaker(count: int, more: int, hours: int) -> None:
    def strength(last: int) -> float:
        return max((alert.strength for alert in found("volume_spike", brand(steady(20, last, hours)))), default=0.0)

    assert strength(count) <= strength(count + more)


def test_the_running_hour_counts_as_far_as_it_has_gone() -> None:
    seen = watch(brand(steady(20, 60)), every=300.0)
    early = type(seen)(NOON - timedelta(minutes=40), seen.zone, seen.brands, every=300.0)

    (alert,) = rule_alone("volume_spike").evaluate(early)

    assert alert.window == Span(NOON - HOUR, NOON - timedelta(minutes=40))
    assert alert.evidence["expected"] == pytest.approx(20 / 3, rel=0.02)
