"""The hours of every brand, read once and shown as they were known at one moment after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from scoring.counts.hours import HOUR
from scoring.heard_hour import HeardHour
from scoring.voice_counts import added
from storage.heard_hours import Arrival, HeardStretch
from storage.records import Span, VoiceCount


class History:
    """Hours of a window that fill as mentions come and polls succeed. Time goes on; it never goes back.

    `counts`: by brand and hour, everything that is known in the end. `late`: what of it came in a later hour; it is not
    there before it came. `heard`: what was heard by each query; it counts from when that was known.
    """

    def __init__(
        self,
        window: Span,
        counts: Mapping[str, Mapping[datetime, VoiceCount]],
        late: Iterable[Arrival],
        heard: Iterable[HeardStretch],
        queries: int,
    ) -> None:
        self._start = window.start
        self._length = -(-window.length // HOUR)
        self._counts = {
            brand: [of_hour.get(window.start + place * HOUR, nothing) for place in range(self._length)]
            for brand, of_hour in counts.items()
            for nothing in (VoiceCount(brand),)
        }
        self._queries = max(queries, 1)
        self._seconds = [0.0] * self._length  # heard in each hour, over all queries
        self._spans: dict[str, list[Span]] = {}  # that each query heard, in order
        self._changed = set(range(self._length))  # hours that stand in `_hours` as they were
        self._hours: dict[str, list[HeardHour | None]] = {brand: [None] * self._length for brand in counts}
        self._late = sorted(late, key=lambda one: one.came_at, reverse=True)
        self._heard = sorted(heard, key=lambda one: one.known_at, reverse=True)
        for one in self._late:
            self._add(one, -1)

    def at(self, now: datetime, length: timedelta) -> Mapping[str, Sequence[HeardHour]]:
        """Give by brand the hours of that length before `now`, as they were known then; the running one comes last."""
        while self._heard and self._heard[-1].known_at <= now:
            self._listen(self._heard.pop())
        while self._late and self._late[-1].came_at <= now:
            self._add(self._late.pop(), 1)
        end, rest = divmod(now - self._start, HOUR)
        for place in self._changed:
            if place <= end:
                self._renew(place, now)
        self._changed = {place for place in self._changed if place > end} | {end}  # the running hour goes on
        first = max(0, end - length // HOUR)
        last = end + 1 if rest else end
        return {brand: [hour for hour in hours[first:last] if hour is not None] for brand, hours in self._hours.items()}

    def _renew(self, place: int, now: datetime) -> None:
        start = self._start + place * HOUR
        end = min(start + HOUR, now)
        heard = self._seconds[place] if end == start + HOUR else self._heard_in(Span(start, end))
        share = min(heard / ((end - start).total_seconds() * self._queries), 1.0) if end > start else 0.0
        for brand, hours in self._hours.items():
            hours[place] = HeardHour(start, self._counts[brand][place], share)

    def _heard_in(self, part: Span) -> float:
        """Give the seconds that queries heard of a part of an hour."""
        spans = [span for of_query in self._spans.values() for span in of_query]
        heard = [min(span.end, part.end) - max(span.start, part.start) for span in spans]
        return sum(length.total_seconds() for length in heard if length > timedelta(0))

    def _add(self, one: Arrival, sign: int) -> None:
        counts = self._counts[one.count.brand]
        place = (one.published_at - self._start) // HOUR
        counts[place] = added(counts[place], one.count, sign)
        self._changed.add(place)

    def _listen(self, one: HeardStretch) -> None:
        """Take in what a query heard, but for what it had heard before."""
        known = self._spans.setdefault(one.key, [])
        for part in _without(one.span, known):
            self._fill(part)
        near = [span for span in known if span.end >= one.span.start and span.start <= one.span.end]
        merged = Span(
            min([one.span.start, *(span.start for span in near)]), max([one.span.end, *(span.end for span in near)])
        )
        self._spans[one.key] = sorted([*(span for span in known if span not in near), merged], key=lambda s: s.start)

    def _fill(self, part: Span) -> None:
        first = max(0, (part.start - self._start) // HOUR)
        last = min(self._length, -(-(part.end - self._start) // HOUR))
        for place in range(first, last):
            start = self._start + place * HOUR
            self._seconds[place] += (min(part.end, start + HOUR) - max(part.start, start)).total_seconds()
        self._changed.update(range(first, last))


def _without(span: Span, known: Sequence[Span]) -> list[Span]:
    """Give what is left of a span without others, which are in order and do not touch."""
    left = []
    reach = span.start
    for one in known:
        if one.start > reach:
            left.append(Span(reach, min(one.start, span.end)))
        reach = max(reach, one.end)
    left.append(Span(reach, span.end))
    return [part for part in left if part.start < part.end]
