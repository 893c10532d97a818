"""Stored texts and campaign results in which UTM tags stand."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.campaign_rows import TAGS
from storage.tables import campaign_results, mentions

_MARK = "utm/_%"  # with / as the escape, since _ alone stands for any letter


def tagged_texts(conn: Connection) -> Iterator[tuple[str, str, str | None, str]]:
    """Give source, id, link and text of every mention in which a tag stands, erased ones left out."""
    table = mentions.c
    marked = [column.ilike(f"%{_MARK}", escape="/") for column in (table.url, table.title, table.text)]
    query = sa.select(table.source, table.native_id, table.url, table.title, table.text)
    for row in conn.execute(query.where(table.deleted_at.is_(None), sa.or_(*marked)).order_by(table.id)):
        yield row.source, row.native_id, row.url, f"{row.title or ''}\n{row.text}"


def result_tags(conn: Connection) -> Iterator[tuple[str, dict[str, str]]]:
    """Give every set of tags that campaign results carry, with its platform; "(not set)" and its like left out."""
    columns = [campaign_results.c[name] for name in TAGS]
    query = sa.select(campaign_results.c.platform, *columns).distinct()
    some = sa.or_(*(column.is_not(None) for column in columns))
    for platform, *values in conn.execute(query.where(some).order_by(campaign_results.c.platform, *columns)):
        yield platform, {name: value for name, value in zip(TAGS, values, strict=True) if value and value[:1] != "("}
