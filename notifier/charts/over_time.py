"""Mentions and net sentiment day by day, one above the other: a line a brand, with gaps where nobody listened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import Final, TypeAlias

from notifier import phrases, trend_phrases, wording
from notifier.charts.labels import spread, steps
from notifier.charts.picture import SMALL, TEXT, WIDTH, Picture, Rows, Spec, face, framed, layer, length, place, texts
from notifier.charts.share_of_voice import ranked
from notifier.charts.theme import Theme, colours
from notifier.contents import BrandLine, Digest, Trend, TrendDay
from storage.records import Json

BRANDS: Final = 6  # as many lines at most; the others are told of
WEEK: Final = 7  # days that a net sentiment is of: that of one day jumps about where mentions are few
FEWEST: Final = 5  # scored mentions in them, below which it is not drawn
_LEFT: Final = 56  # units left of the days, for numbers
_NAMES: Final = (90, 240)  # units right of the days, for names: at least, at most
_APART: Final = 6  # units between the days and what is written beside them
_HEIGHT: Final = 170  # of each of the two
_GAP: Final = 18  # units between two labels at least
_MONDAY: Final = 0

Values: TypeAlias = Sequence[float | None]


def over_time(digest: Digest, theme: Theme) -> Picture | None:
    """Give the picture; None when none of the days was heard, or nobody was mentioned on them."""
    trends = {trend.slug: trend for trend in digest.trends}
    named = [line for line in ranked(digest) if any(each.mentions for each in trends[line.slug].days)]
    if not named:
        return None
    lines, days = named[:BRANDS], trend_phrases.days(digest)
    told = [days]
    if unheard := trend_phrases.unheard(digest):
        told.append(f"Shaded: {wording.several(unheard, 'day')} of which less than half was heard")
    if len(named) > BRANDS:
        told.append(f"{wording.several(len(named) - BRANDS, 'more brand')}, not drawn")
    numbers = "; ".join(
        f"{line.name} {trend_phrases.most(trends[line.slug])}, net sentiment {phrases.sentiment(line)}"
        for line in lines
    )
    return Picture(
        "over-time",
        f"Mentions and net sentiment, {days}",
        f"Mentions a day, {days}, and net sentiment of the {digest.period}: {numbers}.",
        framed(
            "Mentions and net sentiment, day by day",
            told,
            {"spacing": 24, "vconcat": _panels(lines, trends, theme)},
            theme,
            face(line.name for line in lines),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Panel:
    """One of the two: what it shows, from where to where, what is written at its lines, and each brand's values."""

    title: str
    low: float
    high: float
    lines: Mapping[float, str]
    values: Sequence[Values]  # by brand, then by day


def _panels(lines: Sequence[BrandLine], trends: Mapping[str, Trend], theme: Theme) -> list[Json]:
    days = [trends[line.slug].days for line in lines]
    counts: list[Values] = [[each.mentions for each in some] for some in days]
    moods: list[Values] = [weekly(some) for some in days]
    top = max(count for some in counts for count in some if count is not None)
    widest = max((abs(mood) for some in moods for mood in some if mood is not None), default=1.0)
    widest = max(ceil(widest * 4), 1) / 4
    named = {at: wording.signed_percent(at) for at in (-widest, 0.0, widest)}
    names = min(max(_NAMES[0], *(length(line.name) for line in lines)), _NAMES[1])
    panels = (
        _Panel("Mentions a day", 0, top * 1.04, {at: wording.count(at) for at in steps(int(top))}, counts),
        _Panel(f"Net sentiment of the {WEEK} days up to each day", -widest, widest, named, moods),
    )
    return [_drawn(panel, lines, days[0], WIDTH - names, theme, dated=panel is panels[-1]) for panel in panels]


def weekly(days: Sequence[TrendDay]) -> Values:
    """Give, for each day, the net sentiment of the week that ends with it.

    None: the day was not heard, or FEWEST mentions of that week were not scored.
    """
    found: list[float | None] = []
    for at, day in enumerate(days):
        week = [each for each in days[max(at - WEEK + 1, 0) : at + 1] if each.scored]
        scored = sum(each.scored or 0 for each in week)
        balance = sum((each.net_sentiment or 0.0) * (each.scored or 0) for each in week)
        found.append(balance / scored if day.mentions is not None and scored >= FEWEST else None)
    return found


def _drawn(
    panel: _Panel, lines: Sequence[BrandLine], days: Sequence[TrendDay], right: int, theme: Theme, *, dated: bool
) -> Spec:
    """Draw one of the two; the days end at `right`, `dated` writes them below."""
    unit = (right - _LEFT) / len(days)  # the width of a day
    x = place("day", (-_LEFT / unit - 0.5, (WIDTH - _LEFT) / unit - 0.5))
    y = place("value", (panel.low, panel.high))
    grid: Rows = [
        {"day": -0.5, "last": len(days) - 0.5, "value": at, "text": words} for at, words in panel.lines.items()
    ]
    weeks: Rows = [
        {"day": at, "text": f"{each.day.day} {each.day:%b}"}
        for at, each in enumerate(days)
        if each.day.weekday() == _MONDAY
    ]
    edges: Spec = {"y": {"value": 0}, "y2": {"value": _HEIGHT}}
    return {
        "width": WIDTH,
        "height": _HEIGHT,
        "title": {"text": panel.title, "fontSize": TEXT, "anchor": "start", "color": theme.ink, "offset": 10},
        "layer": [
            _deaf(days, x, theme),
            layer(grid, {"type": "rule", "color": theme.rule}, {"x": x, "x2": {"field": "last"}, "y": y}),
            layer(weeks, {"type": "rule", "color": theme.rule}, {"x": x, **edges}),
            *_lines(panel, lines, theme, x, y),
            *_names(panel, lines, right, theme, y),
            texts(grid, {"x": {"value": _LEFT - _APART}, "y": y}, theme.soft, fontSize=SMALL, align="right"),
            *([texts(weeks, {"x": x, "y": {"value": _HEIGHT}}, theme.soft, fontSize=SMALL, dy=13)] if dated else []),
        ],
    }


def _deaf(days: Sequence[TrendDay], x: Spec, theme: Theme) -> Spec:
    """Shade the days that were not heard."""
    bands: list[dict[str, Json]] = []
    for unheard, group in groupby(enumerate(days), key=lambda each: each[1].mentions is None):
        places = [at for at, _ in group]
        if unheard:
            bands.append({"day": places[0] - 0.5, "last": places[-1] + 0.5})
    mark: Spec = {"type": "rect", "color": theme.band}
    return layer(bands, mark, {"x": x, "x2": {"field": "last"}, "y": {"value": 0}, "y2": {"value": _HEIGHT}})


def _lines(panel: _Panel, lines: Sequence[BrandLine], theme: Theme, x: Spec, y: Spec) -> list[Spec]:
    """Draw the lines, those of the own brands on top."""
    chosen = colours(lines, theme)
    drawn: list[Spec] = []
    for line, values in reversed(list(zip(lines, panel.values, strict=True))):
        rows: Rows = [{"day": at, "value": value, "colour": chosen[line.slug]} for at, value in enumerate(values)]
        width = 3 if line.role == "own" else 1.75
        mark: Spec = {"type": "line", "strokeWidth": width, "strokeJoin": "round", "point": {"size": width * 8}}
        drawn.append(layer(rows, mark, {"x": x, "y": y}))
    return drawn


def _names(panel: _Panel, lines: Sequence[BrandLine], right: int, theme: Theme, y: Spec) -> list[Spec]:
    """Write each name beside the end of its line, or near it where others stand."""
    chosen = colours(lines, theme)
    ends = [
        (line, [value for value in values if value is not None])
        for line, values in zip(lines, panel.values, strict=True)
    ]
    named = [(line, known[-1]) for line, known in ends if known]
    gap = _GAP * (panel.high - panel.low) / _HEIGHT
    places = spread([value for _, value in named], gap, panel.low, panel.high)
    at: Spec = {"x": {"value": right + _APART}, "y": y}
    room = WIDTH - right - _APART
    return [
        texts(
            [{"value": height, "text": line.name, "colour": chosen[line.slug]}],
            at,
            theme.ink,
            fontWeight="bold" if line.role == "own" else "normal",
            limit=room,
        )
        for (line, _), height in zip(named, places, strict=True)
    ]
