from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from config.errors import StoreError
from storage.database import Database, open_database
from storage.outbox import update
from storage.records import Delivery
from storage.states import load_states, save_states
from storage.tables import query_states
from tests.postgres import Server
from tests.storage.made import at
from tests.storage.test_states import state


def _write_and_fail(conn: sa.Connection) -> None:
    save_states(conn, [state("a")])
    update(conn, Delivery("never put", "console", {}, at(0)))


def test_nothing_of_a_failed_transaction_is_kept(database: Database) -> None:
    with pytest.raises(StoreError, match="no delivery has the key"), database.write() as conn:
        _write_and_fail(conn)
    with database.read() as conn:
        assert load_states(conn) == {}


def test_reader_sees_one_state_while_another_writes_and_waits_for_nobody(database: Database) -> None:
    with database.read() as reading:
        assert load_states(reading) == {}
        with database.write() as writing:
            save_states(writing, [state("a")])
        assert load_states(reading) == {}
    with database.read() as reading:
        assert list(load_states(reading)) == ["a"]


def test_reader_cannot_write(database: Database) -> None:
    with pytest.raises((DBAPIError, StoreError), match=r"read-?only"), database.read() as conn:
        save_states(conn, [state("a")])
    with database.write() as conn:
        save_states(conn, [state("b")])
        assert list(load_states(conn)) == ["b"]


def test_transaction_that_ends_by_itself_leaves_a_connection_that_can_write(sqlite_database: Database) -> None:
    with sqlite_database.read() as conn:
        conn.exec_driver_sql("ROLLBACK")  # as SQLite does by itself when the disk fails
    with sqlite_database.write() as conn:
        save_states(conn, [state("a")])


def test_threads_that_write_take_turns(database: Database) -> None:
    def write(number: int) -> None:
        for turn in range(5):
            with database.write() as conn:
                save_states(conn, [state(f"{number}-{turn}")])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as conn:
        assert len(load_states(conn)) == 20


def test_times_without_zone_are_refused(database: Database) -> None:
    with pytest.raises(sa.exc.StatementError, match="without zone"), database.write() as conn:
        save_states(conn, [state("a", due=at(0).replace(tzinfo=None))])


@pytest.mark.parametrize("hours", [0, 1 / 3600 / 10, 0.5])
def test_times_keep_their_microseconds_and_their_order(database: Database, hours: float) -> None:
    with database.write() as conn:
        save_states(conn, [state("a", due=at(hours))])
        save_states(conn, [state("b", due=at(hours + 0.0001))])
    with database.read() as conn:
        query = sa.select(query_states.c.key).where(query_states.c.next_due_at <= at(hours))
        assert conn.execute(query).scalars().all() == ["a"]
        assert load_states(conn)["a"].next_due_at == at(hours)


def test_file_and_its_companions_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        database = open_database(f"sqlite:///{tmp_path}/a.db")
        with database.write() as conn:
            save_states(conn, [state("a")])
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        database.close()
    finally:
        os.umask(before)
    assert modes == {"a.db": 0o600, "a.db-wal": 0o600, "a.db-shm": 0o600}


def test_folder_that_everybody_may_write_to_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.raises(StoreError, match=r"everybody may write to .*run: chmod o-w"):
        open_database(f"sqlite:///{folder}/a.db")
    folder.chmod(0o1777)
    open_database(f"sqlite:///{folder}/a.db").close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:////nowhere/at/all/a.db", "make the folder"),
        ("mysql://u:hunter2@h/d", "neither SQLite nor PostgreSQL"),
        ("overheard.db", "not an address"),
        ("postgresql://u:hunter2@127.0.0.1:1/d", "see that the server runs"),
    ],
)
def test_address_that_cannot_be_opened_is_explained_without_the_password(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_database(url)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_database(f"sqlite:///{path}")
    assert path.read_text() == "Dear Sir or Madam, " * 100


def test_missing_database_is_not_made_when_it_is_only_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database yet; run: overheard collect"):
        open_database(f"sqlite:///{tmp_path}/a.db", create=False)
    assert list(tmp_path.iterdir()) == []


def test_empty_server_database_is_not_made_when_it_is_only_read(postgres: Server) -> None:
    name = postgres.make_database()
    with pytest.raises(StoreError, match="no database yet"):
        open_database(postgres.url(name), create=False)
    postgres.drop_database(name)


def test_address_that_is_shown_holds_no_password(postgres: Server) -> None:
    name = postgres.make_database()
    database = open_database(postgres.url(name).replace("overheard@", "overheard:hunter2@", 1))
    assert "hunter2" not in database.address
    assert database.dialect == "postgresql"
    database.close()
    postgres.drop_database(name)


def test_database_in_memory_keeps_what_is_written_while_it_is_open() -> None:
    database = open_database("sqlite://")
    with database.write() as conn:
        save_states(conn, [state("a")])
    with database.read() as conn:
        assert list(load_states(conn)) == ["a"]
    database.close()


def test_what_goes_out_waits_for_the_disk_and_what_comes_in_does_not(database: Database) -> None:
    shown = "PRAGMA synchronous" if database.dialect == "sqlite" else "SHOW synchronous_commit"
    seen = []
    for durable in (False, True, False):
        with database.write(durable=durable) as conn:
            save_states(conn, [state("a")])
            seen.append(conn.exec_driver_sql(shown).scalar_one())
    with database.write() as conn:
        seen.append(conn.exec_driver_sql(shown).scalar_one())
    usual = 2 if database.dialect == "sqlite" else _server_s_own(database)
    assert seen == [
        1 if database.dialect == "sqlite" else "off",
        usual,
        1 if database.dialect == "sqlite" else "off",
        usual,
    ]


def _server_s_own(database: Database) -> str:
    with database.read() as conn:
        return str(conn.exec_driver_sql("SHOW synchronous_commit").scalar_one())
