from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from notifier.charts.goals import goals
from notifier.charts.theme import LIGHT, legible
from notifier.digest.contents import Digest
from scoring.goals import Standing
from tests.notifier import campaign_samples, samples
from tests.notifier.charts.reading import layers, rows, written

BEHIND = campaign_samples.BEHIND


def made(*standings: Standing) -> Digest:
    report = replace(campaign_samples.REPORT, goals=standings)
    return samples.digest(samples.snapshot(campaigns=report))


def test_a_bar_is_the_way_done_and_the_upright_line_the_time_gone() -> None:
    picture = goals(samples.digest(), LIGHT)

    assert picture is not None
    tracks, bars, marks = (layers(picture)[place]["data"]["values"] for place in (0, 1, 3))
    assert [(track["low"], track["high"]) for track in tracks] == [(0, 1), (0, 1)]
    assert [bar["high"] for bar in bars] == [0.3]
    assert [mark["low"] for mark in marks] == [pytest.approx(42 / 92)] * 2


def test_texts_tell_each_goal_also_one_that_is_unknown() -> None:
    picture = goals(samples.digest(), LIGHT)

    assert picture is not None
    assert written(picture)[1:] == [
        "Week of Monday 5 to Sunday 11 August 2013",
        "The upright line is how much of the time is gone",
        "Leads",
        "Customer acquisition cost of meta_ads",
        "150 of 500 by 30 September 2013",
        "n/a (missing new_customers), to be 40.00 EUR by 30 September 2013",
        "30.0 % of the way, 45.7 % of the time gone; pace 0.66 (behind)",
        "",
    ]
    assert picture.alt.startswith(
        "Goals, week of Monday 5 to Sunday 11 August 2013: "
        "Leads: 150 of 500 by 30 September 2013; 30.0 % of the way, 45.7 % of the time gone. "
    )


@pytest.mark.parametrize(
    ("progress", "drawn"), [("-0.5", 0.0), ("0", 0.0), ("1.7", 1.0)], ids=["backwards", "not yet", "beyond"]
)
def test_a_bar_stays_on_its_track(progress: str, drawn: float) -> None:
    picture = goals(made(replace(BEHIND, progress=Decimal(progress))), LIGHT)

    assert picture is not None
    assert [row["high"] for row in rows(picture, "rect") if "colour" in row] == [drawn]


@pytest.mark.parametrize(
    ("pace", "place"), [("0.66", 1), ("0.96", 0), ("1.2", 0), (None, 0)], ids=["behind", "on time", "ahead", "no pace"]
)
def test_a_goal_that_is_behind_has_another_colour(pace: str | None, place: int) -> None:
    picture = goals(made(replace(BEHIND, pace=None if pace is None else Decimal(pace))), LIGHT)

    assert picture is not None
    (colour,) = (row["colour"] for row in rows(picture, "rect") if "colour" in row)
    assert colour == legible(LIGHT.brands[place], LIGHT)


def test_goals_beyond_the_room_are_told_of() -> None:
    picture = goals(made(*[BEHIND] * 15), LIGHT)

    assert picture is not None
    assert "3 more goals, not drawn" in written(picture)
    assert written(picture).count("Leads") == 12


@pytest.mark.parametrize(
    "without", [made(), samples.digest(samples.snapshot(campaigns=None))], ids=["no goals", "no campaigns"]
)
def test_without_goals_there_is_no_picture(without: Digest) -> None:
    assert goals(without, LIGHT) is None
