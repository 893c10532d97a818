from __future__ import annotations

from dataclasses import replace

from notifier.charts.brands import brand_colours, ranked
from notifier.charts.theme import LIGHT
from notifier.digest.contents import Digest
from tests.notifier import samples


def crowd(*mentions: float) -> Digest:
    """Brands b0, b1 ... in the order of the config, the third of them ours."""
    made = samples.digest()
    lines = tuple(
        replace(made.brands[1], slug=f"b{place}", credit=credit, role="own" if place == 2 else "competitor")
        for place, credit in enumerate(mentions)
    )
    return replace(made, brands=lines)


def test_own_brand_comes_first_then_the_loudest() -> None:
    assert [line.slug for line in ranked(crowd(5, 9, 1, 7))] == ["b2", "b1", "b3", "b0"]


def test_own_brand_has_the_first_colour_and_others_follow_the_config() -> None:
    chosen = brand_colours(crowd(5, 9, 1, 7), LIGHT)

    assert [chosen[slug] for slug in ("b2", "b0", "b1", "b3")] == list(LIGHT.brands[:4])


def test_a_brand_keeps_its_colour_when_another_one_overtakes_it() -> None:
    assert brand_colours(crowd(5, 9, 1, 7), LIGHT) == brand_colours(crowd(9, 5, 1, 3), LIGHT)


def test_brands_that_come_late_are_grey() -> None:
    chosen = brand_colours(crowd(1, 20, 30, 40, 50, 60, 70, 2), LIGHT)

    assert {slug for slug, colour in chosen.items() if colour == LIGHT.others} == {"b0", "b7"}
