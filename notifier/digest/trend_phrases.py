"""The words about trends that all renderers share."""

from __future__ import annotations

from notifier import wording
from notifier.digest.contents import Digest, Trend
from notifier.languages.speech import Speech
from notifier.renderers.sparkline import GAP, sparkline


def heading(digest: Digest) -> str:
    """Give the heading of the lines: Mentions a day, 15 July to 11 August 2013. Empty where no day is over."""
    told = days(digest)
    return digest.speech.say("Mentions a day, {days}", days=told) if told else ""


def days(digest: Digest) -> str:
    """Give which days the trends are of: 15 July to 11 August 2013. Empty where no day is over."""
    known = [each.day for trend in digest.trends[:1] for each in trend.days]
    return digest.speech.formats.days(known[0], known[-1]) if known else ""


def line(trend: Trend) -> str:
    """Give a brand's mentions a day as a sparkline."""
    return sparkline([each.mentions for each in trend.days])


def most(trend: Trend, speech: Speech) -> str:
    """Give the busiest day of a brand: most 71, on 9 August."""
    heard = [(each.mentions, each.day) for each in trend.days if each.mentions is not None]
    if not heard:
        return wording.unknown(speech.say("none of these days was heard"), speech)
    top = max(number for number, _ in heard)
    if not top:
        return speech.say("no mentions")
    day = speech.formats.day_of_year(next(day for number, day in heard if number == top))
    return speech.say("most {count}, on {day}", count=wording.count(top, speech), day=day)


def gaps(digest: Digest) -> str:
    """Give how many days have no numbers, and how they are drawn. Empty: all were heard."""
    number, speech = unheard(digest), digest.speech
    if not number:
        return ""
    told = wording.days(number, speech)
    return speech.say("{dot} is a day of which less than half was heard: {days}.", dot=GAP, days=told)


def unheard(digest: Digest) -> int:
    """Give how many of the days have no numbers."""
    return sum(each.mentions is None for trend in digest.trends[:1] for each in trend.days)
