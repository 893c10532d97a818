from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from notifier.digest import trend_phrases
from notifier.digest.contents import TrendDay
from notifier.languages.speech import ENGLISH
from notifier.renderers import digest_json, slack_blocks, terminal
from scoring.day import Day
from storage.records import VoiceCount
from tests.notifier import samples

MONDAY = date(2013, 8, 5)
ACME = VoiceCount("acme", mentions=30, credit=24.0, positive=6, neutral=10, negative=2, unscored=12)
GLOBEX = VoiceCount("globex", mentions=12, credit=8.0, unscored=12)


def told(day: Day) -> list[TrendDay]:
    trends = samples.digest(samples.snapshot(trend=[day])).trends
    assert [(trend.slug, trend.name) for trend in trends] == [
        ("acme", "Acme"),
        ("globex", "Globex"),
        ("initech", "Initech"),
    ]
    return [trend.days[0] for trend in trends]


def test_a_day_tells_mentions_share_and_net_sentiment_of_each_brand() -> None:
    day = Day(MONDAY, {"acme": ACME, "globex": GLOBEX}, {"rss:a": 1.0})

    assert told(day) == [
        TrendDay(MONDAY, 30, 0.75, 4 / 18, 18),
        TrendDay(MONDAY, 12, 0.25, None, 0),
        TrendDay(MONDAY, 0, 0.0, None, 0),
    ]


def test_a_heard_day_without_mentions_is_zero_and_has_no_share() -> None:
    assert told(Day(MONDAY, {}, {"rss:a": 1.0})) == [TrendDay(MONDAY, 0, None, None, 0)] * 3


@pytest.mark.parametrize(
    ("heard", "known"),
    [
        ({"a": 0.5, "b": 0.5}, True),
        ({"a": 1.0, "b": 0.0}, True),
        ({"a": 0.49, "b": 0.5}, False),
        ({"a": 0.0}, False),
        ({}, False),
    ],
    ids=["half", "one of two", "a little less", "deaf", "nothing listens"],
)
def test_a_day_of_which_less_than_half_was_heard_is_a_gap(heard: dict[str, float], known: bool) -> None:
    day = Day(MONDAY, {"acme": ACME}, heard)

    assert told(day)[0] == (
        TrendDay(MONDAY, 30, 1.0, 4 / 18, 18) if known else TrendDay(MONDAY, None, None, None, None)
    )


def test_json_holds_every_day_of_every_brand() -> None:
    day = Day(MONDAY, {"acme": ACME, "globex": GLOBEX}, {"rss:a": 1.0})
    unheard = Day(date(2013, 8, 6), {}, {"rss:a": 0.0})
    loaded = json.loads(digest_json.render(samples.digest(samples.snapshot(trend=[day, unheard]))))

    nothing = {"day": "2013-08-06", "mentions": None, "share": None, "net_sentiment": None, "scored": None}
    assert loaded["trends"][0] == {
        "brand": "acme",
        "days": [
            {"day": "2013-08-05", "mentions": 30, "share": 0.75, "net_sentiment": 4 / 18, "scored": 18},
            nothing,
        ],
    }
    assert [trend["brand"] for trend in loaded["trends"]] == ["acme", "globex", "initech"]


@pytest.mark.parametrize(
    ("mentions", "expected"),
    [
        ([1, 7, 7], "most 7, on 6 August"),
        ([0, 0, 0], "no mentions"),
        ([None, 0, None], "no mentions"),
        ([None, None, None], "n/a (none of these days was heard)"),
        ([1234, None, 3], "most 1,234, on 5 August"),
    ],
    ids=["first of two", "zeros", "one quiet day", "deaf", "thousands"],
)
def test_the_busiest_day_is_named(mentions: list[int | None], expected: str) -> None:
    trend = samples.digest().trends[0]
    days = tuple(TrendDay(date(2013, 8, 5 + place), each, None, None, 0) for place, each in enumerate(mentions))

    assert trend_phrases.most(replace(trend, days=days), ENGLISH) == expected


def test_without_a_day_that_is_over_nothing_is_said_of_trends() -> None:
    made = samples.digest(samples.snapshot(trend=()))

    assert "Mentions a day" not in terminal.render(made)
    assert "Mentions a day" not in json.dumps(slack_blocks.render(made))
    assert json.loads(digest_json.render(made))["trends"][0]["days"] == []
