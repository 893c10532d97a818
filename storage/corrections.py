"""What people have said of single scores: their label counts, and the scorer's is remembered beside it.

A correction is of the words that the person read. It outlives everything but a change of title or text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
import structlog
from sqlalchemy import Connection, Row

from config.errors import StoreError
from storage.bulk import chunks
from storage.records import BrandHit, Correction, Label, Sentiment
from storage.rows import SENTIMENT_COLUMNS, brand_hit, sentiment_values
from storage.scores import replace_scores
from storage.tables import corrections, matches, mentions
from storage.turns import take_turn
from storage.types import storable_or_none
from storage.upsert import upsert

PERSON: Final = "person"  # the method of a score that a person has given
COMPOUNDS: Final = {Label.POSITIVE: 0.6, Label.NEUTRAL: 0.0, Label.NEGATIVE: -0.6}  # what a person's label weighs
_KEY = ("mention_id", "brand")
_WAS = tuple(f"was_{name}" for name in SENTIMENT_COLUMNS)

_log = structlog.get_logger()


def correct(
    conn: Connection, mention_id: int, brand: str, label: Label, now: datetime, by: str | None = None
) -> Correction:
    """Let a person's label count in the place of the scorer's, in the hourly sums too.

    A second correction takes the place of the first; `was` stays what the scorer had said. Raises StoreError for a
    mention that is erased or does not name the brand, ValueError for the label "unscored", which nobody counts.
    """
    if label not in COMPOUNDS:
        raise ValueError(f"{label.value}: a person's label is {', '.join(COMPOUNDS)}")
    take_turn(conn)
    hit = _hit(conn, mention_id, brand)
    if hit is None:
        raise StoreError(f"mention {mention_id}: is erased or does not name {brand}; correct what `mentions` shows")
    before = corrections_of(conn, [mention_id]).get((mention_id, brand))
    was = before.was if before is not None else brand_hit(hit).sentiment
    correction = Correction(mention_id, brand, label, now, storable_or_none(by), was)
    keep(conn, [correction])
    replace_scores(conn, [(hit, _judged(label, was))])
    return correction


def withdraw(conn: Connection, mention_id: int, brand: str) -> bool:
    """Let what the scorer says count again. False where nobody has corrected it."""
    take_turn(conn)
    correction = corrections_of(conn, [mention_id]).get((mention_id, brand))
    if correction is None:
        return False
    hit = _hit(conn, mention_id, brand)
    if hit is not None:
        replace_scores(conn, [(hit, correction.was)])
    conn.execute(corrections.delete().where(corrections.c.mention_id == mention_id, corrections.c.brand == brand))
    return True


def all_corrections(conn: Connection, since: datetime | None = None) -> list[Correction]:
    """Give the corrections that stand, made from `since` on, in the order in which they were made."""
    query = sa.select(corrections).order_by(corrections.c.corrected_at, *(corrections.c[name] for name in _KEY))
    if since is not None:
        query = query.where(corrections.c.corrected_at >= since)
    return [_correction(row) for row in conn.execute(query)]


def corrections_of(conn: Connection, ids: Sequence[int]) -> dict[tuple[int, str], Correction]:
    """Give the corrections that stand of these mentions, by mention and brand."""
    return {
        (row.mention_id, row.brand): _correction(row)
        for some in chunks(ids)
        for row in conn.execute(sa.select(corrections).where(corrections.c.mention_id.in_(some)))
    }


def overlaid(
    mention_id: int, hits: Iterable[BrandHit], standing: Mapping[tuple[int, str], Correction]
) -> tuple[list[BrandHit], list[Correction]]:
    """Give the hits of a mention as they count, and its corrections with what the scorer says now beside them."""
    counted, renewed = [], []
    for hit in hits:
        correction = standing.get((mention_id, hit.brand))
        if correction is None:
            counted.append(hit)
        else:
            counted.append(replace(hit, sentiment=_judged(correction.label, hit.sentiment)))
            renewed.append(replace(correction, was=hit.sentiment))
    return counted, renewed


def _judged(label: Label, was: Sentiment) -> Sentiment:
    """Give the sentiment that a person's label stands for; the words that it is about stay those of the scorer."""
    return Sentiment(COMPOUNDS[label], label, PERSON, was.evidence, was.language)


def keep(conn: Connection, made: Sequence[Correction]) -> None:
    """Write corrections down, each in the place of the one before it."""
    rows = [
        {
            "mention_id": one.mention_id,
            "brand": one.brand,
            "label": one.label.value,
            "corrected_at": one.at,
            "corrected_by": one.by,
            **dict(zip(_WAS, sentiment_values(one.was), strict=True)),
        }
        for one in made
    ]
    upsert(conn, corrections, rows, _KEY)


def lapse(conn: Connection, ids: Sequence[int]) -> None:
    """Delete the corrections of mentions of which other words are known now than the person read."""
    deleted = sum(
        conn.execute(corrections.delete().where(corrections.c.mention_id.in_(some))).rowcount for some in chunks(ids)
    )
    if deleted:
        _log.info("corrections_lapsed", corrections=deleted, because="title or text changed")


def _hit(conn: Connection, mention_id: int, brand: str) -> Row[Any] | None:
    """Give the row of `matches`; None where there is none, or its mention is erased."""
    alive = sa.exists().where(mentions.c.id == matches.c.mention_id, mentions.c.deleted_at.is_(None))
    query = sa.select(matches).where(matches.c.mention_id == mention_id, matches.c.brand == brand, alive)
    return conn.execute(query).one_or_none()


def _correction(row: Row[Any]) -> Correction:
    start = row.was_evidence_start
    was = Sentiment(
        row.was_compound,
        Label(row.was_label),
        row.was_method,
        None if start is None else (start, row.was_evidence_end),
        row.was_language,
        row.was_reason,
    )
    return Correction(row.mention_id, row.brand, Label(row.label), row.corrected_at, row.corrected_by, was)
