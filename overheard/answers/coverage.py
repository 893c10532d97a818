"""How much of a window each query heard, and when it was deaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from notifier.wording import several
from overheard.app import App
from overheard.tables import local, percent, table_lines
from storage.coverage import coverage, coverages
from storage.records import Coverage, Span


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard of a window, by all queries together and by each."""

    window: Span
    whole: Coverage
    single: Mapping[str, Coverage]  # by the query's key


def hearing(app: App, conn: Connection, asked: Span, now: datetime) -> Hearing:
    """Give what was heard of a window up to now."""
    window = Span(min(asked.start, now), min(asked.end, now))
    return Hearing(window, coverage(conn, window, app.keys), coverages(conn, window, app.keys))


def coverage_lines(app: App, heard: Hearing, width: int) -> Iterator[str]:
    """Give how much was heard, and every gap with its reason; `width` in columns, 0: as wide as it gets."""
    whole, window = heard.whole, heard.window
    yield f"{local(window.start, app.zone)} to {local(window.end, app.zone)} {app.zone.key}"
    yield f"heard: {percent(whole.share, 'no source listens')} of {several(whole.queries, 'query', 'queries')}"
    yield ""
    rows = [(percent(one.share, "unknown"), str(len(one.gaps)), key) for key, one in heard.single.items()]
    yield from table_lines(("heard", "gaps", "query"), rows, right=(0, 1), limit=width)
    gaps = sorted((gap for one in heard.single.values() for gap in one.gaps), key=lambda gap: (gap.span.start, gap.key))
    if gaps:
        yield ""
        deaf = [(local(gap.span.start, app.zone), local(gap.span.end, app.zone), gap.reason, gap.key) for gap in gaps]
        yield from table_lines(("deaf from", "to", "reason", "query"), deaf, limit=width)
