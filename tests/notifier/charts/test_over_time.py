from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from config.settings import Brand
from notifier.charts.over_time import over_time, weekly
from notifier.charts.theme import LIGHT
from notifier.digest.contents import TrendDay
from scoring.day import Day
from tests.notifier import samples
from tests.notifier.charts.reading import layers, rows, written

MONDAY = date(2013, 8, 5)


def day(place: int, mentions: int | None, net: float | None = None, scored: int | None = None) -> TrendDay:
    return TrendDay(MONDAY + timedelta(days=place), mentions, None, net, scored)


def test_each_brand_has_a_line_with_a_gap_where_nobody_listened() -> None:
    picture = over_time(samples.digest(), LIGHT)

    assert picture is not None
    lines = [layer["data"]["values"] for layer in layers(picture) if layer["mark"]["type"] == "line"]
    assert [len(line) for line in lines] == [28] * 6
    acme = lines[2]  # the own brand is drawn last, so that nothing covers it
    assert [row["value"] for row in acme[3:9]] == [21, 24, None, None, 26, 27]
    assert [(band["day"], band["last"]) for band in rows(picture, "rect")] == [(4.5, 6.5), (4.5, 6.5)]


def test_titles_tell_what_it_shows_and_which_days() -> None:
    picture = over_time(samples.digest(), LIGHT)

    assert picture is not None
    assert picture.title == "Mentions and net sentiment, 15 July to 11 August 2013"
    assert written(picture)[:3] == [
        "Mentions and net sentiment, day by day",
        "15 July to 11 August 2013",
        "Shaded: 2 days of which less than half was heard",
    ]
    assert {"Acme", "Globex", "Initech", "15 Jul", "5 Aug", "60", "+50 %"} <= set(written(picture))
    assert picture.alt == (
        "Mentions a day, 15 July to 11 August 2013, and net sentiment of the week: "
        "Acme most 45, on 10 August, net sentiment +26 %; Globex most 75, on 15 July, net sentiment +17 %; "
        "Initech most 3, on 17 July, net sentiment -31 %."
    )


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([day(0, 10, 0.5, 10), day(1, 10, -0.5, 10)], [0.5, 0.0]),
        ([day(0, 10, 1.0, 4), day(1, 10, 1.0, 1)], [None, 1.0]),
        ([day(0, 10, 1.0, 30), day(1, None), day(2, 5, 0.0, 10)], [1.0, None, 0.75]),
        ([day(0, 9, 1.0, 8), *(day(place, 0, None, 0) for place in range(1, 8))], [1.0] * 7 + [None]),
        ([], []),
    ],
    ids=["by mentions", "too few to tell", "over a gap", "a week and no longer", "no days"],
)
def test_net_sentiment_is_that_of_the_week_up_to_each_day(days: list[TrendDay], expected: list[float | None]) -> None:
    assert weekly(days) == expected


def test_the_last_point_is_the_net_sentiment_of_the_week() -> None:
    made = samples.digest()
    week = samples.days()[-7:]
    counts = [each.of("globex") for each in week]
    positive, negative = sum(each.positive for each in counts), sum(each.negative for each in counts)
    scored = sum(each.positive + each.neutral + each.negative for each in counts)

    assert weekly(made.trends[1].days)[-1] == pytest.approx((positive - negative) / scored)


def test_a_crowd_is_six_lines_and_the_others_are_told_of() -> None:
    brands = tuple(Brand(name=f"Brand {place}", slug=f"b{place}") for place in range(20))
    counts = [samples.count(brand.slug, 5, 5, 5) for brand in brands]
    seen = samples.snapshot(samples.voices(*counts, brands=brands), (), trend=samples.days(brands))
    picture = over_time(samples.digest(seen, {}, brands), LIGHT)

    assert picture is not None
    assert sum(layer["mark"]["type"] == "line" for layer in layers(picture)) == 12
    assert "14 more brands, not drawn" in written(picture)


@pytest.mark.parametrize(
    "trend",
    [(), samples.days(deaf=[each.day for each in samples.days()]), samples.days(brands=())],
    ids=["no day is over", "deaf", "nobody was mentioned"],
)
def test_without_numbers_there_is_no_picture(trend: tuple[Day, ...]) -> None:
    assert over_time(samples.digest(samples.snapshot(trend=trend)), LIGHT) is None


def test_a_brand_without_scored_mentions_has_no_name_beside_sentiment() -> None:
    made = samples.digest()
    silent = replace(made.trends[2], days=tuple(replace(each, scored=0) for each in made.trends[2].days))
    picture = over_time(replace(made, trends=(*made.trends[:2], silent)), LIGHT)

    assert picture is not None
    assert [written(picture).count(name) for name in ("Acme", "Globex", "Initech")] == [2, 2, 1]
