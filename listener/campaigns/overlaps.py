"""Which rows must not stand beside each other, because their sum would count something twice.

Two rows of one platform and account are of the same thing when they are of one campaign, or when one of them names no
campaign and so may hold all. Where their days touch, they may stand there together only if they are of the same sort
(campaign, ad, keyword ...) and of exactly the same days. Otherwise the one that was there first stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from storage.campaigns import StoredSpan

Name = tuple[str | None, str | None]  # id and name of a campaign


class Occupied:
    """The days that are taken, and by what."""

    def __init__(self, spans: Iterable[StoredSpan] = ()) -> None:
        self._by_name: dict[object, _Spans] = defaultdict(_Spans)
        self._everything = _Spans()
        for span in spans:
            self.add(span)

    def add(self, span: StoredSpan) -> None:
        """Take the days of a row."""
        self._everything.add(span)
        for name in _names((span.campaign_id, span.campaign)):
            self._by_name[name].add(span)

    def clash(self, row: StoredSpan) -> str | None:
        """Say why a row cannot stand beside what is there; None when it can."""
        names = _names((row.campaign_id, row.campaign))
        groups = (
            [self._by_name[name] for name in (*names, None) if name in self._by_name]
            if row.campaign or row.campaign_id
            else [self._everything]
        )
        for group in groups:
            for span in group.touching(row):
                if (why := _why(row, span)) is not None:
                    return why
        return None


class _Spans:
    """Spans of one campaign: single days are looked up, longer ones looked through."""

    def __init__(self) -> None:
        self._days: dict[str, set[StoredSpan]] = defaultdict(set)
        self._periods: set[StoredSpan] = set()

    def add(self, span: StoredSpan) -> None:
        if _length(span) == 1:
            self._days[span.start].add(span)
        else:
            self._periods.add(span)

    def touching(self, row: StoredSpan) -> Iterable[StoredSpan]:
        if _length(row) == 1:
            yield from self._days.get(row.start, ())
        else:
            for day, spans in self._days.items():
                if row.start <= day < row.end:
                    yield from spans
        yield from (span for span in self._periods if span.start < row.end and row.start < span.end)


def _names(name: Name) -> tuple[object, ...]:
    """Give what a row is found by: its id, its name; (None,) where it names no campaign."""
    return tuple(each for each in (name[0] and ("id", name[0]), name[1] and ("name", name[1])) if each) or (None,)


def _why(row: StoredSpan, there: StoredSpan) -> str | None:
    if row.campaign_id and there.campaign_id and row.campaign_id != there.campaign_id:
        return None  # two campaigns of one name
    days = f"{there.start} to {_last(there)}" if _length(there) > 1 else there.start
    if row.grain != there.grain:
        return (
            f"{days} is there already by {there.grain}, and this is by {row.grain}: both together would count twice; "
            "take the other file back first (--undo)"
        )
    if (row.start, row.end) != (there.start, there.end):
        return (
            f"its days lie over {days}, which is there already and cannot be cut into days; "
            "take the other file back first (--undo)"
        )
    if bool(row.campaign_id) != bool(there.campaign_id):
        with_id = "without an id" if row.campaign_id else "with an id"
        return (
            f"a campaign of this name is there already for {days} {with_id}, and nothing tells whether it is the same; "
            "take the other file back first (--undo)"
        )
    return None


def _length(span: StoredSpan) -> int:
    return (date.fromisoformat(span.end) - date.fromisoformat(span.start)).days


def _last(span: StoredSpan) -> str:
    return date.fromordinal(date.fromisoformat(span.end).toordinal() - 1).isoformat()
