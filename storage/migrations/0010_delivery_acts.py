"""Deliveries that change an earlier message or bring it pictures, and those that another channel took."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE outbox ADD COLUMN act TEXT NOT NULL DEFAULT 'post'",
    "ALTER TABLE outbox ADD COLUMN meant_for TEXT",
    "ALTER TABLE outbox ADD COLUMN moved_because TEXT",
)


def upgrade(conn: Connection) -> None:
    """Add the columns."""
    for statement in _STATEMENTS:
        conn.exec_driver_sql(statement)
