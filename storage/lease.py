"""One instance at a time: a lease that ends with the process that holds it, however it ends."""

from __future__ import annotations

import fcntl
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from config.errors import LeaseHeldError, StoreError
from storage.database import Database
from storage.tables import leases
from storage.upsert import upsert

_NAME = "writer"
_LOCK = 0x6F76656C  # number of the PostgreSQL advisory lock
_PATIENCE = 2.0  # seconds in which a server notices that a killed client is gone
_PAUSE = 0.05  # seconds between two tries


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to collect and deliver. `token` grows with every holder."""

    holder: str
    since: datetime
    token: int

    def check(self, conn: Connection) -> None:
        """Raise LeaseLostError when another instance has taken over meanwhile, as after a lost connection.

        In a write, nobody can take over between this look and the commit.
        """
        held = sa.select(leases.c.token).where(leases.c.name == _NAME)
        if not conn.get_execution_options().get("postgresql_readonly"):
            held = held.with_for_update(read=True)  # SQLite's writers take turns anyway
        if conn.execute(held).scalar_one_or_none() != self.token:
            raise LeaseLostError(f"lease: {self.holder} lost it to another instance; let only one of the two run")


class LeaseLostError(LeaseHeldError):
    """Another instance has taken over while this one still worked; it must not write any more."""


@contextmanager
def hold(database: Database, holder: str, now: datetime) -> Iterator[Lease]:
    """Hold the database's lease. Raises LeaseHeldError, saying who has it and since when.

    Meanwhile every write looks first whether the lease is still ours, and raises LeaseLostError when it is not: on
    PostgreSQL the lock ends with its connection, whether or not its holder notices.

    The lock is the operating system's (a lock on `<file>.lock`) or the server's (an advisory lock on a connection of
    its own): a killed process gives it back, at once or as soon as the server notices, for which this waits up to two
    seconds. The row in `leases` only says who.
    A database in memory needs none.
    """
    if database.dialect == "postgresql":
        locked = _server_lock(database)
    elif database.path is not None:
        locked = _file_lock(database, database.path.with_name(f"{database.path.name}.lock"))
    else:
        locked = _no_lock()
    with locked:
        lease = _signed(database, holder, now)
        database.guard(lease.check)
        try:
            yield lease
        finally:
            database.guard(None)


def _signed(database: Database, holder: str, now: datetime) -> Lease:
    with database.write() as conn:
        last = conn.execute(sa.select(leases.c.token).where(leases.c.name == _NAME)).scalar_one_or_none()
        lease = Lease(holder, now, (last or 0) + 1)
        row = {
            "name": _NAME,
            "holder": holder,
            "pid": os.getpid(),
            "host": platform.node(),
            "since": now,
            "token": lease.token,
        }
        upsert(conn, leases, [row], key=("name",))
    return lease


@contextmanager
def _file_lock(database: Database, path: Path) -> Iterator[None]:
    # The file stays when the lease ends: removing it would let two holders lock two files of one name.
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as problem:
        raise StoreError(f"{path}: {problem.strerror}; give this user write access to {path.parent}") from None
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _held(database) from None
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _server_lock(database: Database) -> Iterator[None]:
    conn = database.own_connection()
    try:
        if not _locked_in_time(conn):
            raise _held(database)
        try:
            yield
        finally:
            # Asked for, because the server ends a closed session when it gets round to it: who comes next would find
            # the lock taken. Where the connection is lost, the lock is.
            with suppress(DBAPIError):
                conn.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
    finally:
        conn.invalidate()  # closes the session, and the lock with it, even when the connection is broken
        conn.close()


def _locked_in_time(conn: Connection) -> bool:
    ends = time.monotonic() + _PATIENCE
    while not conn.execute(sa.select(sa.func.pg_try_advisory_lock(_LOCK))).scalar_one():
        if time.monotonic() >= ends:
            return False
        time.sleep(_PAUSE)
    return True


@contextmanager
def _no_lock() -> Iterator[None]:
    yield


def _held(database: Database) -> LeaseHeldError:
    with database.read() as conn:
        row = conn.execute(sa.select(leases).where(leases.c.name == _NAME)).one_or_none()
    if row is None or _is_gone(row.host, row.pid):
        # The lock is taken before its holder signs, so the signature may be that of the one before.
        return LeaseHeldError(
            f"{database.address}: another instance, which is just starting or ending, works on this database; "
            "try again in a minute"
        )
    who = f"{row.holder} (process {row.pid} on {row.host}, since {row.since:%Y-%m-%d %H:%M} UTC)"
    return LeaseHeldError(
        f"{database.address}: {who} works on this database; let it work, or stop process {row.pid} first"
    )


def _is_gone(host: str, pid: int) -> bool:
    """Tell whether that process is known to have ended; of another machine's nothing is known."""
    if host != platform.node():
        return False
    try:
        os.kill(pid, 0)  # signal 0 asks whether there is such a process, and does nothing to it
    except ProcessLookupError:
        return True
    except OSError:
        return False  # it belongs to another user
    return False
