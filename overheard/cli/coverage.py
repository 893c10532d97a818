"""`overheard coverage`: how much of a window each query heard, and when it was deaf."""

from __future__ import annotations

from pathlib import Path

import click

from overheard.answers.coverage import coverage_lines, hearing
from overheard.app import open_app
from overheard.cli.described import described
from overheard.cli.options import config_option, format_option, since_option, until_option, window_of
from overheard.cli.sov import coverage_json, span_json
from overheard.tables import print_json, terminal_width
from storage.records import Json


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
        with app.database.read() as conn:
            heard = hearing(app, conn, asked, now)
        if output == "json":
            sources: list[Json] = [{"key": key, **coverage_json(one)} for key, one in heard.single.items()]
            print_json({"window": span_json(heard.window), "coverage": coverage_json(heard.whole), "sources": sources})
            return
        for line in coverage_lines(app, heard, terminal_width()):
            click.echo(line)
