"""What people speak of now that they did not speak of before, read from the store within a budget of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import Connection

from config.settings import Brand
from overheard.app import App
from scoring.rising.topics import LEAST, Rise, Sample, Text, rise
from scoring.rising.words import own_words, terms
from storage.mentions import load
from storage.records import Span, StoredMention
from storage.samples import DrawnText, drawn_texts, mentions_there
from storage.spans import touching

BEFORE: Final = timedelta(weeks=4)
_BUDGET: Final = 6_000  # texts of all brands: a quarter of a second
_MOST: Final = 3_000  # of one brand
_FEWEST: Final = 300  # of one brand: of fewer nothing could be found, so that of a crowd some brands go unread
SHOWN: Final = 5  # words of a brand


@dataclass(slots=True)
class Reader:
    """Reads texts and cuts them into words; what it has read it keeps for the next look."""

    app: App
    known: datetime | None = None  # nothing that came later is read
    began: datetime | None = None
    _texts: dict[int, Text] = field(default_factory=dict)
    _past: dict[str, tuple[Span, Sample]] = field(default_factory=dict)
    _heard: tuple[Span, frozenset[str]] | None = None

    def sample(self, conn: Connection, window: Span, brand: str, most: int) -> Sample:
        """Give at most about so many texts of a brand and window, drawn evenly."""
        there = mentions_there(conn, window, brand)
        part = min(1.0, most / there) if there else 1.0
        drawn = drawn_texts(conn, window, brand, part, known=self.known, began=self.began)
        return Sample([self._text(one) for one in drawn], there)

    def past(self, conn: Connection, window: Span, brand: str, most: int) -> Sample:
        """Give a sample that is read once for a brand, until another window is asked for."""
        kept = self._past.get(brand)
        if kept is None or kept[0] != window:
            kept = self._past[brand] = window, self.sample(conn, window, brand, most)
        return kept[1]

    def heard(self, conn: Connection, window: Span) -> frozenset[str]:
        """Give the sources of which a query was heard for half of a window at least."""
        if self._heard is None or self._heard[0] != window:
            self._heard = window, _heard(self.app, conn, window)
        return self._heard[1]

    def forget(self, before: datetime) -> None:
        """Let go of texts that were published earlier."""
        self._texts = {id_: text for id_, text in self._texts.items() if text.at >= before}

    def _text(self, drawn: DrawnText) -> Text:
        found = self._texts.get(drawn.id)
        if found is None:
            site = (urlsplit(drawn.url).hostname if drawn.url and drawn.author is None else None) or drawn.source
            found = self._texts[drawn.id] = Text(
                drawn.id, drawn.at, drawn.author, site, drawn.source, drawn.story, terms(drawn.body)
            )
        return found


def rises(
    reader: Reader, conn: Connection, window: Span, brands: Sequence[Brand], least: int = LEAST,
    until: datetime | None = None,
) -> dict[str, Rise]:  # fmt: skip
    """Give what rises of each brand in a window against the four weeks before; of a crowd, of own brands and the first.

    All brands share a budget of texts: where there are more, a third is drawn from the window and the rest from before.
    `until`: when the four weeks end; where the window begins when left out. As long as it is the same, they are not
    read again.
    """
    end = until or window.start
    before = Span(end - BEFORE, end)
    heard = reader.heard(conn, before)
    asked = sorted(brands, key=lambda brand: brand.role != "own")[: _BUDGET // _FEWEST]
    most = min(_MOST, _BUDGET // max(len(asked), 1))
    found: dict[str, Rise] = {}
    for brand in asked:
        now = reader.sample(conn, window, brand.slug, most // 3)
        past = reader.past(conn, before, brand.slug, most - min(most // 3, len(now.texts)))
        own = own_words((brand.name, *brand.terms, *brand.handles, *brand.domains))
        found[brand.slug] = rise(now, past, window, own, least=least, heard=heard)
    return found


def examples(conn: Connection, found: Mapping[str, Rise]) -> dict[int, StoredMention]:
    """Give the first mention of each topic that is shown, by its id."""
    ids = {topic.examples[0] for each in found.values() for topic in each.topics[:SHOWN]}
    return {stored.id: stored for stored in load(conn, sorted(ids))}


def _heard(app: App, conn: Connection, window: Span) -> frozenset[str]:
    source = {query.key: query.source for query in app.queries}
    return frozenset(
        source[key]
        for key, spans in touching(conn, app.keys, window).items()
        if 2 * sum(((min(one.span.end, window.end) - max(one.span.start, window.start)) for one in spans), timedelta())
        >= window.length
    )
