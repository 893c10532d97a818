"""The days that lifts are measured on: what was heard of each brand, and how well we listened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from config.local_time import first_instant
from overheard.app import App
from scoring.day import Day
from storage.coverage import coverages
from storage.records import Coverage, Span
from storage.voice import by_span

_DAY = timedelta(days=1)


def days_between(
    app: App, conn: Connection, first: date, last: date, now: datetime, zone: ZoneInfo | None = None
) -> list[Day]:
    """Give every local day from `first` to `last` that is over by `now`, in order. `zone`: that of the config if None.

    A date that the zone skipped is not among them. Mentions are taken from the hours of the store. Where a zone's
    midnight is not a whole hour of UTC, a day holds the hours that start in it.
    """
    zone = zone or app.zone
    spans = [span for day in _dates(first, last) if (span := _span(day, zone)).length and span.end <= now]
    if not spans:
        return []
    whole = Span(spans[0].start, spans[-1].end)
    by_day = by_span(conn, spans, app.slugs)
    heard = _heard(spans, coverages(conn, whole, app.keys))
    return [
        Day(span.start.astimezone(zone).date(), voices, heard[span.start])
        for span, voices in zip(spans, by_day, strict=True)
    ]


def _dates(first: date, last: date) -> list[date]:
    return [first + number * _DAY for number in range((last - first).days + 1)]


def _span(day: date, zone: ZoneInfo) -> Span:
    return Span(first_instant(day, time(0), zone), first_instant(day + _DAY, time(0), zone))


def _heard(spans: Sequence[Span], found: Mapping[str, Coverage]) -> Mapping[datetime, dict[str, float]]:
    """Give, by the start of each day, the share of it that each query heard."""
    deaf: defaultdict[tuple[datetime, str], timedelta] = defaultdict(timedelta)
    for query, coverage in found.items():
        place = 0
        for gap in coverage.gaps:  # in order, as the days are
            while spans[place].end <= gap.span.start:
                place += 1
            at = place
            while at < len(spans) and spans[at].start < gap.span.end:
                shared = min(spans[at].end, gap.span.end) - max(spans[at].start, gap.span.start)
                deaf[spans[at].start, query] += shared
                at += 1
    return {span.start: {query: 1 - deaf[span.start, query] / span.length for query in found} for span in spans}
