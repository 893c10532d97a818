"""Keep what was heard: one batch, one pass, no statement per row but for what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.bulk import chunks, insert, moment_for, rows_with, run_many
from storage.corrections import corrections_of, keep, lapse, overlaid
from storage.hits import add_hits, take_hits
from storage.records import Correction, Heard, Label, Mention, Saved, Sentiment
from storage.relevance import RelevanceLabel, keep_labels, labels_of, lapse_labels, set_aside
from storage.rollups import RollupChanges
from storage.rows import (
    MENTION_COLUMNS,
    author_key,
    cleaned,
    content_hash,
    hit_values,
    mention_values,
    tombstone_id,
)
from storage.tables import mentions
from storage.turns import take_turn
from storage.types import moment_text
from storage.words import folded

_NAMELESS = Sentiment(None, Label.UNSCORED, "none", reason="names no brand any more")
_INSERT_MENTION = insert("mentions", MENTION_COLUMNS)
_UPDATE_MENTION = f"UPDATE mentions SET {', '.join(f'{name} = ?' for name in MENTION_COLUMNS[:-1])} WHERE id = ?"  # noqa: S608  # our own names
_INSERT_STORY = insert("stories", ("id", "fingerprint", "published_at")) + " ON CONFLICT DO NOTHING"
_LAST_ID = sa.select(sa.func.coalesce(sa.func.max(mentions.c.id), 0))
_ANY_ERASED = sa.select(sa.exists().where(mentions.c.deleted_at.is_not(None)))
# Nothing is left of a story whose only member reads otherwise now: its fingerprint would draw strangers into it.
_FORGET_STORY = (
    "DELETE FROM stories WHERE id = ? AND NOT EXISTS "
    "(SELECT 1 FROM mentions WHERE story_id = stories.id AND id <> ? AND deleted_at IS NULL)"
)
_KNOWN = "SELECT native_id, id, content_hash, deleted_at FROM mentions WHERE source = ? AND native_id {in_ids}"


@dataclass(slots=True)
class _Item:
    """One mention of the batch, and what the store knew of it."""

    batch: int  # its number
    mention: Mention
    heard: Heard | None  # None: it names no brand any more
    values: tuple[Any, ...]  # of MENTION_COLUMNS, as far as the source and scoring decide
    hits: list[tuple[Any, ...]]  # of MATCH_COLUMNS, the same
    published: str | None  # as SQLite keeps it; None for an undated one
    hash: bytes
    known_id: int | None = None
    known_hash: bytes | None = None


@dataclass(slots=True)
class _Changes:
    """Rows that are written for one batch."""

    matches: list[tuple[Any, ...]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    stories: list[tuple[int, bytes, Any]] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    labels: list[RelevanceLabel] = field(default_factory=list)
    rollups: RollupChanges = field(default_factory=RollupChanges)


def save(conn: Connection, heard: Sequence[Heard], now: datetime, unmatched: Sequence[Mention] = ()) -> Saved:
    """Keep mentions with their hits, sentiments and stories, and bring the hourly sums along.

    `unmatched` were seen again and name no brand any more: what is stored of their hits goes. May be repeated: an
    unchanged mention writes nothing. The last of several with one identity counts. What its source erased stays erased.
    """
    (saved,) = save_all(conn, [(heard, unmatched)], now)
    return saved


def save_all(
    conn: Connection, batches: Sequence[tuple[Sequence[Heard], Sequence[Mention]]], now: datetime
) -> list[Saved]:
    """Do the same with several batches at once, each of what names a brand and what names none; one count for each.

    A mention that stands in several is counted where it stands last.
    """
    if not any(heard or unmatched for heard, unmatched in batches):
        return [Saved()] * len(batches)
    take_turn(conn)
    items = _items(batches)
    erased = [items.pop(key) for key in _look_up(conn, items)]
    new = [item for item in items.values() if item.known_id is None and item.heard is not None]
    changed = [item for item in items.values() if item.known_id is not None and item.known_hash != item.hash]
    changes = _Changes()
    _add_new(conn, new, now, changes)
    _rewrite_changed(conn, changed, now, changes)
    add_hits(conn, changes.matches)
    changes.rollups.write(conn)
    run_many(conn, insert("mention_words", (_words_id(conn), "words")), changes.words)
    run_many(conn, _INSERT_STORY, changes.stories)
    named = Counter(item.batch for item in items.values() if item.heard is not None)
    added = Counter(item.batch for item in new)
    rewritten = Counter(item.batch for item in changed)
    kept = Counter(item.batch for item in erased)
    kept += named - added - Counter(item.batch for item in changed if item.heard is not None)
    return [
        Saved(new=added[number], updated=rewritten[number], unchanged=kept[number]) for number in range(len(batches))
    ]


def _items(batches: Sequence[tuple[Sequence[Heard], Sequence[Mention]]]) -> dict[tuple[str, str], _Item]:
    items: dict[tuple[str, str], _Item] = {}
    for number, (heard, unmatched) in enumerate(batches):
        for mention in unmatched:
            seen = cleaned(mention)
            items[seen.source, seen.native_id] = _item(number, seen, None, mention_values(seen, _NAMELESS), [])
        for one in heard:
            seen = cleaned(one.mention)
            values, hits = mention_values(seen, one.whole), hit_values(seen.source, one.hits)
            items[seen.source, seen.native_id] = _item(number, seen, one, values, hits)
    return items


def _item(
    batch: int, mention: Mention, heard: Heard | None, values: tuple[Any, ...], hits: list[tuple[Any, ...]]
) -> _Item:
    published = None if mention.published_at is None else moment_text(mention.published_at)
    return _Item(batch, mention, heard, values, hits, published, content_hash(values, published, hits))


def _look_up(conn: Connection, items: dict[tuple[str, str], _Item]) -> list[tuple[str, str]]:
    """Tell each item what is stored of it; give the keys of those that their source has erased."""
    erased = []
    any_erased = conn.execute(_ANY_ERASED).scalar_one()
    for source in {source for source, _ in items}:
        keys = {native_id: native_id for key_source, native_id in items if key_source == source}
        if any_erased:
            keys |= {tombstone_id(source, native_id): native_id for native_id in list(keys)}
        for native_id, known_id, known_hash, deleted_at in rows_with(conn, _KNOWN, list(keys), source):
            if deleted_at is not None:
                erased.append((source, keys[native_id]))
            else:
                item = items[source, native_id]
                item.known_id, item.known_hash = known_id, known_hash
    return erased


def _add_new(conn: Connection, items: Sequence[_Item], now: datetime, changes: _Changes) -> None:
    if not items:
        return
    moment = moment_for(conn)
    as_text = moment is moment_text
    last: int = conn.execute(_LAST_ID).scalar_one()
    collected_at, rows = moment(now), []
    for mention_id, item in enumerate(items, start=last + 1):
        if item.heard is None:
            continue
        mention, story_id = item.mention, item.heard.story_id
        published_at = mention.published_at or now
        when = item.published if as_text and item.published is not None else moment(published_at)
        dated = mention.published_at is not None
        rows.append((*item.values, when, dated, collected_at, None, None, story_id, item.hash, mention_id))
        _add_hits(mention_id, item, (published_at, when), story_id, changes)
        changes.words.append((mention_id, folded(mention.title, mention.text)))
        changes.stories.append((story_id, item.heard.fingerprint, when))
    run_many(conn, _INSERT_MENTION, rows)


def _add_hits(mention_id: int, item: _Item, published: tuple[datetime, Any], story_id: int, changes: _Changes) -> None:
    """Write down the rows of `matches`, one per brand, and add them to the sums."""
    mention, (published_at, when) = item.mention, published
    author = None if mention.author is None else author_key(mention.source, mention.author)
    rows = [(mention_id, *hit, when, author, story_id, mention.engagement) for hit in item.hits]
    changes.matches += rows
    changes.rollups.add(published_at, rows)


def _rewrite_changed(conn: Connection, items: Sequence[_Item], now: datetime, changes: _Changes) -> None:
    if not items:
        return
    moment = moment_for(conn)
    known = {item.known_id: item for item in items if item.known_id is not None}
    before = {row.id: row for ids in chunks(list(known)) for row in _all(conn, mentions, mentions.c.id, ids)}
    standing, judged = corrections_of(conn, list(known)), labels_of(conn, list(known))
    rows, rewritten, left = [], [], []
    for mention_id, item in known.items():
        old, mention = before[mention_id], item.mention
        edited = (old.title, old.text) != (mention.title, mention.text)
        # A date once known is never lost; nor is the time when an undated mention was first seen.
        published_at = old.published_at if mention.published_at is None else mention.published_at.astimezone(UTC)
        story_id = item.heard.story_id if item.heard is not None and edited else old.story_id
        edited_at = now if edited else old.edited_at
        when = moment(published_at)
        rows.append(
            (
                *item.values,
                *(when, old.dated or mention.published_at is not None, moment(old.collected_at)),
                *(None if edited_at is None else moment(edited_at), None, story_id, item.hash, mention_id),
            )
        )
        if edited:
            rewritten.append(mention_id)
            left.append((old.story_id, mention_id))
            changes.words.append((mention_id, folded(mention.title, mention.text)))
        if not edited:
            item.hits = _counted(mention_id, item, standing, judged, changes)
        if item.heard is not None:
            _add_hits(mention_id, item, (published_at, when), story_id, changes)
            changes.stories.append((story_id, item.heard.fingerprint, when))
    run_many(conn, _UPDATE_MENTION, rows)
    run_many(conn, _FORGET_STORY, left)
    take_hits(conn, list(known), changes.rollups)
    delete_words(conn, rewritten)
    lapse(conn, rewritten)
    keep(conn, changes.corrections)
    lapse_labels(conn, rewritten)
    keep_labels(conn, changes.labels)


def _counted(
    mention_id: int,
    item: _Item,
    standing: Mapping[tuple[int, str], Correction],
    judged: Mapping[tuple[int, str], RelevanceLabel],
    changes: _Changes,
) -> list[tuple[Any, ...]]:
    """Give an item's hits as they count, by what people said: with their labels, of brands that it is about."""
    if not (standing or judged):
        return item.hits
    found = item.heard.hits if item.heard is not None else ()
    aside = set_aside(mention_id, found, judged)
    counted, renewed = overlaid(mention_id, found, standing)
    changes.corrections += renewed
    changes.labels += aside
    silent = {label.brand for label in aside}
    return hit_values(item.mention.source, [hit for hit in counted if hit.brand not in silent])


def delete_words(conn: Connection, ids: Sequence[int]) -> None:
    """Take texts out of the full text index."""
    run_many(conn, f"DELETE FROM mention_words WHERE {_words_id(conn)} = ?", [(mention_id,) for mention_id in ids])  # noqa: S608  # our own names


def _words_id(conn: Connection) -> str:
    return "rowid" if conn.dialect.name == "sqlite" else "mention_id"


def _all(conn: Connection, table: sa.Table, column: sa.Column[int], ids: Sequence[int]) -> Sequence[Any]:
    return conn.execute(sa.select(table).where(column.in_(ids))).all()
