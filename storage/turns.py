"""Turns: two transactions that change mentions never run at once."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

_SAVING = 0x6F766573  # number of the PostgreSQL advisory lock


def take_turn(conn: Connection) -> None:
    """Wait until no other transaction changes mentions. SQLite has one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_SAVING)))
