"""The names of ads and posts whose ids tell them apart."""

from __future__ import annotations

from sqlalchemy import Connection


def upgrade(conn: Connection) -> None:
    """Widen the results and their older versions."""
    for table in ("campaign_results", "campaign_versions"):
        conn.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN content_name TEXT")
