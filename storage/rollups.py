"""Hourly sums per brand and source, kept equal to what a recount of the matches would give."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.records import Label
from storage.rows import millionths
from storage.tables import rollups_hourly
from storage.upsert import upsert

_KEY = ("brand", "hour", "source")
_LABELS = {label.value: 3 + place for place, label in enumerate(Label)}
_SUMS = ("mentions", "credit", "engagement", *_LABELS, "compound_millionths")
_LAST = len(_SUMS) - 1


class RollupChanges:
    """What one batch adds to the sums and takes from them."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, datetime, str], list[int]] = {}
        self._taken: set[tuple[str, datetime, str]] = set()

    def add(self, rows: Iterable[dict[str, Any]]) -> None:
        """Count new rows of `matches`."""
        for row in rows:
            self._count(row, 1)

    def take(self, rows: Iterable[dict[str, Any]]) -> None:
        """Take out rows that are going to be deleted."""
        for row in rows:
            self._taken.add(self._count(row, -1))

    def _count(self, row: dict[str, Any], sign: int) -> tuple[str, datetime, str]:
        hour = row["published_at"].replace(minute=0, second=0, microsecond=0)
        key = (row["brand"], hour, row["source"])
        sums = self._sums.get(key)
        if sums is None:
            sums = self._sums[key] = [0] * len(_SUMS)
        sums[0] += sign
        sums[1] += sign * row["credit"]
        sums[2] += sign * (row["engagement"] or 0)
        sums[_LABELS[row["label"]]] += sign
        sums[_LAST] += sign * millionths(row["compound"])
        return key

    def write(self, conn: Connection) -> None:
        """Add the changes to the table; an hour in which nothing is left goes."""
        rows = [dict(zip((*_KEY, *_SUMS), (*key, *sums), strict=True)) for key, sums in self._sums.items() if any(sums)]
        upsert(conn, rollups_hourly, rows, key=_KEY, add=_SUMS)
        if self._taken:
            of_key = [rollups_hourly.c[name] == sa.bindparam(f"of_{name}") for name in _KEY]
            gone = sa.delete(rollups_hourly).where(*of_key, rollups_hourly.c.mentions == 0)
            conn.execute(
                gone, [{f"of_{name}": part for name, part in zip(_KEY, key, strict=True)} for key in self._taken]
            )
