"""The pictures of a digest as parts of an HTML page."""

from __future__ import annotations

from dataclasses import dataclass

from notifier.charts.drawing import can_draw, svg
from notifier.charts.pictures import pictures
from notifier.charts.theme import DARK, LIGHT
from notifier.digest.contents import Digest


@dataclass(frozen=True, slots=True)
class Inline:
    """One picture, as an SVG element for each theme. All text in them is escaped."""

    name: str
    alt: str
    light: str
    dark: str


def inline(digest: Digest) -> tuple[Inline, ...]:
    """Give the pictures; none where the library that draws them is not installed. Raises OverheardError."""
    if not can_draw():
        return ()
    pairs = zip(pictures(digest, LIGHT), pictures(digest, DARK), strict=True)
    return tuple(Inline(light.name, light.alt, svg(light), svg(dark)) for light, dark in pairs)
