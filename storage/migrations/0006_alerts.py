"""What is remembered of alerts between two looks, who wants to hear nothing of them, and more of what was decided."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE alert_states (
        rule TEXT NOT NULL,
        "key" TEXT NOT NULL,
        brand TEXT,
        severity TEXT NOT NULL,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        evidence JSON NOT NULL,
        window_start {moment} NOT NULL,
        window_end {moment} NOT NULL,
        strength {real} NOT NULL,
        lasting BOOLEAN NOT NULL,
        first_at {moment} NOT NULL,
        last_at {moment} NOT NULL,
        decision TEXT NOT NULL,
        reason TEXT NOT NULL,
        told INTEGER NOT NULL,
        told_at {moment},
        told_strength {real} NOT NULL,
        told_severity TEXT NOT NULL,
        told_in TEXT,
        PRIMARY KEY (rule, "key")
    ) {without_rowid}
    """,
    "CREATE TABLE alert_looks (at {moment} NOT NULL, PRIMARY KEY (at)) {without_rowid}",
    """
    CREATE TABLE silences (
        id {serial} NOT NULL,
        since {moment} NOT NULL,
        until {moment} NOT NULL,
        rule TEXT,
        brand TEXT,
        "key" TEXT,
        silenced_by TEXT,
        note TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "ALTER TABLE alert_log ADD COLUMN detail TEXT",
    "ALTER TABLE alert_log ADD COLUMN strength {real} NOT NULL DEFAULT 0",
    "ALTER TABLE alert_log ADD COLUMN lasting BOOLEAN NOT NULL DEFAULT TRUE",
    "CREATE INDEX alert_log_at ON alert_log (at)",
)
_SQLITE = {"moment": "TEXT", "real": "DOUBLE", "serial": "INTEGER", "without_rowid": "WITHOUT ROWID"}
_POSTGRESQL = {
    "moment": "TIMESTAMP WITH TIME ZONE",
    "real": "DOUBLE PRECISION",
    "serial": "BIGSERIAL",
    "without_rowid": "",
}


def upgrade(conn: Connection) -> None:
    """Make the tables and the columns."""
    words = _SQLITE if conn.dialect.name == "sqlite" else _POSTGRESQL
    for statement in _STATEMENTS:
        conn.exec_driver_sql(statement.format_map(words))
