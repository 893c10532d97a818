"""`overheard label`: a person's label in the place of a scorer's, one mention at a time, or in a walk through many."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.mentions import mention_json, sentiment_json, slug_of
from overheard.cli.options import MOMENT, config_option, instant
from overheard.cli.tables import clean, iso, local, print_csv, print_json, print_table
from overheard.errors import WrongUseError
from overheard.sentiment.labelling import hit_named, mention_named, name_of, quote, told
from overheard.sentiment.review import review
from storage.corrections import COMPOUNDS, all_corrections, correct, corrections_of, withdraw
from storage.mentions import load
from storage.records import Correction, Json, Label, StoredMention

_LIMIT = 20
_COLUMNS = (
    "source", "native_id", "brand", "label", "corrected_at", "by", "was_label", "was_compound", "was_method", "title",
    "text",
)  # fmt: skip
# What each way of calling it takes beside --config: anything else was meant for another way.
_TAKES = {
    "label": {"mention", "label", "brand", "by"},
    "undo": {"mention", "brand"},
    "list": {"since", "output"},
    "review": {"brand", "by", "since", "limit"},
}


@described(
    "label",
    "overheard label m17 negative",
    "overheard label rss:https://example.org/1 positive --brand Acme --by kim",
    "overheard label --review --brand Acme --since 30d",
    "overheard label --list --format csv > corrections.csv",
)
@config_option
@click.argument("mention", required=False)
@click.argument("label", type=click.Choice([label.value for label in COMPOUNDS]), required=False)
@click.option("--brand", default=None, help="Toward this brand; may be left out where the mention names only one.")
@click.option("--by", default=None, help="Who says so, to be kept with it.")
@click.option("--undo", "way", flag_value="undo", help="Let what the scorer says count again.")
@click.option("--list", "way", flag_value="list", help="List the corrections that stand.")
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
            with app.database.read() as conn:
                made = all_corrections(conn, begin)
                of = {stored.id: stored for stored in load(conn, list({one.mention_id for one in made}))}
            _print_list(app, made, of, output or "table")
        elif way == "review":
            limit = asked["limit"]
            review(app, [slug] if slug else app.slugs, begin, limit if isinstance(limit, int) else _LIMIT, by)
        elif way == "undo":
            _undo(app, mention or "", slug)
        else:
            _correct(app, mention or "", slug, Label(str(label)), by)


def _check(way: str, asked: dict[str, str | int | None]) -> None:
    """Raise UsageError for what this way of calling it does not take, and for what it lacks."""
    given = {name for name, value in asked.items() if value is not None}
    if extra := given - _TAKES[way]:
        words = ", ".join(_spelled(name) for name in sorted(extra))
        raise click.UsageError(f"{words} does not go with {f'--{way}' if way != 'label' else 'a label'}")
    needed = {"label": {"mention", "label"}, "undo": {"mention"}}.get(way, set())
    if needed - given:
        raise click.UsageError("name a MENTION and a LABEL, or use --undo with a MENTION, --review or --list")


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


def _tell(app: App, stored: StoredMention, slug: str, change: str) -> None:
    mention = stored.mention
    click.echo(clean(f"{name_of(app, slug)} in {mention.source}:{mention.native_id}: {change}"))


def _print_list(app: App, made: list[Correction], of: dict[int, StoredMention], output: str) -> None:
    if output == "json":
        print_json({"corrections": [_json(one, of[one.mention_id]) for one in made]})
    elif output == "csv":
        print_csv(_COLUMNS, (_csv_row(one, of[one.mention_id]) for one in made))
    else:
        rows = list(_rows(app, made, of))
        print_table(("corrected", "by", "brand", "scorer", "person", "mention"), rows)


def _rows(app: App, made: list[Correction], of: dict[int, StoredMention]) -> Iterator[tuple[str, ...]]:
    for one in made:
        mention = of[one.mention_id].mention
        when, name = local(one.at, app.zone), f"{mention.source}:{mention.native_id}"
        yield when, one.by or "-", name_of(app, one.brand), one.was.label.value, one.label.value, name


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
