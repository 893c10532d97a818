from __future__ import annotations

import subprocess
import sys
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


def test_lease_of_a_killed_process_is_free_for_the_next(database: Database, database_url: str) -> None:
    program = _holder(database_url)
    _end(program)
    with hold(database, "me", at(5)) as lease:
        assert lease.token == 2


def test_lease_is_given_back_at_once_and_the_next_token_is_greater(database: Database, database_url: str) -> None:
    tokens = []
    for hour in range(10):
        other = open_database(database_url)
        with hold(other if hour % 2 else database, "me", at(hour)) as lease:
            tokens.append(lease.token)
            with (other if hour % 2 else database).write() as conn:
                lease.check(conn)
        other.close()
    assert tokens == list(range(1, 11))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # a file has no session that ends later
def test_lock_is_free_in_the_server_before_its_session_has_ended(database: Database) -> None:
    with hold(database, "me", at(0)):
        pass
    with database.read() as conn:
        locks = conn.exec_driver_sql(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
            "WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert locks.scalar_one() == 0


def test_holder_that_has_ended_is_not_named_as_if_it_worked(database: Database, database_url: str) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    program = _holder(database_url)
    with database.write() as conn:
        conn.execute(leases.update().values(pid=ended.pid))  # as while the next holder has not signed yet
    with pytest.raises(LeaseHeldError, match="just starting or ending") as caught, hold(database, "me", at(5)):
        pass
    assert "the night shift" not in str(caught.value)
    assert str(caught.value).endswith("; try again in a minute")
    _end(program)


@pytest.mark.parametrize("host", ["elsewhere.example", None], ids=["another machine", "another user"])
def test_holder_of_which_nothing_is_known_is_named(database: Database, database_url: str, host: str | None) -> None:
    program = _holder(database_url)
    with database.write() as conn:
        conn.execute(leases.update().values({"host": host, "pid": 999_999_999} if host else {"pid": 1}))
    with pytest.raises(LeaseHeldError, match="the night shift"), hold(database, "me", at(5)):
        pass
    _end(program)


def test_holder_that_was_overtaken_learns_it_before_it_writes(database: Database) -> None:
    with hold(database, "me", at(0)) as lease:
        with database.write() as conn:
            conn.execute(leases.update().values(token=99))
        with pytest.raises(LeaseLostError, match="lost it to another instance"), database.read() as conn:
            lease.check(conn)
        with pytest.raises(LeaseLostError, match="let only one of the two run"), database.write() as conn:
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
