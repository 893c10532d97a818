"""Rules that set a day beside the days before: sentiment and share of voice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notifier.contract import StatisticalRule
from notifier.registry import rule_alone
from notifier.rules.unlike import unlike
from storage.alert_records import Alert
from storage.records import VoiceCount
from tests.notifier.rules.watches import brand, heard_of, watch

Counts = Callable[[int], VoiceCount]


def today(now: VoiceCount, before: VoiceCount) -> Counts:
    """The same in every hour of the last day, and in every one before."""
    return lambda ago: now if ago < 24 else before


def found(rule: str, *brands: object) -> list[Alert]:
    return list(rule_alone(rule).evaluate(watch(*brands, every=3600.0)))  # type: ignore[arg-type]  # brands


def test_a_fall_of_sentiment_is_told_with_what_is_usual() -> None:
    (alert,) = found("sentiment_drop", brand(today(heard_of(1, 0, 3), heard_of(2, 0, 2))))

    assert alert.id == "sentiment_drop:acme"
    assert alert.title == "Acme: net sentiment -50 % in 24 h, where 0 % is usual"
    assert alert.body.startswith(
        "-50.0 points, from 96 scored mentions since 13 July 2026, 14:00 (72 negative, 24 positive). "
    )
    assert "by 28 of the 28 days before" in alert.body
    assert (alert.evidence["net_sentiment"], alert.evidence["usual"]) == (-0.5, 0.0)


@pytest.mark.parametrize(
    "counts",
    [
        today(heard_of(2, 0, 2), heard_of(2, 0, 2)),
        today(heard_of(3, 0, 1), heard_of(2, 0, 2)),
        today(heard_of(10, 0, 11), heard_of(10, 0, 10)),
    ],
    ids=["as ever", "a rise", "fewer points than asked for"],
)
def test_what_is_usual_or_better_is_no_fall(counts: Counts) -> None:
    assert found("sentiment_drop", brand(counts)) == []


def test_days_that_differ_much_make_a_fall_usual() -> None:
    restless = brand(lambda ago: heard_of(3, 0, 1) if ago // 24 % 2 else heard_of(1, 0, 3))

    assert found("sentiment_drop", restless) == []


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (brand(today(heard_of(0, 0, 1), heard_of(1)), hours=5 * 24), "fewer than 7 of the 28 days before"),
        (brand(lambda ago: heard_of(0, 0, 1) if ago < 5 else heard_of()), "5 scored mentions in the last 24 hours"),
        (brand(today(heard_of(0, 0, 4), heard_of(4)), heard=lambda ago: 0.4 if ago < 24 else 1.0), "less than half"),
    ],
    ids=["young", "few", "deaf"],
)
def test_sentiment_says_why_nothing_is_said(made: object, reason: str) -> None:
    rule, seen = rule_alone("sentiment_drop"), watch(made)  # type: ignore[arg-type]  # of the table

    assert rule.evaluate(seen) == []
    assert isinstance(rule, StatisticalRule)
    (why,) = rule.unready(seen)
    assert reason in why


def test_a_share_is_told_in_both_directions() -> None:
    ours, theirs = (
        brand(today(heard_of(0, 6), heard_of(0, 2))),
        brand(lambda _: heard_of(0, 2), "globex", role="competitor"),
    )

    (alert,) = found("share_shift", ours, theirs)

    assert alert.id == "share_shift:acme:up"
    assert alert.title == "Acme: share of voice 75.0 % in 24 h, where 50.0 % is usual"
    assert alert.body.startswith("+25.0 points, from 192 mentions of all brands since 13 July 2026, 14:00. ")

    fell = brand(today(heard_of(0, 1), heard_of(0, 4)))
    assert [one.id for one in found("share_shift", fell, theirs)] == ["share_shift:acme:down"]
    assert found("share_shift", brand(lambda _: heard_of(0, 4)), theirs) == []


def test_a_brand_alone_has_no_share() -> None:
    rule = rule_alone("share_shift")

    assert isinstance(rule, StatisticalRule)
    assert rule.unready(watch(brand(lambda _: heard_of(9)))) == [
        "share_shift says nothing of Acme: there is no other brand to share with"
    ]


def test_the_deviation_is_of_few_mentions_and_of_days_together() -> None:
    judged = unlike(10.0, 3.0, [0.0, 2.0, 4.0, 6.0, 8.0, None, 2.0, 6.0])

    # Middle 4; distances 4 2 0 2 4 2 2, of which the middle is 2, as a deviation 2 * 1.4826 = 2.9652.
    # Of the middle of seven: 1.2533 * 2.9652 / sqrt(7) = 1.4046. Together sqrt(9 + 8.7924 + 1.9730) = 4.4459.
    assert judged is not None
    assert (judged.usual, judged.windows) == (4.0, 7)
    assert judged.deviation == pytest.approx(4.4459, abs=1e-3)
    assert judged.strength == pytest.approx(6 / 4.4459, abs=1e-3)


def test_six_windows_say_nothing() -> None:
    assert unlike(1.0, 0.1, [0.0] * 6) is None
