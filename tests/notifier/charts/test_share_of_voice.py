from __future__ import annotations

from dataclasses import replace

import pytest

from notifier.charts.share_of_voice import share_of_voice
from notifier.charts.theme import LIGHT
from notifier.digest.contents import Digest
from tests.notifier import samples
from tests.notifier.charts.reading import rows, written


def test_bars_are_as_long_as_the_shares_own_brand_first() -> None:
    picture = share_of_voice(samples.digest(), LIGHT)

    assert picture is not None
    assert [bar["high"] for bar in rows(picture, "rect")] == [412 / 1048, 620 / 1048, 16 / 1048]
    assert [bar["low"] for bar in rows(picture, "rect")] == [0, 0, 0]
    low, high = samples.wilson(412, 1048)
    assert (rows(picture, "rule")[0]["low"], rows(picture, "rule")[0]["high"]) == (low, high)


def test_title_names_the_window_and_texts_tell_the_numbers() -> None:
    picture = share_of_voice(samples.digest(), LIGHT)

    assert picture is not None
    assert picture.title == "Share of voice, week of Monday 5 to Sunday 11 August 2013"
    assert written(picture) == [
        "Share of voice",
        "Week of Monday 5 to Sunday 11 August 2013",
        "Thin line: 95 % interval. In brackets: change against the week before",
        "39.3 % (+8.9 points)",
        "59.2 % (-6.6 points)",
        "1.5 % (-2.3 points)",
        "Acme",
        "Globex",
        "Initech",
    ]
    assert picture.alt == (
        "Share of voice, week of Monday 5 to Sunday 11 August 2013: Acme 39.3 %, Globex 59.2 %, Initech 1.5 %."
    )


def test_what_a_crowd_leaves_no_room_for_is_told() -> None:
    line = samples.digest().brands[1]
    lines = tuple(replace(line, slug=f"b{place}", credit=100.0 - place, share=0.04) for place in range(25))
    picture = share_of_voice(replace(samples.digest(), brands=lines), LIGHT)

    assert picture is not None
    assert len(rows(picture, "rect")) == 20
    assert "5 more brands, not drawn, together have 20.0 %" in written(picture)


def nobody() -> Digest:
    counts = (samples.count(brand.slug, 0, 0, 0) for brand in samples.BRANDS)
    return samples.digest(samples.snapshot(samples.voices(*counts)))


@pytest.mark.parametrize(
    "made", [nobody(), replace(samples.digest(), brands=())], ids=["nobody was mentioned", "no brands"]
)
def test_without_a_share_there_is_no_picture(made: Digest) -> None:
    assert share_of_voice(made, LIGHT) is None
