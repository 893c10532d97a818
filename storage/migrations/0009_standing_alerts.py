"""When alerts that stand were escalated, and how long they stand though they be not found again."""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(conn: Connection) -> None:
    """Make the columns."""
    moment = "TEXT" if conn.dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    for column in ("escalated_at", "stands_until"):
        conn.exec_driver_sql(f"ALTER TABLE alert_states ADD COLUMN {column} {moment}")
