"""RSS, Atom and JSON feeds: each address of the source is a query of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from config.settings import SourceSettings
from listener.addresses import UrlRefusedError, read_url, show_url, without_secrets
from listener.clean import http_url, line, plain_text
from listener.contract import CollectError, CollectorResult, Equipment, Query, Skipped
from listener.feeds import Entry, Feed, NotAFeedError, believable, parse_feed
from listener.http import Page
from storage.records import Cursor, Json, Kind, Mention, Reason, Span

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_REMEMBERED = 500  # ids kept from the last poll; more than any feed shows at once
_GOOGLE_NEWS = "news.google.com"


class RssSettings(SourceSettings):
    """Feeds that are polled: RSS, Atom, RDF or JSON Feed."""

    type: Literal["rss"] = "rss"
    """RSS, Atom and JSON feeds."""
    urls: tuple[str, ...] = Field(min_length=1)
    """Addresses of the feeds, http or https."""
    allow_private: bool | None = None
    """Permit private and loopback addresses for this source; as in [network] when left out."""

    @field_validator("urls")
    @classmethod
    def _fetchable(cls, urls: tuple[str, ...]) -> tuple[str, ...]:
        for url in urls:
            try:
                read_url(url)
            except UrlRefusedError as why:
                raise ValueError(f"{show_url(url)}: {why}; write for example https://example.org/feed.xml") from None
        return tuple(dict.fromkeys(urls))


class RssCollector:
    """Polls the feeds of one source."""

    Settings: ClassVar[type[SourceSettings]] = RssSettings

    def __init__(self, settings: SourceSettings, equipment: Equipment) -> None:
        if not isinstance(settings, RssSettings):
            raise TypeError(f"settings of a {settings.type} source")
        self._settings = settings
        self._equipment = equipment
        self._brands = _digest("\n".join(brand.model_dump_json() for brand in equipment.brands))
        self._bound = _bound_ids(settings.urls)

    def queries(self) -> Sequence[Query]:
        """Give one query per address; its key shows no password or token that stands in the address."""
        prefix = self._settings.name or "rss"
        shown = [show_url(url) for url in self._settings.urls]
        return [
            Query(
                f"{prefix}:{name if shown.count(name) == 1 else f'{name}#{_digest(url)}'}", "rss", url, self._settings
            )
            for name, url in zip(shown, self._settings.urls, strict=True)
        ]

    def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
        """Give the feed's entries, all that it shows: the store knows which are new. Raises CollectError."""
        settings = self._settings
        # The store keeps what names a brand. Under other brands an unchanged feed says something new.
        known = cursor if cursor.get("brands") == self._brands else {"ids": cursor.get("ids")}
        page = self._equipment.fetcher.get(
            query.target,
            source="rss",
            allow_private=settings.allow_private,
            headers={"Accept": _ACCEPT},
            etag=_text(known, "etag"),
            last_modified=_text(known, "last_modified"),
        )
        digest = known.get("body") if page.not_modified else _digest(page.body)
        if page.not_modified or digest == known.get("body"):
            return CollectorResult((), self._cursor(page, known, digest, known.get("ids")), not_before=page.not_before)
        try:
            feed = parse_feed(page.body, page.headers.get("content-type"), page.url, self._bound[query.target])
        except NotAFeedError as why:
            raise CollectError("rss", Reason.MALFORMED, f"{show_url(query.target)}: {why}") from None
        return self._result(feed, page, known, digest)

    def _result(self, feed: Feed, page: Page, cursor: Cursor, digest: Json) -> CollectorResult:
        now = self._equipment.clock()
        mentions: list[Mention] = []
        skipped: list[Skipped] = []
        for entry in feed.entries:
            mention = self._mention(entry, feed, page.url, now)
            if mention.body:
                mentions.append(mention)
            else:
                skipped.append(Skipped(entry.link or entry.id, "has neither title nor text"))
        ids: list[Json] = [entry.id for entry in feed.entries[:_REMEMBERED]]
        return CollectorResult(
            tuple(mentions),
            self._cursor(page, cursor, digest, ids),
            covered=_covered(mentions, ids, cursor, now),
            skipped=tuple(skipped),
            not_before=page.not_before,
        )

    def _mention(self, entry: Entry, feed: Feed, url: str, now: datetime) -> Mention:
        title, author = line(entry.title), line(entry.author or "") or None
        text = plain_text(entry.text)
        if _GOOGLE_NEWS in (urlsplit(url).hostname, urlsplit(feed.link or "").hostname):
            title, text, author = _google_news(title, text, author)
        return Mention(
            source="rss",
            native_id=entry.id,
            url=http_url(entry.link, url.partition("?")[0]),  # a link to a mere "#part" must not take our query along
            title=title or None,
            text=text,
            author=author,
            published_at=believable(entry.published, now),
            language=self._settings.language or feed.language,
            engagement=entry.engagement,
            reach=entry.reach,
            kind=Kind.COMMENT if _is_comment_feed(url) else Kind.ARTICLE,
        )

    def _cursor(self, page: Page, known: Cursor, digest: Json, ids: Json) -> dict[str, Json]:
        # A server that stops sending a validator with its 304 has not withdrawn it.
        old = known if page.not_modified else {}
        return {
            "etag": page.headers.get("etag") or old.get("etag"),
            "last_modified": page.headers.get("last-modified") or old.get("last_modified"),
            "body": digest,
            "ids": ids,
            "brands": self._brands,
        }


def _bound_ids(urls: Sequence[str]) -> dict[str, str]:
    """Give for each configured address what ids are bound to that mean something in that feed alone.

    It comes from the address as configured, since the one after redirects may be signed anew at every poll, and it is a
    digest, since it stands in the database and in exports. Secrets do not count, so that a new token changes no id,
    unless nothing else tells two feeds of the source apart.
    """
    plain = [without_secrets(url) for url in urls]
    return {url: _digest(name if plain.count(name) == 1 else url) for name, url in zip(plain, urls, strict=True)}


def _covered(mentions: Sequence[Mention], ids: Sequence[Json], cursor: Cursor, now: datetime) -> Span | None:
    """Which stretch of time this poll made known: None for all since the last one.

    A feed shows its newest entries only. At the first poll, and whenever nothing of what it showed last time is left,
    it made known what lies after its oldest entry, and what came before that has been missed.
    """
    before = cursor.get("ids")
    if isinstance(before, list) and (not before or not ids or not set(ids).isdisjoint(before)):
        return None
    dates = [mention.published_at for mention in mentions if mention.published_at is not None]
    oldest = min(dates, default=now)
    return Span(min(oldest, now), now)


def _google_news(title: str, text: str, author: str | None) -> tuple[str, str, str | None]:
    """Take the publisher, which stands behind each title, for the author: it is not part of what is said."""
    headline, dash, publisher = title.rpartition(" - ")
    if not dash or not headline or not publisher:
        return title, text, author
    if "".join(text.split()) in {"".join(part.split()) for part in (headline, headline + publisher, title)}:
        text = ""  # the description repeats the title
    return headline, text, author or publisher


def _is_comment_feed(url: str) -> bool:
    return "/comments/feed" in url or "/feeds/comments" in url or "feed=comments" in url


def _text(cursor: Cursor, name: str) -> str | None:
    value = cursor.get(name)
    return value if isinstance(value, str) else None


def _digest(content: bytes | str) -> str:
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return blake2b(raw, digest_size=16).hexdigest()
