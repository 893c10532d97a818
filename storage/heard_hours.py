"""Counts of many brands by the hour, and what a look into the past must leave out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.finding import load
from storage.records import Label, Span, StoredMention, VoiceCount
from storage.tables import CREDIT_PARTS, matches, mentions, rollups_hourly
from storage.tables import runs as ledger
from storage.voice import count_of, counted, summed, within

_MOST = 2000  # mentions that one look reads
_LOUDEST = 100


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mention of a brand that came later than it was published, as what it adds to a count."""

    published_at: datetime
    came_at: datetime
    count: VoiceCount


@dataclass(frozen=True, slots=True)
class HeardStretch:
    """A stretch of time that one query heard, and when that was known."""

    key: str
    span: Span
    known_at: datetime


def hours_of(conn: Connection, window: Span, brands: Sequence[str]) -> Mapping[str, Mapping[datetime, VoiceCount]]:
    """Give by brand and hour what was heard, of hours in which anything was; all asked brands are there.

    Authors and stories are not counted, nor how many mentions have an author or engagement.
    """
    table = rollups_hourly.c
    query = (
        sa.select(table.brand, table.hour, *summed)
        .where(table.brand.in_(brands), *within(table.hour, window))
        .group_by(table.brand, table.hour)
    )
    found: dict[str, dict[datetime, VoiceCount]] = {brand: {} for brand in brands}
    for row in conn.execute(query):
        found[row.brand][row.hour] = count_of(row.brand, row)
    return found


def arrivals(conn: Connection, window: Span, brands: Sequence[str], began: datetime) -> Iterator[Arrival]:
    """Give the mentions published in a window that came in a later hour than that of their publication.

    What was published before listening `began` is history that was read back: it came when it was published.
    """
    query = (
        sa.select(
            matches.c.brand,
            matches.c.published_at,
            mentions.c.collected_at,
            matches.c.label,
            matches.c.compound,
            matches.c.credit,
        )
        .join(mentions, mentions.c.id == matches.c.mention_id)
        .where(
            matches.c.brand.in_(brands),
            *within(matches.c.published_at, Span(max(window.start, began), window.end)),
            _hour(conn, mentions.c.collected_at) > _hour(conn, matches.c.published_at),
        )
    )
    for row in conn.execute(query):
        label = Label(row.label)
        count = VoiceCount(
            row.brand,
            mentions=1,
            credit=row.credit / CREDIT_PARTS,
            positive=int(label is Label.POSITIVE),
            neutral=int(label is Label.NEUTRAL),
            negative=int(label is Label.NEGATIVE),
            unscored=int(label is Label.UNSCORED),
            compound_sum=row.compound or 0.0,
        )
        yield Arrival(row.published_at, row.collected_at, count)


def running(conn: Connection, span: Span, brands: Sequence[str], began: datetime | None) -> Mapping[str, VoiceCount]:
    """Give what was published in a span and had come by its end, of brands of which anything had."""
    query = (
        sa.select(matches.c.brand, *counted)
        .join(mentions, mentions.c.id == matches.c.mention_id)
        .where(
            matches.c.brand.in_(brands),
            *within(matches.c.published_at, span),
            _had_come(span.end, began),
        )
        .group_by(matches.c.brand)
    )
    return {row.brand: count_of(row.brand, row) for row in conn.execute(query)}


def newest(conn: Connection) -> datetime | None:
    """Give when the mention was collected that was stored last; None before the first."""
    found: datetime | None = conn.execute(
        sa.select(mentions.c.collected_at).order_by(mentions.c.id.desc()).limit(1)
    ).scalar_one_or_none()
    return found


def loudest(conn: Connection, span: Span, began: datetime | None) -> list[StoredMention]:
    """Give the mentions of a span, there by its end, that have the most engagement or reach, oldest first."""
    ids: set[int] = set()
    for column in (mentions.c.engagement, mentions.c.reach):
        query = sa.select(mentions.c.id).where(
            *within(mentions.c.published_at, span),
            mentions.c.deleted_at.is_(None),
            column > 0,
            _had_come(span.end, began),
        )
        ids.update(conn.execute(query.order_by(column.desc(), mentions.c.id).limit(_LOUDEST)).scalars())
    return sorted(load(conn, sorted(ids)), key=lambda one: (one.mention.published_at or one.collected_at, one.id))


def peaks(conn: Connection, span: Span, brand: str, most: int) -> list[int]:
    """Give the highest engagements of a brand's mentions of a span, highest first."""
    query = sa.select(matches.c.engagement).where(
        matches.c.brand == brand,
        *within(matches.c.published_at, span),
        matches.c.engagement > 0,
    )
    return list(conn.execute(query.order_by(matches.c.engagement.desc()).limit(most)).scalars())


def came(conn: Connection, span: Span, oldest: datetime, began: datetime | None) -> list[StoredMention]:
    """Give the mentions of any brand that came in a span, oldest first, none published before `oldest`.

    What was published before listening `began` came when it was published. Of very many the newest are given.
    """
    late = mentions.c.collected_at > span.start, mentions.c.collected_at <= span.end
    read_back = mentions.c.published_at > span.start
    arrived = (
        sa.and_(*late)
        if began is None
        else sa.or_(
            sa.and_(mentions.c.published_at >= began, *late), sa.and_(mentions.c.published_at < began, read_back)
        )
    )
    query = (
        sa.select(mentions.c.id)
        .where(
            mentions.c.published_at >= oldest,
            mentions.c.published_at <= span.end,
            mentions.c.deleted_at.is_(None),
            arrived,
        )
        .order_by(mentions.c.published_at.desc(), mentions.c.id.desc())
        .limit(_MOST)
    )
    return list(load(conn, conn.execute(query).scalars().all()[::-1]))


def polled(conn: Connection, window: Span, keys: Sequence[str]) -> list[HeardStretch]:
    """Give what each poll of the named queries made known of a window, in the order in which it was known."""
    query = sa.select(ledger.c.key, ledger.c.covered_start, ledger.c.covered_end, ledger.c.started_at).where(
        ledger.c.covered_end >= window.start, ledger.c.covered_start <= window.end
    )
    wanted = set(keys)
    return [
        HeardStretch(row.key, Span(row.covered_start, row.covered_end), row.started_at)
        for row in conn.execute(query.order_by(ledger.c.started_at, ledger.c.id))
        if row.key in wanted
    ]


def _had_come(now: datetime, began: datetime | None) -> sa.ColumnElement[bool]:
    """Whether a mention was there by then: collected, or history that was read back at the first poll."""
    collected = mentions.c.collected_at <= now
    return collected if began is None else sa.or_(collected, mentions.c.published_at < began)


def _hour(conn: Connection, column: sa.Column[datetime]) -> sa.ColumnElement[str]:
    """Give what sorts times by their hour: on SQLite the beginning of the text that is kept."""
    return sa.func.substr(column, 1, 13) if conn.dialect.name == "sqlite" else sa.func.date_trunc("hour", column, "UTC")
