"""The SQLite file: who may read it, how connections behave, and a copy of it before it is changed for good."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.pool import StaticPool

from config.errors import StoreError
from storage.sqlite_access import Access

# FULL: a commit is on the disk before it counts, so that a "sending" mark outlives a power cut. Each transaction
# chooses anew (Database.write); this is for those who do not.
# secure_delete: what a source has erased does not linger in free pages.
_WRITING = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
    "PRAGMA journal_size_limit = 67108864",
)
_READING = ("PRAGMA busy_timeout = 10000", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -32768")


def prepare(path: Path, *, create: bool) -> None:
    """Make the file, readable by its owner alone, where there is none. Raises StoreError with the remedy."""
    folder = path.parent
    if not create and not (path.is_file() and path.stat().st_size):
        raise StoreError(f"{path}: there is no database yet; run: overheard collect")
    try:
        mode = folder.stat().st_mode
    except OSError as problem:
        raise StoreError(
            f"{path}: {folder}: {problem.strerror}; make the folder, or name another in `database`"
        ) from None
    if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
        raise StoreError(
            f"{path}: everybody may write to {folder} and could replace the database; run: chmod o-w {folder}"
        )
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file in `database`")
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as problem:
        raise StoreError(f"{path}: {problem.strerror}; give this user write access to {folder}") from None


def sqlite_engine(path: Path | None, access: Access = Access.WRITE) -> Engine:
    """Give an engine for the file, or for a database in memory where `path` is None. Transactions are begun by hand."""
    settings = _WRITING if access is Access.WRITE else _READING
    if path is None:
        engine = sa.create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}, isolation_level="AUTOCOMMIT"
        )
    else:
        name, _, options = _address(path, access).partition("?")
        url = sa.URL.create("sqlite", database=name, query=dict(parse_qsl(options)) | {"uri": "true"})
        engine = sa.create_engine(
            url, isolation_level="AUTOCOMMIT", connect_args={"timeout": 10}, pool_size=5, max_overflow=59
        )

    def configure(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401  # SQLAlchemy's own record
        for setting in settings:
            connection.execute(setting).close()

    sa.event.listen(engine, "connect", configure)
    return engine


def _address(path: Path, access: Access) -> str:
    return f"file:{quote(str(path))}?{access.value}"


def copy_database(path: Path, target: Path, access: Access = Access.WRITE) -> None:
    """Write a complete copy, readable by its owner alone, while others may go on writing. Raises StoreError."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600))
        try:
            opened = sqlite3.connect(_address(path, access), timeout=10, uri=True)
            with closing(opened) as source, closing(sqlite3.connect(unfinished)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE").close()
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as problem:
        raise StoreError(f"{target}: {problem.strerror}; name a file in a folder that this user may write to") from None
    except sqlite3.Error as problem:  # a full disk, too, is SQLite's to tell
        raise StoreError(f"{target}: no copy could be made: {problem}; see that the disk has room") from None
