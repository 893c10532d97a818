"""Which message tells what was decided to be told."""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(conn: Connection) -> None:
    """Make the column, and the index by which a message's alerts are found."""
    conn.exec_driver_sql("ALTER TABLE alert_log ADD COLUMN message TEXT")
    conn.exec_driver_sql("CREATE INDEX alert_log_message ON alert_log (message)")
