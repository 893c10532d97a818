"""`overheard db`: upkeep of the database."""

from __future__ import annotations

from pathlib import Path

import click

from overheard.app import open_app
from overheard.cli.described import described_group
from overheard.cli.options import config_option, format_option
from overheard.lease import held
from overheard.tables import print_json, print_table
from storage.upkeep import backup as copy
from storage.upkeep import stats as count
from storage.upkeep import vacuum as compact


@described_group("db", "overheard db stats", "overheard db backup overheard-today.db")
def command() -> None:
    """Look after the database; all of it but `vacuum` works beside a running `overheard run`."""


@command.command()
@config_option
def upgrade(config_path: Path) -> None:
    """Bring the database to this version's form.

    Every other command does so too when it starts.
    """
    with open_app(config_path) as app:
        click.echo(f"{app.database.address}: up to date")


@command.command()
@config_option
@format_option("table", "json")
def stats(config_path: Path, output: str) -> None:
    """Count what the database holds, and its size."""
    with open_app(config_path, create=False) as app, app.database.read() as conn:
        found = count(conn)
        if output == "json":
            print_json(dict(found))
        else:
            print_table(("what", "value"), [(name, str(value)) for name, value in found.items()], right=(1,))


@command.command()
@config_option
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def backup(config_path: Path, target: Path) -> None:
    """Copy the database into a file, also in use.

    TARGET must not exist.
    """
    with open_app(config_path, create=False) as app:
        copy(app.database, target)
        click.echo(f"{target}: written")


@command.command()
@config_option
def vacuum(config_path: Path) -> None:
    """Give unused space back to the system.

    It takes the lease: stop `overheard run` first.
    """
    with open_app(config_path, create=False) as app, held(app):
        compact(app.database)
        click.echo(f"{app.database.address}: compacted")
