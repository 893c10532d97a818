"""RSS, Atom, RDF and JSON Feed as entries: bytes in, no connection made, no markup interpreted.

The quick parser reads almost everything; what it refuses, or reads less of than the bytes evidently hold, goes to the
thorough one, which takes a hundred times as long.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import fastfeedparser

from listener.clean import MAX_MARKUP
from listener.doctype import dangerous_doctype
from listener.identities import native_ids

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # nothing was syndicated before: such a date is a default or an error
_AHEAD = timedelta(days=1)  # a date may lie this far ahead: clocks and zones are often a little wrong
_MAX_THOROUGH = 5 << 20  # bytes; beyond this the thorough parser could be kept busy for minutes
_MAX_SHORT = 2048  # characters of an id, a link, a name
_MARKS = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<(?:dc:)?language[^<>]{0,40}>\s*([A-Za-z]{2,3})\b")
_HEAD = 4096  # bytes in which a feed tells its language
_HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_COMMENTS = re.compile(rb"<(?:slash:comments|thr:total)>\s*(\d{1,9})\s*<")
_RATINGS = re.compile(rb"<media:starRating\s[^<>]{0,200}?\bcount=[\"'](\d{1,12})[\"']")
_COUNTING = (b"rss/1.0/modules/slash", b"syndication/thread", b"search.yahoo.com/mrss")
_VIEWS = re.compile(rb"<media:statistics\s[^<>]{0,200}?\bviews=[\"'](\d{1,12})[\"']")

# Both parsers meet input that their authors did not think of; these are the ways in which they say so. lxml's own error
# is a SyntaxError. Whatever it is, the answer is the same: this one could not read it.
_PARSER_ERRORS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, SyntaxError)


class NotAFeedError(ValueError):
    """These bytes hold no feed that could be read. The text says what they hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, as written: titles and texts may hold markup, links may be relative."""

    id: str  # unique within the feed, the same at every poll
    link: str | None
    title: str
    text: str  # the longest of content, description and media description
    author: str | None
    published: datetime | None  # aware UTC, believed as it is; see `believable`
    engagement: int | None = None  # comments and ratings, where the feed counts them
    reach: int | None = None  # views, where the feed counts them


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, in the order of the document."""

    title: str
    link: str | None
    language: str | None  # ISO 639-1, or -2 where there is no shorter one
    entries: tuple[Entry, ...]
    repeated: int = 0  # entries left out because they stand in the feed twice, word for word


def parse_feed(body: bytes, content_type: str | None, url: str) -> Feed:
    """Read a feed. Raises NotAFeedError; a feed without entries is none the less a feed."""
    danger = dangerous_doctype(body)
    if danger is not None:
        raise NotAFeedError(danger)
    parsed = _quick(body)
    expected = _number_of_marks(body)
    if parsed is None or len(parsed["entries"]) < expected:
        thorough = _thorough(body, content_type, url) if parsed is not None or _MARKS.search(body) else None
        if parsed is None or (thorough is not None and len(thorough["entries"]) > len(parsed["entries"])):
            parsed = thorough
    if parsed is None:
        raise NotAFeedError(_what_it_is(body))
    return _feed(parsed, body, url)


def _number_of_marks(body: bytes) -> int:
    """How many entries the bytes evidently hold; opening marks first, since broken feeds forget the closing ones."""
    name = b"entry>" if b"<feed" in body[:_HEAD] else b"item>"
    return body.count(b"<" + name) or body.count(b"</" + name)


def believable(date: datetime | None, now: datetime) -> datetime | None:
    """Give the date if it can be one of publication; None when it lies before 1990 or over a day ahead of `now`."""
    return date if date is not None and _EARLIEST <= date <= now + _AHEAD else None


def _quick(body: bytes) -> Mapping[str, Any] | None:
    try:
        parsed = fastfeedparser.parse(body, include_tags=False, include_enclosures=False)
        return {"feed": parsed["feed"], "entries": parsed["entries"]}
    except _PARSER_ERRORS:
        return None


def _thorough(body: bytes, content_type: str | None, url: str) -> Mapping[str, Any] | None:
    if len(body) > _MAX_THOROUGH:
        return None
    import feedparser  # noqa: PLC0415  # heavy, and hardly ever needed

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _PARSER_ERRORS:
        return None
    # Its own dictionaries answer for keys that they do not hold; plain ones do not.
    entries = [dict(entry) for entry in parsed["entries"]]
    return {"feed": dict(parsed["feed"]), "entries": entries} if entries else None


def _what_it_is(body: bytes) -> str:
    if not body.strip():
        return "the answer is empty"
    if _HTML.match(body):
        return "an HTML page, not a feed; look on that page for the address of its feed"
    return "neither RSS nor Atom nor JSON Feed"


def _feed(parsed: Mapping[str, Any], body: bytes, url: str) -> Feed:
    about = parsed["feed"]
    raw = [entry for entry in parsed["entries"] if isinstance(entry, dict)]
    links = [_short(entry.get("link")) for entry in raw]
    titles = [_text(entry.get("title")) for entry in raw]
    texts = [_longest(entry) for entry in raw]
    ids = native_ids([_short(entry.get("id")) for entry in raw], links, titles, texts, url)
    counts = _counts(body, len(raw))
    entries = tuple(
        Entry(ids[at] or "", links[at], titles[at], texts[at], _author(raw[at]), _date(raw[at]), *counts[at])
        for at in range(len(raw))
        if ids[at] is not None
    )
    language = _language(about.get("language"), body)
    return Feed(_text(about.get("title")), _short(about.get("link")), language, entries, len(raw) - len(entries))


def _text(value: object) -> str:
    return value[:MAX_MARKUP] if isinstance(value, str) else ""


def _short(value: object) -> str | None:
    text = value.strip()[:_MAX_SHORT] if isinstance(value, str) else ""
    return text or None


def _longest(entry: Mapping[str, Any]) -> str:
    text = _text(entry.get("description") or entry.get("summary"))
    content = entry.get("content")
    if isinstance(content, list) and content and isinstance(content[0], dict):
        whole = _text(content[0].get("value"))
        if len(whole) > len(text):
            text = whole
    if not text:
        media = entry.get("media_content")
        if isinstance(media, list) and media and isinstance(media[0], dict):
            text = _text(media[0].get("description"))
    return text


def _author(entry: Mapping[str, Any]) -> str | None:
    return _short(entry.get("author"))


def _date(entry: Mapping[str, Any]) -> datetime | None:
    for name in ("published", "updated"):
        value = entry.get(name)
        moment = _iso_date(value) or _parsed_date(entry.get(f"{name}_parsed")) if value else None
        if moment is not None:
            return moment
    return None


def _iso_date(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _parsed_date(value: object) -> datetime | None:
    if not isinstance(value, tuple):
        return None
    try:
        return datetime.fromtimestamp(timegm(value), UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _language(tagged: object, body: bytes) -> str | None:
    if not isinstance(tagged, str) or not tagged:
        found = _LANGUAGE.search(body, 0, _HEAD) if b"language" in body[:_HEAD] else None
        tagged = found[1].decode("ascii") if found else ""
    code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", tagged.strip())
    return code[0].lower() if code else None


def _counts(body: bytes, number: int) -> Sequence[tuple[int | None, int | None]]:
    """Engagement and reach of each entry, for feeds that count; neither parser reads these elements."""
    nothing: list[tuple[int | None, int | None]] = [(None, None)] * number
    head = body[:_HEAD]
    if not any(name in head for name in _COUNTING):
        return nothing
    parts = re.split(rb"<(?:item|entry)[\s>]", body)[1:]
    if len(parts) != number:  # which count belongs to which entry would be a guess
        return nothing
    return [_count(part) for part in parts]


def _count(part: bytes) -> tuple[int | None, int | None]:
    votes = [int(found[1]) for found in (_COMMENTS.search(part), _RATINGS.search(part)) if found]
    views = _VIEWS.search(part)
    return (sum(votes) if votes else None, int(views[1]) if views else None)
