"""Whether there is a database yet, found out without making one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, make_url

from config.database_url import database_url
from config.errors import StoreError
from config.settings import Settings
from storage.database import open_database


class Standing(StrEnum):
    """What stands at a database's address."""

    PRESENT = "present"
    ABSENT = "absent"  # an SQLite file that can be made
    REMOTE = "remote"  # a server: only opening it tells


def stands(url: str) -> Standing:
    """Tell what stands at an address. Raises StoreError where no SQLite file could be made."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Standing.REMOTE
    path = Path(parsed.database or "").absolute()
    if path.exists():
        return Standing.PRESENT
    folder = path.parent
    if not folder.is_dir():
        raise StoreError(f"{path}: the folder is not there; make it with: mkdir -p {folder}")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(f"{path}: the folder may not be written to; choose another one in `database`")
    return Standing.ABSENT


@contextmanager
def history(settings: Settings) -> Iterator[Connection | None]:
    """Give a view into the history; None while there is none, which is no reason to make one."""
    url = database_url(settings.database)
    if stands(url) is Standing.ABSENT:
        yield None
        return
    database = open_database(url, create=False)
    try:
        with database.read() as conn:
            yield conn
    finally:
        database.close()
