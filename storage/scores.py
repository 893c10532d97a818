"""Give stored hits another sentiment, and bring the hourly sums along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from storage.bulk import run_many
from storage.records import Sentiment
from storage.rollups import RollupChanges
from storage.rows import MATCH_COLUMNS, SENTIMENT_COLUMNS, sentiment_values

_UPDATE = (
    f"UPDATE matches SET {', '.join(f'{name} = ?' for name in SENTIMENT_COLUMNS)} WHERE mention_id = ? AND brand = ?"  # noqa: S608  # our own names
)
_FIRST = MATCH_COLUMNS.index(SENTIMENT_COLUMNS[0])
_LAST = _FIRST + len(SENTIMENT_COLUMNS)


def replace_scores(conn: Connection, changes: Sequence[tuple[Row[Any], Sentiment]]) -> int:
    """Put a sentiment in the place of what rows of `matches` say now. Gives how many rows it differs from."""
    rollups, rows = RollupChanges(), []
    for hit, sentiment in changes:
        before = tuple(getattr(hit, name) for name in MATCH_COLUMNS)
        values = sentiment_values(sentiment)
        if before[_FIRST:_LAST] != values:
            rollups.take(hit.published_at, before)
            rollups.add(hit.published_at, [(*before[:_FIRST], *values, *before[_LAST:])])
            rows.append((*values, hit.mention_id, hit.brand))
    run_many(conn, _UPDATE, rows)
    rollups.write(conn)
    return len(rows)
