"""Hourly sums per brand and source, kept equal to what a recount of the matches would give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from storage.bulk import insert, moment_for, run_many
from storage.records import Label
from storage.rows import MATCH_COLUMNS, millionths

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = ("brand", "hour", "source")
_SUMS = ("mentions", "credit", "engagement", *(label.value for label in Label), "compound_millionths")
_LABELS = {label.value: _SUMS.index(label.value) for label in Label}
_ADD = f"{insert('rollups_hourly', _KEY + _SUMS)} ON CONFLICT ({', '.join(_KEY)}) DO UPDATE SET " + ", ".join(
    f"{name} = rollups_hourly.{name} + excluded.{name}" for name in _SUMS
)
_DROP = "DELETE FROM rollups_hourly WHERE brand = ? AND hour = ? AND source = ? AND mentions = 0"
_BRAND, _SOURCE, _LABEL, _COMPOUND, _CREDIT, _ENGAGEMENT = (
    MATCH_COLUMNS.index(name) for name in ("brand", "source", "label", "compound", "credit", "engagement")
)


class RollupChanges:
    """What one batch adds to the sums and takes from them."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, int, str], list[int]] = {}  # by brand, hour since 1970, source
        self._taken: set[tuple[str, int, str]] = set()

    def add(self, published_at: datetime, rows: Iterable[tuple[Any, ...]]) -> None:
        """Count new rows of `matches`."""
        hour = _hour(published_at)
        for row in rows:
            self._count(hour, row, 1)

    def take(self, published_at: datetime, row: tuple[Any, ...]) -> None:
        """Take out a row that is going to be deleted."""
        self._taken.add(self._count(_hour(published_at), row, -1))

    def _count(self, hour: int, row: tuple[Any, ...], sign: int) -> tuple[str, int, str]:
        key = (row[_BRAND], hour, row[_SOURCE])
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [0] * len(_SUMS)
        sums[0] += sign
        sums[1] += sign * row[_CREDIT]
        sums[2] += sign * (row[_ENGAGEMENT] or 0)
        sums[_LABELS[row[_LABEL]]] += sign
        sums[-1] += sign * millionths(row[_COMPOUND])
        return key

    def write(self, conn: Connection) -> None:
        """Add the changes to the table; an hour in which nothing is left goes."""
        moment = moment_for(conn)
        rows = [
            (brand, moment(_start(hour)), source, *sums)
            for (brand, hour, source), sums in sorted(self._sums.items())
            if any(sums)
        ]
        run_many(conn, _ADD, rows)
        run_many(conn, _DROP, [(brand, moment(_start(hour)), source) for brand, hour, source in sorted(self._taken)])


def _hour(moment: datetime) -> int:
    """Give the number of an hour; cheaper by half than a time without its minutes."""
    return int(moment.timestamp() // 3600)


def _start(hour: int) -> datetime:
    return _FIRST + timedelta(hours=hour)
