from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import unquote

import pytest

from config.errors import StoreError
from storage.database import Database, open_database
from storage.sqlite_access import Access, Place, access, look, remedy
from storage.states import load_states, save_states
from storage.tables import query_states
from tests.storage.test_states import state

PLACES = [
    ("all may be written", Place(writable=True, folder_writable=True), Access.WRITE),
    ("folder of another, used by a writer", Place(writable=True, companions=True), Access.WRITE),
    ("file of another in our folder", Place(writable=False, folder_writable=True), Access.READ),
    ("writer elsewhere, we may only read", Place(writable=False, companions=True, written_last=True), Access.READ),
    ("writer beside a read-only mount", Place(False, companions=True, read_only_system=True), Access.READ),
    ("read-only disk, closed in order", Place(False, read_only_system=True), Access.FROZEN),
]


@pytest.mark.parametrize(("place", "expected"), [case[1:] for case in PLACES], ids=[case[0] for case in PLACES])
def test_file_is_opened_as_far_as_is_safe(place: Place, expected: Access) -> None:
    assert access(Path("/data/a.db"), place) is expected


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place(False), r"may not write to /data, .*; give this user write access to the folder, or read a copy"),
        (Place(False, written_last=True), r"stands in a\.db-wal, .*; copy both files together"),
        (Place(False, written_last=True, read_only_system=True), r"copy both files together"),
    ],
    ids=["a writer may come", "no -shm", "read-only disk after a crash"],
)
def test_file_that_cannot_be_read_safely_is_refused_with_the_remedy(place: Place, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        access(Path("/data/a.db"), place)


def test_place_is_looked_up_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    database = open_database(f"sqlite:///{path}")
    with database.write() as conn:
        save_states(conn, [state("a")])
        assert look(path) == Place(True, folder_writable=True, companions=True, written_last=True)
    database.close()
    assert look(path) == Place(True, folder_writable=True)


@pytest.mark.parametrize("name", ["a b.db", "é.db", "a%2520b.db", "a#b.db", "a&b=c.db"])
def test_name_of_the_file_may_hold_any_character(tmp_path: Path, name: str) -> None:
    database = open_database(f"sqlite:///{tmp_path}/{name}")
    with database.write() as conn:
        save_states(conn, [state("a")])
    database.close()
    assert [path.name for path in tmp_path.iterdir()] == [unquote(name)]


def _fill_up(database: Database) -> None:
    with database.write() as conn:
        conn.exec_driver_sql("PRAGMA max_page_count = 1")  # as small as the file is: like a disk without room
        for number in range(2000):
            save_states(conn, [state(f"{number:0>2000}")])


def test_full_disk_is_told_as_such_and_nothing_is_lost(sqlite_database: Database) -> None:
    with sqlite_database.write() as conn:
        save_states(conn, [state("a")])
    with pytest.raises(StoreError, match=r"is full; make room on the disk of .*; what is stored is unharmed"):
        _fill_up(sqlite_database)
    with sqlite_database.read() as conn:
        assert list(load_states(conn)) == ["a"]


def _read_all(path: Path) -> None:
    database = open_database(f"sqlite:///{path}")
    try:
        with database.read() as conn:
            conn.execute(query_states.select()).all()
    finally:
        database.close()


def test_damaged_file_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    database = open_database(f"sqlite:///{path}")
    with database.write() as conn:
        for number in range(200):
            save_states(conn, [state(f"{number:0>400}")])
    database.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\x5a" * (len(whole) - 8192))
    with pytest.raises(StoreError, match=r"the file is damaged: put a copy .* in its place"):
        _read_all(path)


def test_file_that_is_no_database_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError, match=r"not a database; name an SQLite file that overheard made$"):
        open_database(f"sqlite:///{tmp_path}/a.db")


REMEDIES = [
    (sqlite3.SQLITE_BUSY, "end that program"),
    (sqlite3.SQLITE_READONLY, "give this user write access to it and to /data, or mount the disk for writing"),
    (sqlite3.SQLITE_FULL, "make room on the disk of /data"),
    (sqlite3.SQLITE_IOERR_WRITE, "see that the disk of /data has room and no faults"),
    (sqlite3.SQLITE_CANTOPEN, "see that /data is there"),
    (sqlite3.SQLITE_ERROR, "see that the file belongs to this user"),
]


@pytest.mark.parametrize(("code", "said"), REMEDIES)
def test_each_error_of_the_file_has_its_own_remedy(code: int, said: str) -> None:
    problem = sqlite3.OperationalError("x")
    problem.sqlite_errorcode = code
    assert remedy(problem, Path("/data/a.db")).find(said) >= 0
