"""Mentions and net sentiment day by day, one above the other: a line a brand, with gaps where nobody listened."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from notifier import wording
from notifier.charts.brands import brand_colours, ranked
from notifier.charts.labels import steps
from notifier.charts.panel import Line, Panel, Values, panel
from notifier.charts.picture import Picture, framed
from notifier.charts.theme import Theme
from notifier.digest import phrases, trend_phrases
from notifier.digest.contents import BrandLine, Digest, TrendDay
from notifier.languages.speech import Speech, to_say
from storage.records import Json

NAME: Final = "over-time"
BRANDS: Final = 6  # as many lines at most; the others are told of
WEEK: Final = 7  # days that a net sentiment is of: that of one day jumps about where mentions are few
_ALT: Final = {
    "day": to_say("Mentions a day, {days}, and net sentiment of the day: {numbers}."),
    "week": to_say("Mentions a day, {days}, and net sentiment of the week: {numbers}."),
    "month": to_say("Mentions a day, {days}, and net sentiment of the month: {numbers}."),
}
FEWEST: Final = 5  # scored mentions in them, below which it is not drawn


def over_time(digest: Digest, theme: Theme) -> Picture | None:
    """Give the picture; None when none of the days was heard, or nobody was mentioned on them."""
    trends = {trend.slug: trend for trend in digest.trends}
    named = [line for line in ranked(digest) if any(each.mentions for each in trends[line.slug].days)]
    if not named:
        return None
    lines, days, speech = named[:BRANDS], trend_phrases.days(digest), digest.speech
    told = [days]
    if unheard := trend_phrases.unheard(digest):
        told.append(
            speech.plural(
                "Shaded: {number} day of which less than half was heard",
                "Shaded: {number} days of which less than half was heard",
                unheard,
            )
        )
    if len(named) > BRANDS:
        left = len(named) - BRANDS
        told.append(speech.plural("{number} more brand, not drawn", "{number} more brands, not drawn", left))
    numbers = speech.chained(
        speech.say(
            "{brand} {most}, net sentiment {sentiment}",
            brand=line.name,
            most=trend_phrases.most(trends[line.slug], speech),
            sentiment=phrases.sentiment(line, speech),
        )
        for line in lines
    )
    seen = [trends[line.slug].days for line in lines]
    panels = _panels(lines, seen, brand_colours(digest, theme), theme, speech)
    heading = speech.say("Mentions and net sentiment, day by day")
    return Picture(
        NAME,
        speech.say("Mentions and net sentiment, {days}", days=days),
        speech.say(_ALT[digest.period], days=days, numbers=numbers),
        framed(heading, told, {"spacing": 24, "vconcat": panels}, theme, [line.name for line in lines]),
    )


def _panels(
    brands: Sequence[BrandLine],
    days: Sequence[Sequence[TrendDay]],
    colours: dict[str, str],
    theme: Theme,
    speech: Speech,
) -> list[Json]:
    def lines(values: Sequence[Values]) -> list[Line]:
        pairs = zip(brands, values, strict=True)
        return [Line(brand.name, colours[brand.slug], brand.role == "own", some) for brand, some in pairs]

    counts = [[each.mentions for each in some] for some in days]
    top = max(count for some in counts for count in some if count is not None)
    moods = [weekly(some) for some in days]
    widest = max((abs(mood) for some in moods for mood in some if mood is not None), default=1.0)
    edge = max(ceil(widest * 4), 1) / 4
    numbers: dict[float, str] = {at: wording.count(at, speech) for at in steps(top)}
    percents = {at: wording.signed_percent(at, speech) for at in (-edge, 0.0, edge)}
    title = speech.say("Net sentiment of the {number} days up to each day", number=WEEK)
    dates = [speech.formats.day_of_scale(each.day) for each in days[0]]
    return [
        panel(Panel(speech.say("Mentions a day"), 0, top * 1.04, numbers, lines(counts), days[0]), theme),
        panel(Panel(title, -edge, edge, percents, lines(moods), days[0], dates), theme),
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
