"""What a person means who corrects a score: which mention, and which of its brands; and how a score is told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection

from overheard.app import App
from overheard.errors import UnknownBrandError, UnknownMentionError
from overheard.tables import clean
from storage.mentions import identified
from storage.records import BrandHit, Sentiment, StoredMention

_NUMBER = re.compile(r"m(\d{1,18})")
_SHOWN = 5  # candidates
_TEXT = 60  # characters of a candidate
_QUOTE = 200  # characters of the words that decided


def number_of(stored: StoredMention) -> str:
    """Give the short name of a mention, which `overheard mentions` shows: "m17"."""
    return f"m{stored.id}"


def mention_named(conn: Connection, name: str) -> StoredMention:
    """Give the mention that is meant: by source:native_id, native id, URL or short name.

    Raises UnknownMentionError, which lists what can be meant when it is more than one.
    """
    number = _NUMBER.fullmatch(name)
    found = identified(conn, name, int(number[1]) if number else None, _SHOWN + 1)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownMentionError(
            f"no mention {name!r}, or its source has erased it; `overheard mentions` shows how each is called"
        )
    more = "\n  and more" if len(found) > _SHOWN else ""
    shown = "\n".join(
        f"  {number_of(one)}  {one.mention.source}:{one.mention.native_id}  {clean(one.mention.body)[:_TEXT]}"
        for one in found[:_SHOWN]
    )
    raise UnknownMentionError(f"{name!r} means several mentions; name one of them:\n{shown}{more}")


def hit_named(app: App, stored: StoredMention, slug: str | None) -> BrandHit:
    """Give what a mention says of the brand, or of its only one when none is given. Raises UnknownBrandError."""
    brand = brand_named(app, stored, slug, [hit.brand for hit in stored.hits])
    return next(hit for hit in stored.hits if hit.brand == brand)


def brand_named(app: App, stored: StoredMention, slug: str | None, brands: Sequence[str]) -> str:
    """Give the slug that is meant of the brands that a mention names: the only one when none is given.

    Raises UnknownBrandError.
    """
    if slug is None and len(brands) == 1:
        return brands[0]
    if slug is not None and slug in brands:
        return slug
    named = ", ".join(name_of(app, brand) for brand in brands) or "no brand"
    where = f"{stored.mention.source}:{stored.mention.native_id}"
    if slug is None:
        raise UnknownBrandError(f"{where} names {named}; say of which you judge with --brand")
    raise UnknownBrandError(f"{where} does not name {name_of(app, slug)}; it names {named}")


def name_of(app: App, slug: str) -> str:
    """Give the name of a brand; its slug when it has left the config."""
    return next((brand.name for brand in app.brands if brand.slug == slug), slug)


def told(says: Sentiment) -> str:
    """Give a score in words: "neutral (+0.03, vader-3.3.2)"."""
    if says.compound is None:
        return f"{says.label} ({says.reason or says.method})"
    return f"{says.label} ({says.compound:+.2f}, {says.method})"


def quote(stored: StoredMention, says: Sentiment) -> str | None:
    """Give the words that decided, on one line; None where there are none."""
    if says.evidence is None:
        return None
    words = clean(stored.mention.body[slice(*says.evidence)])
    return words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}…"
