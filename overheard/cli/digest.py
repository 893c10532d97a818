"""`overheard digest`: the digest as it is or was due on a local date; printed, or posted with --send."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import click

from config.settings import DigestSettings
from config.values import Language
from notifier.digest.contents import Digest
from notifier.digest.contents import Period as Kind
from notifier.letters import without_data
from overheard.app import App, open_app
from overheard.calling import as_called
from overheard.cli.described import described
from overheard.cli.group import FAILED, PARTLY
from overheard.cli.options import config_option, format_option
from overheard.digests.choosing import chosen, others_than
from overheard.digests.periods import Period, last_day, period_on
from overheard.digests.reading import digest_of
from overheard.errors import WrongUseError
from overheard.jobs import deliver, put_digest, release_blocked
from overheard.lease import held
from overheard.streams import coloured, data_out
from overheard.tables import local, print_json
from storage import outbox
from storage.records import DeliveryState


@described(
    "digest",
    "overheard digest --period week",
    "overheard digest --at 2013-08-12 --format html > digest.html",
    "overheard digest --pictures charts --dark",
    "overheard digest --name emea --period month",
    "overheard digest --send",
)
@config_option
@click.option("--name", "team", default=None, help="The [[digests]] of this name; the first one when left out.")
@click.option(
    "--period",
    type=click.Choice(["day", "week", "month"]),
    default=None,
    help="Yesterday, the seven days or the calendar month before; that of the first such [[digests]] when left out.",
)
@click.option("--at", "at", type=click.DateTime(["%Y-%m-%d"]), default=None, help="As due on this local date.")
@click.option("--send", is_flag=True, help="Post it; a period is never posted twice.")
@click.option(
    "--pictures",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Draw its pictures too, as PNG files in this folder.",
)
@click.option(
    "--language",
    type=click.Choice(get_args(Language)),
    default=None,
    help="In which language; that of its [[digests]] when left out.",
)
@click.option("--dark", is_flag=True, help="Draw them for a dark background.")
@format_option("text", "slack", "html", "json")
def command(  # noqa: PLR0913  # one argument per option
    config_path: Path,
    *,
    team: str | None,
    period: Kind | None,
    at: object,
    send: bool,
    language: Language | None,
    folder: Path | None,
    dark: bool,
    output: str,
) -> int:
    """It reports on yesterday, or on the week or month that ended last, or as due on the local date of --at.

    Of today, --at with tomorrow's date tells what was heard until now; that can be printed, not sent.

    Without --send it only reads. With --send it is posted to Slack, or printed where no Slack is configured, once per
    period for ever; what was refused earlier for that period is tried again.
    """
    _check_pictures(folder, dark=dark, send=send)
    with open_app(config_path, create=send) as app:
        settings = chosen(app, team, period, language)
        if team is None and (hint := others_than(app, settings, period)):
            click.echo(as_called(hint), err=True)
        day = date.fromisoformat(str(at)[:10]) if at is not None else last_day(settings, app.clock(), app.zone)
        asked = period_on(settings, day, app.zone)
        _look_ahead(app.clock(), asked, send=send)
        if send:
            with held(app):
                return _send(app, asked, settings)
        with app.database.read() as conn:
            digest = digest_of(app, conn, asked, settings, app.clock())
        if folder is not None:
            _draw(digest, folder, dark=dark)
        write(app, digest, output, asked, settings.channel)
        return 0


def _check_pictures(folder: Path | None, *, dark: bool, send: bool) -> None:
    """Refuse what cannot go together. Raises WrongUseError."""
    if dark and folder is None:
        raise WrongUseError("--dark: there is nothing to draw; name a folder with --pictures")
    if send and folder is not None:
        raise WrongUseError("--pictures: they go with a digest that is printed; leave --send out")


def _draw(digest: Digest, folder: Path, *, dark: bool) -> None:
    """Draw the pictures into a folder, and tell of each what it shows."""
    from notifier.charts.theme import DARK, LIGHT  # noqa: PLC0415  # what only pictures need
    from overheard.digests.pictures import write_pictures  # noqa: PLC0415  # likewise

    drawn = write_pictures(digest, folder, DARK if dark else LIGHT)
    for path, picture in drawn:
        click.echo(f"{path}: {picture.alt}", err=True)
    if not drawn:
        click.echo("no pictures: nobody was mentioned, and there are no goals", err=True)


def _look_ahead(now: datetime, period: Period, *, send: bool) -> None:
    """Tell of a period that is not over yet. Raises WrongUseError where nothing can be said, or not for good."""
    end = local(period.window.end, period.zone)
    if period.window.start >= now:
        raise WrongUseError(
            f"--at {period.day}: its {period.name} has not begun; name a date up to a {period.name} ahead"
        )
    if period.window.end <= now:
        return
    if send:
        raise WrongUseError(f"--at {period.day}: its {period.name} ends {end}, and is sent once, when it is over")
    click.echo(f"its {period.name} ends {end}; this is what was heard until now", err=True)


def write(app: App, digest: Digest, output: str, period: Period, channel: str | None = None) -> None:
    """Print a digest in one of its forms. `channel`: that of Slack which it goes to, where it has its own."""
    if output == "slack":
        print_json(slack_messages(app, digest, period, channel))
    elif output == "html":
        from notifier.charts.inline import inline  # noqa: PLC0415  # what draws, likewise
        from notifier.renderers.html import render as html  # noqa: PLC0415  # jinja2, which the other forms do without

        data_out().write(html(digest, inline(digest)))
    elif output == "json":
        from notifier.renderers.digest_json import render as as_json  # noqa: PLC0415  # only this form needs it

        data_out().write(as_json(digest))
    else:
        write_text(digest)


def write_text(digest: Digest) -> None:
    """Print a digest for a terminal, in colour where there is one."""
    from notifier.renderers.terminal import render as text  # noqa: PLC0415  # rich, which the other forms do without

    sys.stdout.write(text(digest, width=_width(), colour=coloured(sys.stdout)))


def slack_messages(app: App, digest: Digest, period: Period, channel: str | None = None) -> list[dict[str, object]]:
    """Give the messages in posting order, each with the channel that it would go to; that of [slack] when None."""
    from notifier.slack.pictures import messages_of  # noqa: PLC0415  # only this form needs it

    slack = app.settings.slack
    channel = channel or (slack.channel if slack is not None else None)
    messages = messages_of(app.settings, digest, period.key)
    return [{"channel": channel, **without_data(message)} for message in messages]


def _send(app: App, period: Period, settings: DigestSettings) -> int:
    new = put_digest(app, period, settings)
    release_blocked(app, period.key)
    delivered = deliver(app)
    with app.database.read() as conn:
        first = outbox.get(conn, f"{period.key}#1")
    state = first.state if first is not None else None
    if state is DeliveryState.SENT:
        click.echo(f"{period.key}: {'posted' if new else 'was posted before; a period is posted once'}", err=True)
        return PARTLY if delivered.waiting or delivered.blocked else 0
    for problem in delivered.problems:
        click.echo(problem, err=True)
    if state is DeliveryState.BLOCKED:
        remedy = "it stays in the outbox; once that is mended, `overheard digest --send` and `overheard run` send it"
    else:
        remedy = "it stays in the outbox and `overheard run` tries again"
    click.echo(as_called(f"{period.key}: {state or 'missing'}; {remedy}"), err=True)
    return FAILED


def _width() -> int:
    try:
        return min(120, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):
        return 80
