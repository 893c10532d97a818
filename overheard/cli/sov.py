"""`overheard sov`: share of voice and sentiment per brand, over a window or cut into days or weeks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from notifier.digest.figure_ids import figure_id
from overheard.answers.sov import Stretch, sov_lines, stretch_of
from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.options import config_option, format_option, since_option, until_option, window_of
from overheard.digests.periods import local_windows
from overheard.tables import iso, print_csv, print_json, terminal_width
from scoring.share_of_voice import BrandVoice, known_authors, known_engagement
from storage.records import Coverage, Json, Span


@described("sov", "overheard sov", "overheard sov --since 2013-08-01 --until 2013-09-01 --by week --format csv")
@config_option
@since_option("7d", "From this time.")
@until_option()
@click.option(
    "--by",
    type=click.Choice(["total", "day", "week", "month"]),
    default="total",
    show_default=True,
    help="Cut the window at local midnights or Mondays.",
)
@format_option("table", "json", "csv")
def command(config_path: Path, since: str, until: str | None, by: str, output: str) -> None:
    """It prints shares with their 95 % intervals, sentiment, and the id of every share, which `why` explains.

    A window without --until ends with the minute that is running, one without --since begins seven days earlier.
    """
    with open_app(config_path, create=False) as app:
        now = app.clock()
        window = window_of(since, until, now, app.zone)
        with app.database.read() as conn:
            total = stretch_of(app, conn, window, now)
            parts = [
                stretch_of(app, conn, part, now)
                for part in (local_windows(window, by, app.zone) if by != "total" else ())
            ]
        if output == "json":
            print_json(_document(app, total, by, parts))
        elif output == "csv":
            _print_csv(app, parts or [total])
        else:
            for line in sov_lines(app, parts or [total], terminal_width()):
                click.echo(line)


def brand_json(app: App, voice: BrandVoice, window: Span) -> dict[str, Json]:
    """Give one brand's numbers in the shape that scripts rely on."""
    count = voice.count
    return {
        "brand": voice.brand,
        "name": voice.name,
        "role": voice.role,
        "mentions": count.mentions,
        "credit": count.credit,
        "share": voice.share,
        "share_low": voice.share_low,
        "share_high": voice.share_high,
        "authors": known_authors(count),
        "stories": count.stories,
        "engagement": known_engagement(count),
        "share_of_authors": voice.share_of_authors,
        "share_of_stories": voice.share_of_stories,
        "share_of_engagement": voice.share_of_engagement,
        "positive": count.positive,
        "neutral": count.neutral,
        "negative": count.negative,
        "unscored": count.unscored,
        "unscored_why": dict(count.unscored_why),
        "scored": voice.scored,
        "net_sentiment": voice.net_sentiment,
        "id": figure_id("sov", voice.brand, window, app.zone),
    }


def coverage_json(coverage: Coverage) -> dict[str, Json]:
    """Give how much of a window was heard, in the shape that scripts rely on."""
    return {
        "share": coverage.share,
        "queries": coverage.queries,
        "gaps": [
            {"key": gap.key, "start": iso(gap.span.start), "end": iso(gap.span.end), "reason": gap.reason}
            for gap in coverage.gaps
        ],
    }


def span_json(span: Span) -> dict[str, Json]:
    """Give a window as two ISO times."""
    return {"start": iso(span.start), "end": iso(span.end)}


def _stretch_json(app: App, stretch: Stretch) -> dict[str, Json]:
    return {
        "window": span_json(stretch.window),
        "coverage": coverage_json(stretch.coverage),
        "brands": [brand_json(app, voice, stretch.window) for voice in stretch.voices],
    }


def _document(app: App, total: Stretch, by: str, parts: Sequence[Stretch]) -> dict[str, Json]:
    document = _stretch_json(app, total)
    if by != "total":
        document["by"] = by
        document["periods"] = [_stretch_json(app, part) for part in parts]
    return document


def _print_csv(app: App, stretches: Sequence[Stretch]) -> None:
    rows = [
        {"start": iso(part.window.start), "end": iso(part.window.end), "coverage": part.coverage.share}
        | brand_json(app, voice, part.window)
        | {"unscored_why": "; ".join(f"{reason} {number}" for reason, number in voice.count.unscored_why)}
        for part in stretches
        for voice in part.voices
    ]
    headings = list(rows[0]) if rows else ["start", "end", "coverage", "brand"]
    print_csv(headings, ([row[heading] for heading in headings] for row in rows))
