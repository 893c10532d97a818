"""Whether a mention is about a brand, as people have said, and the hit that does not count therefore."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENT = """
    CREATE TABLE relevance_labels (
        mention_id BIGINT NOT NULL,
        brand TEXT NOT NULL,
        relevant BOOLEAN NOT NULL,
        labelled_at {moment} NOT NULL,
        labelled_by TEXT,
        spans JSON,
        relevance {real},
        compound {real},
        label TEXT,
        method TEXT,
        evidence_start INTEGER,
        evidence_end INTEGER,
        language TEXT,
        reason TEXT,
        PRIMARY KEY (mention_id, brand),
        FOREIGN KEY (mention_id) REFERENCES mentions (id) ON DELETE CASCADE
    ) {without_rowid}
"""
_SQLITE = {"moment": "TEXT", "real": "DOUBLE", "without_rowid": "WITHOUT ROWID"}
_POSTGRESQL = {"moment": "TIMESTAMP WITH TIME ZONE", "real": "DOUBLE PRECISION", "without_rowid": ""}


def upgrade(conn: Connection) -> None:
    """Make the table."""
    conn.exec_driver_sql(_STATEMENT.format_map(_SQLITE if conn.dialect.name == "sqlite" else _POSTGRESQL))
