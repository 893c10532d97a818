"""Who speaks of a brand, and whom they reach: each author once, and the reach of each mention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.records import Kind, Label, Span
from storage.tables import matches, mentions
from storage.voice import within

_SCORED = {Label.POSITIVE.value: 1, Label.NEUTRAL.value: 0, Label.NEGATIVE.value: -1}


def authors_by_label(conn: Connection, window: Span, brand: str) -> dict[Label, int]:
    """Give how many authors are positive, neutral and negative of a brand; empty where no source names an author.

    Each author counts once: by the balance of their positive and negative mentions. Unscored mentions have no say.
    """
    balance = sa.func.sum(sa.case(_SCORED, value=matches.c.label)).label("balance")
    sign = sa.case((sa.column("balance") > 0, 1), (sa.column("balance") < 0, -1), else_=0).label("sign")
    authors = (
        sa.select(balance)
        .where(matches.c.author_key.is_not(None), matches.c.label.in_(_SCORED), *_of(brand, window))
        .group_by(matches.c.author_key)
        .subquery()
    )
    query = sa.select(sign, sa.func.count().label("authors")).select_from(authors).group_by(sign)
    found = {row.sign: int(row.authors) for row in conn.execute(query)}
    return {Label(label): found.get(worth, 0) for label, worth in _SCORED.items()} if found else {}


def reaches(conn: Connection, window: Span, brand: str) -> Iterator[tuple[datetime, int | None, str | None, Kind, int]]:
    """Give each mention of a brand whose source states its reach: when, key of the author, address, kind, reach."""
    columns = (mentions.c.published_at, matches.c.author_key, mentions.c.url, mentions.c.kind, mentions.c.reach)
    query = (
        sa.select(*columns)
        .join(mentions, mentions.c.id == matches.c.mention_id)
        .where(mentions.c.reach.is_not(None), *_of(brand, window))
    )
    for row in conn.execute(query):
        yield row.published_at, row.author_key, row.url, Kind(row.kind), int(row.reach)


def _of(brand: str, window: Span) -> tuple[sa.ColumnElement[bool], ...]:
    return matches.c.brand == brand, *within(matches.c.published_at, window)
