"""Numbers, spans and times as people read them; every renderer takes its words from here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage.records import Span

PERIOD_BEFORE = {"day": "the day before", "week": "the week before"}
MAX_REASONS = 3
UNSCORED = {
    "no words": "without words",
    "unknown": "of unknown language",
    "model failed": "that the model could not read",
}
_CODE = re.compile("[a-z]{2}")
_TINY = timedelta(microseconds=1)


def unknown(reason: str) -> str:
    """Give what stands in place of a number that cannot be had."""
    return f"n/a ({reason})"


def count(number: int) -> str:
    """Write a whole number with separators of thousands: 12,345."""
    return f"{number:,}"


def change_of_count(by: float) -> str:
    """Write by how many a count went up or down: +1,204."""
    whole = round(by)
    return f"{whole:+,}" if whole else "no change"


def percent(fraction: float) -> str:
    """Write a fraction as a percentage with one decimal: 31.2 %."""
    return f"{_no_minus_zero(fraction * 100):.1f} %"


def rough_percent(fraction: float) -> str:
    """Write a fraction as a whole percentage; only all of it is 100 %, only nothing of it is 0 %."""
    whole = round(fraction * 100)
    if whole == 100 and fraction < 1:  # noqa: PLR2004  # a hundred percent
        return "over 99 %"
    if whole == 0 and fraction > 0:
        return "under 1 %"
    return f"{whole} %"


def signed_percent(fraction: float) -> str:
    """Write a balance between -1 and 1 with its sign: +23 %."""
    whole = round(fraction * 100)
    return f"{whole:+d} %" if whole else "0 %"


def points(by: float, decimals: int = 1) -> str:
    """Write the difference of two percentages: +4.1 points."""
    shown = _no_minus_zero(by * 100, decimals)
    if not shown:
        return "no change"
    return f"{shown:+.{decimals}f} {'point' if abs(shown) == 1 else 'points'}"


def interval(low: float, high: float) -> str:
    """Write the two ends of an interval of fractions: 28.0 to 34.5 %."""
    return f"{_no_minus_zero(low * 100):.1f} to {_no_minus_zero(high * 100):.1f} %"


def several(number: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun: 1 mention, 2 mentions."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def basis(scored: float, mentions: int) -> str:
    """Write what a sentiment rests on: from 71 % of 412 mentions."""
    return f"from {rough_percent(scored)} of {several(mentions, 'mention')}"


def language(code: str) -> str:
    """Write a language's name: Korean. A code that nobody knows stays as it is."""
    from babel import Locale  # noqa: PLC0415  # only an unscored mention needs it, and it takes 60 ms

    name: str = Locale("en").languages.get(code, code)
    return name


def unscored(why: Sequence[tuple[str, int]]) -> str:
    """Write why so many mentions have no sentiment, three reasons at most: 96 Korean, 12 without words, 4 others."""
    parts = [f"{count(number)} {_unscored(reason)}" for reason, number in why[:MAX_REASONS]]
    rest = sum(number for _, number in why[MAX_REASONS:])
    return ", ".join([*parts, f"{several(rest, 'other')}"] if rest else parts)


def _unscored(reason: str) -> str:
    code = reason.partition(":")[2].strip()
    if code in UNSCORED:
        return UNSCORED[code]
    return language(code) if _CODE.fullmatch(code) else code or "unread"


def length(duration: timedelta) -> str:
    """Write a duration in its two largest units: 3 h, 2 d 4 h, 45 min."""
    minutes = round(duration.total_seconds() / 60)
    if minutes < 1:
        return "under 1 min"
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    units = [(days, "d"), (hours, "h"), (minutes, "min")]
    first = next(index for index, (number, _) in enumerate(units) if number)
    return " ".join(f"{number} {unit}" for number, unit in units[first : first + 2] if number)


def day(moment: datetime) -> str:
    """Write a local date: Monday 5 August 2013."""
    return f"{moment:%A} {moment.day} {moment:%B %Y}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment in a zone: 5 August 2013, 08:30."""
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M}"


def window(span: Span, zone: ZoneInfo) -> str:
    """Write a span in a zone, by days where it holds whole days: Monday 5 to Sunday 11 August 2013."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    if any((edge.hour, edge.minute, edge.second, edge.microsecond) != (0, 0, 0, 0) for edge in (start, end)):
        return f"{clock(start, zone)} to {clock(end, zone)}"
    last = (span.end - _TINY).astimezone(zone)
    if start.date() == last.date():
        return day(start)
    if start.year != last.year:
        return f"{day(start)} to {day(last)}"
    if start.month != last.month:
        return f"{start:%A} {start.day} {start:%B} to {day(last)}"
    return f"{start:%A} {start.day} to {day(last)}"


def _no_minus_zero(number: float, decimals: int = 1) -> float:
    return round(number, decimals) + 0.0
