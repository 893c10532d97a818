"""The coverage ledger: what each poll came to, how much was heard, and when we were deaf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.bulk import chunks, first_of
from storage.records import Coverage, Gap, Reason, Run, Span
from storage.spans import NOT_LISTENING, TOO_MUCH, Covered, extend, touching
from storage.tables import runs as ledger
from storage.types import storable_or_none

__all__ = [
    "NOT_LISTENING",
    "TOO_MUCH",
    "coverage",
    "coverages",
    "last_failures",
    "listening_since",
    "record_runs",
    "runs",
]

_LAST_LINES = "SELECT id FROM runs WHERE key = {key} ORDER BY started_at DESC, id DESC LIMIT 1"


def record_runs(conn: Connection, polls: Sequence[Run]) -> None:
    """Write polls into the ledger, in their order.

    One that worked and changed nothing joins the line before it, when that is of the same sort: its counts are added.
    So the ledger grows with what happens, not with time.
    """
    last = _last_lines(conn, [poll.key for poll in polls if _uneventful(poll)])
    new: list[Run] = []
    grown: dict[int, Run] = {}
    places: dict[str, int] = {}  # of the last new line of a query
    for poll in polls:
        place = places.get(poll.key)
        number, line = last.get(poll.key, (0, None)) if place is None else (0, new[place])
        joined = None if line is None else _joined(line, poll)
        if joined is None:
            places[poll.key] = len(new)
            new.append(poll)
        elif place is None:
            last[poll.key] = number, joined
            grown[number] = joined
        else:
            new[place] = joined
    if grown:
        changed = ("ended_at", "covered_end", "fetched", "unmatched", "polls")
        of_id: sa.BindParameter[int] = sa.bindparam("of_id")
        rows = {number: _values(run) for number, run in grown.items()}
        values = [{"of_id": number} | {name: row[name] for name in changed} for number, row in rows.items()]
        conn.execute(ledger.update().where(ledger.c.id == of_id).values({n: sa.bindparam(n) for n in changed}), values)
    if new:
        conn.execute(ledger.insert(), [_values(run) for run in new])
    extend(conn, polls)


def runs(conn: Connection, since: datetime, key: str | None = None) -> list[Run]:
    """Give the lines of the ledger that started since then, of one query or of all, in the order of their start."""
    query = sa.select(ledger).where(ledger.c.started_at >= since).order_by(ledger.c.started_at, ledger.c.id)
    if key is not None:
        query = query.where(ledger.c.key == key)
    return [_run(row) for row in conn.execute(query)]


def last_failures(conn: Connection, since: datetime) -> Mapping[str, Run]:
    """Give the last poll that failed since then, by query; a query of which none failed is missing."""
    query = sa.select(ledger).where(ledger.c.reason.is_not(None), ledger.c.started_at >= since)
    return {row.key: _run(row) for row in conn.execute(query.order_by(ledger.c.started_at, ledger.c.id))}


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
    each = coverages(conn, window, keys)
    return _summed(window, len(each), tuple(gap for one in each.values() for gap in one.gaps))


def coverages(conn: Connection, window: Span, keys: Sequence[str]) -> dict[str, Coverage]:
    """Give the same of every named query by itself, in the order asked."""
    asked = list(dict.fromkeys(keys))
    heard = touching(conn, asked, window)
    holes = {key: _unheard(window, heard[key]) for key in asked}
    failed = _failures(conn, window, [key for key in asked if holes[key]])
    return {
        key: _summed(window, 1, tuple(Gap(key, span, _why(span, failed[key], told)) for span, told in holes[key]))
        for key in asked
    }


def _summed(window: Span, queries: int, gaps: tuple[Gap, ...]) -> Coverage:
    expected = window.length * queries
    deaf = sum((gap.span.length for gap in gaps), timedelta())
    share = (expected - deaf) / expected if expected > timedelta() else None
    return Coverage(window, queries, share, gaps)


def _unheard(window: Span, heard: Sequence[Covered]) -> list[tuple[Span, str | None]]:
    """Give the stretches of the window that were not heard, in order, each with what its end tells of it."""
    gaps: list[tuple[Span, str | None]] = []
    reach = window.start
    for one in heard:
        if one.span.start > reach:
            gaps.append((Span(reach, min(one.span.start, window.end)), one.reason))
        reach = max(reach, one.span.end)
    if reach < window.end:
        gaps.append((Span(reach, window.end), None))
    return [(gap, told) for gap, told in gaps if gap.start < gap.end]


def _failures(conn: Connection, window: Span, keys: Sequence[str]) -> defaultdict[str, list[tuple[datetime, str]]]:
    """Give when and why polls of the named queries failed in a window, in order."""
    found: defaultdict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for some in chunks(keys):
        query = sa.select(ledger.c.key, ledger.c.started_at, ledger.c.reason).where(
            ledger.c.key.in_(some),
            ledger.c.reason.is_not(None),
            ledger.c.started_at >= window.start,
            ledger.c.started_at <= window.end,
        )
        for row in conn.execute(query.order_by(ledger.c.key, ledger.c.started_at, ledger.c.id)):
            found[row.key].append((row.started_at, row.reason))
    return found


def _why(gap: Span, failed: Sequence[tuple[datetime, str]], told: str | None) -> str:
    """Say why a stretch was not heard: the reason of the last poll that failed in it, else what its end tells."""
    within = [reason for when, reason in failed if gap.start <= when <= gap.end]
    return within[-1] if within else told or NOT_LISTENING


def _uneventful(run: Run) -> bool:
    return run.reason is None and run.covered is not None and not (run.new or run.updated or run.skipped)


def _joined(line: Run, poll: Run) -> Run | None:
    """Give the line that stands for both; None where they cannot share one."""
    if line.covered is None or poll.covered is None or not (_uneventful(line) and _uneventful(poll)):
        return None
    if not line.covered.start <= poll.covered.start <= line.covered.end:
        return None
    return replace(
        line,
        ended_at=poll.ended_at,
        covered=Span(line.covered.start, max(line.covered.end, poll.covered.end)),
        fetched=line.fetched + poll.fetched,
        unmatched=line.unmatched + poll.unmatched,
        polls=line.polls + poll.polls,
    )


def _last_lines(conn: Connection, keys: Sequence[str]) -> dict[str, tuple[int, Run]]:
    """Give the last line of each of the named queries, with its number."""
    found: dict[str, tuple[int, Run]] = {}
    for some in chunks(list(dict.fromkeys(keys))):
        ids = [number for number in first_of(conn, _LAST_LINES, some) if number is not None]
        for row in conn.execute(sa.select(ledger).where(ledger.c.id.in_(ids))):
            found[row.key] = row.id, _run(row)
    return found


def _values(run: Run) -> dict[str, Any]:
    return {
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
        "polls": run.polls,
    }


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
        polls=row.polls,
    )
