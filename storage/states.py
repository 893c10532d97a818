"""Where each query stands: the memory between two polls."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.bulk import chunks
from storage.records import QueryState
from storage.tables import query_states
from storage.upsert import upsert


def load_states(conn: Connection, keys: Sequence[str] | None = None) -> dict[str, QueryState]:
    """Give the states of the named queries, or of all; a query that was never polled is missing."""
    every = sa.select(query_states)
    asked = [every] if keys is None else [every.where(query_states.c.key.in_(some)) for some in chunks(keys)]
    return {
        row.key: QueryState(
            key=row.key,
            source=row.source,
            cursor=row.cursor,
            next_due_at=row.next_due_at,
            failures=row.failures,
            last_ok_at=row.last_ok_at,
            covered_to=row.covered_to,
        )
        for query in asked
        for row in conn.execute(query)
    }


def save_states(conn: Connection, states: Sequence[QueryState]) -> None:
    """Keep where queries stand now; of one that stands there twice the last counts."""
    rows = {
        state.key: {
            "key": state.key,
            "source": state.source,
            "cursor": dict(state.cursor),
            "next_due_at": state.next_due_at,
            "failures": state.failures,
            "last_ok_at": state.last_ok_at,
            "covered_to": state.covered_to,
        }
        for state in states
    }
    upsert(conn, query_states, list(rows.values()), key=("key",))
