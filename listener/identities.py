"""Which id an entry of a feed keeps from poll to poll: its own, else its link, else a hash of what it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

_MAX_ID = 300
_WORLDWIDE = ("http://", "https://", "tag:", "urn:")  # ids that no other feed gives to something else
_TRACKERS = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")
_TRACKED = re.compile(rf"[?&](?:{'|'.join(_TRACKERS)})", re.IGNORECASE)
_AFTER_HOST = re.compile("[/?#]")


def native_ids(
    ids: Sequence[str | None],
    links: Sequence[str | None],
    titles: Sequence[str],
    texts: Sequence[str],
    feed: str,
) -> list[str | None]:
    """Give each entry an id that no other entry of the feed has; None for the repetition of an earlier entry.

    An id that only means something within its feed (such as "17") is bound to `feed`, which names it and is the same
    at every poll.
    """
    first = [_rung(*entry, feed) for entry in zip(ids, links, titles, texts, strict=True)]
    if len(set(first)) == len(first):
        return list(first)
    whole = [
        f"{key[:_MAX_ID]}#{_digest(link or '', title, text)}"
        for key, link, title, text in zip(first, links, titles, texts, strict=True)
    ]
    times = Counter(key for key, _ in set(zip(first, whole, strict=True)))
    given: set[str] = set()
    told: set[str] = set()
    unique: list[str | None] = []
    for at, key in enumerate(first):
        everything = whole[at]
        if everything in told:
            unique.append(None)
            continue
        told.add(everything)
        chosen = key
        if times[key] > 1:  # the same id for different things: what tells them apart joins the id
            chosen = f"{key[:_MAX_ID]}#{_digest(links[at] or '', titles[at])}"
        if chosen in given:
            chosen = everything
        given.add(chosen)
        unique.append(chosen)
    return unique


def _rung(entry_id: str | None, link: str | None, title: str, text: str, feed: str) -> str:
    if entry_id and entry_id != link:
        key = entry_id if entry_id.startswith(_WORLDWIDE) else f"{entry_id}@{feed}"
    elif link and link.startswith(_WORLDWIDE):
        key = canonical_link(link)
    elif link:
        key = f"{link}@{feed}"
    else:
        key = f"hash:{_digest(feed, title, text)}"
    return key if len(key) <= _MAX_ID else f"hash:{_digest(key)}"


def canonical_link(link: str) -> str:
    """Give the link without what does not tell pages apart: case of the host, trackers of campaigns."""
    if link.islower() and "?" not in link:  # most links: nothing to do
        return link
    scheme, slashes, rest = link.partition("://")
    end = _AFTER_HOST.search(rest)
    host, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    if _TRACKED.search(tail):
        before, _, query = tail.partition("?")
        query, hash_mark, fragment = query.partition("#")
        kept = "&".join(pair for pair in query.split("&") if pair and not pair.lower().startswith(_TRACKERS))
        tail = f"{before}?{kept}" if kept else before
        tail += hash_mark + fragment
    return f"{scheme.lower()}{slashes}{host.lower()}{tail}"


def _digest(*texts: str) -> str:
    joined = "\x00".join(texts).encode("utf-8", "surrogatepass")
    return blake2b(joined, digest_size=12).hexdigest()
