from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from config.errors import StoreError
from storage import migrations
from storage.database import Database, open_database
from storage.tables import covered_spans, metadata, runs
from tests.postgres import Server
from tests.storage.made import at

ROOT = Path(__file__).parents[2]
OPEN = "import sys; from storage.database import open_database; open_database(sys.argv[1]).close()"


def _schema(database: Database) -> dict[str, Any]:
    """Everything that reflection tells of the tables, without what differs by name only."""
    with database.read() as conn:
        seen = sa.inspect(conn)
        return {
            name: {
                "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)],
                "primary": seen.get_pk_constraint(name)["constrained_columns"],
                "foreign": [(f["constrained_columns"], f["referred_table"]) for f in seen.get_foreign_keys(name)],
                "unique": sorted((u["name"] or "", u["column_names"]) for u in seen.get_unique_constraints(name)),
                "indexes": sorted(
                    (i["name"] or "", i["column_names"], bool(i["unique"])) for i in seen.get_indexes(name)
                ),
            }
            for name in metadata.tables
        }


def test_migrated_tables_are_those_that_the_queries_know(database: Database, tmp_path: Path) -> None:
    fresh = sa.create_engine(f"sqlite:///{tmp_path}/fresh.db")
    if database.dialect == "postgresql":
        fresh = database._engine
        migrated = _schema(database)
        with database.write() as conn:
            conn.exec_driver_sql("DROP SCHEMA public CASCADE")
            conn.exec_driver_sql("CREATE SCHEMA public")
    else:
        migrated = _schema(database)
    metadata.create_all(fresh)
    made = _schema(Database(fresh, "fresh", None))
    fresh.dispose()
    assert migrated == made


def test_database_of_a_newer_version_is_refused_with_the_remedy(database: Database, database_url: str) -> None:
    with database.write() as conn:
        conn.exec_driver_sql("INSERT INTO schema_migrations (name, applied_at) VALUES ('9999_future', '2030-01-01')")
    with pytest.raises(StoreError, match=r"newer version of overheard .*9999_future.*install that version"):
        open_database(database_url)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_programs_that_start_together_migrate_once(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    url, drop = _empty(kind, tmp_path, request)
    programs = [subprocess.Popen([sys.executable, "-c", OPEN, url], cwd=ROOT) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0, 0, 0, 0]
    database = open_database(url, create=False)
    with database.read() as conn:
        assert migrations.applied(conn) == migrations.NAMES
    database.close()
    drop()


def test_programs_that_start_together_leave_the_copy_of_the_old_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    older = "from storage import migrations; migrations.NAMES = ('0001_house',); "
    subprocess.run([sys.executable, "-c", older + OPEN, url], cwd=ROOT, check=True)
    programs = [subprocess.Popen([sys.executable, "-c", OPEN, url], cwd=ROOT) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0, 0, 0, 0]
    (copy,) = tmp_path.glob("old.db.before-*")
    engine = sa.create_engine(f"sqlite:///{copy}")
    with engine.connect() as conn:
        assert migrations.applied(conn) == ("0001_house",)
    engine.dispose()


def _empty(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> tuple[str, Any]:
    if kind == "sqlite":
        return f"sqlite:///{tmp_path}/new.db", lambda: None
    server: Server = request.getfixturevalue("postgres")
    name = server.make_database()
    return server.url(name), lambda: server.drop_database(name)


KILLED = """
import os, signal, sys
import sqlalchemy as sa
from storage.database import open_database
left = [int(sys.argv[2])]
def count(*_):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
sa.event.listen(sa.Engine, "before_cursor_execute", count)
open_database(sys.argv[1]).close()
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("statement", [4, 12, 25, 36])
def test_kill_in_the_middle_of_a_migration_leaves_the_old_schema(
    kind: str, statement: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url, drop = _empty(kind, tmp_path, request)
    done = subprocess.run([sys.executable, "-c", KILLED, url, str(statement)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    engine = sa.create_engine(url)
    with engine.connect() as conn:
        assert sa.inspect(conn).get_table_names() == []
    engine.dispose()
    database = open_database(url)
    with database.read() as conn:
        assert migrations.applied(conn) == migrations.NAMES
    database.close()
    drop()


def test_existing_file_is_copied_before_it_is_changed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/old.db"
    database = open_database(url)
    with database.write() as conn:  # as an older version left it: something applied, not what is asked for now
        conn.exec_driver_sql("DELETE FROM schema_migrations WHERE name > '0001_house'")
        conn.exec_driver_sql("UPDATE schema_migrations SET name = '0000_older'")
        conn.exec_driver_sql("CREATE TABLE precious (x TEXT)")
    database.close()
    older = ("0000_older", *migrations.NAMES)
    program = (
        "import sys; from storage import database, migrations; migrations.NAMES = tuple(sys.argv[2:]); "
        "database.open_database(sys.argv[1])"
    )
    # The tables are there already, so the migration fails: the copy must have been made before it was tried.
    done = subprocess.run([sys.executable, "-c", program, url, *older], cwd=ROOT, check=False, capture_output=True)
    copy = tmp_path / "old.db.before-0001_house"
    assert done.returncode == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sa.create_engine(f"sqlite:///{copy}").connect() as conn:
        assert "precious" in sa.inspect(conn).get_table_names()
        conn.engine.dispose()


def test_migrations_stand_in_order_and_each_has_its_file() -> None:
    folder = ROOT / "storage" / "migrations"
    assert sorted(migrations.NAMES) == list(migrations.NAMES)
    assert {path.stem for path in folder.glob("[0-9]*.py")} == set(migrations.NAMES)


def test_what_an_older_version_heard_becomes_spans(database: Database, database_url: str) -> None:
    polls = [
        ("a", 0, 2),
        ("a", 2, 3),
        ("a", 1, 2),
        ("a", 5, 6),
        ("a", 6, 9),
        ("a", 7, 8),
        ("b", 4, 4),
        ("b", None, None),
    ]
    with database.write() as conn:
        conn.exec_driver_sql("DROP TABLE covered_spans")
        conn.exec_driver_sql("DROP INDEX runs_failed")
        conn.exec_driver_sql("ALTER TABLE runs DROP COLUMN polls")
        conn.exec_driver_sql("DELETE FROM schema_migrations WHERE name = '0002_covered_spans'")
        old = sa.Table(
            "runs", sa.MetaData(), *(sa.Column(c.name, c.type) for c in runs.c if c.name not in {"id", "polls"})
        )
        row: dict[str, Any] = dict.fromkeys(("fetched", "new", "updated", "unmatched", "skipped"), 0)
        row |= {"source": "rss", "started_at": at(0), "ended_at": at(0)}
        for key, start, end in polls:
            span = {} if start is None or end is None else {"covered_start": at(start), "covered_end": at(end)}
            conn.execute(old.insert().values(row | {"key": key} | span))
    database.close()
    again = open_database(database_url)
    with again.read() as conn:
        found = [tuple(row) for row in conn.execute(covered_spans.select().order_by("key", "covered_start"))]
        lines = conn.exec_driver_sql("SELECT sum(polls) FROM runs").scalar_one()
    again.close()
    assert found == [
        ("a", at(0), at(3), None),
        ("a", at(5), at(9), "not listening"),
        ("b", at(4), at(4), None),
    ]
    assert lines == len(polls)
