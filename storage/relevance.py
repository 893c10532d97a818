"""Whether a mention is about a brand, as people say. Where it is not, its hit is set aside and counts nowhere.

A label is of the words that the person read. It outlives everything but a change of title or text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy import Connection, Row

from config.errors import StoreError
from storage.bulk import chunks, moment_for
from storage.corrections import corrections_of, overlaid
from storage.hits import add_hits, take_hits
from storage.records import BrandHit
from storage.rollups import RollupChanges
from storage.rows import SENTIMENT_COLUMNS, author_key, brand_hit, hit_values, sentiment_values
from storage.tables import matches, mentions, relevance_labels
from storage.turns import take_turn
from storage.types import storable_or_none
from storage.upsert import upsert

_KEY = ("mention_id", "brand")
_HIT = ("spans", "relevance", *SENTIMENT_COLUMNS)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class RelevanceLabel:
    """What a person says of a mention and a brand."""

    mention_id: int
    brand: str  # slug
    relevant: bool
    at: datetime
    by: str | None
    aside: BrandHit | None = None  # as matching and scoring have it, while it does not count; None: nothing is


def judge(
    conn: Connection, mention_id: int, brand: str, now: datetime, by: str | None = None, *, relevant: bool
) -> RelevanceLabel:
    """Take a mention out of all that is counted of a brand, or let it count again; the other brands share its credit.

    A second label takes the place of the first. Raises StoreError for a mention that is erased or does not name the
    brand.
    """
    take_turn(conn)
    mention = conn.execute(
        sa.select(mentions).where(mentions.c.id == mention_id, mentions.c.deleted_at.is_(None))
    ).one_or_none()
    counted = {row.brand: brand_hit(row) for row in conn.execute(_hits_of(mention_id))}
    before = labels_of(conn, [mention_id]).get((mention_id, brand))
    aside = before.aside if before is not None else None
    if mention is None or (brand not in counted and aside is None):
        raise StoreError(f"mention {mention_id}: is erased or does not name {brand}; label what `mentions` shows")
    standing = corrections_of(conn, [mention_id])
    if relevant and aside is not None:
        counted[brand] = overlaid(mention_id, [aside], standing)[0][0]
        _count_only(conn, mention, list(counted.values()))
        aside = None
    elif not relevant and brand in counted:
        aside = counted.pop(brand)
        if (correction := standing.get((mention_id, brand))) is not None:
            aside = replace(aside, sentiment=correction.was)
        _count_only(conn, mention, list(counted.values()))
    label = RelevanceLabel(mention_id, brand, relevant, now, storable_or_none(by), aside)
    keep_labels(conn, [label])
    return label


def labels_of(conn: Connection, ids: Sequence[int]) -> dict[tuple[int, str], RelevanceLabel]:
    """Give the labels that stand of these mentions, by mention and brand."""
    return {
        (row.mention_id, row.brand): _label(row)
        for some in chunks(ids)
        for row in conn.execute(sa.select(relevance_labels).where(relevance_labels.c.mention_id.in_(some)))
    }


def all_labels(conn: Connection, since: datetime | None = None) -> list[RelevanceLabel]:
    """Give the labels that stand, made from `since` on, in the order in which they were made."""
    query = sa.select(relevance_labels)
    query = query.order_by(relevance_labels.c.labelled_at, *(relevance_labels.c[name] for name in _KEY))
    if since is not None:
        query = query.where(relevance_labels.c.labelled_at >= since)
    return [_label(row) for row in conn.execute(query)]


def set_aside(
    mention_id: int, hits: Iterable[BrandHit], standing: Mapping[tuple[int, str], RelevanceLabel]
) -> list[RelevanceLabel]:
    """Give the labels that keep hits of a mention from counting, each with the hit as it is found now beside it."""
    found = {hit.brand: hit for hit in hits}
    return [
        replace(label, aside=found.get(brand))
        for (number, brand), label in standing.items()
        if number == mention_id and not label.relevant
    ]


def hits_aside(mention_id: int, standing: Mapping[tuple[int, str], RelevanceLabel]) -> list[BrandHit]:
    """Give the hits of a mention that do not count, as they were found last."""
    return [label.aside for (number, _), label in standing.items() if number == mention_id and label.aside is not None]


def keep_labels(conn: Connection, made: Sequence[RelevanceLabel]) -> None:
    """Write labels down, each in the place of the one before it."""
    rows = [
        {
            "mention_id": one.mention_id,
            "brand": one.brand,
            "relevant": one.relevant,
            "labelled_at": one.at,
            "labelled_by": one.by,
            **_columns(one.aside),
        }
        for one in made
    ]
    upsert(conn, relevance_labels, rows, _KEY)


def forget_labels(conn: Connection, ids: Sequence[int]) -> int:
    """Delete the labels of mentions, with what they have set aside; gives how many there were."""
    return sum(
        conn.execute(relevance_labels.delete().where(relevance_labels.c.mention_id.in_(some))).rowcount
        for some in chunks(ids)
    )


def lapse_labels(conn: Connection, ids: Sequence[int]) -> None:
    """Delete the labels of mentions of which other words are known now than the person read."""
    if deleted := forget_labels(conn, ids):
        _log.info("relevance_labels_lapsed", labels=deleted, because="title or text changed")


def _count_only(conn: Connection, mention: Row[Any], hits: Sequence[BrandHit]) -> None:
    """Let these hits of a mention count and no other."""
    moment = moment_for(conn)
    author = None if mention.author is None else author_key(mention.source, mention.author)
    rows = [
        (mention.id, *values, moment(mention.published_at), author, mention.story_id, mention.engagement)
        for values in hit_values(mention.source, sorted(hits, key=lambda hit: hit.brand))
    ]
    rollups = RollupChanges()
    take_hits(conn, [mention.id], rollups)
    rollups.add(mention.published_at, rows)
    add_hits(conn, rows)
    rollups.write(conn)


def _hits_of(mention_id: int) -> sa.Select[Any]:
    return sa.select(matches).where(matches.c.mention_id == mention_id)


def _columns(hit: BrandHit | None) -> dict[str, Any]:
    if hit is None:
        return dict.fromkeys(_HIT) | {"spans": sa.null()}  # not JSON's null
    spans = [[match.term, match.start, match.end] for match in hit.matches]
    return dict(zip(_HIT, (spans, hit.relevance, *sentiment_values(hit.sentiment)), strict=True))


def _label(row: Row[Any]) -> RelevanceLabel:
    aside = None if row.label is None else brand_hit(row)
    return RelevanceLabel(row.mention_id, row.brand, row.relevant, row.labelled_at, row.labelled_by, aside)
