"""Polling once without storing anything: for `try`, the preview of `add`, and `check --online`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from config.errors import OverheardError
from config.settings import Brand, Settings, SourceSettings
from config.slugs import slug_of
from listener.contract import CollectError, Collector, CollectorResult, Query
from listener.http import Page, SafeFetcher
from listener.matching import Matcher
from listener.registry import collector_class
from listener.run import judged
from overheard.app import equipped
from overheard.sentiment.models import taught
from overheard.sentiment.scorers import gauge_of
from overheard.tables import clean, local, print_table
from scoring.sentiment import SentimentGauge
from storage.records import Match, Mention, Reason, Sentiment

Clock = Callable[[], datetime]
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_SKIPPED = 5  # items that could not be read, with the reason
STAND_IN = "https://file.invalid/"  # a feed in a file has no address; the file answers for this one
_TEXT = 80  # characters of a mention that are shown


@dataclass(frozen=True, slots=True)
class Tasted:
    """What one poll of one query gave: a result, or the reason why not."""

    query: Query
    result: CollectorResult | None
    error: CollectError | None

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """What came, newest first; what has no date comes last."""
        found = self.result.mentions if self.result else ()
        dated = [mention for mention in found if mention.published_at is not None]
        undated = [mention for mention in found if mention.published_at is None]
        return (*sorted(dated, key=lambda mention: mention.published_at or _LONG_AGO, reverse=True), *undated)


class FileFetcher(SafeFetcher):
    """Answers with the content of a local file, whatever address is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(  # the signature of what it stands in for
        self,
        url: str,
        *,
        source: str,
        allow_private: bool | None = None,
        headers: Mapping[str, str] | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
        show_query: bool = True,
    ) -> Page:
        """Give the file as a page. Raises CollectError when it cannot be read."""
        del allow_private, headers, etag, last_modified, show_query
        try:
            return Page(url, 200, {}, self._path.read_bytes())
        except OSError as problem:
            raise CollectError(source, Reason.NOT_FOUND, f"{self._path}: {problem.strerror}") from None

    def close(self) -> None:
        """There is nothing to close."""


def collector_of(
    source: SourceSettings, settings: Settings, clock: Clock, fetcher: SafeFetcher | None = None
) -> Collector:
    """Give the collector of one source. Raises OverheardError, as when a secret leads nowhere."""
    return collector_class(source.type)(source, equipped(settings, clock, fetcher))


def taste(collector: Collector, query: Query) -> Tasted:
    """Poll a query as if for the first time. Errors of the source are part of the answer."""
    try:
        return Tasted(query, collector.collect(query, {}), None)
    except CollectError as problem:
        return Tasted(query, None, problem)
    except OverheardError as problem:
        return Tasted(query, None, CollectError(query.source, Reason.MISCONFIGURED, str(problem)))


def print_taste(tasted: Tasted, settings: Settings, limit: int) -> None:
    """Print what one poll gave: the newest items, and what is said in them of the brands, if there are any."""
    matcher = Matcher(settings.brands) if settings.brands else None
    gauge = taught(gauge_of(settings), settings)
    rows: list[tuple[str, ...]] = []
    for mention in tasted.mentions:
        found = matcher.find(mention) if matcher else {}
        if matcher and not found:
            continue
        rows.append(_row(mention, found, settings, gauge))
    print_table(("published", "brands", "sentiment", "text"), rows[:limit])
    named = f", {len(rows)} of them name a brand" if matcher else ""
    skipped = tasted.result.skipped if tasted.result else ()
    unread = f", {len(skipped)} could not be read" if skipped else ""
    empty = "; it can be read, and holds nothing yet" if not tasted.mentions and not skipped else ""
    print(f"{len(tasted.mentions)} items{named}{unread}{empty}")  # noqa: T201  # the command's answer
    for item in skipped[:_SKIPPED]:
        print(clean(f"skipped: {without_stand_in(item.item)}: {item.problem}"))  # noqa: T201  # likewise
    if len(skipped) > _SKIPPED:
        print(f"skipped: and {len(skipped) - _SKIPPED} more")  # noqa: T201  # likewise


def without_stand_in(text: str) -> str:
    """Give a text in which a local file is called by its name, not by the address that stands in for it."""
    return text.replace(STAND_IN, "")


def _row(
    mention: Mention, found: Mapping[str, tuple[Match, ...]], settings: Settings, gauge: SentimentGauge
) -> tuple[str, ...]:
    names = {brand.slug: brand.name for brand in settings.brands}
    feelings = [hit.sentiment for hit in judged(mention.body, mention.language, found, gauge.toward)]
    if not found:
        feelings = [gauge.whole(mention.body, mention.language)]
    text = clean(mention.body)
    return (
        local(mention.published_at, settings.timezone) if mention.published_at else "no date",
        ", ".join(names[slug] for slug in found) or "-",
        ", ".join(_feeling(feeling) for feeling in feelings),
        text if len(text) <= _TEXT else text[: _TEXT - 1] + "…",
    )


def _feeling(feeling: Sentiment) -> str:
    return f"{feeling.label} {feeling.compound:+.2f}" if feeling.compound is not None else str(feeling.label)


def brands_named(names: Sequence[str]) -> tuple[Brand, ...]:
    """Give brands of the names alone, the first one being ours."""
    return tuple(
        Brand(name=name, slug=slug_of(name), role="competitor" if place else "own", terms=(name,))
        for place, name in enumerate(dict.fromkeys(names))
    )
