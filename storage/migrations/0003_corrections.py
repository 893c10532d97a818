"""What people have said of single scores, and when a mention's scores were computed again."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE corrections (
        mention_id BIGINT NOT NULL,
        brand TEXT NOT NULL,
        label TEXT NOT NULL,
        corrected_at {moment} NOT NULL,
        corrected_by TEXT,
        was_compound {real},
        was_label TEXT NOT NULL,
        was_method TEXT NOT NULL,
        was_evidence_start INTEGER,
        was_evidence_end INTEGER,
        was_language TEXT,
        was_reason TEXT,
        PRIMARY KEY (mention_id, brand),
        FOREIGN KEY (mention_id) REFERENCES mentions (id) ON DELETE CASCADE
    ) {without_rowid}
    """,
    "ALTER TABLE mentions ADD COLUMN rescored_at {moment}",
)
_SQLITE = {"moment": "TEXT", "real": "DOUBLE", "without_rowid": "WITHOUT ROWID"}
_POSTGRESQL = {"moment": "TIMESTAMP WITH TIME ZONE", "real": "DOUBLE PRECISION", "without_rowid": ""}


def upgrade(conn: Connection) -> None:
    """Make the table and the column."""
    words = _SQLITE if conn.dialect.name == "sqlite" else _POSTGRESQL
    for statement in _STATEMENTS:
        conn.exec_driver_sql(statement.format_map(words))
