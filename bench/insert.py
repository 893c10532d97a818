"""Inserts: rows per CPU second of storage.mentions.save against raw sqlite3 doing the same inserts.

20,000 made-up mentions of 200 characters in batches of 1,000, one transaction each, into a fresh file with all tables,
indexes, hourly sums and full text. A first, unmeasured run notes every statement that writes and its values; the peer
replays them through the sqlite3 module with the same journal and the same safety against power loss. So the peer is
spared look-ups, hashing, folding and building rows, and is as fast as SQLite itself allows.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.figures import Row, in_turns
from bench.loads import FIRST, made
from storage.database import open_database
from storage.mentions import save
from storage.records import Heard

NUMBER, BATCH = 20_000, 1000
Written = list[list[tuple[str, list[tuple[Any, ...]]]]]  # per transaction: statements with their rows


def measure() -> list[Row]:
    batches = [tuple(batch) for batch in in_batches(list(made(NUMBER, days=30)))]
    with tempfile.TemporaryDirectory() as folder:
        files = (Path(folder) / f"{number}.db" for number in range(1000))
        with noted() as written:
            save_all(next(files), batches, written)
        ours, peer = in_turns(
            lambda: save_all(next(files), batches, None), lambda: replay(next(files), written), rounds=5
        )
    return [
        Row(
            "insert, all indexes, sums, full text",
            f"{NUMBER / ours:,.0f} rows/CPU-s",
            f"{NUMBER / peer:,.0f} rows/CPU-s raw sqlite3",
            peer / ours,
            0.6,
        )
    ]


def in_batches(heard: list[Heard]) -> Iterator[list[Heard]]:
    for start in range(0, len(heard), BATCH):
        yield heard[start : start + BATCH]


def save_all(file: Path, batches: list[tuple[Heard, ...]], written: Written | None) -> None:
    database = open_database(f"sqlite:///{file}")
    for batch in batches:
        if written is not None:
            written.append([])
        with database.write(durable=False) as conn:
            save(conn, batch, FIRST)
    database.close()


@contextmanager
def noted() -> Iterator[Written]:
    """Note what SQLAlchemy hands to the driver to write, batch by batch."""
    written: Written = []

    def note(_conn: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:  # noqa: ANN401, FBT001  # the shape that SQLAlchemy calls
        if written and statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            written[-1].append((statement, list(values) if many else [values]))

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield written
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def replay(file: Path, written: Written) -> None:
    open_database(f"sqlite:///{file}").close()  # the same schema
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    for batch in written:
        connection.execute("BEGIN IMMEDIATE")
        for statement, rows in batch:
            connection.executemany(statement, rows)
        connection.execute("COMMIT")
    connection.close()
