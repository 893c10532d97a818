"""Migrations: numbered modules, each with `upgrade(conn)`, applied in order in one transaction.

A migration that has been released never changes. To add one: write NNNN_name.py and put its name at the end of NAMES.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import sqlalchemy as sa
from sqlalchemy import Connection

from config.errors import StoreError
from storage.tables import schema_migrations

NAMES: tuple[str, ...] = (
    "0001_house",
    "0002_covered_spans",
    "0003_corrections",
    "0004_campaign_imports",
    "0005_content_names",
    "0006_alerts",
    "0007_acknowledgements",
    "0008_relevance_labels",
    "0009_standing_alerts",
    "0010_delivery_acts",
    "0011_told_in",
)


def applied(conn: Connection) -> tuple[str, ...]:
    """Give the names of the migrations that this database has seen, in order; none for an empty database."""
    if not sa.inspect(conn).has_table(schema_migrations.name):
        return ()
    query = sa.select(schema_migrations.c.name).order_by(schema_migrations.c.name)
    return tuple(conn.execute(query).scalars())


def missing(done: Sequence[str], address: str) -> tuple[str, ...]:
    """Give the names still to be applied. Raises StoreError for a database that a newer program has migrated."""
    unknown = sorted(set(done) - set(NAMES))
    if unknown:
        raise StoreError(
            f"{address}: made by a newer version of overheard (it has {unknown[-1]}, this version ends at {NAMES[-1]});"
            " install that version, or restore the copy that it put beside the file before it changed it"
        )
    return tuple(name for name in NAMES if name not in done)


def apply(conn: Connection, todo: Sequence[str]) -> None:
    """Bring the schema up to date by these migrations, within the caller's transaction, which holds the write lock."""
    schema_migrations.create(conn, checkfirst=True)
    for name in todo:
        import_module(f"{__name__}.{name}").upgrade(conn)
        conn.execute(schema_migrations.insert().values(name=name, applied_at=sa.func.now()))
