"""`overheard acknowledge`: take care of an alert, so that it is not told again."""

from __future__ import annotations

from pathlib import Path

import click

from config.findings import nearest
from overheard.app import open_app
from overheard.cli.described import described
from overheard.cli.options import config_option
from overheard.errors import WrongUseError
from overheard.tables import clean, local
from storage.acknowledgements import acknowledge
from storage.alerts import load_states


@described("acknowledge", "overheard acknowledge volume_spike:acme", "overheard acknowledge volume_spike:acme --by Ann")
@config_option
@click.argument("id")
@click.option("--by", default=None, help="Who takes care of it, to be shown with it.")
def command(config_path: Path, id: str, by: str | None) -> None:  # noqa: A002  # the name of the argument in the help
    """It says that somebody takes care of an alert that stands; `overheard alerts` lists them with their ids.

    It is not told again because it grew, only when it becomes more severe. The acknowledgement ends when the alert is
    over; should it come again, it is told. May be used beside a running `overheard run`.
    """
    rule, _, key = id.partition(":")
    with open_app(config_path, create=False) as app:
        with app.database.write() as conn:
            kept = acknowledge(conn, rule, key, app.clock(), by)
            stand = list(load_states(conn))
        if kept is None:
            raise WrongUseError(clean(_unknown(id, stand)))
        who = f" by {kept.by}" if kept.by else ""
        since = local(kept.first_at, app.zone)
        click.echo(clean(f"{id}, which stands since {since}, is acknowledged{who} since {local(kept.at, app.zone)}"))


def _unknown(name: str, stand: list[str]) -> str:
    meant = nearest(name, stand)
    remedy = f"did you mean {meant!r}?" if meant else "`overheard alerts --history` lists what was told and is over"
    return f"no alert {name!r} stands; {remedy}"
