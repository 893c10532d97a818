"""Mentions whose words speak most strongly for or against a brand: the candidates for a quote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.finding import load
from storage.records import Label, Span, StoredMention
from storage.tables import matches
from storage.voice import within

_LOOKED_AT: Final = 60  # the strongest of a brand and label; whether words decided does not stand in the index
_GIVEN: Final = 8  # enough to find one of an author and a story that are not quoted yet
_NOTICED: Final = 20.0  # engagement at which a mention weighs half more than one that nobody noticed


def quotable(
    conn: Connection, window: Span, brand: str, labels: Sequence[Label] = (Label.POSITIVE, Label.NEGATIVE)
) -> list[StoredMention]:
    """Give a brand's strongest mentions of each label of which the deciding words are known; erased ones left out.

    strength = |compound| x (1 + e / (e + 20)) with engagement e; unknown and negative engagement count as 0. Of
    each label come eight at most, the strongest first, the earliest of equals.
    """
    ids = [id_ for label in labels for id_ in _decided(conn, brand, _strongest(conn, window, brand, label))]
    return list(load(conn, ids))


def _strongest(conn: Connection, window: Span, brand: str, label: Label) -> list[int]:
    engagement = sa.case((matches.c.engagement > 0, matches.c.engagement), else_=0)
    strength = sa.func.abs(matches.c.compound) * (1 + engagement / (engagement + _NOTICED))
    query = (
        sa.select(matches.c.mention_id)  # all that is asked for stands in the index
        .where(
            matches.c.brand == brand,
            *within(matches.c.published_at, window),
            matches.c.label == label.value,
            matches.c.compound.is_not(None),
            matches.c.story_id.is_not(None),  # an erased mention has left its story
        )
        .order_by(strength.desc(), matches.c.published_at, matches.c.mention_id)
        .limit(_LOOKED_AT)
    )
    return list(conn.execute(query).scalars())


def _decided(conn: Connection, brand: str, ids: Sequence[int]) -> list[int]:
    query = sa.select(matches.c.mention_id).where(
        matches.c.mention_id.in_(ids), matches.c.brand == brand, matches.c.evidence_start.is_not(None)
    )
    decided = set(conn.execute(query).scalars())
    return [id_ for id_ in ids if id_ in decided][:_GIVEN]
