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

    def sample(self, conn: Connection, window: Span, brand: str, most: int) -> Sample:
        """Give at most about so many texts of a brand and window, drawn evenly."""
        there = mentions_there(conn, window, brand)
        part = min(1.0, most / there) if there else 1.0
        drawn = drawn_texts(conn, window, brand, part, known=self.known, began=self.began)
        return Sample([self._text(one) for one in drawn], there)

    def _text(self, drawn: DrawnText) -> Text:
        found = self._texts.get(drawn.id)
        if found is None:
            site = (urlsplit(drawn.url).hostname if drawn.url and drawn.author is None else None) or drawn.source
            found = self._texts[drawn.id] = Text(
                drawn.id, drawn.at, drawn.author, site, drawn.source, drawn.story, terms(drawn.body)
            )
        return found


def rises(
    reader: Reader, conn: Connection, window: Span, brands: Sequence[Brand], least: int = LEAST
) -> dict[str, Rise]:
    """Give what rises of each brand in a window against the four weeks before; of a crowd, of own brands and the first.

    All brands share a budget of texts: where there are more, a third is drawn from the window and the rest from before.
    """
    before = Span(window.start - BEFORE, window.start)
    heard = _heard(reader.app, conn, before)
    asked = sorted(brands, key=lambda brand: brand.role != "own")[: _BUDGET // _FEWEST]
    most = min(_MOST, _BUDGET // max(len(asked), 1))
    found: dict[str, Rise] = {}
    for brand in asked:
        now = reader.sample(conn, window, brand.slug, most // 3)
        past = reader.sample(conn, before, brand.slug, most - min(most // 3, len(now.texts)))
        own = own_words((brand.name, *brand.terms, *brand.handles, *brand.domains))
        found[brand.slug] = rise(now, past, window, own, least=least, heard=heard)
    return found


def examples(conn: Connection, found: Mapping[str, Rise]) -> dict[int, StoredMention]:
    """Give the first mention of each topic that is shown, by its id."""
    ids = {topic.examples[0] for each in found.values() for topic in each.topics[:SHOWN]}
    return {stored.id: stored for stored in load(conn, sorted(ids))}


def _heard(app: App, conn: Connection, window: Span) -> set[str]:
    """Give the sources of which a query was heard for half of a window at least."""
    source = {query.key: query.source for query in app.queries}
    return {
        source[key]
        for key, spans in touching(conn, app.keys, window).items()
        if 2 * sum(((min(one.span.end, window.end) - max(one.span.start, window.start)) for one in spans), timedelta())
        >= window.length
    }
