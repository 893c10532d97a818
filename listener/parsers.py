"""The two feed parsers, called with all that could keep them busy, or let them open something, switched off."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import fastfeedparser

# Both parsers meet input that their authors did not think of; these are the ways in which they say so. lxml's own error
# is a SyntaxError. Whatever it is, the answer is the same: this one could not read it.
_PARSER_ERRORS = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    SyntaxError,
    MemoryError,
)
_USED = (
    "id",
    "link",
    "title",
    "description",
    "summary",
    "content",
    "media_content",
    "author",
    "published",
    "published_parsed",
    "updated",
    "updated_parsed",
)


class Parsed(NamedTuple):
    """What a parser gave."""

    about: Mapping[str, Any]
    entries: Sequence[Mapping[str, Any]]
    quick: bool  # by the quick parser


def quick(body: bytes) -> Parsed | None:
    """Read a feed with fastfeedparser. None: it cannot."""
    try:
        parsed = fastfeedparser.parse(body, include_tags=False, include_enclosures=False)
        return Parsed(parsed["feed"], [entry for entry in parsed["entries"] if isinstance(entry, dict)], quick=True)
    except _PARSER_ERRORS:
        return None


def thorough(body: bytes, content_type: str | None, url: str) -> Parsed | None:
    """Read a feed with feedparser, a hundred times as slow. None: it cannot, or finds no entry."""
    import feedparser  # noqa: PLC0415  # heavy, and hardly ever needed

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        parsed = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _PARSER_ERRORS:
        return None
    entries = [used(entry) for entry in parsed["entries"]]
    return Parsed(dict(parsed["feed"]), entries, quick=False) if entries else None


def used(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is used of an entry, in a plain dictionary: feedparser's own answer for keys that they do not hold."""
    plain = dict(entry)
    return {name: plain[name] for name in _USED if name in plain}
