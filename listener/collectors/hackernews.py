"""Hacker News, stories and comments, through its public search: one query per brand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, ClassVar, Literal
from urllib.parse import urlencode

from pydantic import Field

from config.settings import Brand, SourceSettings
from config.values import Duration
from listener.clean import http_url, line, plain_text
from listener.contract import CollectError, CollectorResult, Equipment, Query, Skipped
from storage.records import Cursor, Json, Kind, Mention, Reason, Span

_PER_PAGE = 100
_OVERLAP = 3600  # seconds that are asked for again: the index lags, and young items still gather points
_ITEM = "https://news.ycombinator.com/item?id="


class HackerNewsSettings(SourceSettings):
    """Hacker News, searched for every brand."""

    type: Literal["hackernews"] = "hackernews"
    """Stories and comments of Hacker News."""
    base_url: str = "https://hn.algolia.com/api/v1/"
    """Address of the search."""
    since: Duration = timedelta(days=7)
    """How far back the first poll looks."""
    pages: int = Field(default=5, ge=1, le=50)
    """Pages of 100 hits that one poll of a term reads at most; the next poll goes on where it stopped."""
    allow_private: bool | None = None
    """Permit private and loopback addresses for this source; as in [network] when left out."""


@dataclass(slots=True)
class _Haul:
    """What the pages of one poll held."""

    mentions: dict[str, Mention]
    skipped: list[Skipped]


class HackerNewsCollector:
    """Searches for the terms of each brand, oldest gap first, so that nothing between two polls is passed over."""

    Settings: ClassVar[type[SourceSettings]] = HackerNewsSettings

    def __init__(self, settings: SourceSettings, equipment: Equipment) -> None:
        if not isinstance(settings, HackerNewsSettings):
            raise TypeError(f"settings of a {settings.type} source")
        self._settings = settings
        self._equipment = equipment

    def queries(self) -> Sequence[Query]:
        """Give one query per brand."""
        prefix = self._settings.name or "hackernews"
        return [
            Query(f"{prefix}:{brand.slug}", "hackernews", brand.slug, self._settings)
            for brand in self._equipment.brands
        ]

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        """Give what was written since the cursor about the query's brand. Raises CollectError."""
        now = self._equipment.clock()
        brand = self._brand(query)
        first = int((now - self._settings.since).timestamp())
        asked = _digest(brand)
        if cursor.get("asked") != asked:
            # Other terms or exclusions find other items: as far back as the first poll looks, all is asked for again.
            cursor = {"start": min(first, _unread(cursor, first))}
        # An unfinished poll left its own bounds; they are kept until everything between them is read.
        start = _unread(cursor, first)
        if start > now.timestamp():  # noted by a clock that was ahead: what it stands for cannot have been read
            start = first
        end = _number(cursor.get("end")) or int(now.timestamp())
        done: dict[str, Json] = dict(_mapping(cursor.get("terms")))
        haul = _Haul({}, [])
        unread = start  # everything behind this second is known for every term
        for term in tuple(dict.fromkeys(brand.terms)) or (brand.name,):
            upper = _number(done.get(term))
            rest = self._read(term, start, end if upper is None else upper, haul)
            done[term] = start if rest is None else rest
            unread = max(unread, start if rest is None else rest)
        finished = unread == start
        held: dict[str, Json] = {"asked": asked, "reached": end}
        if not finished:  # pages come newest first: what is still unread lies below
            held = {"asked": asked, "start": start, "end": end, "terms": done}
        return CollectorResult(
            tuple(haul.mentions.values()),
            held,
            caught_up=finished,
            covered=Span(datetime.fromtimestamp(unread, UTC), datetime.fromtimestamp(end, UTC)),
            skipped=tuple(haul.skipped),
        )

    def _brand(self, query: Query) -> Brand:
        brand: Brand | None = next((each for each in self._equipment.brands if each.slug == query.target), None)
        if brand is None:
            raise CollectError(
                "hackernews", Reason.MISCONFIGURED, f"{query.target}: no brand of this name is configured"
            )
        return brand

    def _read(self, term: str, start: int, end: int, haul: _Haul) -> int | None:
        """Read one term's hits of [start, end), newest first. None: all of them; else the second from which on."""
        for _ in range(self._settings.pages):
            if end <= start:
                return None
            hits = self._page(term, start, end)
            seconds = [second for hit in hits if (second := self._take(hit, haul)) is not None]
            if len(hits) < _PER_PAGE:
                return None
            oldest = min(seconds, default=start)
            # The oldest second is asked for again, since more of it may be on the next page. When a single second fills
            # a page there is no way into it, and it is left.
            end = oldest + 1 if oldest + 1 < end else min(oldest, end - 1)
        return end if end > start else None

    def _page(self, term: str, start: int, end: int) -> Sequence[Any]:
        asked = {
            "query": f'"{term}"',
            "tags": "(story,comment)",
            "numericFilters": f"created_at_i>={start},created_at_i<{end}",
            "hitsPerPage": _PER_PAGE,
            "advancedSyntax": "true",
            "typoTolerance": "false",
        }
        url = f"{self._settings.base_url.rstrip('/')}/search_by_date?{urlencode(asked)}"
        page = self._equipment.fetcher.get(
            url,
            source="hackernews",
            allow_private=self._settings.allow_private,
            headers={"Accept": "application/json"},
            show_query=False,  # it is long, and the query's key tells the brand already
        )
        try:
            hits = json.loads(page.body)["hits"]
        except (ValueError, LookupError, TypeError, RecursionError):
            hits = None
        if not isinstance(hits, list):
            raise CollectError("hackernews", Reason.MALFORMED, "the answer is not the JSON of the search")
        return hits

    def _take(self, hit: object, haul: _Haul) -> int | None:
        """Add one hit; give the second at which it was written, None when it cannot be read."""
        try:
            mention = _mention(_mapping(hit), self._settings.language)
        except (ValueError, KeyError) as problem:
            haul.skipped.append(Skipped(str(_mapping(hit).get("objectID", "?"))[:40], str(problem)))
            return _number(_mapping(hit).get("created_at_i"))
        if mention.body:
            haul.mentions.setdefault(mention.native_id, mention)
        else:
            haul.skipped.append(Skipped(mention.native_id, "has neither title nor text"))
        return _number(_mapping(hit).get("created_at_i"))


def _mention(hit: Mapping[str, Any], language: str | None) -> Mention:
    native_id = str(hit.get("objectID") or "")
    if not native_id.isdigit():
        raise ValueError("has no id")
    second = _number(hit.get("created_at_i"))
    if second is None:
        raise ValueError("has no date")
    is_comment = isinstance(hit.get("comment_text"), str)
    counts = [count for name in ("points", "num_comments") if (count := _number(hit.get(name))) is not None]
    parent = _number(hit.get("parent_id"))
    return Mention(
        source="hackernews",
        native_id=native_id,
        url=(None if is_comment else http_url(_string(hit, "url"))) or _ITEM + native_id,
        # A comment stands under the title of its story, which is not its own words.
        title=None if is_comment else line(_string(hit, "title")) or None,
        text=plain_text(_string(hit, "comment_text" if is_comment else "story_text")),
        author=line(_string(hit, "author")) or None,
        published_at=datetime.fromtimestamp(second, UTC),
        language=language,
        engagement=sum(counts) if counts else None,
        reply_to=str(parent) if is_comment and parent is not None else None,
        kind=Kind.COMMENT if is_comment else Kind.POST,
    )


def _string(hit: Mapping[str, Any], name: str) -> str:
    value = hit.get(name)
    return value if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 33 else None


def _unread(cursor: Cursor, first: int) -> int:
    """Give the second from which on the cursor leaves something to ask for; `first` when it knows of none."""
    start, reached = _number(cursor.get("start")), _number(cursor.get("reached"))
    if start is not None:
        return start
    return first if reached is None else reached - _OVERLAP


def _digest(brand: Brand) -> str:
    asked = brand.model_dump_json(include={"name", "terms", "exclude", "domains", "handles"})
    return blake2b(asked.encode(), digest_size=16).hexdigest()


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
