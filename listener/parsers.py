"""The two feed parsers, called with all that could keep them busy, or let them open something, switched off.

Both want UTF-8. Where the quick one had to recover from an error, all references behind that error are lost; so it
reads the feed once more with its damage mended.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import fastfeedparser
from lxml import etree

from listener.charsets import made_valid
from listener.doctype import has_doctype
from listener.repair import mended

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
# Text behind the end of the document, an end that is missing, addresses that were not opened: nothing else is lost.
_HARMLESS = frozenset(
    {
        etree.ErrorTypes.ERR_DOCUMENT_END,
        etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
        etree.ErrorTypes.IO_NETWORK_ATTEMPT,
    }
)
_USED = (
    "id",
    "link",
    "links",
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


# A date with an unknown name of a zone is read as UTC; nobody who runs this can do anything about it.
warnings.filterwarnings("ignore", message="tzname .* identified but not understood")


class Parsed(NamedTuple):
    """What a parser gave."""

    about: Mapping[str, Any]
    entries: Sequence[Mapping[str, Any]]
    quick: bool  # by the quick parser
    sound: bool  # read without an error after which something is missing


def quick(body: bytes) -> Parsed | None:
    """Read a feed with fastfeedparser, mended where it is broken. None: it cannot."""
    # Entities that a document type declares, or may declare elsewhere, are dropped without an error.
    if has_doctype(body):
        body = mended(made_valid(body))
    parsed = _quick(body)
    if parsed is not None and parsed.sound:
        return parsed
    if parsed is None and b"<item" not in body and b"<entry" not in body:  # a page: nothing to be found by mending it
        return None
    better = mended(made_valid(body))
    return parsed if better == body else _quick(better) or parsed


def _quick(body: bytes) -> Parsed | None:
    etree.clear_error_log()  # of this thread
    try:
        parsed = fastfeedparser.parse(body, include_tags=False, include_enclosures=False)
        entries = [entry for entry in parsed["entries"] if isinstance(entry, dict)]
        return Parsed(parsed["feed"], entries, quick=True, sound=not _lost_something())
    except _PARSER_ERRORS:
        return None


def _lost_something() -> bool:
    """Tell whether libxml2 met an error in this thread since its log was cleared: an error made anew takes the log."""
    return any(
        error.level > etree.ErrorLevels.WARNING
        and error.domain != etree.ErrorDomains.NAMESPACE
        and error.type not in _HARMLESS
        for error in etree.LxmlError("").error_log
    )


def thorough(body: bytes, url: str) -> Parsed | None:
    """Read a feed with feedparser, a hundred times as slow. None: it cannot, or finds no entry."""
    import feedparser  # noqa: PLC0415  # heavy, and hardly ever needed

    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    source = io.BytesIO(mended(made_valid(body)))
    try:
        parsed = feedparser.parse(source, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except _PARSER_ERRORS:
        return None
    entries = [used(entry) for entry in parsed["entries"]]
    return Parsed(dict(parsed["feed"]), entries, quick=False, sound=True) if entries else None


def used(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is used of an entry, in a plain dictionary: feedparser's own answer for keys that they do not hold."""
    plain = dict(entry)
    return {name: plain[name] for name in _USED if name in plain}
