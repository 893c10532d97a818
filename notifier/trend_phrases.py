"""The words about trends that all renderers share."""

from __future__ import annotations

from datetime import date

from notifier import wording
from notifier.contents import Digest, Trend
from notifier.sparkline import GAP, sparkline


def heading(digest: Digest) -> str:
    """Give the heading of the lines: Mentions a day, 15 July to 11 August 2013. Empty where no day is over."""
    return f"Mentions a day, {days(digest)}" if days(digest) else ""


def days(digest: Digest) -> str:
    """Give which days the trends are of: 15 July to 11 August 2013. Empty where no day is over."""
    known = [each.day for trend in digest.trends[:1] for each in trend.days]
    return f"{short(known[0])} to {short(known[-1])} {known[-1].year}" if known else ""


def line(trend: Trend) -> str:
    """Give a brand's mentions a day as a sparkline."""
    return sparkline([each.mentions for each in trend.days])


def most(trend: Trend) -> str:
    """Give the busiest day of a brand: most 71, on 9 August."""
    heard = [(each.mentions, each.day) for each in trend.days if each.mentions is not None]
    if not heard:
        return wording.unknown("none of these days was heard")
    top = max(number for number, _ in heard)
    if not top:
        return "no mentions"
    return f"most {wording.count(top)}, on {short(next(day for number, day in heard if number == top))}"


def gaps(digest: Digest) -> str:
    """Give how many days have no numbers, and how they are drawn. Empty: all were heard."""
    number = unheard(digest)
    return f"{GAP} is a day of which less than half was heard: {wording.several(number, 'day')}." if number else ""


def unheard(digest: Digest) -> int:
    """Give how many of the days have no numbers."""
    return sum(each.mentions is None for trend in digest.trends[:1] for each in trend.days)


def short(day: date) -> str:
    """Write a date without its year: 9 August."""
    return f"{day.day} {day:%B}"
