"""Stories: near-duplicate mentions that count as one; the biggest of a window, and what finds their next member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.bulk import chunks
from storage.finding import load
from storage.records import KnownStory, Span, Story
from storage.tables import matches, mentions, rollups_hourly, stories


def story_leads(conn: Connection, window: Span, brand: str, limit: int) -> list[Story]:
    """Give the biggest stories of a brand in a window: by engagement, then by size; erased mentions left out.

    A story is shown by its most engaged member, the earliest where several are equal.
    """
    within = (
        matches.c.brand == brand,
        matches.c.published_at >= window.start,
        matches.c.published_at < window.end,
    )
    size, engagement = sa.func.count(), sa.func.coalesce(sa.func.sum(matches.c.engagement), 0)
    biggest = conn.execute(
        sa.select(matches.c.story_id, size.label("size"), engagement.label("engagement"))
        .where(*within, matches.c.story_id.is_not(None))
        .group_by(matches.c.story_id)
        .order_by(engagement.desc(), size.desc(), matches.c.story_id)
        .limit(limit)
    ).all()
    if not biggest:
        return []
    ids = [row.story_id for row in biggest]
    leads: dict[int, int] = {}
    sources: defaultdict[int, set[str]] = defaultdict(set)
    authors: defaultdict[int, set[int]] = defaultdict(set)
    members = (
        sa.select(matches.c.story_id, mentions.c.source, matches.c.mention_id, matches.c.author_key)
        .join(mentions, mentions.c.id == matches.c.mention_id)  # all else stands in the index
        .where(*within, matches.c.story_id.in_(ids))
        .order_by(sa.func.coalesce(matches.c.engagement, -1).desc(), matches.c.published_at, matches.c.mention_id)
    )
    for row in conn.execute(members):
        leads.setdefault(row.story_id, row.mention_id)
        sources[row.story_id].add(row.source)
        if row.author_key is not None:
            authors[row.story_id].add(row.author_key)
    shown = {stored.story_id: stored for stored in load(conn, list(leads.values()))}
    return [
        Story(
            row.story_id,
            shown[row.story_id],
            row.size,
            int(row.engagement),
            tuple(sorted(sources[row.story_id])),
            len(authors[row.story_id]) or None,
        )
        for row in biggest
    ]


def fingerprints(conn: Connection, since: datetime) -> list[KnownStory]:
    """Give the stories that had a member published since then, with the brands of those members, the oldest first."""
    known = sa.select(rollups_hourly.c.brand).distinct()
    query = sa.select(matches.c.story_id, matches.c.brand).distinct()
    named: defaultdict[int, set[str]] = defaultdict(set)
    for row in conn.execute(query.where(matches.c.brand.in_(known), matches.c.published_at >= since)):
        named[row.story_id].add(row.brand)
    rows = [row for ids in chunks(list(named)) for row in conn.execute(sa.select(stories).where(stories.c.id.in_(ids)))]
    return [
        KnownStory(row.id, row.fingerprint, tuple(sorted(named[row.id])), row.published_at)
        for row in sorted(rows, key=lambda row: (row.published_at, row.id))
        if row.fingerprint
    ]


def forget_left(conn: Connection, ids: Sequence[int]) -> None:
    """Delete stories of which no member is left."""
    alive = sa.exists().where(mentions.c.story_id == stories.c.id, mentions.c.deleted_at.is_(None))
    for some in chunks(list(set(ids))):
        conn.execute(stories.delete().where(stories.c.id.in_(some), ~alive))
