"""RSS, Atom, RDF and JSON Feed as entries: bytes in, no connection made, no markup interpreted.

The quick parser reads almost everything; what it refuses, or reads less of than the bytes evidently hold, goes to the
thorough one, which takes a hundred times as long.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from listener.charsets import in_utf8
from listener.clean import MAX_MARKUP
from listener.doctype import dangerous_doctype
from listener.entry_parts import (
    counts,
    encoded_contents,
    has_crowded_element,
    has_whole_dates,
    holds_date,
    holds_markup,
    holds_only_dates,
    parts,
)
from listener.identities import native_ids
from listener.parser_process import TooCostlyError, parse_apart
from listener.parsers import Parsed, quick, thorough

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # nothing was syndicated before: such a date is a default or an error
_AHEAD = timedelta(days=1)  # a date may lie this far ahead: clocks and zones are often a little wrong
_MAX_THOROUGH = 5 << 20  # bytes; beyond this the thorough parser could be kept busy for minutes
_SMALL = 64 << 10  # bytes; up to this the thorough parser takes a second at worst
_LARGE = 1 << 20  # bytes; beyond this the quick parser could be kept busy for seconds
_MAX_SHORT = 2048  # characters of an id, a link, a name
_MARKS = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>/]", re.IGNORECASE)
_ROOT = re.compile(rb"<(feed|rss)[\s>]")
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^<>]{0,200}\?>")
_ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"'
_LANGUAGE = re.compile(rb"<(?:dc:)?language[^<>]{0,40}>\s*([A-Za-z]{2,3})\b")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_HEAD = 4096  # bytes in which a feed tells its language
_NO_DATE_IDS = ("http", "tag:", "urn:")  # ids that the quick parser never takes for a date
_ADDRESSES = ("http://", "https://")
_ITS_OWN = (None, "alternate")  # relations of a link that leads to the entry itself
_DATED_JSON = re.compile(rb'"date_(?:published|modified)"\s*:\s*"(?!\d{4}-\d\d-\d\d)')
_MIDNIGHT = "T00:00:00+00:00"

# What else a server may answer, by how it begins.
_OTHERS = (
    (
        re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL),
        "an HTML page, not a feed; look on that page for the address of its feed",
    ),
    (
        re.compile(rb'\s*\{\s*"rss"\s*:'),
        "RSS written as JSON, which is not read; look on that site for the address of its RSS, Atom or JSON Feed",
    ),
    (
        re.compile(rb"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<opml\b", re.IGNORECASE | re.DOTALL),
        "a list of feeds (OPML), not a feed; add the addresses that stand in it",
    ),
    (
        re.compile(rb"\s*(?:<\?xml[^<>]{0,200}\?>\s*)?<(?:urlset|sitemapindex)\b", re.IGNORECASE),
        "a map of a site, not a feed; look on that site for the address of its feed",
    ),
)


class NotAFeedError(ValueError):
    """These bytes hold no feed that could be read. The text says what they hold."""


class Entry(NamedTuple):
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


def parse_feed(body: bytes, content_type: str | None, url: str, bound: str | None = None) -> Feed:
    """Read a feed. Raises NotAFeedError; a feed without entries is none the less a feed.

    `bound` is what ids that mean something in this feed alone are bound to; it must be the same at every poll. Left
    out, it is the address.
    """
    written = in_utf8(body, content_type)
    danger = dangerous_doctype(body) or (dangerous_doctype(written) if written is not body else None)
    if danger is not None:
        raise NotAFeedError(danger)
    try:
        parsed = _parsed(written, url)
    except TooCostlyError as why:
        raise NotAFeedError(f"refused: {why}") from None
    if parsed is None:
        raise NotAFeedError(_what_it_is(written))
    return _feed(parsed, written, url if bound is None else bound)


def _parsed(body: bytes, url: str) -> Parsed | None:
    parsed = _quick(body) or _quick_inside(body)
    sound = parsed is not None and parsed.sound and not _is_cut(parsed, body)
    if parsed is not None and sound and len(parsed.entries) >= _number_of_marks(body):
        return parsed
    if len(body) > _MAX_THOROUGH or (parsed is None and not _MARKS.search(body)):
        return parsed
    try:
        more = thorough(body, url) if len(body) <= _SMALL else parse_apart("thorough", body, url)
    except TooCostlyError:
        if parsed is None:
            raise
        return parsed
    if more is None or parsed is None:
        return more or parsed
    enough = len(parsed.entries) + sound  # of two that found as much, the one without errors
    return more if len(more.entries) >= enough else parsed


def _quick(body: bytes) -> Parsed | None:
    """Read what is small here and what is large, or has an element that is slow to read, in a process of its own."""
    costly = len(body) > _LARGE or has_crowded_element(body)
    return parse_apart("quick", body, "") if costly else quick(body)


def _is_cut(parsed: Parsed, body: bytes) -> bool:
    """Tell whether titles or texts were read only up to an element that stands in them."""
    if body.lstrip()[:1] == b"{":
        return False
    summed_up = any("content" not in entry for entry in parsed.entries)
    return holds_markup(body, summaries=summed_up)


def _number_of_marks(body: bytes) -> int:
    """How many entries the bytes evidently hold; opening marks first, since broken feeds forget the closing ones."""
    name = b"entry>" if b"<feed" in body[:_HEAD] else b"item>"
    return body.count(b"<" + name) or body.count(b"</" + name)


def believable(date: datetime | None, now: datetime) -> datetime | None:
    """Give the date if it can be one of publication; None when it lies before 1990 or over a day ahead of `now`."""
    return date if date is not None and _EARLIEST <= date <= now + _AHEAD else None


def _quick_inside(body: bytes) -> Parsed | None:
    """Read a feed that a page was put around, or whose root tells no namespace."""
    root = _ROOT.search(body)
    end = body.rfind(b"</" + root[1] + b">") if root is not None else -1
    if root is None or end < root.start():
        return None
    inside = body[root.start() : end] + b"</" + root[1] + b">"
    if root[1] == b"feed" and b"xmlns" not in inside[: inside.find(b">")]:
        inside = _ATOM + inside[len(b"<feed") :]
    declaration = _DECLARATION.match(body)
    parsed = _quick(declaration[0] + inside if declaration else inside)
    return parsed if parsed is not None and parsed.entries else None


def _what_it_is(body: bytes) -> str:
    if not body.strip():
        return "the answer is empty"
    return next((sentence for start, sentence in _OTHERS if start.match(body)), "neither RSS nor Atom nor JSON Feed")


def _feed(parsed: Parsed, body: bytes, bound: str) -> Feed:
    about, raw = parsed.about, parsed.entries
    links = [_short(_link(entry)) for entry in raw]
    titles = [_text(entry.get("title")) for entry in raw]
    texts = [_longest(entry) for entry in raw]
    ids = [_short(entry.get("id")) for entry in raw]
    dates = [_date(entry) for entry in raw]
    if parsed.quick and raw and "content" not in raw[0] and b"<content:encoded" in body:  # not read in RSS 1.0
        contents = encoded_contents(body, len(raw)) or ()
        texts = [max(pair, key=len)[:MAX_MARKUP] for pair in zip(texts, contents, strict=True)] if contents else texts
    _drop_invented(dates, ids, raw, body)
    authors = [_short(entry.get("author")) for entry in raw]
    given = native_ids(ids, links, titles, texts, bound)
    # An id that is an address leads to its entry, but a link counts as an id in another way.
    links = [
        link or (key if key and key.startswith(_ADDRESSES) else None) for link, key in zip(links, ids, strict=True)
    ]
    counted = counts(body, len(raw)) or [(None, None)] * len(raw)
    entries = tuple(
        Entry(key, *rest, *count)
        for key, *rest, count in zip(given, links, titles, texts, authors, dates, counted, strict=True)
        if key is not None
    )
    language = _language(about.get("language"), body)
    return Feed(_text(about.get("title")), _short(about.get("link")), language, entries, len(raw) - len(entries))


def _text(value: object) -> str:
    return value[:MAX_MARKUP] if isinstance(value, str) else ""


def _short(value: object) -> str | None:
    return value.strip()[:_MAX_SHORT] or None if isinstance(value, str) else None


def _link(entry: Mapping[str, Any]) -> object:
    """Give the entry's address, and not that of a picture, a recording or a reply, where it has both."""
    link, links = entry.get("link"), entry.get("links")
    if not links or not isinstance(links, list):
        return link
    if link and (len(links) == 1 or links[0].get("href") != link or links[0].get("rel") in _ITS_OWN):
        return link
    return next((one.get("href") for one in links if one.get("rel") in _ITS_OWN), link)


def _longest(entry: Mapping[str, Any]) -> str:
    text = _text(entry.get("description") or entry.get("summary"))
    content = entry.get("content")
    if content and isinstance(content, list) and isinstance(content[0], dict):
        whole = _text(content[0].get("value"))
        if len(whole) > len(text):
            text = whole
    if not text:
        media = entry.get("media_content")
        if isinstance(media, list) and media and isinstance(media[0], dict):
            text = _text(media[0].get("description"))
    return text


def _date(entry: Mapping[str, Any]) -> datetime | None:
    for name in ("published", "updated"):
        value = entry.get(name)
        moment = _iso_date(value) or _parsed_date(entry.get(f"{name}_parsed")) if value else None
        if moment is not None:
            return moment
    return None


def _drop_invented(
    dates: list[datetime | None], ids: Sequence[str | None], raw: Sequence[Mapping[str, Any]], body: bytes
) -> None:
    """Take away the dates that a parser made of an id ("3") or completed with today ("Monday", "10:30")."""
    if has_whole_dates(body, len(raw)) or not any(dates):
        return
    json = body.lstrip()[:1] == b"{"
    pieces = None if json else parts(body, len(raw))
    doubtful = False
    if pieces is None:
        doubtful = _DATED_JSON.search(body) is not None if json else not holds_only_dates(body)
    for at, key in enumerate(ids):
        if pieces is not None:
            invented = not holds_date(pieces[at])
        else:  # JSON Feed makes no dates of ids
            invented = doubtful or not (json or key is None or key.startswith(_NO_DATE_IDS))
        if invented:
            dates[at] = None


def _iso_date(value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is UTC:
            return moment
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _parsed_date(value: object) -> datetime | None:
    if not isinstance(value, tuple | list):
        return None
    try:
        return datetime.fromtimestamp(timegm(tuple(value)), UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _language(tagged: object, body: bytes) -> str | None:
    if not isinstance(tagged, str) or not tagged:
        head = body[:_HEAD]
        found = _LANGUAGE.search(head) if b"language" in head else None
        tagged = found[1].decode("ascii") if found else ""
    code = _LANGUAGE_CODE.match(tagged.strip())
    return code[0].lower() if code else None
