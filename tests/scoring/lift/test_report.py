from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from config.settings import Brand
from scoring.day import Day
from scoring.lift.forecast import Effect
from scoring.lift.report import LiftReport, MetricLift, Setting, lift
from tests.scoring.lift.worlds import MONDAY, counts, days_of

ACME = Brand(name="Acme", slug="acme", role="own")
GLOBEX = Brand(name="Globex", slug="globex")
INITECH = Brand(name="Initech", slug="initech")
KNOWN, LENGTH = 70, 14
FIRST = MONDAY + timedelta(days=KNOWN)
LAST = FIRST + timedelta(days=LENGTH - 1)
SETTING = Setting(ACME, (GLOBEX, INITECH), FIRST, LAST, LAST + timedelta(days=1))


def world(**factors: float) -> list[Day]:
    """Three brands over 84 days; a factor multiplies what a brand gets in the last 14."""
    names = ("acme", "globex", "initech")
    made = counts(np.random.default_rng(21), KNOWN + LENGTH, (60, 80, 40), "none", lasting=0.3)
    during = np.arange(KNOWN + LENGTH) >= KNOWN
    return days_of(
        {name: each * np.where(during, factors.get(name, 1.0), 1.0) for name, each in zip(names, made, strict=True)}
    )


def mentions(report: LiftReport) -> Effect:
    found = report.metrics[0].effect
    assert report.metrics[0].metric == "mentions"
    assert found is not None
    return found


def test_a_campaign_that_doubled_mentions_is_seen_in_all_that_it_moved() -> None:
    report = lift(world(acme=2.0), SETTING)
    by_metric = {each.metric: each for each in report.metrics}
    assert report.refused is None
    assert list(by_metric) == ["mentions", "net_sentiment", "share_of_voice"]
    assert mentions(report).significant
    assert mentions(report).effect == pytest.approx(60 * 14 * 0.9, rel=0.25)  # a tenth below 60 over the week
    share = by_metric["share_of_voice"].effect
    assert share is not None
    assert share.significant
    assert by_metric["mentions"].controls == by_metric["net_sentiment"].controls == ("globex", "initech")
    assert by_metric["share_of_voice"].controls == ()
    assert (len(report.history), report.history[-1]) == (KNOWN, FIRST - timedelta(days=1))


def test_a_campaign_that_did_nothing_is_called_nothing() -> None:
    report = lift(world(), SETTING)
    assert [each.effect is not None and each.effect.significant for each in report.metrics] == [False] * 3
    assert report.notes == ()


def test_a_competitor_with_a_campaign_of_its_own_is_no_control() -> None:
    report = lift(world(acme=2.0, globex=3.0), SETTING)
    assert report.metrics[0].controls == ("initech",)
    assert report.notes[0] == "Globex left the usual path in the same window and is no control"
    assert mentions(report).significant


@pytest.mark.parametrize(
    ("competitors", "why"),
    [
        ((GLOBEX, INITECH), "Globex, Initech, all there is to compare with, left their own path in the same window"),
        ((GLOBEX,), "Globex, all there is to compare with, left its own path in the same window"),
    ],
)
def test_what_hits_everybody_is_refused(competitors: tuple[Brand, ...], why: str) -> None:
    report = lift(world(acme=3.0, globex=3.0, initech=3.0), replace(SETTING, competitors=competitors))
    assert report.metrics == ()
    assert str(report.refused).startswith(why)


def deaf(days: list[Day], places: range, **heard: float) -> list[Day]:
    """Change how well some days were heard."""
    return [replace(day, heard={**day.heard, **heard}) if at in places else day for at, day in enumerate(days)]


EVER = range(KNOWN + LENGTH)


@pytest.mark.parametrize(
    ("days", "setting", "why"),
    [
        pytest.param(
            world(), replace(SETTING, today=LAST), "the window is not over: its last day is 2026-03-29", id="early"
        ),
        pytest.param(
            world()[:KNOWN], SETTING, "nothing is known of the days from 2026-03-16 to 2026-03-29", id="empty"
        ),
        pytest.param(
            [replace(day, heard={"rss:news": 0.6}) if day.day >= FIRST else day for day in world()],
            SETTING,
            "only 60% of the window was heard, 90% are needed",
            id="deaf in the window",
        ),
        pytest.param(
            world(),
            replace(SETTING, last=FIRST + timedelta(days=126), today=FIRST + timedelta(days=127)),
            "the window has 127 days; a forecast that reaches farther than 126 is a guess",
            id="long",
        ),
        pytest.param(world()[:-2], SETTING, "only 86% of the window was heard", id="days of the window missing"),
        pytest.param(
            world()[KNOWN - 27 :], SETTING, "the history is too short: 27 days before the window were heard", id="short"
        ),
        pytest.param(
            [replace(day, heard={"rss:news": 0.5}) if day.day < FIRST else day for day in world()],
            SETTING,
            "the history is too short: 0 days before the window were heard",
            id="deaf before",
        ),
        pytest.param(
            [
                replace(day, heard={f"rss:{place}": 1.0 for place in range(10)} | {"rss:new": float(day.day >= FIRST)})
                for day in world()
            ],
            SETTING,
            "coverage is unequal: rss:new was heard 100% of the window and 0% of the days before",
            id="a new source",
        ),
        pytest.param(
            [replace(day, voices={"globex": day.of("globex")}) for day in world()],
            SETTING,
            "Acme was never mentioned in the 70 days before the window",
            id="nobody spoke of it",
        ),
    ],
)
def test_what_cannot_be_measured_is_refused_with_its_reason(days: list[Day], setting: Setting, why: str) -> None:
    report = lift(days, setting)
    assert report.metrics == ()
    assert str(report.refused).startswith(why)


def test_days_that_were_not_heard_are_left_out_of_the_history() -> None:
    days = [replace(day, heard={"rss:news": 0.1}) if place % 10 == 0 else day for place, day in enumerate(world())]
    kept = [*days[:KNOWN], *world()[KNOWN:]]
    report = lift(kept, SETTING)
    assert report.refused is None
    assert len(report.history) == KNOWN - 7


def test_without_competitors_the_past_alone_speaks_and_that_is_said() -> None:
    report = lift(world(acme=2.0), replace(SETTING, competitors=()))
    assert mentions(report).significant
    assert "no competitor to compare with: whatever else happened in the window counts as effect" in report.notes


def test_a_competitor_that_nobody_mentions_is_no_control() -> None:
    silent = Brand(name="Hooli", slug="hooli")
    report = lift(world(), replace(SETTING, competitors=(GLOBEX, silent)))
    assert report.metrics[0].controls == ("globex",)


def test_the_five_most_talked_about_are_controls() -> None:
    made = counts(np.random.default_rng(5), KNOWN + LENGTH, (50, 10, 20, 30, 40, 50, 60), "none")
    names = ["acme", *(f"c{place}" for place in range(6))]
    brands = tuple(Brand(name=name.title(), slug=name) for name in names[1:])
    report = lift(days_of(dict(zip(names, made, strict=True))), replace(SETTING, competitors=brands))
    assert report.metrics[0].controls == ("c5", "c4", "c3", "c2", "c1")


def test_few_mentions_are_told() -> None:
    made = counts(np.random.default_rng(6), KNOWN + LENGTH, (0.5, 40), "none")
    report = lift(days_of({"acme": made[0], "globex": made[1]}), replace(SETTING, competitors=(GLOBEX,)))
    assert any(note.startswith("0.") and "only a large effect could show" in note for note in report.notes)


def test_a_metric_that_cannot_be_had_says_why_and_leaves_the_others() -> None:
    unscored = [
        replace(day, voices={name: replace(one, positive=0, negative=0, neutral=0) for name, one in day.voices.items()})
        for day in world(acme=2.0)
    ]
    mentions_, sentiment, share = lift(unscored, SETTING).metrics
    assert (sentiment.effect, sentiment.reason) == (None, "nothing to take it from in the window")
    assert (sentiment.false_alarm_rate, sentiment.relative) == (None, (None, None, None))
    assert mentions_.effect is not None
    assert share.effect is not None


def test_an_interval_that_placebos_break_is_not_to_be_believed() -> None:
    """A series with a jump every fortnight finds effects everywhere."""
    steps = np.repeat(np.array([40, 90, 20, 140, 30, 120]), 14) + np.random.default_rng(7).normal(0, 0.5, 84)
    others = counts(np.random.default_rng(7), 84, (80, 40), "none")
    report = lift(days_of({"acme": steps, "globex": others[0], "initech": others[1]}), SETTING)
    told = [note for note in report.notes if "do not believe its interval" in note]
    assert len(told) == 1
    assert told[0].startswith("mentions: 3 of 5 windows and brands without a campaign came out significant")


def test_an_effect_stands_against_what_was_expected_with_its_interval() -> None:
    found = Effect(150, 100, 50, 25, 90, 0.001)
    assert MetricLift("mentions", found, None, (), 4, 1).relative == pytest.approx((0.5, 0.2, 1.5))
    assert MetricLift("mentions", found, None, (), 4, 1).false_alarm_rate == 0.25
    assert MetricLift("net_sentiment", found, None, (), 0, 0).relative == (None, None, None)
    wide = Effect(150, 100, 50, -30, 160, 0.2)
    middle, low, high = MetricLift("mentions", wide, None, (), 0, 0).relative
    assert [middle, low] == pytest.approx([0.5, 150 / 180 - 1])
    assert high is None
