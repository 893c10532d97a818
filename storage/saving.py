"""Keep what was heard: one batch, one pass, no statement per row but for what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.records import Heard, Label, Mention, Saved, Sentiment
from storage.rollups import RollupChanges
from storage.rows import cleaned, content_hash, match_rows, mention_row, tombstone_id
from storage.tables import matches, mention_words, mentions, stories
from storage.upsert import upsert
from storage.words import folded

_SAVING = 0x6F766573  # number of the PostgreSQL advisory lock: two writers of mentions take turns
_CHUNK = 500  # ids in one question to the database
_NAMELESS = Sentiment(None, Label.UNSCORED, "none", reason="names no brand any more")


@dataclass(slots=True)
class _Item:
    """One mention of the batch, and what the store knew of it."""

    mention: Mention
    heard: Heard | None  # None: it names no brand any more
    hash: bytes
    known_id: int | None = None
    known_hash: bytes | None = None

    @property
    def whole(self) -> Sentiment:
        return _NAMELESS if self.heard is None else self.heard.whole


@dataclass(slots=True)
class _Changes:
    """Everything that is written for one batch."""

    mentions: list[dict[str, Any]] = field(default_factory=list)
    matches: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
    stories: list[tuple[Heard, datetime]] = field(default_factory=list)
    rollups: RollupChanges = field(default_factory=RollupChanges)


def save(conn: Connection, heard: Sequence[Heard], now: datetime, unmatched: Sequence[Mention] = ()) -> Saved:
    """Keep mentions with their hits, sentiments and stories, and bring the hourly sums along.

    `unmatched` were seen again and name no brand any more: what is stored of their hits goes. May be repeated: an
    unchanged mention writes nothing. The last of several with one identity counts. What its source erased stays erased.
    """
    take_turn(conn)
    items = _items(heard, unmatched)
    erased = _look_up(conn, items)
    for key in erased:
        del items[key]
    new = [item for item in items.values() if item.known_id is None and item.heard is not None]
    changed = [item for item in items.values() if item.known_id is not None and item.known_hash != item.hash]
    changes = _Changes()
    _add_new(conn, new, now, changes)
    _rewrite_changed(conn, changed, now, changes)
    _write(conn, changes)
    unchanged = sum(item.heard is not None for item in items.values()) - len(new)
    unchanged -= sum(item.heard is not None for item in changed)
    return Saved(new=len(new), updated=len(changed), unchanged=unchanged + len(erased))


def take_turn(conn: Connection) -> None:
    """Wait until no other transaction changes mentions. SQLite has one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_SAVING)))


def chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Give the ids in pieces that one statement can ask for."""
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _items(heard: Sequence[Heard], unmatched: Sequence[Mention]) -> dict[tuple[str, str], _Item]:
    items: dict[tuple[str, str], _Item] = {}
    for mention in unmatched:
        seen = cleaned(mention)
        items[seen.source, seen.native_id] = _Item(seen, None, content_hash(seen, None))
    for one in heard:
        seen = cleaned(one.mention)
        items[seen.source, seen.native_id] = _Item(seen, one, content_hash(seen, one))
    return items


def _look_up(conn: Connection, items: dict[tuple[str, str], _Item]) -> list[tuple[str, str]]:
    """Tell each item what is stored of it; give the keys of those that their source has erased."""
    columns = (mentions.c.id, mentions.c.native_id, mentions.c.content_hash, mentions.c.deleted_at)
    erased = []
    for source in {source for source, _ in items}:
        keys = {native_id: native_id for key_source, native_id in items if key_source == source}
        keys |= {tombstone_id(source, native_id): native_id for native_id in list(keys)}
        for some in chunks(list(keys)):
            query = sa.select(*columns).where(mentions.c.source == source, mentions.c.native_id.in_(some))
            for row in conn.execute(query):
                if row.deleted_at is None:
                    item = items[source, keys[row.native_id]]
                    item.known_id, item.known_hash = row.id, row.content_hash
                else:
                    erased.append((source, keys[row.native_id]))
    return erased


def _add_new(conn: Connection, items: Sequence[_Item], now: datetime, changes: _Changes) -> None:
    if not items:
        return
    last: int = conn.execute(sa.select(sa.func.coalesce(sa.func.max(mentions.c.id), 0))).scalar_one()
    for mention_id, item in enumerate(items, start=last + 1):
        if item.heard is None:
            continue
        published_at = (item.mention.published_at or now).astimezone(UTC)
        row = mention_row(item.mention, item.whole)
        row |= {
            "id": mention_id,
            "published_at": published_at,
            "dated": item.mention.published_at is not None,
            "collected_at": now,
            "edited_at": None,
            "deleted_at": None,
            "story_id": item.heard.story_id,
            "content_hash": item.hash,
        }
        changes.mentions.append(row)
        hits = match_rows(mention_id, item.mention, item.heard.hits, published_at, item.heard.story_id)
        changes.matches += hits
        changes.rollups.add(hits)
        changes.words.append({"mention_id": mention_id, "words": folded(item.mention.title, item.mention.text)})
        changes.stories.append((item.heard, published_at))
    conn.execute(mentions.insert(), changes.mentions)


def _rewrite_changed(conn: Connection, items: Sequence[_Item], now: datetime, changes: _Changes) -> None:
    if not items:
        return
    known = {item.known_id: item for item in items if item.known_id is not None}
    before = {row.id: row for row in _rows(conn, mentions, mentions.c.id, list(known))}
    old_hits = [dict(row._mapping) for row in _rows(conn, matches, matches.c.mention_id, list(known))]  # noqa: SLF001  # SQLAlchemy's public name for it
    changes.rollups.take(old_hits)
    rows, rewritten = [], []
    for mention_id, item in known.items():
        row, hits = _rewritten(before[mention_id], item, now)
        rows.append(row)
        changes.matches += hits
        changes.rollups.add(hits)
        if row["edited_at"] == now:
            rewritten.append(mention_id)
            changes.words.append({"mention_id": mention_id, "words": folded(item.mention.title, item.mention.text)})
        if item.heard is not None:
            changes.stories.append((item.heard, row["published_at"]))
    conn.execute(mentions.update().where(mentions.c.id == sa.bindparam("of_id")), rows)
    _delete(conn, matches, matches.c.mention_id, list(known))
    delete_words(conn, rewritten)


def _rewritten(before: Row[Any], item: _Item, now: datetime) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give the new row of a mention, and its new hits. A date once known is never lost; nor is the first-seen time."""
    mention = item.mention
    edited = (before.title, before.text) != (mention.title, mention.text)
    dated = mention.published_at is not None
    published_at = before.published_at if mention.published_at is None else mention.published_at.astimezone(UTC)
    story_id = item.heard.story_id if item.heard is not None and edited else before.story_id
    row = mention_row(mention, item.whole)
    del row["source"], row["native_id"]
    row |= {
        "of_id": before.id,
        "published_at": published_at,
        "dated": dated or before.dated,
        "edited_at": now if edited else before.edited_at,
        "story_id": story_id,
        "content_hash": item.hash,
    }
    hits = () if item.heard is None else item.heard.hits
    return row, match_rows(before.id, mention, hits, published_at, story_id)


def _write(conn: Connection, changes: _Changes) -> None:
    if changes.matches:
        conn.execute(matches.insert(), changes.matches)
    changes.rollups.write(conn)
    insert_words(conn, changes.words)
    _write_stories(conn, changes.stories)


def _write_stories(conn: Connection, members: Sequence[tuple[Heard, datetime]]) -> None:
    """Keep each story's first fingerprint and time, and add the brands and the last time of its new members."""
    ids = list({heard.story_id for heard, _ in members})
    rows = {row.id: dict(row._mapping) for row in _rows(conn, stories, stories.c.id, ids)}  # noqa: SLF001  # as above
    before = {story_id: (list(row["brands"]), row["last_at"]) for story_id, row in rows.items()}
    for heard, published_at in members:
        row = rows.setdefault(
            heard.story_id,
            {
                "id": heard.story_id,
                "fingerprint": heard.fingerprint,
                "brands": [],
                "published_at": published_at,
                "last_at": published_at,
            },
        )
        row["brands"] = sorted({*row["brands"], *(hit.brand for hit in heard.hits)})
        row["last_at"] = max(row["last_at"], published_at)
    changed = [row for row in rows.values() if before.get(row["id"]) != (row["brands"], row["last_at"])]
    upsert(conn, stories, changed, key=("id",))


def insert_words(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Put texts into the full text index."""
    if not rows:
        return
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(
            "INSERT INTO mention_words (rowid, words) VALUES (?, ?)",
            [(row["mention_id"], row["words"]) for row in rows],
        )
    else:
        conn.execute(mention_words.insert(), list(rows))


def delete_words(conn: Connection, ids: Sequence[int]) -> None:
    """Take texts out of the full text index."""
    if not ids:
        return
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql("DELETE FROM mention_words WHERE rowid = ?", [(mention_id,) for mention_id in ids])
    else:
        _delete(conn, mention_words, mention_words.c.mention_id, ids)


def _rows(conn: Connection, table: sa.Table, column: sa.Column[int], ids: Sequence[int]) -> Iterable[Row[Any]]:
    for some in chunks(ids):
        yield from conn.execute(sa.select(table).where(column.in_(some)))


def _delete(conn: Connection, table: sa.Table, column: sa.Column[int], ids: Sequence[int]) -> None:
    for some in chunks(ids):
        conn.execute(table.delete().where(column.in_(some)))
