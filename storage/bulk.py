"""Statements for many rows at once, given to the driver as they are.

A column's type object costs more than the insert itself when it is asked once per value, so rows come here ready: times
through `moment_for`, JSON as text. Values travel apart from the statement, as everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from storage.types import moment_text

_CHUNK = 1000  # ids in one question to the database


def moment_for(conn: Connection) -> Callable[[datetime], Any]:
    """Give what makes of an aware time what the driver takes."""
    return moment_text if conn.dialect.name == "sqlite" else _as_it_is


def _as_it_is(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def run_many(conn: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run a statement, with ? for each value, once per row; nothing for no rows."""
    if rows:
        conn.exec_driver_sql(_spelled(conn, statement), list(rows))


def insert(table: str, columns: Sequence[str]) -> str:
    """Give the statement that inserts a row of these columns."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608  # our own names


def rows_with(conn: Connection, statement: str, ids: Sequence[Any], *first: str) -> Iterator[Any]:
    """Give the rows of a statement that ends in `column {in_ids}`, asked in pieces; `first` are its other values."""
    on_sqlite = conn.dialect.name == "sqlite"
    within = "IN (SELECT value FROM json_each(?))" if on_sqlite else "= ANY(?)"
    text = _spelled(conn, statement.format(in_ids=within))
    for some in chunks(ids):
        yield from conn.exec_driver_sql(text, (*first, json.dumps(some) if on_sqlite else list(some)))


def first_of(conn: Connection, statement: str, keys: Sequence[str]) -> list[Any]:
    """Give for every key the one value of a statement that names it `{key}`; None where there is none."""
    if conn.dialect.name == "sqlite":
        text = f"SELECT ({statement.format(key='asked.value')}) FROM json_each(?) AS asked"  # noqa: S608  # our own names
        return list(conn.exec_driver_sql(text, (json.dumps(keys),)).scalars())
    text = f"SELECT ({statement.format(key='asked')}) FROM unnest(%s::text[]) AS asked"  # noqa: S608  # as above
    return list(conn.exec_driver_sql(text, (list(keys),)).scalars())


def chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Give the ids in pieces that one statement can ask for."""
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _spelled(conn: Connection, statement: str) -> str:
    return statement if conn.dialect.name == "sqlite" else statement.replace("?", "%s")
