"""Give stored mentions other scores: in their rows, in the hourly sums, and beside what people have corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.bulk import chunks, moment_for, run_many
from storage.corrections import corrections_of, keep, overlaid
from storage.records import BrandHit, Correction, Sentiment, StoredMention
from storage.relevance import RelevanceLabel, hits_aside, keep_labels, labels_of, set_aside
from storage.rows import content_hash, hit_values, mention_values, sentiment_values
from storage.scores import replace_scores
from storage.tables import matches, mentions
from storage.turns import take_turn
from storage.types import moment_text

_UPDATE = (
    "UPDATE mentions SET compound = ?, label = ?, method = ?, evidence_start = ?, evidence_end = ?,"
    " scored_language = ?, reason = ?, content_hash = ?, rescored_at = ? WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A stored mention with what the scorers say of it now."""

    stored: StoredMention
    whole: Sentiment
    hits: tuple[BrandHit, ...]  # as a poll gives them: all that are stored or set aside, in the order of the config


def rescore(conn: Connection, scored: Sequence[Scored], now: datetime) -> int:
    """Write down what the scorers say now. Gives how many mentions have another score than before, of whatever brand.

    What a person has corrected counts on, and remembers the new score, as does what is set aside. A later poll that
    brings a mention unchanged finds it so. Nothing is written for a mention whose scores are the same, nor for one that
    was erased meanwhile; who calls this sees to it that nobody collects at the same time.
    """
    take_turn(conn)
    ids = [one.stored.id for one in scored]
    rows = {row.id: row for row in _rows(conn, sa.select(mentions).where(mentions.c.deleted_at.is_(None)), ids)}
    hits = {(row.mention_id, row.brand): row for row in _rows(conn, sa.select(matches), ids)}
    standing, judged = corrections_of(conn, ids), labels_of(conn, ids)
    moment = moment_for(conn)
    updates: list[tuple[Any, ...]] = []
    counted: list[tuple[Row[Any], Sentiment]] = []
    renewed: list[Correction] = []
    aside: list[RelevanceLabel] = []
    changed = 0
    for one in scored:
        row = rows.get(one.stored.id)
        if row is None or (hashed := _hash(one, row)) == row.content_hash:
            continue
        other = _verdicts(one.whole, one.hits) != _said(one.stored, standing, judged)
        changed += other
        when = now if other else row.rescored_at
        updates.append((*sentiment_values(one.whole), hashed, None if when is None else moment(when), row.id))
        counting, corrected = overlaid(row.id, one.hits, standing)
        labels = set_aside(row.id, one.hits, judged)
        silent = {label.brand for label in labels}
        counted += [(hits[row.id, hit.brand], hit.sentiment) for hit in counting if hit.brand not in silent]
        renewed += corrected
        aside += labels
    run_many(conn, _UPDATE, updates)
    replace_scores(conn, counted)
    keep(conn, renewed)
    keep_labels(conn, aside)
    return changed


def _rows(conn: Connection, query: sa.Select[Any], ids: Sequence[int]) -> list[Row[Any]]:
    number = query.selected_columns[0]  # of both tables the mention's
    return [row for some in chunks(ids) for row in conn.execute(query.where(number.in_(some)))]


def _hash(one: Scored, row: Row[Any]) -> bytes:
    mention = one.stored.mention
    published = moment_text(row.published_at) if row.dated else None
    return content_hash(mention_values(mention, one.whole), published, hit_values(mention.source, one.hits))


def _said(
    stored: StoredMention,
    standing: dict[tuple[int, str], Correction],
    judged: dict[tuple[int, str], RelevanceLabel],
) -> dict[str, tuple[Any, ...]]:
    """Give what the scorers have said of a mention until now."""
    said = _verdicts(stored.whole, [*stored.hits, *hits_aside(stored.id, judged)])
    for hit in stored.hits:
        if (stored.id, hit.brand) in standing:
            said[hit.brand] = sentiment_values(standing[stored.id, hit.brand].was)
    return said


def _verdicts(whole: Sentiment, hits: Sequence[BrandHit]) -> dict[str, tuple[Any, ...]]:
    return {"": sentiment_values(whole)} | {hit.brand: sentiment_values(hit.sentiment) for hit in hits}
