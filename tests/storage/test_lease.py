from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from config.errors import LeaseHeldError
from storage.database import Database, open_database
from storage.lease import LeaseLostError, hold
from storage.tables import leases
from tests.storage.made import at

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from datetime import UTC, datetime
from storage.database import open_database
from storage.lease import hold
with hold(open_database(sys.argv[1]), "the night shift", datetime(2013, 8, 5, 1, tzinfo=UTC)) as lease:
    print(lease.token, flush=True)
    sys.stdin.read()
"""


def _holder(url: str) -> subprocess.Popen[str]:
    program = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert int(program.stdout.readline()) > 0
    return program


def _end(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.communicate()


def test_second_instance_is_told_who_works_since_when_and_what_to_do(database: Database, database_url: str) -> None:
    program = _holder(database_url)
    with pytest.raises(LeaseHeldError) as caught, hold(database, "me", at(5)):
        pass
    said = str(caught.value)
    assert "the night shift" in said
    assert f"process {program.pid}" in said
    assert "since 2013-08-05 01:00 UTC" in said
    assert said.endswith(f"let it work, or stop process {program.pid} first")
    _end(program)


def test_lease_of_a_killed_process_is_free_at_once(database: Database, database_url: str) -> None:
    program = _holder(database_url)
    _end(program)
    tokens = []
    for _ in range(200 if database.dialect == "postgresql" else 1):  # the server notices the closed connection itself
        with suppress(LeaseHeldError), hold(database, "me", at(5)) as lease:
            tokens.append(lease.token)
            break
    assert tokens == [2]


def test_lease_is_given_back_and_the_next_token_is_greater(database: Database) -> None:
    tokens = []
    for hour in range(3):
        with hold(database, "me", at(hour)) as lease:
            tokens.append(lease.token)
            with database.write() as conn:
                lease.check(conn)
    assert tokens == [1, 2, 3]


def test_holder_that_was_overtaken_learns_it_before_it_writes(database: Database) -> None:
    with hold(database, "me", at(0)) as lease:
        with database.write() as conn:
            conn.execute(leases.update().values(token=99))
        with pytest.raises(LeaseLostError, match="lost it to another instance"), database.read() as conn:
            lease.check(conn)
        with pytest.raises(LeaseLostError), database.write() as conn:
            conn.execute(leases.delete())
    with database.write() as conn:
        assert conn.execute(leases.select()).one().token == 99


def test_lock_file_is_private_and_the_database_can_be_read_meanwhile(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/a.db")
    with hold(database, "me", at(0)), database.read() as conn:
        assert conn.execute(leases.select()).one().holder == "me"
    assert (tmp_path / "a.db.lock").stat().st_mode & 0o777 == 0o600
    database.close()


def test_database_in_memory_needs_no_lock() -> None:
    database = open_database("sqlite://")
    with hold(database, "me", at(0)) as lease:
        assert lease.token == 1
    database.close()
