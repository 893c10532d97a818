"""One panel of lines over days: a scale at the left, the name of each line at its right end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from notifier.charts.labels import spread
from notifier.charts.picture import SMALL, TEXT, WIDTH, Rows, Spec, layer, length, place, texts
from notifier.charts.theme import Theme
from notifier.digest.contents import TrendDay
from storage.records import Json

Values: TypeAlias = Sequence[float | None]

_HEIGHT: Final = 170
_LEFT: Final = 56  # units left of the days, for the scale
_NAMES: Final = (90, 240)  # units right of the days, for names: at least, at most
_APART: Final = 6  # units between the days and what is written beside them
_GAP: Final = 18  # units between two names at least
_MONDAY: Final = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One brand's line."""

    name: str
    colour: str
    own: bool
    values: Values  # by day; None leaves a gap


@dataclass(frozen=True, slots=True)
class Panel:
    """What is drawn: from where to where it goes, what is written at which values, and which dates stand below."""

    title: str
    low: float
    high: float
    steps: Mapping[float, str]
    lines: Sequence[Line]  # the first one is drawn last, so that nothing covers it
    days: Sequence[TrendDay]
    dates: Sequence[str] = ()  # of the days, as they are written below; none: nothing is written there

    @property
    def right(self) -> int:
        """Where the days end and the names begin, in units."""
        longest = max(length(line.name) for line in self.lines)
        return WIDTH - min(max(longest, _NAMES[0]), _NAMES[1])


def panel(drawn: Panel, theme: Theme) -> Spec:
    """Give the specification of a panel."""
    days = len(drawn.days)
    unit = (drawn.right - _LEFT) / days  # the width of a day
    x = place("day", (-_LEFT / unit - 0.5, (WIDTH - _LEFT) / unit - 0.5))
    y = place("value", (drawn.low, drawn.high))
    across: Spec = {"x": x, "x2": {"field": "last"}}
    upright: Spec = {"y": {"value": 0}, "y2": {"value": _HEIGHT}}
    grid: Rows = [{"day": -0.5, "last": days - 0.5, "value": at, "text": words} for at, words in drawn.steps.items()]
    weeks: Rows = list(_weeks(drawn.days, drawn.dates))
    rule: Spec = {"type": "rule", "color": theme.rule}
    layers: list[Json] = [
        layer(list(_unheard(drawn.days)), {"type": "rect", "color": theme.band}, across | upright),
        layer(grid, rule, across | {"y": y}),
        layer(weeks, rule, {"x": x, **upright}),
        *(layer(_rows(line), _mark(line), {"x": x, "y": y}) for line in reversed(drawn.lines)),
        *_names(drawn, theme, y),
        texts(grid, {"x": {"value": _LEFT - _APART}, "y": y}, theme.soft, fontSize=SMALL, align="right"),
    ]
    if drawn.dates:
        layers.append(texts(weeks, {"x": x, "y": {"value": _HEIGHT}}, theme.soft, fontSize=SMALL, dy=13))
    title: Spec = {"text": drawn.title, "fontSize": TEXT, "anchor": "start", "color": theme.ink, "offset": 10}
    return {"width": WIDTH, "height": _HEIGHT, "title": title, "layer": layers}


def _weeks(days: Sequence[TrendDay], dates: Sequence[str]) -> Iterator[dict[str, Json]]:
    for at, each in enumerate(days):
        if each.day.weekday() == _MONDAY:
            yield {"day": at, "text": dates[at] if dates else ""}


def _unheard(days: Sequence[TrendDay]) -> Iterator[dict[str, Json]]:
    for unheard, group in groupby(enumerate(days), key=lambda each: each[1].mentions is None):
        places = [at for at, _ in group]
        if unheard:
            yield {"day": places[0] - 0.5, "last": places[-1] + 0.5}


def _rows(line: Line) -> Rows:
    return [{"day": at, "value": value, "colour": line.colour} for at, value in enumerate(line.values)]


def _mark(line: Line) -> Spec:
    width = 3 if line.own else 1.75
    return {"type": "line", "strokeWidth": width, "strokeJoin": "round", "point": {"size": width * 8}}


def _names(drawn: Panel, theme: Theme, y: Spec) -> Iterator[Spec]:
    """Write each name beside the end of its line, or near it where others stand."""
    ends = [(line, value) for line in drawn.lines for value in _last(line.values)]
    gap = _GAP * (drawn.high - drawn.low) / _HEIGHT
    places = spread([value for _, value in ends], gap, drawn.low, drawn.high)
    at: Spec = {"x": {"value": drawn.right + _APART}, "y": y}
    for (line, _), height in zip(ends, places, strict=True):
        name: Rows = [{"value": height, "text": line.name, "colour": line.colour}]
        weight = "bold" if line.own else "normal"
        yield texts(name, at, theme.ink, fontWeight=weight, limit=WIDTH - drawn.right - _APART)


def _last(values: Values) -> list[float]:
    """Give the last value that is known, or nothing."""
    return [value for value in values if value is not None][-1:]
