"""The rows of `matches`: taken away and added, with the hourly sums beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from storage.bulk import chunks, insert, run_many
from storage.rollups import RollupChanges
from storage.rows import MATCH_COLUMNS
from storage.tables import matches

_INSERT = insert("matches", MATCH_COLUMNS)


def take_hits(conn: Connection, ids: Sequence[int], rollups: RollupChanges) -> None:
    """Delete the stored hits of mentions, and take them out of the sums."""
    for some in chunks(ids):
        for hit in conn.execute(matches.select().where(matches.c.mention_id.in_(some))):
            rollups.take(hit.published_at, tuple(getattr(hit, name) for name in MATCH_COLUMNS))
        conn.execute(matches.delete().where(matches.c.mention_id.in_(some)))


def add_hits(conn: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows of MATCH_COLUMNS down; the sums are the caller's affair."""
    run_many(conn, _INSERT, rows)
