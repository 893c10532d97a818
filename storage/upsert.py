"""Insert or update: the same statement in the dialect of each database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite


def upsert(conn: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], key: Sequence[str]) -> None:
    """Insert the rows; where `key` is there already the new values replace the old ones."""
    if not rows:
        return
    insert = (sqlite.insert if conn.dialect.name == "sqlite" else postgresql.insert)(table)
    changes = {name: insert.excluded[name] for name in sorted(rows[0].keys() - set(key))}
    conn.execute(insert.on_conflict_do_update(index_elements=list(key), set_=changes), list(rows))


def insert_missing(conn: Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows; where one is there already it stays as it is. Gives how many were inserted."""
    if not rows:
        return 0
    insert = (sqlite.insert if conn.dialect.name == "sqlite" else postgresql.insert)(table)
    kept = insert.on_conflict_do_nothing().returning(*table.primary_key)
    return len(conn.execute(kept, list(rows)).all())
