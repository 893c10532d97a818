"""How an SQLite file can be opened here, and what to tell when it cannot: what is written may not be, what is read may.

A database in WAL mode is read with the help of two companions, `-wal` with what was written last and `-shm` with who
reads what. Where they can neither be made nor found, only a file that nobody can change can be read.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from config.errors import StoreError


class Access(StrEnum):
    """How a file is opened."""

    WRITE = "mode=rw"
    READ = "mode=ro"  # with the companions that are there, so that a writer elsewhere is noticed
    FROZEN = "mode=ro&immutable=1"  # without companions: its file system is read-only


@dataclass(frozen=True, slots=True)
class Place:
    """What decides how a file can be opened."""

    writable: bool  # the file, and its folder or both companions
    folder_writable: bool = False
    companions: bool = False  # both are there
    written_last: bool = False  # `-wal` holds something
    read_only_system: bool = False


def look(path: Path) -> Place:
    """Look at a file, its companions, its folder and its file system."""
    names = [path.with_name(path.name + end) for end in ("-wal", "-shm")]
    companions = all(name.exists() for name in names)
    folder_writable = os.access(path.parent, os.W_OK | os.X_OK)
    kept = folder_writable or (companions and all(os.access(name, os.W_OK) for name in names))
    return Place(
        writable=os.access(path, os.W_OK) and kept,
        folder_writable=folder_writable,
        companions=companions,
        written_last=names[0].exists() and names[0].stat().st_size > 0,
        read_only_system=bool(os.statvfs(path).f_flag & os.ST_RDONLY),
    )


def access(path: Path, place: Place) -> Access:
    """Give the way in which the file can be opened. Raises StoreError where there is none that is safe."""
    if place.writable:
        return Access.WRITE
    if place.companions or place.folder_writable:
        return Access.READ
    if place.written_last:
        raise StoreError(
            f"{path}: what was written last stands in {path.name}-wal, and reading that needs a folder that can be "
            "written to; copy both files together into such a folder and name the copy in `database`"
        )
    if place.read_only_system:
        return Access.FROZEN
    raise StoreError(
        f"{path}: this user may not write to {path.parent}, which reading beside a possible writer needs; give this "
        "user write access to the folder, or read a copy that `overheard db backup` made"
    )


def stamp(path: Path) -> tuple[int, int, bool]:
    """Give what changes when somebody writes to the file: its time, its size, whether `-wal` holds something."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, look(path).written_last


def remedy(problem: BaseException | None, path: Path | None) -> str:
    """Give what to do about an error of SQLite."""
    code = getattr(problem, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest its variety
    where = "the file" if path is None else str(path.parent)
    remedies = {
        sqlite3.SQLITE_BUSY: "another program is writing to it for more than 10 s; end that program and try again",
        sqlite3.SQLITE_LOCKED: "another program is writing to it for more than 10 s; end that program and try again",
        sqlite3.SQLITE_READONLY: f"give this user write access to it and to {where}, or mount the disk for writing",
        sqlite3.SQLITE_FULL: f"make room on the disk of {where} and try again; what is stored is unharmed",
        sqlite3.SQLITE_IOERR: f"see that the disk of {where} has room and no faults, and try again",
        sqlite3.SQLITE_CANTOPEN: f"see that {where} is there and that this user may read and write in it",
        sqlite3.SQLITE_PERM: f"give this user access to it and to {where}",
        sqlite3.SQLITE_NOTADB: "name an SQLite file that overheard made",
        sqlite3.SQLITE_CORRUPT: "the file is damaged: put a copy that `overheard db backup` made in its place",
    }
    return remedies.get(code, "see that the file belongs to this user; a copy may have to be restored")
