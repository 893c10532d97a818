"""What a picture is, and the marks that all pictures are made of.

Every text that came from outside stands in the rows of a layer, and is drawn as it is: nothing here is a formula of
Vega's, nothing is loaded, and the names of fields are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from unicodedata import east_asian_width

from notifier.charts.theme import Theme
from storage.records import Json

Spec: TypeAlias = dict[str, Json]
Rows: TypeAlias = Sequence[dict[str, Json]]

WIDTH: Final = 568  # of what is drawn, in units; with the margins 600
MARGIN: Final = 16
TEXT: Final = 15  # size of letters, in units: nearly 10 points where a telephone shows the picture 390 points wide
SMALL: Final = 13
LATIN: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDE: Final = "Noto Sans CJK KR, Noto Sans CJK JP, " + LATIN  # one face for both scripts of a mixed label
_CELL: Final = 8  # units that a letter takes at most, and half of what one takes that is as wide as high


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture in one theme."""

    name: str  # of its file, without ending
    title: str
    alt: str  # one sentence with the numbers, for who cannot see it
    spec: Spec


def face(texts: Iterable[str]) -> str:
    """Give the fonts that these texts want."""
    return WIDE if any(map(_is_wide, "".join(texts))) else LATIN


def length(text: str) -> int:
    """Give the units that a text takes on a line, roughly."""
    return sum(2 * _CELL if _is_wide(letter) else _CELL for letter in text)


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in {"W", "F"}


def framed(title: str, told: Sequence[str], drawn: Spec, theme: Theme, names: Iterable[str]) -> Spec:
    """Give a whole specification: title, what is told below it, and what is drawn of whom, in a font that they want."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",  # a name, which nothing fetches
        "background": theme.page,
        "padding": MARGIN,
        "title": {"text": title, "subtitle": list(told)},
        **drawn,
        "config": {
            "aria": False,  # a picture is told by its alternative text, not mark by mark
            "font": face((title, *told, *names)),
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "frame": "group",
                "offset": 14,
                "fontSize": 20,
                "color": theme.ink,
                "subtitleFontSize": 14,
                "subtitleLineHeight": 19,
                "subtitleColor": theme.soft,
                "subtitlePadding": 5,
            },
        },
    }


def place(field: str, domain: tuple[float, float], *, down: bool = False) -> Spec:
    """Give the encoding of a position, in the units of the domain; `down`: the domain begins at the top."""
    scale: Spec = {"domain": list(domain), "nice": False, "zero": False, "reverse": down}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def layer(rows: Rows, mark: Spec, encoding: Spec) -> Spec:
    """Give one layer with its own rows; the colour of a row stands in its field `colour`, if it has one."""
    colour: Spec = {"field": "colour", "type": "nominal", "scale": None}
    coloured: Spec = {"color": colour} if any("colour" in row for row in rows) else {}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding | coloured}


def texts(rows: Rows, at: Spec, colour: str, **mark: Json) -> Spec:
    """Give a layer that writes the field `text` of each row."""
    look: Spec = {"type": "text", "fontSize": TEXT, "color": colour, "baseline": "middle", "align": "left"}
    return layer(rows, look | mark, at | {"text": {"field": "text", "type": "nominal"}})
