"""`overheard coverage`: how much of a window each query heard, and when it was deaf."""

from __future__ import annotations

from pathlib import Path

import click

from notifier.wording import several
from overheard.app import open_app
from overheard.cli.described import described
from overheard.cli.options import config_option, format_option, since_option, until_option, window_of
from overheard.cli.sov import coverage_json, span_json
from overheard.cli.tables import local, percent, print_json, print_table
from storage.coverage import coverage, coverages
from storage.records import Json, Span


@described("coverage", "overheard coverage --since 1d")
@config_option
@since_option("7d", "From this time.")
@until_option()
@format_option("table", "json")
def command(config_path: Path, since: str, until: str | None, output: str) -> None:
    """It tells which part of the window was heard, over all queries and for each, and every gap with its reason."""
    with open_app(config_path, create=False) as app:
        now = app.clock()
        asked = window_of(since, until, now, app.zone)
        window = Span(min(asked.start, now), min(asked.end, now))
        with app.database.read() as conn:
            whole = coverage(conn, window, app.keys)
            single = coverages(conn, window, app.keys)
        if output == "json":
            sources: list[Json] = [{"key": key, **coverage_json(heard)} for key, heard in single.items()]
            print_json({"window": span_json(window), "coverage": coverage_json(whole), "sources": sources})
            return
        click.echo(f"{local(window.start, app.zone)} to {local(window.end, app.zone)} {app.zone.key}")
        click.echo(
            f"heard: {percent(whole.share, 'no source listens')} of {several(whole.queries, 'query', 'queries')}\n"
        )
        print_table(
            ("heard", "gaps", "query"),
            [(percent(heard.share, "unknown"), str(len(heard.gaps)), key) for key, heard in single.items()],
            right=(0, 1),
        )
        gaps = [gap for heard in single.values() for gap in heard.gaps]
        if gaps:
            click.echo()
            print_table(
                ("deaf from", "to", "reason", "query"),
                [
                    (local(gap.span.start, app.zone), local(gap.span.end, app.zone), gap.reason, gap.key)
                    for gap in sorted(gaps, key=lambda gap: (gap.span.start, gap.key))
                ],
            )
