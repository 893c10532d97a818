"""Whether there is a database yet, found out without making one."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

from sqlalchemy import make_url

from config.errors import StoreError


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
