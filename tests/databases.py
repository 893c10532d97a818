"""Databases for the tests of every room: `database` runs a test on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests.postgres import Server, throwaway_server


@pytest.fixture(scope="session")
def postgres_or_none() -> Iterator[Server | None]:
    """One server per session (per worker under xdist)."""
    with throwaway_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres(postgres_or_none: Server | None) -> Server:
    """The server; the test is skipped, visibly, where there is none."""
    if postgres_or_none is None:
        pytest.skip("no PostgreSQL: initdb is not installed and OVERHEARD_TEST_POSTGRES names no server")
    return postgres_or_none


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> Iterator[str]:
    """A migrated, empty database from which fresh ones are copied."""
    name = postgres.make_database()
    open_database(postgres.url(name)).close()
    yield name
    postgres.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database, for tests that start processes."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/overheard.db"
        open_database(url).close()
        yield url
        return
    server: Server = request.getfixturevalue("postgres")
    name = server.make_database(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh open database, once on SQLite and once on PostgreSQL."""
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """A fresh open SQLite database, for tests to which the database does not matter."""
    opened = open_database(f"sqlite:///{tmp_path}/overheard.db")
    yield opened
    opened.close()
