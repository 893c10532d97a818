"""Mentions and hits as rows, and rows as mentions and hits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any

from sqlalchemy import Row

from storage.records import BrandHit, Kind, Label, Match, Mention, Sentiment, StoredMention
from storage.tables import CREDIT_PARTS, MILLION
from storage.types import WIDEST, storable, storable_or_none, unstorable, whole_number

_ERASED = "erased:"  # in front of the hash that takes the place of an erased mention's id


def cleaned(mention: Mention) -> Mention:
    """Give the mention as a database can keep it: no NUL, no half characters, counts of 64 bits."""
    texts = f"{mention.native_id}{mention.url}{mention.title}{mention.text}{mention.author}{mention.reply_to}"
    if (
        not unstorable(texts)
        and -WIDEST <= (mention.engagement or 0) + (mention.reach or 0) <= WIDEST
        and not mention.native_id.startswith(_ERASED)
    ):
        return mention
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
    return f"~{kept}" if kept.startswith(_ERASED) else kept


def tombstone_id(source: str, native_id: str) -> str:
    """Give what an erased mention is still known by: it tells a re-delivery, and nothing about the mention."""
    return _ERASED + blake2b(f"{source}\0{native_id}".encode(), digest_size=16).hexdigest()


def content_hash(mention_part: tuple[Any, ...], published: str | None, hits: list[tuple[Any, ...]]) -> bytes:
    """Give 16 bytes that differ when anything that the store keeps of a mention differs, but for its story.

    `mention_part` and `hits` as `mention_values` and `hit_values` give them, `published` is the source's date as text.
    """
    written = repr((mention_part, published, hits)).encode("utf-8", "replace")
    return blake2b(written, digest_size=16).digest()


# `id` stands last, so that one tuple serves to insert a row and to update it.
MENTION_COLUMNS = (
    "source", "native_id", "url", "title", "text", "author", "language", "engagement", "reach", "reply_to", "kind",
    "compound", "label", "method", "evidence_start", "evidence_end", "scored_language", "reason",
    "published_at", "dated", "collected_at", "edited_at", "deleted_at", "story_id", "content_hash", "id",
)  # fmt: skip
SENTIMENT_COLUMNS = ("compound", "label", "method", "evidence_start", "evidence_end", "language", "reason")
MATCH_COLUMNS = (
    "mention_id", "brand", "source", "spans", "relevance", *SENTIMENT_COLUMNS, "credit", "published_at", "author_key",
    "story_id", "engagement",
)  # fmt: skip


def mention_values(mention: Mention, whole: Sentiment) -> tuple[Any, ...]:
    """Give the values of MENTION_COLUMNS that come from the source and from scoring: all before `published_at`."""
    return (
        mention.source,
        mention.native_id,
        mention.url,
        mention.title,
        mention.text,
        mention.author,
        mention.language,
        mention.engagement,
        mention.reach,
        mention.reply_to,
        mention.kind._value_,  # as `value`, which takes ten times as long
        *sentiment_values(whole),
    )


def hit_values(source: str, hits: Sequence[BrandHit]) -> list[tuple[Any, ...]]:
    """Give the values of MATCH_COLUMNS that come from matching and scoring, `brand` to `credit`: one row per brand."""
    return [
        (hit.brand, source, _spans(hit.matches), hit.relevance, *sentiment_values(hit.sentiment), credit)
        for hit, credit in zip(hits, _credits_of(len(hits)), strict=True)
    ]


def sentiment_values(sentiment: Sentiment) -> tuple[Any, ...]:
    """Give the values of SENTIMENT_COLUMNS."""
    start, end = sentiment.evidence or (None, None)
    return (
        None if sentiment.compound is None else round(sentiment.compound, 6),
        sentiment.label._value_,
        sentiment.method,
        start,
        end,
        sentiment.language,
        sentiment.reason,
    )


def _spans(found: Sequence[Match]) -> str:
    """Give the places as JSON; written by hand, because this runs for every mention of every poll."""
    if len(found) == 1:
        (only,) = found
        return f"[[{_quoted(only.term)}, {only.start}, {only.end}]]"
    return f"[{', '.join([f'[{_quoted(match.term)}, {match.start}, {match.end}]' for match in found])}]"


def _credits_of(brands: int) -> Iterable[int]:
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
        rescored_at=row.rescored_at,
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
