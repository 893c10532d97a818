"""The coverage ledger: what each poll made known, and when we were deaf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.records import Coverage, Gap, Reason, Run, Span
from storage.tables import runs as ledger
from storage.types import storable_or_none

NOT_LISTENING = "not listening"
TOO_MUCH = "too much at once"


def record_run(conn: Connection, run: Run) -> None:
    """Write one poll into the ledger."""
    record_runs(conn, [run])


def record_runs(conn: Connection, polls: Sequence[Run]) -> None:
    """Write several polls into the ledger, in their order."""
    rows = [
        {
            "key": run.key,
            "source": run.source,
            "started_at": run.started_at,
            "ended_at": run.ended_at,
            "covered_start": None if run.covered is None else run.covered.start,
            "covered_end": None if run.covered is None else run.covered.end,
            "fetched": run.fetched,
            "new": run.new,
            "updated": run.updated,
            "unmatched": run.unmatched,
            "skipped": run.skipped,
            "reason": None if run.reason is None else run.reason.value,
            "detail": storable_or_none(run.detail),
        }
        for run in polls
    ]
    if rows:
        conn.execute(ledger.insert(), rows)


def runs(conn: Connection, since: datetime, key: str | None = None) -> list[Run]:
    """Give the polls that started since then, of one query or of all, in the order in which they started."""
    query = sa.select(ledger).where(ledger.c.started_at >= since).order_by(ledger.c.started_at, ledger.c.id)
    if key is not None:
        query = query.where(ledger.c.key == key)
    return [_run(row) for row in conn.execute(query)]


def listening_since(conn: Connection) -> datetime | None:
    """Give the start of the first poll ever; None before it."""
    first: datetime | None = conn.execute(
        sa.select(sa.func.min(ledger.c.started_at, type_=ledger.c.started_at.type))
    ).scalar_one()
    return first


def coverage(conn: Connection, window: Span, keys: Sequence[str]) -> Coverage:
    """Give how much of the window the named queries heard: the union of what their polls covered, against the window.

    share = heard time / (number of queries x length of the window); None without queries or for an empty window.
    """
    asked = list(dict.fromkeys(keys))
    rows: defaultdict[str, list[Run]] = defaultdict(list)
    query = sa.select(ledger).where(
        ledger.c.key.in_(asked),
        # A poll says something of the window when it ran in it, or when it covered a part of it.
        ((ledger.c.started_at >= window.start) & (ledger.c.started_at < window.end))
        | ((ledger.c.covered_end > window.start) & (ledger.c.covered_start < window.end)),
    )
    for row in conn.execute(query.order_by(ledger.c.started_at, ledger.c.id)):
        rows[row.key].append(_run(row))
    gaps = [Gap(key, span, reason_of(span, rows[key])) for key in asked for span in unheard(window, rows[key])]
    expected = window.length * len(asked)
    deaf = sum((gap.span.length for gap in gaps), timedelta())
    share = (expected - deaf) / expected if expected > timedelta() else None
    return Coverage(window, len(asked), share, tuple(gaps))


def unheard(window: Span, polls: Sequence[Run]) -> list[Span]:
    """Give the stretches of the window that no poll covered, in order."""
    gaps = []
    reach = window.start
    for span in sorted((poll.covered for poll in polls if poll.covered is not None), key=lambda span: span.start):
        if span.start > reach:
            gaps.append(Span(reach, min(span.start, window.end)))
        reach = max(reach, span.end)
        if reach >= window.end:
            break
    if reach < window.end:
        gaps.append(Span(reach, window.end))
    return [gap for gap in gaps if gap.start < gap.end]


def reason_of(gap: Span, polls: Sequence[Run]) -> str:
    """Say why a stretch was not heard.

    The reason of the last poll that failed in it, if any did. Else, where the poll that ended it came when it was due
    (within twice the usual time between polls), the source had more than one poll could hold. Else nobody listened.
    """
    failed = [poll.reason for poll in polls if poll.reason is not None and gap.start <= poll.started_at <= gap.end]
    if failed:
        return failed[-1].value
    worked = [poll for poll in polls if poll.covered is not None]
    distances = [later.started_at - earlier.started_at for earlier, later in pairwise(worked)]
    usual = sorted(distances)[len(distances) // 2] if distances else timedelta()
    for poll, distance in zip(worked[1:], distances, strict=True):
        if poll.covered is not None and poll.covered.start == gap.end and distance <= 2 * usual:
            return TOO_MUCH
    return NOT_LISTENING


def _run(row: Row[Any]) -> Run:
    return Run(
        key=row.key,
        source=row.source,
        started_at=row.started_at,
        ended_at=row.ended_at,
        covered=None if row.covered_start is None else Span(row.covered_start, row.covered_end),
        fetched=row.fetched,
        new=row.new,
        updated=row.updated,
        unmatched=row.unmatched,
        skipped=row.skipped,
        reason=None if row.reason is None else Reason(row.reason),
        detail=row.detail,
    )
