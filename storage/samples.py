"""Texts of a brand, drawn evenly and always the same ones, where reading all of them would take too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.records import Span
from storage.tables import matches, mentions
from storage.voice import within

# Multiples of the golden ratio's part of a power of two lie as evenly as can be, so that of mentions that came one
# after the other evenly many are drawn (D. E. Knuth, "The Art of Computer Programming" 3, 1998, section 6.4).
_PARTS: Final = 65_536
_STEP: Final = 40_503


@dataclass(frozen=True, slots=True)
class DrawnText:
    """One mention of a brand, as far as its words are asked for."""

    id: int
    at: datetime  # when it was published
    author: int | None  # a number that stands for its author; None: the source names none
    url: str | None
    source: str
    story: int
    body: str  # title and text


def mentions_there(conn: Connection, window: Span, brand: str) -> int:
    """Give how many mentions of a brand, but for erased ones, a window has."""
    return conn.execute(sa.select(sa.func.count()).where(*_of(brand, window))).scalar_one()


def drawn_texts(
    conn: Connection, window: Span, brand: str, part: float, *, known: datetime | None = None,
    began: datetime | None = None,
) -> list[DrawnText]:  # fmt: skip
    """Give so many of a brand's mentions with their texts, by time; `part` is 0..1, and 1 is all of them.

    Which ones they are hangs on their ids alone: a greater part holds every lesser one. `known`: no mention that came
    later, but for what was published before listening `began`, which was read back.
    """
    columns = (
        matches.c.mention_id, matches.c.published_at, matches.c.author_key, mentions.c.url, matches.c.source,
        matches.c.story_id, mentions.c.title, mentions.c.text,
    )  # fmt: skip
    query = sa.select(*columns).join(mentions, mentions.c.id == matches.c.mention_id).where(*_of(brand, window))
    if part < 1:
        query = query.where(matches.c.mention_id * _STEP % _PARTS < round(part * _PARTS))
    if known is not None:
        came = mentions.c.collected_at <= known
        query = query.where(came if began is None else sa.or_(came, matches.c.published_at < began))
    return [
        DrawnText(id_, at, author, url, source, story, f"{title}\n{text}" if title else text)
        for id_, at, author, url, source, story, title, text in conn.execute(
            query.order_by(matches.c.published_at, matches.c.mention_id)
        )
    ]


def _of(brand: str, window: Span) -> tuple[sa.ColumnElement[bool], ...]:
    return matches.c.brand == brand, *within(matches.c.published_at, window), matches.c.story_id.is_not(None)
