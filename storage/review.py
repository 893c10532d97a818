"""Which scores a person should look at first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.corrections import PERSON
from storage.tables import matches

_STEP = 0.01  # scores that lie as near to a threshold, to this much, are equally doubtful


def doubtful(
    conn: Connection, brands: Sequence[str], thresholds: Sequence[float], since: datetime | None, limit: int
) -> list[tuple[int, str]]:
    """Give mentions, each with a brand, whose label was the closest call: compounds nearest to a threshold come first.

    Of equally doubtful ones the most engaged come first, then the newest. What a person has judged is not among them,
    nor what is unscored or erased.
    """
    away = [sa.func.abs(matches.c.compound - threshold) for threshold in thresholds]
    nearest: sa.ColumnElement[float] = away[0]
    for other in away[1:]:
        nearest = sa.case((other < nearest, other), else_=nearest)
    query = (
        sa.select(matches.c.mention_id, matches.c.brand)
        .where(
            matches.c.brand.in_(brands),
            matches.c.compound.is_not(None),
            matches.c.method != PERSON,
            matches.c.story_id.is_not(None),  # an erased mention has left its story
        )
        .order_by(
            sa.func.round(nearest / _STEP),
            sa.func.coalesce(matches.c.engagement, 0).desc(),
            matches.c.published_at.desc(),
            matches.c.mention_id,
            matches.c.brand,
        )
        .limit(limit)
    )
    if since is not None:
        query = query.where(matches.c.published_at >= since)
    return [(row.mention_id, row.brand) for row in conn.execute(query)]
