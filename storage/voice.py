"""How much was heard of each brand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.records import Label, Span, VoiceCount
from storage.tables import CREDIT_PARTS, MILLION, matches, mentions, rollups_hourly

_SPANS = 31  # told apart in one statement; each hour is compared with half of them
_LABELS = (Label.POSITIVE, Label.NEUTRAL, Label.NEGATIVE, Label.UNSCORED)


def _labelled(label: Label) -> sa.Label[int]:
    return sa.func.sum(sa.case((matches.c.label == label.value, 1), else_=0)).label(label.value)


# Compounds are summed as whole millionths: the sum is the same in whatever order the rows come.
_millionths = sa.cast(sa.func.round(matches.c.compound * MILLION), sa.BigInteger)
counted = (
    sa.func.count().label("mentions"),
    sa.func.sum(matches.c.credit).label("credit"),
    sa.func.count(matches.c.author_key.distinct()).label("authors"),
    sa.func.count(matches.c.story_id.distinct()).label("stories"),
    sa.func.sum(matches.c.engagement).label("engagement"),
    *(_labelled(label) for label in _LABELS),
    sa.func.sum(_millionths).label("compound_millionths"),
    sa.func.count(matches.c.author_key).label("with_author"),
    sa.func.count(matches.c.engagement).label("with_engagement"),
)
summed = tuple(
    sa.func.sum(rollups_hourly.c[name]).label(name)
    for name in ("mentions", "credit", "engagement", *(label.value for label in _LABELS), "compound_millionths")
)


def voice(conn: Connection, window: Span, brands: Sequence[str]) -> tuple[VoiceCount, ...]:
    """Give what was heard of every asked brand in the window, zeros included, in the order asked.

    Everything is counted from the mentions themselves, by time of publication, so that any window is exact to the
    microsecond. Erased mentions count, but have neither author nor story any more.
    """
    query = (
        sa.select(matches.c.brand, *counted)
        .where(matches.c.brand.in_(brands), *within(matches.c.published_at, window))
        .group_by(matches.c.brand)
    )
    rows = conn.execute(query).all()
    why = _unscored_why(conn, window, [row.brand for row in rows if row.unscored])
    heard = {
        row.brand: replace(
            count_of(row.brand, row),
            authors=row.authors,
            stories=row.stories,
            with_author=row.with_author,
            with_engagement=row.with_engagement,
            unscored_why=tuple(why.get(row.brand, ())),
        )
        for row in rows
    }
    return tuple(heard.get(brand, VoiceCount(brand)) for brand in brands)


def _unscored_why(conn: Connection, window: Span, brands: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """Give how often each reason left mentions of these brands unscored, most frequent first."""
    if not brands:
        return {}
    reason = sa.func.coalesce(matches.c.reason, "").label("reason")
    query = (
        sa.select(matches.c.brand, reason, sa.func.count().label("mentions"))
        .where(
            matches.c.brand.in_(brands),
            matches.c.label == Label.UNSCORED.value,
            *within(matches.c.published_at, window),
        )
        .group_by(matches.c.brand, reason)
    )
    found: dict[str, list[tuple[str, int]]] = {}
    for row in conn.execute(query):
        found.setdefault(row.brand, []).append((row.reason, int(row.mentions)))
    return {brand: sorted(why, key=lambda each: (-each[1], each[0])) for brand, why in found.items()}


def mentions_of(conn: Connection, window: Span, brands: Sequence[str]) -> int:
    """Give the number of distinct mentions that name any of these brands."""
    query = sa.select(sa.func.count(matches.c.mention_id.distinct())).where(
        matches.c.brand.in_(brands), *within(matches.c.published_at, window)
    )
    return int(conn.execute(query).scalar_one())


def mention_total(conn: Connection, window: Span) -> int:
    """Give the number of distinct mentions that name any brand: the credit of a mention sums to one over its brands."""
    known = sa.select(rollups_hourly.c.brand).distinct()
    query = sa.select(sa.func.coalesce(sa.func.sum(matches.c.credit), 0)).where(
        matches.c.brand.in_(known), *within(matches.c.published_at, window)
    )
    return int(conn.execute(query).scalar_one()) // CREDIT_PARTS


def reach(conn: Connection, window: Span, brands: Sequence[str]) -> dict[str, int | None]:
    """Give the reach of each asked brand's mentions, summed where a source states it; None where none does."""
    query = (
        sa.select(matches.c.brand, sa.func.sum(mentions.c.reach))
        .join(mentions, mentions.c.id == matches.c.mention_id)
        .where(matches.c.brand.in_(brands), *within(matches.c.published_at, window))
        .group_by(matches.c.brand)
    )
    found = {brand: None if total is None else int(total) for brand, total in conn.execute(query)}
    return {brand: found.get(brand) for brand in brands}


def by_span(conn: Connection, spans: Sequence[Span], brands: Sequence[str]) -> list[dict[str, VoiceCount]]:
    """Give for each span what was heard of the brands in the hours that start in it; silent brands are missing.

    The spans must follow each other without overlap. Authors and stories are not counted here, nor how many mentions
    have an author or engagement.
    """
    found: list[dict[str, VoiceCount]] = [{} for _ in spans]
    for first in range(0, len(spans), _SPANS):
        some = spans[first : first + _SPANS]
        hour = rollups_hourly.c.hour
        place = sa.case(*((hour < span.end, number) for number, span in enumerate(some))).label("place")
        query = (
            sa.select(rollups_hourly.c.brand, place, *summed)
            .where(rollups_hourly.c.brand.in_(brands), *within(hour, Span(some[0].start, some[-1].end)))
            .group_by(rollups_hourly.c.brand, place)
        )
        for row in conn.execute(query):
            found[first + row.place][row.brand] = count_of(row.brand, row)
    return found


def hourly_mentions(conn: Connection, window: Span, brand: str) -> list[tuple[datetime, int]]:
    """Give the hours of the window in which anything was heard, in order, with the number of mentions."""
    hour = rollups_hourly.c.hour
    query = (
        sa.select(hour, sa.func.sum(rollups_hourly.c.mentions).label("mentions"))
        .where(rollups_hourly.c.brand == brand, *within(hour, window))
        .group_by(hour)
        .order_by(hour)
    )
    return [(row.hour, int(row.mentions)) for row in conn.execute(query)]


def within(column: sa.Column[datetime], window: Span) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Give the conditions that a time lies in a window."""
    return column >= window.start, column < window.end


def count_of(brand: str, row: Row[Any]) -> VoiceCount:
    """Give the count that a row holds: one of `voice`, or one of the columns `summed` of the hourly sums."""
    return VoiceCount(
        brand=brand,
        mentions=int(row.mentions),
        credit=int(row.credit) / CREDIT_PARTS,
        engagement=int(row.engagement or 0),
        positive=int(row.positive),
        neutral=int(row.neutral),
        negative=int(row.negative),
        unscored=int(row.unscored),
        compound_sum=int(row.compound_millionths or 0) / MILLION,
    )
