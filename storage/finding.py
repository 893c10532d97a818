"""Ask the history: mentions by brand, words and time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.bulk import chunks
from storage.records import BrandHit, Label, StoredMention
from storage.rows import brand_hit, stored_mention
from storage.tables import matches, mention_words, mentions
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


def find(conn: Connection, wanted: MentionFilter) -> list[StoredMention]:
    """Give the mentions that name a brand and fit, newest first; erased ones are not among them.

    For the next page, ask again with `after_id` set to the id of the last one.
    """
    when, number = _columns(wanted)
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


def how_many(conn: Connection, wanted: MentionFilter) -> int:
    """Give how many mentions `find` would give without a limit."""
    when, number = _columns(wanted)
    query = sa.select(sa.func.count(number)).where(*_conditions(conn, wanted, when, number))
    return conn.execute(query).scalar_one()


def identified(conn: Connection, name: str, number: int | None, limit: int) -> list[StoredMention]:
    """Give the mentions that a name means: source:native_id, which is one at most; else a native id or a URL as stored.

    `number` is the `id` that the name may mean as well. Erased ones are not among them; the newest come first.
    """
    name = storable(name)
    pairs = [(name[:at], name[at + 1 :]) for at, letter in enumerate(name) if letter == ":"]
    for means in (
        sa.tuple_(mentions.c.source, mentions.c.native_id).in_(pairs),
        (mentions.c.native_id == name) | (mentions.c.url == name) | (mentions.c.id == number),
    ):
        query = sa.select(mentions.c.id).where(means, mentions.c.deleted_at.is_(None))
        query = query.order_by(mentions.c.published_at.desc(), mentions.c.id.desc()).limit(limit)
        if ids := conn.execute(query).scalars().all():
            return list(load(conn, ids))
    return []


def _columns(wanted: MentionFilter) -> tuple[sa.Column[datetime], sa.Column[int]]:
    """Give the columns of time and number in which the index of these conditions stands."""
    if wanted.brand is not None:
        return matches.c.published_at, matches.c.mention_id
    return mentions.c.published_at, mentions.c.id


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
        yield when <= last  # says nothing new, and lets an index begin there
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
