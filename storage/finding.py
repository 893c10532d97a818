"""Ask the history: mentions by brand, words and time; the stories of a window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.bulk import chunks
from storage.records import BrandHit, Label, Span, StoredMention, Story
from storage.rows import brand_hit, stored_mention
from storage.tables import matches, mention_words, mentions, rollups_hourly, stories
from storage.types import storable
from storage.words import GAP, words_of


@dataclass(frozen=True, slots=True)
class MentionFilter:
    """What is wanted; everything that is given must hold."""

    brand: str | None = None  # slug
    source: str | None = None
    sentiment: Label | None = None  # toward `brand`; toward any brand when there is none
    words: tuple[str, ...] = ()  # each must occur, whatever its case and accents
    since: datetime | None = None  # published from here on
    until: datetime | None = None  # and before this
    limit: int = 50
    after_id: int | None = None  # the last mention of the page before


@dataclass(frozen=True, slots=True)
class KnownStory:
    """What is left of a story after a restart: enough to find its next member."""

    story_id: int
    fingerprint: bytes
    brands: tuple[str, ...]
    published_at: datetime


def find(conn: Connection, wanted: MentionFilter) -> list[StoredMention]:
    """Give the mentions that name a brand and fit, newest first; erased ones are not among them.

    For the next page, ask again with `after_id` set to the id of the last one.
    """
    when, number = (mentions.c.published_at, mentions.c.id)
    if wanted.brand is not None:
        when, number = (matches.c.published_at, matches.c.mention_id)
    query = sa.select(number).where(*_conditions(conn, wanted, when, number))
    query = query.order_by(when.desc(), number.desc()).limit(wanted.limit)
    return list(load(conn, conn.execute(query).scalars().all()))


def load(conn: Connection, ids: Sequence[int]) -> Iterator[StoredMention]:
    """Give mentions with their hits in the order asked."""
    for some in chunks(ids):
        hits: defaultdict[int, list[BrandHit]] = defaultdict(list)
        for row in conn.execute(sa.select(matches).where(matches.c.mention_id.in_(some))):
            hits[row.mention_id].append(brand_hit(row))
        rows = {row.id: row for row in conn.execute(sa.select(mentions).where(mentions.c.id.in_(some)))}
        for mention_id in some:
            yield stored_mention(rows[mention_id], hits[mention_id])


def _conditions(
    conn: Connection, wanted: MentionFilter, when: sa.Column[datetime], number: sa.Column[int]
) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.brand is not None:
        yield matches.c.brand == wanted.brand
        yield matches.c.story_id.is_not(None)  # an erased mention has left its story
        table = matches
    else:
        label = sa.true() if wanted.sentiment is None else matches.c.label == wanted.sentiment.value
        yield mentions.c.deleted_at.is_(None)
        yield sa.exists().where(matches.c.mention_id == mentions.c.id, label)
        table = mentions
    if wanted.sentiment is not None and wanted.brand is not None:
        yield matches.c.label == wanted.sentiment.value
    if wanted.source is not None:
        yield table.c.source == wanted.source
    if wanted.since is not None:
        yield when >= wanted.since
    if wanted.until is not None:
        yield when < wanted.until
    if wanted.after_id is not None:
        last = sa.select(mentions.c.published_at).where(mentions.c.id == wanted.after_id).scalar_subquery()
        yield (when < last) | ((when == last) & (number < wanted.after_id))
    yield from _words(conn, wanted.words, number)


def _words(conn: Connection, words: Sequence[str], number: sa.Column[int]) -> Iterator[sa.ColumnElement[bool]]:
    """Give conditions under which every word occurs.

    The index tells which mentions hold all the single words. What folds into several ("e-mail", text without blanks)
    must stand in the kept words as a run, and what has no letters at all (an emoji) in the text as it is.
    """
    runs = [words_of(word) for word in words if word.strip()]
    singles = sorted({single for run in runs for single in run if single != GAP})
    if singles:
        if conn.dialect.name == "sqlite":
            kept_id = sa.literal_column("mention_words.rowid", sa.BigInteger)
            asked = " ".join(f'"{single}"' for single in singles)
            held = sa.select(kept_id).select_from(mention_words).where(sa.text("mention_words MATCH :asked"))
            held = held.params(asked=asked)
        else:
            kept = sa.func.string_to_array(mention_words.c.words, sa.literal_column("' '"))
            held = sa.select(mention_words.c.mention_id).where(kept.op("@>")(sa.cast(singles, sa.ARRAY(sa.Text))))
        for run in runs:
            if len(run) > 1:
                held = held.where(_holds(conn, " " + mention_words.c.words + " ", f" {' '.join(run)} "))
        yield number.in_(held)
    literal = [storable(word.strip()) for word in words if word.strip() and not words_of(word)]
    if literal:
        shown = sa.func.coalesce(mentions.c.title, "") + "\n" + mentions.c.text
        yield number.in_(sa.select(mentions.c.id).where(*(_holds(conn, shown, text) for text in literal)))


def _holds(conn: Connection, whole: sa.ColumnElement[str], part: str) -> sa.ColumnElement[bool]:
    place = sa.func.instr if conn.dialect.name == "sqlite" else sa.func.strpos
    return place(whole, part) > 0


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
    members = (
        sa.select(matches.c.story_id, mentions.c.source, matches.c.mention_id)
        .join(mentions, mentions.c.id == matches.c.mention_id)  # all else stands in the index
        .where(*within, matches.c.story_id.in_(ids))
        .order_by(sa.func.coalesce(matches.c.engagement, -1).desc(), matches.c.published_at, matches.c.mention_id)
    )
    for row in conn.execute(members):
        leads.setdefault(row.story_id, row.mention_id)
        sources[row.story_id].add(row.source)
    shown = {stored.story_id: stored for stored in load(conn, list(leads.values()))}
    return [
        Story(row.story_id, shown[row.story_id], row.size, int(row.engagement), tuple(sorted(sources[row.story_id])))
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
