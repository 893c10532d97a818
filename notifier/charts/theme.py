"""Colours of pictures, light and dark, such that the colour-blind tell brands apart and everybody sees each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from notifier.digest.contents import BrandLine

CONTRAST: Final = 3.0  # to the page that whatever carries a meaning has at least (WCAG 2.2, success criterion 1.4.11)
_STEP: Final = 0.05
_LINEAR: Final = 0.04045  # of sRGB: up to here brightness is proportional


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look, all as "#rrggbb"."""

    name: Literal["light", "dark"]
    page: str
    ink: str  # text
    soft: str  # text of less weight
    rule: str  # lines behind the data
    band: str  # what shades a stretch of time
    brands: tuple[str, ...]  # in the order in which they are given out
    others: str  # brands for whom none of them is left


# Of the eight colours of M. Okabe and K. Ito, "Color Universal Design" (2008), those six that stay furthest apart for
# the colour-blind once each is `legible`: a darkened orange, for one, looks like vermilion to who does not see green.
LIGHT: Final = Theme(
    "light",
    page="#ffffff",
    ink="#1c2024",
    soft="#60646c",
    rule="#e3e5e9",
    band="#eef1f5",
    brands=("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#f0e442"),
    others="#8d929b",
)
DARK: Final = Theme(
    "dark",
    page="#1d2126",
    ink="#e8eaed",
    soft="#a2a9b3",
    rule="#33383f",
    band="#282d34",
    brands=("#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#f0e442", "#0072b2"),
    others="#7d858f",
)


def colours(brands: Sequence[BrandLine], theme: Theme) -> dict[str, str]:
    """Give each brand's colour, by slug: that of the config, else one of the theme, in the order of `brands`.

    Those for whom none is left are drawn in grey.
    """
    wanted = {line.slug: line.colour for line in brands if line.colour}
    free = iter([colour for colour in theme.brands if colour not in wanted.values()])
    chosen = {line.slug: wanted.get(line.slug) or next(free, theme.others) for line in brands}
    return {slug: legible(colour, theme) for slug, colour in chosen.items()}


def legible(colour: str, theme: Theme) -> str:
    """Give the colour, mixed with ink until it stands out from the page."""
    mixed, part = colour, 0.0
    while contrast(mixed, theme.page) < CONTRAST and part < 1:
        part += _STEP
        mixed = _mixed(colour, theme.ink, part)
    return mixed


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    scaled: float = part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4
    return scaled


def _mixed(colour: str, other: str, part: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * min(part, 1.0)):02x}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
