"""What each query has heard, as few stretches of time; a line of the ledger may stand for several polls."""

from __future__ import annotations

from sqlalchemy import Connection

_STATEMENTS = (
    """
    CREATE TABLE covered_spans (
        "key" TEXT NOT NULL,
        covered_start {moment} NOT NULL,
        covered_end {moment} NOT NULL,
        reason TEXT,
        PRIMARY KEY ("key", covered_start)
    ) {without_rowid}
    """,
    "ALTER TABLE runs ADD COLUMN polls BIGINT NOT NULL DEFAULT 1",
    'CREATE INDEX runs_failed ON runs ("key", started_at) WHERE reason IS NOT NULL',
    # A span starts anew where a poll's stretch touches none of those that start before it.
    """
    INSERT INTO covered_spans ("key", covered_start, covered_end, reason)
    SELECT "key", min(covered_start), max(covered_end), CASE WHEN island > 1 THEN 'not listening' END
    FROM (
        SELECT "key", covered_start, covered_end,
               sum(fresh) OVER (
                   PARTITION BY "key" ORDER BY covered_start, covered_end, id ROWS UNBOUNDED PRECEDING
               ) AS island
        FROM (
            SELECT id, "key", covered_start, covered_end,
                   CASE WHEN covered_start <= max(covered_end) OVER (
                       PARTITION BY "key" ORDER BY covered_start, covered_end, id
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                   ) THEN 0 ELSE 1 END AS fresh
            FROM runs WHERE covered_start IS NOT NULL
        ) AS marked
    ) AS numbered
    GROUP BY "key", island
    """,
)


def upgrade(conn: Connection) -> None:
    """Make the table and fill it from the ledger."""
    on_sqlite = conn.dialect.name == "sqlite"
    moment = "TEXT" if on_sqlite else "TIMESTAMP WITH TIME ZONE"
    for statement in _STATEMENTS:
        conn.exec_driver_sql(statement.format(moment=moment, without_rowid="WITHOUT ROWID" if on_sqlite else ""))
