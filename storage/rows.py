"""Mentions and hits as rows, and rows as mentions and hits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Row

from storage.records import BrandHit, Heard, Kind, Label, Match, Mention, Sentiment, StoredMention
from storage.tables import CREDIT_PARTS, MILLION
from storage.types import storable, storable_or_none, whole_number

ERASED = "erased:"  # in front of the hash that takes the place of an erased mention's id


def cleaned(mention: Mention) -> Mention:
    """Give the mention as a database can keep it: no NUL, no half characters, counts of 64 bits."""
    return replace(
        mention,
        native_id=stored_id(mention.native_id),
        url=storable_or_none(mention.url),
        title=storable_or_none(mention.title),
        text=storable(mention.text),
        author=storable_or_none(mention.author),
        language=storable_or_none(mention.language),
        engagement=whole_number(mention.engagement),
        reach=whole_number(mention.reach),
        reply_to=storable_or_none(mention.reply_to),
    )


def stored_id(native_id: str) -> str:
    """Give an id as it is kept; none may pose as the tombstone of another."""
    kept = storable(native_id)
    return f"~{kept}" if kept.startswith(ERASED) else kept


def tombstone_id(source: str, native_id: str) -> str:
    """Give what an erased mention is still known by: it tells a re-delivery, and nothing about the mention."""
    return ERASED + blake2b(f"{source}\0{native_id}".encode(), digest_size=16).hexdigest()


def content_hash(mention: Mention, heard: Heard | None) -> bytes:
    """Give 16 bytes that differ when anything that the store keeps of a mention differs, but for its story."""
    parts = [mention.url, mention.title, mention.text, mention.author, mention.language, mention.reply_to]
    parts += [mention.kind.value, f"{mention.published_at}|{mention.engagement}|{mention.reach}"]
    if heard is not None:
        parts.append(_spelled(heard.whole))
        for hit in heard.hits:
            places = "|".join(f"{match.start}:{match.end}:{match.term}" for match in hit.matches)
            parts += [hit.brand, str(hit.relevance), _spelled(hit.sentiment), places]
    return blake2b("\0".join(["\1" if part is None else part for part in parts]).encode(), digest_size=16).digest()


def _spelled(sentiment: Sentiment) -> str:
    return (
        f"{sentiment.compound}|{sentiment.label}|{sentiment.method}|{sentiment.evidence}"
        f"|{sentiment.language}|{sentiment.reason}"
    )


def mention_row(mention: Mention, whole: Sentiment) -> dict[str, Any]:
    """Give the columns of `mentions` that come from the source and from scoring."""
    return {
        "source": mention.source,
        "native_id": mention.native_id,
        "url": mention.url,
        "title": mention.title,
        "text": mention.text,
        "author": mention.author,
        "language": mention.language,
        "engagement": mention.engagement,
        "reach": mention.reach,
        "reply_to": mention.reply_to,
        "kind": mention.kind.value,
        "compound": _compound(whole),
        "label": whole.label.value,
        "method": whole.method,
        "evidence_start": whole.evidence[0] if whole.evidence else None,
        "evidence_end": whole.evidence[1] if whole.evidence else None,
        "scored_language": whole.language,
        "reason": whole.reason,
    }


def match_rows(
    mention_id: int, mention: Mention, hits: Sequence[BrandHit], published_at: datetime, story_id: int
) -> list[dict[str, Any]]:
    """Give the rows of `matches`: one per brand, each with its part of the mention's credit."""
    author = None if mention.author is None else author_key(mention.source, mention.author)
    return [
        {
            "mention_id": mention_id,
            "brand": hit.brand,
            "source": mention.source,
            "spans": [[match.term, match.start, match.end] for match in hit.matches],
            "relevance": hit.relevance,
            "compound": _compound(hit.sentiment),
            "label": hit.sentiment.label.value,
            "method": hit.sentiment.method,
            "evidence_start": hit.sentiment.evidence[0] if hit.sentiment.evidence else None,
            "evidence_end": hit.sentiment.evidence[1] if hit.sentiment.evidence else None,
            "language": hit.sentiment.language,
            "reason": hit.sentiment.reason,
            "credit": credit,
            "published_at": published_at,
            "author_key": author,
            "story_id": story_id,
            "engagement": mention.engagement,
        }
        for hit, credit in zip(hits, credits_of(len(hits)), strict=True)
    ]


def credits_of(brands: int) -> Iterable[int]:
    """Give the parts of one mention's credit, which always sum to CREDIT_PARTS; equal ones up to 16 brands."""
    if not brands:
        return ()
    share, rest = divmod(CREDIT_PARTS, brands)
    return [share + 1] * rest + [share] * (brands - rest)


def author_key(source: str, author: str) -> int:
    """Give a number that stands for an author of a source: 64 bits of a hash, so that distinct ones count fast."""
    return int.from_bytes(blake2b(f"{source}\0{author}".encode(), digest_size=8).digest(), "big", signed=True)


def millionths(compound: float | None) -> int:
    """Give a stored compound as a whole number of millionths; 0 where there is none."""
    return 0 if compound is None else round(compound * MILLION)


def _compound(sentiment: Sentiment) -> float | None:
    return None if sentiment.compound is None else round(sentiment.compound, 6)


def stored_mention(row: Row[Any], hits: Iterable[BrandHit]) -> StoredMention:
    """Give a mention as the history keeps it, its hits in the order in which the brands are named."""
    mention = Mention(
        source=row.source,
        native_id=row.native_id,
        url=row.url,
        title=row.title,
        text=row.text,
        author=row.author,
        published_at=row.published_at,
        language=row.language,
        engagement=row.engagement,
        reach=row.reach,
        reply_to=row.reply_to,
        kind=Kind(row.kind),
    )
    return StoredMention(
        id=row.id,
        mention=mention,
        dated=row.dated,
        collected_at=row.collected_at,
        edited_at=row.edited_at,
        story_id=row.story_id,
        whole=_sentiment(row, row.scored_language),
        hits=tuple(sorted(hits, key=lambda hit: (min((m.start for m in hit.matches), default=0), hit.brand))),
    )


def brand_hit(row: Row[Any]) -> BrandHit:
    """Give what a row of `matches` says of one brand."""
    return BrandHit(
        brand=row.brand,
        matches=tuple(Match(row.brand, term, start, end) for term, start, end in row.spans),
        sentiment=_sentiment(row, row.language),
        relevance=row.relevance,
    )


def _sentiment(row: Row[Any], language: str | None) -> Sentiment:
    return Sentiment(
        compound=row.compound,
        label=Label(row.label),
        method=row.method,
        evidence=None if row.evidence_start is None else (row.evidence_start, row.evidence_end),
        language=language,
        reason=row.reason,
    )
