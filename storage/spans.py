"""What each query has heard, as few stretches of time: those that touch are one, so that months cost one row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.bulk import chunks
from storage.records import Run, Span
from storage.tables import covered_spans
from storage.tables import runs as ledger
from storage.upsert import upsert

NOT_LISTENING = "not listening"
TOO_MUCH = "too much at once"

_LOOK_BACK = 10  # lines of the ledger that tell how far apart polls usually are


@dataclass(frozen=True, slots=True)
class Covered:
    """A stretch that was heard without a gap, and why nothing is known of the time before it; None for the first."""

    span: Span
    reason: str | None


def extend(conn: Connection, polls: Sequence[Run]) -> None:
    """Add what polls covered. They stand in the ledger already."""
    worked = [(poll, poll.covered) for poll in polls if poll.covered is not None]
    if not worked:
        return
    first = min(covered.start for _, covered in worked)
    known = touching(
        conn,
        list(dict.fromkeys(poll.key for poll, _ in worked)),
        Span(first, datetime.max.replace(tzinfo=first.tzinfo)),
    )
    gone: list[tuple[str, datetime]] = []
    grown: dict[tuple[str, datetime], Covered] = {}
    for poll, covered in worked:
        near = [one for one in known[poll.key] if one.span.end >= covered.start and one.span.start <= covered.end]
        start = min([covered.start, *(one.span.start for one in near)])
        end = max([covered.end, *(one.span.end for one in near)])
        before = next((one for one in near if one.span.start == start), None)
        if before is not None and before.span.end == end:
            continue
        merged = Covered(Span(start, end), before.reason if before is not None else _hole(conn, poll, covered))
        known[poll.key] = [one for one in known[poll.key] if one not in near] + [merged]
        for one in near:
            grown.pop((poll.key, one.span.start), None)
            gone.append((poll.key, one.span.start))
        grown[poll.key, start] = merged
    for key, start in set(gone) - grown.keys():
        conn.execute(covered_spans.delete().where(covered_spans.c.key == key, covered_spans.c.covered_start == start))
    rows = [
        {"key": key, "covered_start": start, "covered_end": one.span.end, "reason": one.reason}
        for (key, start), one in grown.items()
    ]
    upsert(conn, covered_spans, rows, key=("key", "covered_start"))


def touching(conn: Connection, keys: Sequence[str], window: Span) -> defaultdict[str, list[Covered]]:
    """Give what the named queries heard that touches a window, in order."""
    found: defaultdict[str, list[Covered]] = defaultdict(list)
    columns = covered_spans.c
    for some in chunks(keys):
        query = sa.select(covered_spans).where(
            columns.key.in_(some), columns.covered_end >= window.start, columns.covered_start <= window.end
        )
        for row in conn.execute(query.order_by(columns.key, columns.covered_start)):
            found[row.key].append(Covered(Span(row.covered_start, row.covered_end), row.reason))
    return found


def _hole(conn: Connection, poll: Run, covered: Span) -> str | None:
    """Say why nothing is known of the time before a poll's stretch; None when nothing was heard before at all.

    Where the poll came when it was due (within twice the usual time between polls) the source had more than one poll
    could hold. Else nobody listened.
    """
    earlier = sa.exists().where(covered_spans.c.key == poll.key, covered_spans.c.covered_end < covered.start)
    if not conn.execute(sa.select(earlier)).scalar_one():
        return None
    query = sa.select(ledger.c.started_at, ledger.c.ended_at, ledger.c.polls).where(
        ledger.c.key == poll.key, ledger.c.covered_end.is_not(None), ledger.c.started_at < poll.started_at
    )
    lines = conn.execute(query.order_by(ledger.c.started_at.desc(), ledger.c.id.desc()).limit(_LOOK_BACK)).all()[::-1]
    if not lines:
        return NOT_LISTENING
    distance = poll.started_at - lines[-1].ended_at
    distances = [later.started_at - former.ended_at for former, later in pairwise(lines)]
    distances += [(line.ended_at - line.started_at) / (line.polls - 1) for line in lines if line.polls > 1]
    usual = sorted([*distances, distance])[len(distances) // 2 if distances else 0]
    return TOO_MUCH if distance <= 2 * usual else NOT_LISTENING
