"""Who takes care of which alert."""

from __future__ import annotations

from sqlalchemy import Connection

_TABLE = """
    CREATE TABLE acknowledgements (
        rule TEXT NOT NULL,
        "key" TEXT NOT NULL,
        first_at {moment} NOT NULL,
        at {moment} NOT NULL,
        acknowledged_by TEXT,
        PRIMARY KEY (rule, "key", first_at)
    ) {without_rowid}
    """
_SQLITE = {"moment": "TEXT", "without_rowid": "WITHOUT ROWID"}
_POSTGRESQL = {"moment": "TIMESTAMP WITH TIME ZONE", "without_rowid": ""}


def upgrade(conn: Connection) -> None:
    """Make the table."""
    conn.exec_driver_sql(_TABLE.format_map(_SQLITE if conn.dialect.name == "sqlite" else _POSTGRESQL))
