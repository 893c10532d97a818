"""The nouns that cross borders. Times are aware UTC, spans [start, end), ratios fractions; None unknown, 0 measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Cursor = Mapping[str, Json]  # opaque: written and read by one collector only; {} before the first poll


class Reason(StrEnum):
    """Why a source or a channel gave nothing. Closed: it decides about retries and is shown to the user."""

    AUTH = "auth"
    RATE_LIMITED = "rate_limited"
    NOT_FOUND = "not_found"
    GONE = "gone"
    NETWORK = "network"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"
    SERVER = "server"
    MALFORMED = "malformed"
    MISCONFIGURED = "misconfigured"


class Label(StrEnum):
    """What a compound means."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"
    UNSCORED = "unscored"  # no scorer for the language, or no words; never counted as neutral


class Kind(StrEnum):
    """What sort of text a mention is."""

    POST = "post"
    COMMENT = "comment"
    ARTICLE = "article"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, [start, end)."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Mention:
    """One text that a source gave: a post, a comment, an article. Identity: (source, native_id)."""

    source: str  # collector type, e.g. "rss"; for a file its `name`, when it has one
    native_id: str  # the source's own id; where it gives none, made of the link, else of what was written
    url: str | None  # http(s) only
    title: str | None  # plain text
    text: str  # plain text, capped; may be empty when there is a title
    author: str | None
    published_at: datetime | None  # None: the source gave none, or one that cannot be; the store keeps first-seen time
    language: str | None = None  # as tagged by the source, ISO 639-1
    engagement: int | None = None  # likes, shares, comments, votes: whatever the source counts, summed
    reach: int | None = None  # people who could have seen it, when the source says
    reply_to: str | None = None  # native id of what it answers
    kind: Kind = Kind.POST

    @property
    def body(self) -> str:
        """Title and text as matched and scored; offsets of matches count in it."""
        return f"{self.title}\n{self.text}" if self.title else self.text


@dataclass(frozen=True, slots=True)
class Match:
    """One place where a brand is named: characters [start, end) of the mention's body."""

    brand: str  # slug
    term: str  # as configured
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentiment:
    """What a text says about one brand (or on the whole, when it stands in Heard.whole)."""

    compound: float | None  # -1..1; None when unscored
    label: Label
    method: str  # scorer and version, e.g. "vader-3.3.2/targeted-3"
    evidence: tuple[int, int] | None = None  # characters of the body that decided
    language: str | None = None
    reason: str | None = None  # why unscored, e.g. "unscored:ko"


@dataclass(frozen=True, slots=True)
class BrandHit:
    """A mention seen from one brand: where it is named, and what is said of it."""

    brand: str
    matches: tuple[Match, ...]  # never empty, in order of place
    sentiment: Sentiment
    relevance: float = 1.0  # 0..1; 1 while nothing doubts it


@dataclass(frozen=True, slots=True)
class Heard:
    """A mention ready for the store: matched, scored, given its story."""

    mention: Mention
    whole: Sentiment  # of the text as a whole, no brand in mind
    hits: tuple[BrandHit, ...]  # one per brand, never empty
    story_id: int  # mentions of one story share it (near-duplicates, crossposts)
    fingerprint: bytes = b""  # hashes of the body, to find the story's next member after a restart; none: too short


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention as the history gives it back."""

    id: int
    mention: Mention  # published_at is never None here
    dated: bool  # False: published_at is the time when it was first seen
    collected_at: datetime
    edited_at: datetime | None
    story_id: int
    whole: Sentiment
    hits: tuple[BrandHit, ...]
    rescored_at: datetime | None = None  # when its scores last changed though its text did not


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person has said of a mention's sentiment toward a brand, in the place of the scorer."""

    mention_id: int
    brand: str  # slug
    label: Label  # never unscored
    at: datetime
    by: str | None  # who, when they said
    was: Sentiment  # what the scorer says: never a person's


@dataclass(frozen=True, slots=True)
class Saved:
    """What one batch did to the store."""

    new: int = 0
    updated: int = 0  # anything that is kept of it changed, but for its story
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class QueryState:
    """Where one query stands: the store's memory between two polls."""

    key: str
    source: str
    cursor: Cursor
    next_due_at: datetime
    failures: int = 0  # in a row
    last_ok_at: datetime | None = None
    covered_to: datetime | None = None  # heard everything published before this, but for the ledger's gaps


@dataclass(frozen=True, slots=True)
class Run:
    """One poll of one query: a line of the coverage ledger."""

    key: str
    source: str
    started_at: datetime
    ended_at: datetime
    covered: Span | None  # the stretch of publication time that this poll made known; None when it failed
    fetched: int = 0
    new: int = 0
    updated: int = 0
    unmatched: int = 0  # named no brand: counted and dropped
    skipped: int = 0  # items that could not be read
    reason: Reason | None = None
    detail: str | None = None
    polls: int = 1  # that this line stands for: polls in a row that changed nothing share one


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch during which one query was deaf."""

    key: str
    span: Span
    reason: str  # a Reason, "not listening" or "too much at once"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a window was heard, over all queries that were asked about."""

    window: Span
    queries: int
    share: float | None  # covered query-hours / expected query-hours; None without queries or for an empty window
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """What was heard of one brand in a window."""

    brand: str
    mentions: int = 0
    credit: float = 0.0  # a mention that names k tracked brands gives each 1/k
    authors: int = 0  # distinct, per source; mentions without an author count none: see `with_author`
    stories: int = 0  # distinct
    engagement: int = 0  # sum where known: see `with_engagement`
    positive: int = 0
    neutral: int = 0
    negative: int = 0
    unscored: int = 0
    compound_sum: float = 0.0  # over scored mentions
    with_author: int = 0  # mentions whose source named the author; of none, `authors` is unknown, not 0
    with_engagement: int = 0  # mentions whose source counts engagement; of none, `engagement` is unknown, not 0
    unscored_why: tuple[tuple[str, int], ...] = ()  # reasons of the unscored ("unscored:ko"), most frequent first


@dataclass(frozen=True, slots=True)
class Story:
    """Near-duplicate mentions of a brand in a window, shown by the most engaged one, the earliest of equals."""

    story_id: int
    lead: StoredMention
    mentions: int
    engagement: int
    sources: tuple[str, ...]
    authors: int | None = None  # distinct, per source; None: no source names one


@dataclass(frozen=True, slots=True)
class KnownStory:
    """What is left of a story after a restart: enough to find its next member."""

    story_id: int
    fingerprint: bytes  # of its first member
    brands: tuple[str, ...]
    published_at: datetime


class DeliveryState(StrEnum):
    """Where a delivery stands in the outbox."""

    PENDING = "pending"
    SENDING = "sending"  # handed to the channel, answer not seen yet
    SENT = "sent"
    BLOCKED = "blocked"  # refused for good; needs a person
    MERGED = "merged"  # waited too long, and is told in another message
    DROPPED = "dropped"  # has become pointless, as its message was deleted; nobody needs to do anything


class Act(StrEnum):
    """What a delivery does."""

    POST = "post"
    PICTURES = "pictures"  # brings files into the thread of `parent`
    EDIT = "edit"  # puts its payload in the place of the message that `parent` names; twice is as good as once


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message in the outbox. `key` is unique for ever: the same key is never sent twice."""

    key: str  # "digest:day:2026-11-22:Europe/Paris#1"
    channel: str  # destination: "slack", "slack:brand-news", "webhook", "console"
    payload: Mapping[str, Json]  # text, blocks, thread: as in `digest --format slack`
    created_at: datetime
    parent: str | None = None  # key of the message in whose thread this one goes, or that it edits
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    next_attempt_at: datetime | None = None
    sending_since: datetime | None = None
    sent_at: datetime | None = None
    reference: str | None = None  # what the channel answered, e.g. Slack's ts
    reason: Reason | None = None
    detail: str | None = None
    act: Act = Act.POST
    meant_for: str | None = None  # destination that refused it, when it was moved to the fallback
    moved_because: str | None = None  # that channel as people call it, and what it said


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was shown, with what it was made of, so that `why` can answer later."""

    id: str  # "sov.acme.20130805-20130812"
    value: float | None
    window: Span
    formula: str
    inputs: Mapping[str, Json]  # the counts that entered, the share of coverage, the fingerprint of the rules
    shown_at: datetime
    shown_in: str  # delivery key
