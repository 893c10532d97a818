"""Mentions and net sentiment day by day, one above the other: a line a brand, with gaps where nobody listened."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from notifier import phrases, trend_phrases, wording
from notifier.charts.brands import brand_colours, ranked
from notifier.charts.labels import steps
from notifier.charts.panel import Line, Panel, Values, panel
from notifier.charts.picture import Picture, face, framed
from notifier.charts.theme import Theme
from notifier.contents import BrandLine, Digest, TrendDay
from storage.records import Json

NAME: Final = "over-time"
BRANDS: Final = 6  # as many lines at most; the others are told of
WEEK: Final = 7  # days that a net sentiment is of: that of one day jumps about where mentions are few
FEWEST: Final = 5  # scored mentions in them, below which it is not drawn


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
    panels = _panels(lines, [trends[line.slug].days for line in lines], brand_colours(digest, theme), theme)
    return Picture(
        NAME,
        f"Mentions and net sentiment, {days}",
        f"Mentions a day, {days}, and net sentiment of the {digest.period}: {numbers}.",
        framed(
            "Mentions and net sentiment, day by day",
            told,
            {"spacing": 24, "vconcat": panels},
            theme,
            face(line.name for line in lines),
        ),
    )


def _panels(
    brands: Sequence[BrandLine], days: Sequence[Sequence[TrendDay]], colours: dict[str, str], theme: Theme
) -> list[Json]:
    def lines(values: Sequence[Values]) -> list[Line]:
        pairs = zip(brands, values, strict=True)
        return [Line(brand.name, colours[brand.slug], brand.role == "own", some) for brand, some in pairs]

    counts = [[each.mentions for each in some] for some in days]
    top = max(count for some in counts for count in some if count is not None)
    moods = [weekly(some) for some in days]
    widest = max((abs(mood) for some in moods for mood in some if mood is not None), default=1.0)
    edge = max(ceil(widest * 4), 1) / 4
    numbers: dict[float, str] = {at: wording.count(at) for at in steps(top)}
    percents = {at: wording.signed_percent(at) for at in (-edge, 0.0, edge)}
    title = f"Net sentiment of the {WEEK} days up to each day"
    return [
        panel(Panel("Mentions a day", 0, top * 1.04, numbers, lines(counts), days[0]), theme),
        panel(Panel(title, -edge, edge, percents, lines(moods), days[0], dated=True), theme),
    ]


def weekly(days: Sequence[TrendDay]) -> Values:
    """Give, for each day, the net sentiment of the week that ends with it.

    None: the day was not heard, or fewer than FEWEST mentions of that week were scored.
    """
    found: list[float | None] = []
    for at, day in enumerate(days):
        week = [each for each in days[max(at - WEEK + 1, 0) : at + 1] if each.scored]
        scored = sum(each.scored or 0 for each in week)
        balance = sum((each.net_sentiment or 0.0) * (each.scored or 0) for each in week)
        found.append(balance / scored if day.mentions is not None and scored >= FEWEST else None)
    return found
