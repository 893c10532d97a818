"""`overheard demo`: the whole main job, offline, on real posts of 2013 that ship with the package."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from overheard.calling import as_called
from overheard.cli.described import described
from overheard.cli.digest import write_text
from overheard.cli.options import config_option


@described("demo", "overheard demo", "overheard demo --out /tmp/overheard-demo")
@config_option
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default="overheard-demo",
    show_default=True,
    help="Folder for the database, the config and what was made of them.",
)
def command(config_path: Path, folder: Path) -> None:
    """It collects, matches, scores and stores posts of 2013, prints the weekly digest and what was worth an alert.

    The digest is also written as Slack messages and
    as a page. It brings its own config; --config is taken as by every command and changes nothing.
    """
    del config_path
    from notifier.charts.drawing import REMEDY, can_draw  # noqa: PLC0415  # as below
    from overheard.demo.show import PICTURES, alert_text, next_steps, run  # noqa: PLC0415  # the whole house, which --help does without

    found = run(folder)
    write_text(found.digest)
    click.echo("\nTold in those days, as a replay of history finds, hour by hour:\n")
    for alert in found.alerts:
        click.echo(alert_text(found, alert))
    shown = Path(shlex.quote(str(folder)))
    click.echo(
        f"\nReal posts of 2013, public domain, beside made-up campaign results: see {shown}/PROVENANCE.md.\n"
        f"Written: {shown}/overheard.db, {shown}/slack-messages.json, {shown}/digest.html, {shown}/overheard.toml"
        + (f", {shown}/{PICTURES}/*.png" if can_draw() else "")
    )
    if not can_draw():
        click.echo(f"Without pictures; for them, {REMEDY}")
    click.echo("\nTry next:")
    for step in next_steps(shown / "overheard.toml", found.digest):
        click.echo(f"  {as_called(step)}")
