from __future__ import annotations

import shutil
import stat
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from config.errors import StoreError
from storage.coverage import record_runs
from storage.database import Database, open_database
from storage.mentions import MentionFilter, erase, find, save
from storage.outbox import put
from storage.records import Delivery, DeliveryState, Run, Span
from storage.sqlite_file import copy_database
from storage.states import save_states
from storage.upkeep import backup, stats, vacuum
from tests.postgres import Server
from tests.storage.made import at, heard
from tests.storage.test_states import state


def _fill(database: Database) -> None:
    with database.write() as conn:
        save(conn, [heard("1"), heard("2", brands=("acme", "globex"), when=at(5), story=8), heard("3", story=9)], at(6))
        erase(conn, "rss", ["3"], at(7))
        record_runs(conn, [Run("rss:a", "rss", at(6), at(6), Span(at(5), at(6)), new=3)])
        save_states(conn, [state("a")])
        sent = Delivery("sent", "console", {}, at(8), state=DeliveryState.SENT)
        put(conn, [Delivery("waits", "console", {}, at(8)), sent])


def test_stats_count_what_is_stored(database: Database) -> None:
    _fill(database)
    with database.read() as conn:
        found = dict(stats(conn))
    size = found.pop("bytes")
    assert isinstance(size, int)
    assert size > 50_000
    assert found == {
        "mentions": 2,
        "erased": 1,
        "brand hits": 4,
        "first published": "2013-08-05 00:00:00",
        "last published": "2013-08-05 05:00:00",
        "stories": 2,
        "runs": 1,
        "query states": 1,
        "campaign results": 0,
        "outbox": 2,
        "outbox waiting": 1,
    }


def test_stats_of_an_empty_database_know_no_times(database: Database) -> None:
    with database.read() as conn:
        found = stats(conn)
    assert (found["mentions"], found["first published"], found["last published"]) == (0, None, None)


def test_copy_is_whole_and_private_while_another_writes(sqlite_database: Database, tmp_path: Path) -> None:
    _fill(sqlite_database)
    target = tmp_path / "copy.db"
    with sqlite_database.write() as conn:
        save(conn, [heard("4")], at(9))
        backup(sqlite_database, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir() if "tmp" in path.name) == []
    copy = open_database(f"sqlite:///{target}", create=False)
    with copy.read() as conn:
        assert sorted(one.mention.native_id for one in find(conn, MentionFilter())) == ["1", "2"]
        assert conn.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    copy.close()


def test_copy_of_a_server_database_can_be_restored(postgres: Server, postgres_template: str, tmp_path: Path) -> None:
    if shutil.which("pg_dump") is None or shutil.which("pg_restore") is None:
        pytest.skip("no pg_dump or pg_restore on the path")
    names = [postgres.make_database(postgres_template), postgres.make_database()]
    database = open_database(postgres.url(names[0]))
    _fill(database)
    target = tmp_path / "copy.dump"
    backup(database, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    plain = postgres.url(names[1]).replace("postgresql+psycopg://", "postgresql://")
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={plain}", str(target)], check=True, capture_output=True)
    restored = open_database(postgres.url(names[1]), create=False)
    with restored.read() as conn, database.read() as before:
        assert find(conn, MentionFilter()) == find(before, MentionFilter())
    for opened, name in zip((database, restored), names, strict=True):
        opened.close()
        postgres.drop_database(name)


def test_copy_never_replaces_a_file(database: Database, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("letter")
    with pytest.raises(StoreError, match="exists already"):
        backup(database, target)
    target.unlink()
    target.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="exists already"):
        backup(database, target)


def test_copy_that_cannot_be_written_is_explained(database: Database, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"may write to|pg_dump: not found"):
        backup(database, tmp_path / "nowhere" / "copy.db")
    memory = open_database("sqlite://")
    with pytest.raises(StoreError, match="in memory has no copy"):
        backup(memory, tmp_path / "copy.db")
    memory.close()


def test_copy_that_sqlite_cannot_make_is_explained_and_leaves_nothing(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"no database at all" * 1000)
    with pytest.raises(StoreError, match=r"copy\.db: no copy could be made: .*; see that"):
        copy_database(damaged, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == [damaged]


def test_vacuum_that_fails_is_explained(sqlite_database: Database) -> None:
    with sqlite_database.write() as conn:
        conn.exec_driver_sql("DROP TABLE mention_words")
    with pytest.raises(StoreError, match=r"no such table: mention_words; "):
        vacuum(sqlite_database)


def test_vacuum_keeps_what_is_stored(database: Database) -> None:
    _fill(database)
    with database.read() as conn:
        before = find(conn, MentionFilter())
    vacuum(database)
    with database.read() as conn:
        assert find(conn, MentionFilter()) == before
        assert [one.mention.native_id for one in find(conn, MentionFilter(words=("good",)))] == ["2", "1"]


def test_vacuum_leaves_nothing_of_an_erased_text_and_makes_the_file_smaller(
    sqlite_database: Database, tmp_path: Path
) -> None:
    texts = [heard(str(number), text=f"Acme xylophone {number} " + "words " * 100) for number in range(300)]
    with sqlite_database.write() as conn:
        save(conn, texts, at(1))
    vacuum(sqlite_database)
    full = (tmp_path / "overheard.db").stat().st_size
    with sqlite_database.write() as conn:
        erase(conn, "rss", [str(number) for number in range(300)], at(2))
    vacuum(sqlite_database)
    kept = (tmp_path / "overheard.db").read_bytes()
    assert len(kept) < full * 0.7
    assert b"xylophone" not in kept
    with sqlite_database.read() as conn:
        assert conn.execute(sa.text("SELECT count(*) FROM mentions")).scalar_one() == 300
