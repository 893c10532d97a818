"""Campaign results: kept by what they are of, so that a restated day replaces itself, and taken back file by file.

A row that another file states again, changed or not, keeps its old version: `undo` of a file leaves exactly what would
be there without it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from config.errors import StoreError
from storage.bulk import chunks, insert, moment_for, run_many
from storage.campaign_records import CampaignFile, CampaignResult
from storage.campaign_rows import AMOUNTS, COUNTS, KEY, MONEY, TAGS, VALUES
from storage.tables import MILLION, campaign_imports, campaign_results, campaign_versions

Rows = Sequence[tuple[Any, ...]]

_PROVENANCE = ("file_sha256", "file_row", "imported_at")
_COLUMNS = (*KEY, *VALUES, *_PROVENANCE)
_CHANGING = (*VALUES, *_PROVENANCE)
_LISTED = ", ".join(_COLUMNS)
_SHORTEST = 6  # hex digits of a hash that name a file

_UPDATE = f"UPDATE campaign_results SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"  # noqa: S608  # our own names
_KEEP = f"INSERT INTO campaign_versions (result_id, {_LISTED}) SELECT id, {_LISTED} FROM campaign_results WHERE id = ?"  # noqa: S608  # our own names
_SAME = " AND ".join(f"r.{name} = asked.{name}" for name in KEY)
_ASKED_SQLITE = ", ".join(f"value ->> {place} AS {name}" for place, name in enumerate(KEY))
_FIND_SQLITE = (
    f"SELECT r.id, {', '.join(f'r.{name}' for name in (*KEY, *VALUES))} FROM "  # noqa: S608  # our own names
    f"(SELECT {_ASKED_SQLITE} FROM json_each(?)) AS asked CROSS JOIN campaign_results AS r ON {_SAME}"
)
_FIND_POSTGRESQL = (
    f"SELECT r.id, {', '.join(f'r.{name}' for name in (*KEY, *VALUES))} FROM "  # noqa: S608  # our own names
    "unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::date[]) "
    f"AS asked ({', '.join(KEY)}) JOIN campaign_results AS r ON {_SAME}"
)


@dataclass
class Counts:
    """How many rows of a file were new, changed what was there, or said the same."""

    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    lost: set[str] = field(default_factory=set)  # columns that a row knew before and this file does not have

    def add(self, there: tuple[Any, ...] | None, stated: tuple[Any, ...], missing: Sequence[int]) -> None:
        """Count a row by what was there of it; `missing`: the places of VALUES that the file does not have."""
        if there is None:
            self.imported += 1
            return
        self.unchanged += there == stated
        self.updated += there != stated
        self.lost.update(VALUES[place] for place in missing if there[place] is not None)


@dataclass(frozen=True, slots=True)
class StoredSpan:
    """Days that results are there for: of which campaign, and what its rows are of."""

    campaign_id: str | None
    campaign: str | None
    grain: str
    start: str  # ISO
    end: str  # the day after the last


def known_file(conn: Connection, sha256: str) -> CampaignFile | None:
    """Give the file of that content; None when it was never imported, or taken back."""
    query = sa.select(campaign_imports).where(campaign_imports.c.sha256 == sha256)
    row = conn.execute(query).one_or_none()
    return None if row is None else _file(row)


def files(conn: Connection) -> list[CampaignFile]:
    """Give the files that were imported, the newest first."""
    return [_file(row) for row in conn.execute(sa.select(campaign_imports).order_by(campaign_imports.c.id.desc()))]


def spans_between(
    conn: Connection, home: tuple[str, str], hull: tuple[str, str], grain: str, *, with_days: bool
) -> Iterator[StoredSpan]:
    """Give the spans of a platform and account that touch `hull` and could clash with rows of this grain.

    Days of the same grain clash with periods alone: they are left out unless `with_days`.
    """
    table = campaign_results.c
    start, end = (date.fromisoformat(day) for day in hull)
    columns = (table.campaign_id, table.campaign, table.grain, table.start_day, table.end_day)
    query = sa.select(*columns).distinct().where(
        table.platform == home[0], table.account == home[1], table.start_day < end, table.end_day > start
    )  # fmt: skip
    for row in conn.execute(query):
        same = (row.grain or "") == grain and (row.end_day - row.start_day).days == 1 and row.campaign_id is not None
        if with_days or not same:
            yield StoredSpan(row.campaign_id, row.campaign, row.grain or "", str(row.start_day), str(row.end_day))


def anything_between(conn: Connection, home: tuple[str, str], hull: tuple[str, str]) -> bool:
    """Tell whether anything is stored of a platform and account that touches these days."""
    table = campaign_results.c
    start, end = (date.fromisoformat(day) for day in hull)
    query = sa.select(table.id).where(
        table.platform == home[0], table.account == home[1], table.start_day < end, table.end_day > start
    )  # fmt: skip
    return conn.execute(query.limit(1)).first() is not None


def save(
    conn: Connection,
    sha256: str,
    rows: Iterable[tuple[Rows, Rows, Sequence[str], Sequence[int]]],
    now: datetime,
    *,
    fresh: bool,
) -> Counts:
    """Keep the rows of a file, each batch as (keys, values, their columns, row numbers); gives what changed.

    Columns of VALUES that a batch leaves out are unknown in all its rows.

    `fresh`: nothing of what they are of is stored yet, so nothing has to be compared.
    """
    counts = Counts()
    moment = moment_for(conn)(now)
    for keys, values, columns, numbers in rows:
        found = {} if fresh else _existing(conn, keys)
        whole, missing = _widened(columns), _missing(columns)
        new: list[tuple[Any, ...]] = []
        restated: list[tuple[Any, ...]] = []
        for key, value, number in zip(keys, values, numbers, strict=True):
            there = found.get(key)
            if there is None:
                new.append((*key, *value, sha256, number, moment))
                continue
            stated = whole(value)
            restated.append((*stated, sha256, number, moment, there[0]))
            counts.add(there[1], stated, missing)
        counts.imported += len(new)
        run_many(conn, _KEEP, [(row[-1],) for row in restated])
        run_many(conn, _UPDATE, restated)
        run_many(conn, insert("campaign_results", (*KEY, *columns, *_PROVENANCE)), new)
    return counts


def compared(conn: Connection, rows: Iterable[tuple[Rows, Rows, Sequence[str]]], *, fresh: bool) -> Counts:
    """Give what `save` would change, and change nothing."""
    counts = Counts()
    for keys, values, columns in rows:
        found = {} if fresh else _existing(conn, keys)
        whole, missing = _widened(columns), _missing(columns)
        for key, value in zip(keys, values, strict=True):
            there = found.get(key)
            counts.add(None if there is None else there[1], whole(value), missing)
    return counts


def _missing(columns: Sequence[str]) -> list[int]:
    """Give the places of VALUES that are not among these columns."""
    return [place for place, name in enumerate(VALUES) if name not in columns]


def _widened(columns: Sequence[str]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Give what makes a row of these columns one of all VALUES, with None for what it leaves out."""
    places = [columns.index(name) if name in columns else -1 for name in VALUES]
    return lambda row: tuple([row[place] if place >= 0 else None for place in places])


def _existing(conn: Connection, keys: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]]:
    """Give what is stored under these keys: (number of the row, its values)."""
    found: dict[tuple[Any, ...], tuple[int, tuple[Any, ...]]] = {}
    width = len(KEY)
    for some in chunks(keys):
        if conn.dialect.name == "sqlite":
            rows = conn.exec_driver_sql(_FIND_SQLITE, (json.dumps(some),))
        else:
            rows = conn.exec_driver_sql(_FIND_POSTGRESQL, tuple(list(column) for column in zip(*some, strict=True)))
        for row in rows:
            key = (*row[1:5], str(row[5]), str(row[6]))
            found[key] = (row[0], tuple(row[width + 1 :]))
    return found


def keep_file(conn: Connection, file: CampaignFile, counts: Counts) -> None:
    """Remember that a file was imported, and what it changed."""
    conn.execute(
        campaign_imports.insert().values(
            sha256=file.sha256,
            name=file.name,
            format=file.format,
            mapping=file.mapping,
            zone=file.zone,
            rows=file.rows,
            imported=counts.imported,
            updated=counts.updated,
            unchanged=counts.unchanged,
            rejected=file.rejected,
            imported_at=file.imported_at,
        )
    )


def undo(conn: Connection, file: CampaignFile) -> tuple[int, int]:
    """Take back what a file brought; gives how many rows went and how many got an older version back."""
    results, versions = campaign_results, campaign_versions
    mine = results.c.file_sha256 == file.sha256
    conn.execute(versions.delete().where(versions.c.file_sha256 == file.sha256))
    newest = sa.select(sa.func.max(versions.c.id)).where(versions.c.result_id == results.c.id).scalar_subquery()
    restore = [
        (row.result_id, row.version)
        for row in conn.execute(sa.select(results.c.id.label("result_id"), newest.label("version")).where(mine))
    ]
    back = [(result, version) for result, version in restore if version is not None]
    names = ", ".join(_CHANGING)
    run_many(
        conn,
        f"UPDATE campaign_results SET ({names}) = (SELECT {names} FROM campaign_versions WHERE id = ?) WHERE id = ?",  # noqa: S608  # our own names
        [(version, result) for result, version in back],
    )
    run_many(conn, "DELETE FROM campaign_versions WHERE id = ?", [(version,) for _, version in back])
    conn.execute(results.delete().where(mine))
    conn.execute(campaign_imports.delete().where(campaign_imports.c.sha256 == file.sha256))
    return len(restore) - len(back), len(back)


def file_named(conn: Connection, beginning: str) -> CampaignFile:
    """Give the one file whose hash begins so. Raises StoreError where there is none, or several."""
    asked = beginning.strip().lower()
    found = [file for file in files(conn) if file.sha256.startswith(asked)] if len(asked) >= _SHORTEST else []
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{file.sha256[:12]} ({file.name})" for file in files(conn)[:5]) or "none"
    what = "names several files" if found else "names no file that was imported"
    raise StoreError(f"{beginning}: {what}; the last ones are {known}")


def results(conn: Connection, start: date, end: date) -> Iterator[CampaignResult]:
    """Give the results whose days all lie in [start, end), in the order of their days."""
    table = campaign_results
    query = sa.select(table).where(table.c.start_day >= start, table.c.end_day <= end)
    for row in conn.execute(query.order_by(table.c.start_day, table.c.id)):
        yield _result(row)


def _result(row: Row[Any]) -> CampaignResult:
    fields: dict[str, Any] = {name: _amount(getattr(row, f"{name}_millionths")) for name in (*MONEY, *AMOUNTS)}
    fields |= {name: getattr(row, name) for name in (*COUNTS, *TAGS)}
    return CampaignResult(
        platform=row.platform,
        account=row.account,
        campaign_id=row.campaign_id,
        campaign=row.campaign,
        content=row.content,
        start_day=row.start_day,
        end_day=row.end_day,
        grain=row.grain or "",
        currency=row.currency,
        content_name=row.content_name,
        content_type=row.content_type,
        published_local=None if row.published_local is None else datetime.fromisoformat(row.published_local),
        result_indicator=row.result_indicator,
        file_sha256=row.file_sha256,
        file_row=row.file_row,
        imported_at=row.imported_at,
        **fields,
    )


def _amount(millionths: int | None) -> Decimal | None:
    return None if millionths is None else Decimal(millionths) / MILLION


def _file(row: Row[Any]) -> CampaignFile:
    return CampaignFile(
        row.sha256, row.name, row.format, row.mapping, row.zone, row.rows, row.rejected, row.imported_at
    )
