"""`overheard label`: what a person says of a mention: its sentiment, or whether it is about the brand at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from overheard.answers.mentions import slug_of
from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.mentions import mention_json, sentiment_json
from overheard.cli.options import MOMENT, config_option, instant
from overheard.errors import WrongUseError
from overheard.sentiment.labelling import brand_named, hit_named, mention_named, name_of, quote, told
from overheard.sentiment.review import review
from overheard.tables import clean, iso, local, print_csv, print_json, print_table
from storage.corrections import COMPOUNDS, all_corrections, correct, corrections_of, withdraw
from storage.mentions import load
from storage.records import Correction, Json, Label, StoredMention
from storage.relevance import RelevanceLabel, all_labels, hits_aside, judge, labels_of

_LIMIT = 20
_COLUMNS = (
    "source", "native_id", "brand", "label", "corrected_at", "by", "was_label", "was_compound", "was_method", "title",
    "text",
)  # fmt: skip
# What each way of calling it takes beside --config: anything else was meant for another way.
_TAKES = {
    "label": {"mention", "label", "brand", "by"},
    "undo": {"mention", "brand"},
    "relevant": {"mention", "brand", "by"},
    "not-relevant": {"mention", "brand", "by"},
    "list": {"since", "output"},
    "review": {"brand", "by", "since", "limit"},
}

_NEEDS = {
    "label": {"mention", "label"},
    "undo": {"mention"},
    "relevant": {"mention"},
    "not-relevant": {"mention"},
}


@described(
    "label",
    "overheard label m17 negative",
    "overheard label rss:https://example.org/1 positive --brand Acme --by kim",
    "overheard label m17 --not-relevant --brand Acme",
    "overheard label --review --brand Acme --since 30d",
    "overheard label --list --format csv > corrections.csv",
)
@config_option
@click.argument("mention", required=False)
@click.argument("label", type=click.Choice([label.value for label in COMPOUNDS]), required=False)
@click.option("--brand", default=None, help="Toward this brand; may be left out where the mention names only one.")
@click.option("--by", default=None, help="Who says so, to be kept with it.")
@click.option("--undo", "way", flag_value="undo", help="Let what the scorer says count again.")
@click.option("--not-relevant", "way", flag_value="not-relevant", help="It is not about the brand, and counts nowhere.")
@click.option("--relevant", "way", flag_value="relevant", help="It is about the brand, and counts.")
@click.option("--list", "way", flag_value="list", help="List the labels that stand.")
@click.option("--review", "way", flag_value="review", help="Walk through doubtful mentions and ask for each.")
@click.option("--since", type=MOMENT, default=None, help="--list: made from this time on; --review: published.")
@click.option("--limit", type=click.IntRange(min=1), default=None, help=f"--review: at most so many; {_LIMIT} if not.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json", "csv"]),
    default=None,
    help="--list: how to print; as a table if not.",
)
def command(config_path: Path, way: str | None, **asked: str | int | None) -> None:
    """It lets your LABEL count in the place of the scorer's, at once and in every share of that time.

    MENTION is source:native_id, a URL, a native id, or the short name that `overheard mentions` shows first. What you
    say stands until the mention's words change. It may be used beside a running `overheard run`.

    With --not-relevant a mention leaves all that is counted of the brand, also of the past; --relevant takes that back.

    --review shows the closest calls first, the deciding words marked; answer p, n, u (neutral), s (skip) or q (quit).
    """
    way = way or "label"
    _check(way, asked)
    mention, label, brand, by, since, output = (
        value if isinstance(value := asked[name], str) else None
        for name in ("mention", "label", "brand", "by", "since", "output")
    )
    with open_app(config_path, create=False) as app:
        slug = slug_of(app, brand) if brand is not None else None
        begin = instant(since, app.clock(), app.zone) if since is not None else None
        if way == "list":
            _list(app, begin, output or "table")
        elif way == "review":
            limit = asked["limit"]
            review(app, [slug] if slug else app.slugs, begin, limit if isinstance(limit, int) else _LIMIT, by)
        elif way == "undo":
            _undo(app, mention or "", slug)
        elif way in {"relevant", "not-relevant"}:
            _judge(app, mention or "", slug, by, relevant=way == "relevant")
        else:
            _correct(app, mention or "", slug, Label(str(label)), by)


def _check(way: str, asked: dict[str, str | int | None]) -> None:
    """Raise UsageError for what this way of calling it does not take, and for what it lacks."""
    given = {name for name, value in asked.items() if value is not None}
    if extra := given - _TAKES[way]:
        words = ", ".join(_spelled(name) for name in sorted(extra))
        raise click.UsageError(f"{words} does not go with {f'--{way}' if way != 'label' else 'a label'}")
    needed = _NEEDS.get(way, set())
    if needed - given:
        raise click.UsageError(
            "name a MENTION with a LABEL, --undo, --relevant or --not-relevant; or use --review or --list"
        )


def _spelled(name: str) -> str:
    return name.upper() if name in {"mention", "label"} else "--format" if name == "output" else f"--{name}"


def _correct(app: App, name: str, slug: str | None, label: Label, by: str | None) -> None:
    with app.database.write() as conn:
        stored = mention_named(conn, name)
        hit = hit_named(app, stored, slug)
        earlier = corrections_of(conn, [stored.id]).get((stored.id, hit.brand))
        made = correct(conn, stored.id, hit.brand, label, app.clock(), by)
    before = told(made.was) if earlier is None else f"{earlier.label} (a person's; the scorer says {told(made.was)})"
    _tell(app, stored, hit.brand, f"{before} -> {label}")
    words = quote(stored, made.was)
    if words:
        click.echo(f'  "{words}"')


def _undo(app: App, name: str, slug: str | None) -> None:
    with app.database.write() as conn:
        stored = mention_named(conn, name)
        hit = hit_named(app, stored, slug)
        earlier = corrections_of(conn, [stored.id]).get((stored.id, hit.brand))
        if earlier is None or not withdraw(conn, stored.id, hit.brand):
            raise WrongUseError(f"{name}: nobody has corrected it; `overheard label --list` shows what stands")
    _tell(app, stored, hit.brand, f"{earlier.label} (a person's) -> {told(earlier.was)}")


def _judge(app: App, name: str, slug: str | None, by: str | None, *, relevant: bool) -> None:
    with app.database.write() as conn:
        stored = mention_named(conn, name)
        aside = [hit.brand for hit in hits_aside(stored.id, labels_of(conn, [stored.id]))]
        brand = brand_named(app, stored, slug, [*(hit.brand for hit in stored.hits), *aside])
        judge(conn, stored.id, brand, app.clock(), by, relevant=relevant)
    _tell(app, stored, brand, "relevant" if relevant else "not relevant, and counts nowhere")


def _tell(app: App, stored: StoredMention, slug: str, change: str) -> None:
    click.echo(clean(f"{name_of(app, slug)} in {_name(stored)}: {change}"))


def _list(app: App, since: datetime | None, output: str) -> None:
    with app.database.read() as conn:
        made, judged = all_corrections(conn, since), all_labels(conn, since)
        ids = {one.mention_id for one in made} | {one.mention_id for one in judged}
        of = {stored.id: stored for stored in load(conn, list(ids))}
    if output == "json":
        print_json(
            {
                "corrections": [_json(one, of[one.mention_id]) for one in made],
                "relevance": [_relevance_json(one, of[one.mention_id]) for one in judged],
            }
        )
    elif output == "csv":
        rows = [_csv_row(one, of[one.mention_id]) for one in made]
        print_csv(_COLUMNS, [*rows, *(_relevance_row(one, of[one.mention_id]) for one in judged)])
    else:
        lines = [*_rows(app, made, of), *_relevance_rows(app, judged, of)]
        print_table(("labelled", "by", "brand", "scorer", "person", "mention"), sorted(lines))


def _rows(app: App, made: list[Correction], of: dict[int, StoredMention]) -> Iterator[tuple[str, ...]]:
    for one in made:
        when, name = local(one.at, app.zone), _name(of[one.mention_id])
        yield when, one.by or "-", name_of(app, one.brand), one.was.label.value, one.label.value, name


def _relevance_rows(app: App, made: list[RelevanceLabel], of: dict[int, StoredMention]) -> Iterator[tuple[str, ...]]:
    for one in made:
        when, name = local(one.at, app.zone), _name(of[one.mention_id])
        yield when, one.by or "-", name_of(app, one.brand), "-", _word(one), name


def _name(stored: StoredMention) -> str:
    return f"{stored.mention.source}:{stored.mention.native_id}"


def _word(label: RelevanceLabel) -> str:
    return "relevant" if label.relevant else "not relevant"


def _relevance_json(one: RelevanceLabel, stored: StoredMention) -> dict[str, Json]:
    mention = mention_json(stored)
    return {
        **{name: mention[name] for name in ("source", "native_id", "url", "title", "text")},
        "brand": one.brand,
        "relevant": one.relevant,
        "labelled_at": iso(one.at),
        "by": one.by,
    }


def _relevance_row(one: RelevanceLabel, stored: StoredMention) -> list[object]:
    mention = stored.mention
    told = [mention.source, mention.native_id, one.brand, _word(one), iso(one.at), one.by]
    return [*told, None, None, None, mention.title, mention.text]


def _json(one: Correction, stored: StoredMention) -> dict[str, Json]:
    mention = mention_json(stored)
    return {
        **{name: mention[name] for name in ("source", "native_id", "url", "title", "text")},
        "brand": one.brand,
        "label": one.label.value,
        "corrected_at": iso(one.at),
        "by": one.by,
        "was": sentiment_json(one.was),
    }


def _csv_row(one: Correction, stored: StoredMention) -> list[object]:
    mention, was = stored.mention, one.was
    return [
        mention.source, mention.native_id, one.brand, one.label.value, iso(one.at), one.by, was.label.value,
        was.compound, was.method, mention.title, mention.text,
    ]  # fmt: skip
