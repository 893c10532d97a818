from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier.charts.theme import DARK, LIGHT, Theme, colours, contrast, legible
from tests.notifier import samples

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
COLOUR = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)

# How a colour looks to who lacks one kind of cone, on linear RGB: F. Vienot, H. Brettel, J. Mollon, "Digital video
# colourmaps for checking the legibility of displays by dichromats" (1999), for red and green.
LINEAR_TO_LMS = ((17.8824, 43.5161, 4.11935), (3.45565, 27.1554, 3.86714), (0.0299566, 0.184309, 1.46709))
LMS_TO_LINEAR = (
    (0.0809444479, -0.130504409, 0.116721066),
    (-0.0102485335, 0.0540193266, -0.113614708),
    (-0.000365296938, -0.00412161469, 0.693511405),
)
BLIND_TO = {
    "nothing": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red": ((0, 2.02344, -2.52581), (0, 1, 0), (0, 0, 1)),
    "green": ((1, 0, 0), (0.494207, 0, 1.24827), (0, 0, 1)),
}
Three = tuple[float, float, float]


def times(matrix: tuple[Three, Three, Three], values: Three) -> Three:
    one, two, three = (sum(a * b for a, b in zip(row, values, strict=True)) for row in matrix)
    return one, two, three


def linear(colour: str) -> Three:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return red, green, blue


def lab(values: Three) -> Three:
    """CIE L*a*b* of linear RGB, white D65."""
    to_xyz = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    clipped = tuple(min(max(value, 0.0), 1.0) for value in values)
    xyz = times(to_xyz, (clipped[0], clipped[1], clipped[2]))
    x, y, z = (
        part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116
        for part in (value / white for value, white in zip(xyz, (0.9505, 1.0, 1.089), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour: str, blind_to: str) -> Three:
    return lab(times(LMS_TO_LINEAR, times(BLIND_TO[blind_to], times(LINEAR_TO_LMS, linear(colour)))))


def apart(one: str, other: str, blind_to: str) -> float:
    pairs = zip(seen(one, blind_to), seen(other, blind_to), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#777777", 1.0), ("#ffffff", "#767676", 4.54)],
    ids=["most", "none", "the grey that just passes for text"],
)
def test_contrast_is_that_of_the_standard(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@THEMES
@given(COLOUR)
def test_any_colour_becomes_one_that_stands_out(theme: Theme, colour: str) -> None:
    assert contrast(legible(colour, theme), theme.page) >= 3.0


@THEMES
@given(COLOUR)
def test_a_colour_that_stands_out_stays(theme: Theme, colour: str) -> None:
    if contrast(colour, theme.page) >= 3.0:
        assert legible(colour, theme) == colour


@THEMES
def test_text_can_be_read(theme: Theme) -> None:
    assert contrast(theme.ink, theme.page) >= 7
    assert contrast(theme.soft, theme.page) >= 4.5


@THEMES
@pytest.mark.parametrize("blind_to", BLIND_TO)
def test_chosen_colours_are_told_apart_by_the_colour_blind(theme: Theme, blind_to: str) -> None:
    drawn = [legible(colour, theme) for colour in theme.brands]

    # 10 is where two patches side by side begin to look alike at a glance; two letters of one colour are below 2.
    assert min(apart(one, other, blind_to) for one, other in combinations(drawn, 2)) > 10


def test_the_test_of_colours_sees_what_the_colour_blind_confuse() -> None:
    assert apart("#d62728", "#2ca02c", "nothing") > 100
    assert apart("#d62728", "#2ca02c", "green") < 10


def test_colours_of_the_config_come_first_and_are_given_to_nobody_else() -> None:
    acme, globex, initech = samples.digest().brands
    wanted = [acme, replace(globex, colour="#0072b2"), replace(initech, colour="#123456")]

    assert colours(wanted, LIGHT) == {"acme": "#d55e00", "globex": "#0072b2", "initech": "#123456"}


def test_brands_beyond_the_colours_are_grey() -> None:
    line = samples.digest().brands[0]
    many = [replace(line, slug=f"b{place}") for place in range(9)]

    assert list(colours(many, LIGHT).values())[6:] == [LIGHT.others] * 3
