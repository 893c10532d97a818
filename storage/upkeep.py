"""Upkeep: what the database holds, a copy of it, and its unused space given back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from config.errors import StoreError
from storage.database import Database
from storage.records import DeliveryState
from storage.sqlite_file import copy_database
from storage.tables import matches, mentions, metadata, outbox
from storage.types import moment_text

_VACUUM = {
    "postgresql": ("VACUUM ANALYZE",),
    "sqlite": (
        "INSERT INTO mention_words (mention_words) VALUES ('optimize')",
        "VACUUM",
        "PRAGMA optimize",
        "PRAGMA wal_checkpoint(TRUNCATE)",
    ),
}


def stats(conn: Connection) -> Mapping[str, int | str | None]:
    """Give counts of what is stored, the first and last publication as text, and the size in bytes."""
    alive = mentions.c.deleted_at.is_(None)
    when = mentions.c.published_at
    first, last = conn.execute(sa.select(sa.func.min(when, type_=when.type), sa.func.max(when, type_=when.type))).one()
    waiting = outbox.c.state.in_([DeliveryState.PENDING.value, DeliveryState.SENDING.value])
    found: dict[str, int | str | None] = {
        "mentions": _count(conn, mentions, alive),
        "erased": _count(conn, mentions, ~alive),
        "brand hits": _count(conn, matches),
        "first published": None if first is None else moment_text(first),
        "last published": None if last is None else moment_text(last),
    }
    for name in ("stories", "runs", "query_states", "campaign_results", "outbox"):
        found[name.replace("_", " ")] = _count(conn, metadata.tables[name])
    found["outbox waiting"] = _count(conn, outbox, waiting)
    found["bytes"] = _size(conn)
    return found


def _count(conn: Connection, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
    return conn.execute(sa.select(sa.func.count()).select_from(table).where(*conditions)).scalar_one()


def _size(conn: Connection) -> int:
    if conn.dialect.name == "postgresql":
        return int(conn.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
    pages = conn.exec_driver_sql("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
    return int(pages.scalar_one())


def backup(database: Database, target: Path) -> None:
    """Write a complete copy into a file that must not exist yet, while the database is in use.

    SQLite: a database file. PostgreSQL: what `pg_dump --format=custom` writes, for pg_restore. Raises StoreError.
    """
    if target.exists() or target.is_symlink():
        raise StoreError(f"{target}: exists already; name a file that does not, so that no copy is lost")
    if database.dialect == "postgresql":
        _dump(database, target)
        return
    if database.path is None:
        raise StoreError("a database in memory has no copy; name a file in `database`")
    copy_database(database.path, target, database.access)


def _dump(database: Database, target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise StoreError("pg_dump: not found; install the PostgreSQL client programs of the server's version")
    arguments, environment = database.client_arguments()
    try:
        target.touch(0o600)
    except OSError as problem:
        raise StoreError(f"{target}: {problem.strerror}; name a file in a folder that this user may write to") from None
    done = subprocess.run(  # noqa: S603  # the program found on the path, with arguments made of the config's address
        [program, "--format=custom", f"--file={target}", *arguments], env=environment, capture_output=True, check=False
    )
    if done.returncode:
        target.unlink(missing_ok=True)
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise StoreError(f"{database.address}: pg_dump: {said[0]}; run pg_dump by hand to see more")


def vacuum(database: Database) -> None:
    """Give unused space back and drop what erased texts left in the full text index. Needs room for a second copy."""
    database.check_writable()
    try:
        with database.own_connection() as conn:
            for statement in _VACUUM[database.dialect]:
                conn.exec_driver_sql(statement)
    except DBAPIError as problem:
        raise database.explained(problem) from None
