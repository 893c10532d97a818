"""Open the database: SQLite by default, PostgreSQL by another address; the same functions work on both."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError

from config.errors import StoreError
from storage import migrations
from storage.sqlite_access import Access, access, look, remedy, stamp
from storage.sqlite_file import copy_database, prepare, sqlite_engine

_MIGRATING = 0x6F766572  # number of the PostgreSQL advisory lock that migrations take
_STATEMENT_TIMEOUT = "5min"
_DURABLE, _LOSABLE = "PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL"
_REMEDY = 'write "sqlite:///overheard.db" or "postgresql+psycopg://user@host/database"'


class Database:
    """An open database. Threads may share it; each `read` and `write` has a connection of its own."""

    def __init__(self, engine: Engine, address: str, path: Path | None, access: Access = Access.WRITE) -> None:
        self._engine = engine
        self._one_at_a_time = threading.RLock() if engine.dialect.name == "sqlite" and path is None else None
        self.dialect = engine.dialect.name  # "sqlite" | "postgresql"
        self.address = address  # without password, safe to show
        self.path = path  # of the SQLite file; None for PostgreSQL and in memory
        self.access = access  # to the SQLite file; a write where it is not WRITE raises StoreError
        self._frozen = stamp(path) if path is not None and access is Access.FROZEN else None
        self._may_write: Callable[[Connection], None] | None = None

    def guard(self, may_write: Callable[[Connection], None] | None) -> None:
        """Have this called first in every write, to refuse it by raising; None: every write is welcome again."""
        self._may_write = may_write

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state and cannot write; it never waits for the writer."""
        if self.dialect == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            with self._connected(options) as conn, conn.begin():
                yield conn
            return
        with self._connected({}) as conn:
            try:
                conn.exec_driver_sql("PRAGMA query_only = ON")
                conn.exec_driver_sql("BEGIN")
                yield conn
            finally:
                _roll_back(conn)
                conn.exec_driver_sql("PRAGMA query_only = OFF")  # the next user of this connection may want to write
        if self.path is not None and self._frozen not in {None, stamp(self.path)}:
            raise StoreError(f"{self.address}: was written to from elsewhere while it was read; try again")

    @contextmanager
    def write(self, *, durable: bool = True) -> Iterator[Connection]:
        """Give one transaction: all of it is kept at the end, none of it after any exception.

        `durable=False` does not wait for the disk: after a power cut the last of these transactions may be gone, each
        as a whole. That is for what would be fetched again. A durable one takes all before it to the disk with it.
        """
        if self.dialect == "postgresql":
            with self._connected({}) as conn, conn.begin():
                if not durable:
                    conn.exec_driver_sql("SET LOCAL synchronous_commit = off")
                if self._may_write:
                    self._may_write(conn)
                yield conn
            return
        self.check_writable()
        with self._connected({}) as conn:
            conn.exec_driver_sql(_DURABLE if durable else _LOSABLE)
            conn.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                if self._may_write:
                    self._may_write(conn)
                yield conn
                conn.exec_driver_sql("COMMIT")
            except BaseException:
                _roll_back(conn)
                raise

    def check_writable(self) -> None:
        """Raise StoreError where the SQLite file can only be read."""
        if self.access is not Access.WRITE:
            raise StoreError(
                f"{self.address}: can only be read here; give this user write access to it and its folder, or mount "
                "the disk for writing"
            )

    def own_connection(self) -> Connection:
        """Give a connection outside any transaction that the caller keeps and closes; its errors are the driver's."""
        try:
            return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except DBAPIError as problem:
            raise self.explained(problem) from None

    def client_arguments(self) -> tuple[list[str], dict[str, str]]:
        """Give arguments and environment with which PostgreSQL's own programs reach this database."""
        url = self._engine.url
        named = {"host": url.query.get("host") or url.host, "port": url.query.get("port") or url.port}
        named |= {"username": url.username, "dbname": url.database}
        environment = dict(os.environ) | ({"PGPASSWORD": str(url.password)} if url.password else {})
        return [f"--{name}={value}" for name, value in named.items() if value], environment

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def _connected(self, options: dict[str, object]) -> Iterator[Connection]:
        if self._one_at_a_time:
            with self._one_at_a_time, self._engine.connect() as conn:
                yield conn
            return
        try:
            conn = self._engine.connect()
        except DBAPIError as problem:
            raise self.explained(problem) from None
        try:
            with conn:
                if options:
                    conn.execution_options(**options)
                yield conn
        except DatabaseError as problem:
            # Only SQLite tells a damaged file, or one that is none of its own, by the error above OperationalError.
            if not isinstance(problem, OperationalError) and type(problem) is not DatabaseError:
                raise
            raise self.explained(problem) from problem

    def explained(self, problem: DBAPIError) -> StoreError:
        """Give in one line what the driver said and the remedy; no password and no value of a statement is in it."""
        said = str(problem.orig).strip().splitlines()
        what = said[0] if said else type(problem).__name__
        if self.dialect == "postgresql":
            mend = "see that the server runs and lets this user in (`psql` with the same address tells more)"
        else:
            mend = remedy(problem.orig, self.path)
        return StoreError(f"{self.address}: {what}; {mend}")


def _roll_back(conn: Connection) -> None:
    """End a transaction of SQLite, unless it ended by itself, as it does when the disk is full or broken."""
    if conn.connection.driver_connection.in_transaction:  # type: ignore[union-attr]  # sqlite3's own
        conn.exec_driver_sql("ROLLBACK")


def open_database(url: str, *, create: bool = True) -> Database:
    """Open the database, bring its schema up to date and give it.

    `create=False` refuses where nothing has been stored yet. Raises StoreError saying where, what and the remedy.
    """
    try:
        parsed = sa.make_url(url)
    except ArgumentError:
        raise StoreError(f"database: not an address; {_REMEDY}") from None
    if parsed.drivername == "sqlite":
        path = None if parsed.database in {None, "", ":memory:"} else Path(parsed.database or "").absolute()
        way = Access.WRITE
        if path is not None:
            prepare(path, create=create)
            way = access(path, look(path))
        database = Database(sqlite_engine(path, way), parsed.render_as_string(), path, way)
    elif parsed.get_backend_name() in {"postgresql", "postgres"}:
        database = _postgresql(parsed.set(drivername="postgresql+psycopg"))
    else:
        raise StoreError(f"{parsed.drivername}: neither SQLite nor PostgreSQL; {_REMEDY}")
    try:
        _bring_up_to_date(database, create=create)
    except BaseException:
        database.close()
        raise
    return database


def _postgresql(url: sa.URL) -> Database:
    engine = sa.create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=20,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 10,
            "options": f"-c timezone=UTC -c statement_timeout={_STATEMENT_TIMEOUT} -c client_min_messages=warning",
        },
    )
    address = url.set(query={}).render_as_string(hide_password=True).replace(":***@", "@")
    return Database(engine, address, None)


def _bring_up_to_date(database: Database, *, create: bool) -> None:
    try:
        with database.read() as conn:
            done = migrations.applied(conn)
    except sa.exc.DatabaseError as problem:
        raise StoreError(f"{database.address}: {problem.orig}; name an SQLite file that overheard made") from None
    todo = migrations.missing(done, database.address)
    if not todo:
        return
    if not done and not create:
        raise StoreError(f"{database.address}: there is no database yet; run: overheard collect")
    with database.write() as conn:
        if database.dialect == "postgresql":
            conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
        # Asked again under the lock: of two programs starting together the second finds it done, and must not put a
        # copy of the changed file in the place of the copy that the first one made.
        done = migrations.applied(conn)
        todo = migrations.missing(done, database.address)
        if done and todo and database.path is not None:
            copy_database(database.path, database.path.with_name(f"{database.path.name}.before-{todo[0]}"))
        migrations.apply(conn, todo)
