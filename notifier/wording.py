"""Numbers, spans and times as people read them; every renderer takes its words from here.

Whoever hands in no speech gets English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from notifier.languages.speech import ENGLISH, Speech, to_say
from storage.records import Span

PERIOD_BEFORE = {
    "day": to_say("the day before"),
    "week": to_say("the week before"),
    "month": to_say("the month before"),
}
MAX_REASONS = 3
LEVEL = 95  # percent, of every interval
UNSCORED = {
    "no words": to_say("{number} without words"),
    "unknown": to_say("{number} of unknown language"),
    "model failed": to_say("{number} that the model could not read"),
    "": to_say("{number} unread"),
}
_CODE = re.compile("[a-z]{2}")
_TINY = timedelta(microseconds=1)


def unknown(reason: str, speech: Speech = ENGLISH) -> str:
    """Give what stands in place of a number that cannot be had."""
    return speech.say("n/a ({reason})", reason=reason)


def before(period: str, speech: Speech = ENGLISH) -> str:
    """Give what a period is compared with, within a sentence: the week before."""
    return speech.say(PERIOD_BEFORE[period])


def count(number: int, speech: Speech = ENGLISH) -> str:
    """Write a whole number with separators of thousands: 12,345."""
    return speech.formats.decimal(number)


def change_of_count(by: float, speech: Speech = ENGLISH) -> str:
    """Write by how many a count went up or down: +1,204."""
    whole = round(by)
    return speech.formats.decimal(whole, signed=True) if whole else speech.say("no change")


def percent(fraction: float, speech: Speech = ENGLISH) -> str:
    """Write a fraction as a percentage with one decimal: 31.2 %."""
    return speech.formats.percent(_no_minus_zero(fraction * 100), 1)


def rough_percent(fraction: float, speech: Speech = ENGLISH) -> str:
    """Write a fraction as a whole percentage; only all of it is 100 %, only nothing of it is 0 %."""
    whole = round(fraction * 100)
    if whole == 100 and fraction < 1:  # noqa: PLR2004  # a hundred percent
        return speech.say("over {percent}", percent=speech.formats.percent(99))
    if whole == 0 and fraction > 0:
        return speech.say("under {percent}", percent=speech.formats.percent(1))
    return speech.formats.percent(whole)


def signed_percent(fraction: float, speech: Speech = ENGLISH) -> str:
    """Write a balance between -1 and 1 with its sign: +23 %."""
    whole = round(fraction * 100)
    return speech.formats.percent(whole, signed=bool(whole))


def points(by: float, decimals: int = 1, speech: Speech = ENGLISH) -> str:
    """Write the difference of two percentages: +4.1 points."""
    shown = _no_minus_zero(by * 100, decimals)
    if not shown:
        return speech.say("no change")
    written = speech.formats.decimal(shown, decimals, signed=True)
    return speech.say("{by} point", by=written) if abs(shown) == 1 else speech.say("{by} points", by=written)


def interval(low: float, high: float, speech: Speech = ENGLISH) -> str:
    """Write the two ends of an interval of fractions: 28.0 to 34.5 %."""
    least = speech.formats.decimal(_no_minus_zero(low * 100), 1)
    return speech.say("{low} to {high}", low=least, high=percent(high, speech))


def level(speech: Speech = ENGLISH) -> str:
    """Write how sure an interval is: 95 %."""
    return speech.formats.percent(LEVEL)


def several(number: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun, in English: 1 mention, 2 mentions."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def mentions(number: int, speech: Speech = ENGLISH) -> str:
    """Write how many mentions there are: 1 mention, 2 mentions."""
    return speech.plural("{number} mention", "{number} mentions", number)


def days(number: int, speech: Speech = ENGLISH) -> str:
    """Write how many days there are: 1 day, 2 days."""
    return speech.plural("{number} day", "{number} days", number)


def basis(scored: float, mentioned: int, speech: Speech = ENGLISH) -> str:
    """Write what a sentiment rests on: from 71 % of 412 mentions."""
    part = rough_percent(scored, speech)
    return speech.say("from {part} of {mentions}", part=part, mentions=mentions(mentioned, speech))


def unscored(why: Sequence[tuple[str, int]], speech: Speech = ENGLISH) -> str:
    """Write why so many mentions have no sentiment, three reasons at most: 96 Korean, 12 without words, 4 others."""
    parts = [_unscored(reason, number, speech) for reason, number in why[:MAX_REASONS]]
    if rest := sum(number for _, number in why[MAX_REASONS:]):
        parts.append(speech.plural("{number} other", "{number} others", rest))
    return ", ".join(parts)


def _unscored(reason: str, number: int, speech: Speech) -> str:
    code, written = reason.partition(":")[2].strip(), count(number, speech)
    if code in UNSCORED:
        return speech.say(UNSCORED[code], number=written)
    if _CODE.fullmatch(code):
        return speech.say("{number} {language}", number=written, language=speech.formats.language(code))
    return f"{written} {code}"


def length(duration: timedelta, speech: Speech = ENGLISH) -> str:
    """Write a duration in its two largest units: 3 h, 2 d 4 h, 45 min."""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 1:
        return speech.say("under {length}", length=speech.formats.length(1, "minute"))
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    units = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    first = next(index for index, (number, _) in enumerate(units) if number)
    return " ".join(speech.formats.length(number, unit) for number, unit in units[first : first + 2] if number)


def clock(moment: datetime, zone: ZoneInfo, speech: Speech = ENGLISH) -> str:
    """Write a moment in a zone: 5 August 2013, 08:30."""
    return speech.formats.clock(moment.astimezone(zone))


def window(span: Span, zone: ZoneInfo, speech: Speech = ENGLISH) -> str:
    """Write a span in a zone, by days where it holds whole days: Monday 5 to Sunday 11 August 2013."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    if any((edge.hour, edge.minute, edge.second, edge.microsecond) != (0, 0, 0, 0) for edge in (start, end)):
        return speech.say("{start} to {end}", start=clock(start, zone, speech), end=clock(end, zone, speech))
    last = (span.end - _TINY).astimezone(zone)
    if start.date() == last.date():
        return speech.formats.weekday(start)
    return speech.formats.weekdays(start, last)


def _no_minus_zero(number: float, decimals: int = 1) -> float:
    return round(number, decimals) + 0.0
