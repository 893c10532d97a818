"""`overheard mentions`: the history, newest first, in the form that the reader wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from overheard.answers.mentions import slug_of
from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.options import MOMENT, config_option, format_option, instant, window_of
from overheard.errors import UnknownSourceError
from overheard.sentiment.labelling import number_of
from overheard.streams import data_out
from overheard.tables import iso, local, print_csv, print_json, print_table
from storage.mentions import MentionFilter, find
from storage.records import BrandHit, Json, Label, Sentiment, StoredMention

_PAGE = 500
_COLUMNS = (
    "source", "native_id", "url", "title", "text", "author", "published_at", "language", "engagement", "story_id",
    "brand", "terms", "compound", "label", "method",
)  # fmt: skip


@described(
    "mentions",
    "overheard mentions battery --brand Acme --sentiment negative --since 7d",
    "overheard mentions --since 2013-08-01 --format csv > mentions.csv",
)
@config_option
@click.argument("query", nargs=-1)
@click.option("--brand", default=None, help="Only mentions of this brand (its slug or name).")
@click.option("--source", default=None, help="Only from this source: its type, for example rss, or a file's name.")
@click.option("--sentiment", type=click.Choice([label.value for label in Label]), default=None, help="Only this label.")
@click.option("--since", type=MOMENT, default=None, help="From this time.")
@click.option("--until", type=MOMENT, default=None, help="Up to this time.")
@click.option("--limit", type=click.IntRange(min=1), default=None, help="At most so many; 50 in a table, else all.")
@format_option("table", "json", "jsonl", "csv")
def command(config_path: Path, limit: int | None, output: str, **asked: str | tuple[str, ...] | None) -> None:
    """It prints what holds all words of QUERY and passes every filter, newest first.

    Times are dates, ISO times or durations back from now (7d). As csv or jsonl nothing is left out. `label` knows a
    mention by its id in the table, or by source:native_id.
    """
    with open_app(config_path, create=False) as app:
        wanted = _wanted(app, asked)
        if wanted.source is not None:
            _known_source(app, wanted.source)
        most = limit or (50 if output == "table" else None)
        stream = _stream(app, wanted, most)
        if output == "jsonl":
            out = data_out()
            for stored in stream:
                out.write(json.dumps(mention_json(stored), ensure_ascii=False) + "\n")
        elif output == "json":
            print_json({"mentions": [mention_json(stored) for stored in stream]})
        elif output == "csv":
            print_csv(_COLUMNS, (row for stored in stream for row in _csv_rows(stored)))
        else:
            print_table(("id", "published", "source", "brands", "text"), [_row(app, stored) for stored in stream])


def mention_json(stored: StoredMention) -> dict[str, Json]:
    """Give a mention in the shape that scripts rely on."""
    mention = stored.mention
    return {
        "source": mention.source,
        "native_id": mention.native_id,
        "url": mention.url,
        "title": mention.title,
        "text": mention.text,
        "author": mention.author,
        "published_at": iso(mention.published_at),
        "dated": stored.dated,
        "language": stored.whole.language or mention.language,
        "engagement": mention.engagement,
        "story_id": stored.story_id,
        "kind": mention.kind.value,
        "collected_at": iso(stored.collected_at),
        "brands": [_hit_json(hit) for hit in stored.hits],
    }


def sentiment_json(says: Sentiment) -> dict[str, Json]:
    """Give a score in the shape that scripts rely on."""
    return {
        "compound": says.compound,
        "label": says.label.value,
        "method": says.method,
        "evidence": list(says.evidence) if says.evidence else None,
        "reason": says.reason,
    }


def _hit_json(hit: BrandHit) -> dict[str, Json]:
    return {"brand": hit.brand, "terms": _terms(hit), "sentiment": sentiment_json(hit.sentiment)}


def _terms(hit: BrandHit) -> list[Json]:
    return list(dict.fromkeys(match.term for match in hit.matches))


def _wanted(app: App, asked: dict[str, str | tuple[str, ...] | None]) -> MentionFilter:
    now = app.clock()

    def moment(name: str) -> str | None:
        value = asked[name]
        return value if isinstance(value, str) else None

    since, until = moment("since"), moment("until")
    label, brand = moment("sentiment"), moment("brand")
    words = asked["query"]
    if since or until:
        window_of(since or "1970-01-01", until, now, app.zone)  # refuses one in which nothing can lie
    return MentionFilter(
        brand=slug_of(app, brand) if brand else None,
        source=moment("source"),
        sentiment=Label(label) if label else None,
        words=tuple(word for text in words or () for word in text.split()),
        since=instant(since, now, app.zone) if since else None,
        until=instant(until, now, app.zone) if until else None,
        limit=_PAGE,
    )


def _known_source(app: App, asked: str) -> None:
    """Raise UnknownSourceError for a source that neither the config nor the history has."""
    known = list(dict.fromkeys(query.source for query in app.queries))
    if asked in known:
        return
    with app.database.read() as conn:
        if not find(conn, MentionFilter(source=asked, limit=1)):
            raise UnknownSourceError(f"no source {asked!r} in {app.path}; known are {', '.join(known) or 'none'}")


def _stream(app: App, wanted: MentionFilter, most: int | None) -> Iterator[StoredMention]:
    """Give mentions page by page from one snapshot, so that memory stays flat and nothing is missed or repeated."""
    left = most
    with app.database.read() as conn:
        while left is None or left > 0:
            page = find(conn, replace(wanted, limit=_PAGE if left is None else min(_PAGE, left)))
            yield from page
            if len(page) < _PAGE:
                return
            left = None if left is None else left - len(page)
            wanted = replace(wanted, after_id=page[-1].id)


def _csv_rows(stored: StoredMention) -> Iterator[list[object]]:
    mention = stored.mention
    for hit in stored.hits:
        yield [
            mention.source, mention.native_id, mention.url, mention.title, mention.text, mention.author,
            iso(mention.published_at), stored.whole.language or mention.language, mention.engagement,
            str(stored.story_id), hit.brand, " | ".join(str(term) for term in _terms(hit)),
            hit.sentiment.compound, hit.sentiment.label.value, hit.sentiment.method,
        ]  # fmt: skip


def _row(app: App, stored: StoredMention) -> tuple[str, ...]:
    mention = stored.mention
    brands = ", ".join(f"{hit.brand} {hit.sentiment.label.value}" for hit in stored.hits)
    text = mention.title or mention.text
    return number_of(stored), local(mention.published_at, app.zone), mention.source, brands, text
