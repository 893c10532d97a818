"""Erase what a source has erased; what stays is a count of a brand, an hour and a sentiment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.bulk import chunks
from storage.relevance import forget_labels
from storage.rows import stored_id, tombstone_id
from storage.saving import delete_words
from storage.stories import forget_left
from storage.tables import corrections, matches, mentions
from storage.turns import take_turn


def erase(conn: Connection, source: str, native_ids: Sequence[str], now: datetime) -> int:
    """Erase mentions: id, text, title, address and author go, from the full text too. Gives how many were there.

    Brand, time, sentiment (as it counted, by a person's correction too) and engagement stay as an aggregate, but
    of no brand that it is not about, as a person said. Should the source deliver one again, it stays erased.
    """
    take_turn(conn)
    found: dict[int, tuple[str, int]] = {}
    for some in chunks(list({stored_id(native_id) for native_id in native_ids})):
        query = sa.select(mentions.c.id, mentions.c.native_id, mentions.c.story_id).where(
            mentions.c.source == source, mentions.c.native_id.in_(some), mentions.c.deleted_at.is_(None)
        )
        found |= {row.id: (row.native_id, row.story_id) for row in conn.execute(query)}
    if not found:
        return 0
    blank = dict.fromkeys(("url", "title", "author", "reply_to", "evidence_start", "evidence_end"))
    of_id: sa.BindParameter[int] = sa.bindparam("of_id")
    conn.execute(
        mentions.update()
        .where(mentions.c.id == of_id)
        .values(text="", native_id=sa.bindparam("tombstone"), deleted_at=now, content_hash=b"", **blank),
        [{"of_id": key, "tombstone": tombstone_id(source, native_id)} for key, (native_id, _) in found.items()],
    )
    delete_words(conn, list(found))
    nothing = {"author_key": None, "story_id": None, "evidence_start": None, "evidence_end": None}
    for ids in chunks(list(found)):
        conn.execute(matches.update().where(matches.c.mention_id.in_(ids)).values(spans=[], **nothing))
        conn.execute(corrections.delete().where(corrections.c.mention_id.in_(ids)))
    forget_labels(conn, list(found))
    forget_left(conn, [story_id for _, story_id in found.values()])
    return len(found)
