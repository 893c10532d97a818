"""Dates as people and programs write them into files, read without guessing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

_NUMBER = re.compile(r"\d{9,17}(?:\.\d+)?")
_DAY_OR_MONTH_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2\d{2,4}\b")
_MONTHS, _DAYS = 12, 31
_TWITTER = "%a %b %d %H:%M:%S %z %Y"
_BEFORE_OFFSET = re.compile(r"\s+(?=(?:[+-]\d\d:?\d\d|Z)$)")
_ZONE_WORD = re.compile(r"\s*(?:UTC|GMT)$")
_YEARS = (1990, 2100)  # nothing that is listened to was written outside


def read_date(written: str, form: str | None, zone: tzinfo) -> datetime:
    """Give the moment in UTC. A time without offset is local time of `zone`.

    `form` is a strptime pattern; without one ISO 8601, RFC 2822, Twitter's form and epoch numbers are understood.
    Raises ValueError, with the remedy, for what is none of these or could be read in two ways.
    """
    text = written.strip()
    moment = _by_form(text, form) if form else _by_shape(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    if not _YEARS[0] <= moment.year < _YEARS[1]:
        raise ValueError(f"{text!r} lies outside {_YEARS[0]} to {_YEARS[1]}; correct it, or give `date_format`")
    return moment.astimezone(UTC)


def _by_form(text: str, form: str) -> datetime:
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007  # the caller adds the zone where the form has none
    except ValueError:
        raise ValueError(f"{text!r} does not fit date_format {form!r}") from None


def _by_shape(text: str) -> datetime:
    if _NUMBER.fullmatch(text):
        return _epoch(float(text))
    if found := _DAY_OR_MONTH_FIRST.match(text):
        raise ValueError(f"{text!r} {_two_readings(int(found[1]), found[2], int(found[3]))}")
    plain = _BEFORE_OFFSET.sub("", _ZONE_WORD.sub("Z", text))
    for read in (datetime.fromisoformat, _twitter, parsedate_to_datetime):
        try:
            return read(plain if read == datetime.fromisoformat else text)
        except (ValueError, TypeError, IndexError):
            continue
    raise ValueError(f'{text!r} is not a date that is understood; give `date_format`, e.g. "%Y-%m-%d %H:%M"')


def _two_readings(first: int, mark: str, second: int) -> str:
    """Say what is wrong with a date such as 24/03/2015: even where one reading is left, the next row may have two."""
    day_first, month_first = (f"%{one}{mark}%{other}{mark}%Y %H:%M" for one, other in ("dm", "md"))
    can_be_day_first = 1 <= first <= _DAYS and 1 <= second <= _MONTHS
    can_be_month_first = 1 <= first <= _MONTHS and 1 <= second <= _DAYS
    if can_be_day_first and can_be_month_first:
        return f'may start with the day or the month; say which with `date_format`, e.g. "{day_first}"'
    if can_be_day_first:
        return f'starts with the day; say so with `date_format`, e.g. "{day_first}"'
    if can_be_month_first:
        return f'starts with the month; say so with `date_format`, e.g. "{month_first}"'
    return "is not a date, whichever way it is read; correct it, or give `date_format`"


def _twitter(text: str) -> datetime:
    return datetime.strptime(text, _TWITTER)  # noqa: DTZ007  # the form has its offset


def _epoch(number: float) -> datetime:
    """Read seconds, milliseconds or microseconds since 1970, by the size of the number."""
    while number >= 100_000_000_000:  # noqa: PLR2004  # in seconds that were the year 5138
        number /= 1000
    return datetime.fromtimestamp(number, UTC)
