"""`overheard alerts`: what stands now and what would be done about it, or what was decided in the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from notifier.wording import several, unknown
from overheard.alerts.looking import assess
from overheard.app import App, open_app
from overheard.cli.decisions import alert_json, print_decisions
from overheard.cli.described import described
from overheard.cli.options import MOMENT, NUMBERS, config_option, format_option, window_of
from overheard.cli.sov import span_json
from overheard.tables import iso, local, print_json
from storage.alert_records import Decided, Decision
from storage.alerts import history
from storage.coverage import listening_since
from storage.records import Json, Span

_SINCE = "30d"
_REPLAYED = "90d"
_WEEK = timedelta(days=7)
_LEAST = timedelta(days=1)  # of history from which a number of alerts a week is told


@described(
    "alerts",
    "overheard alerts",
    "overheard alerts --history --since 7d",
    "overheard alerts --backtest --since 90d --rule volume_spike --false-alarms 1,2,4",
)
@config_option
@click.option("--history", "past", is_flag=True, help="List what was decided, the newest first, with its reasons.")
@click.option("--backtest", is_flag=True, help="Replay history and list what would have been told, without sending.")
@click.option(
    "--since",
    type=MOMENT,
    default=None,
    help=f"--history, --backtest: from this time; {_SINCE} and {_REPLAYED} if not.",
)
@click.option("--until", type=MOMENT, default=None, help="--backtest: up to this time; now if not.")
@click.option("--rule", default=None, help="--backtest: only this rule, with its defaults where the config has it not.")
@click.option(
    "--false-alarms", type=NUMBERS, default=None, help="--backtest: also with so many false alarms a month: 1,2,4."
)
@format_option("table", "json")
def command(  # noqa: PLR0913  # one per option
    config_path: Path,
    *,
    past: bool,
    backtest: bool,
    since: str | None,
    until: str | None,
    rule: str | None,
    false_alarms: tuple[float, ...] | None,
    output: str,
) -> None:
    """It looks once, and prints every alert with what would be done about it now; nothing is kept or sent.

    With --history it lists what was told, held, dropped and resolved, and how many alerts were told a week. With
    --backtest it looks at every hour of the past as it would have then, so that a rule can be tried before it is saved.
    """
    if past and backtest:
        raise click.UsageError("--history tells what was, --backtest what would have been; ask for one of them")
    if since is not None and not (past or backtest):
        raise click.UsageError("--since goes with --history or --backtest; a look is of now")
    if not backtest and (until or rule or false_alarms):
        raise click.UsageError("--until, --rule and --false-alarms go with --backtest")
    with open_app(config_path, create=False) as app:
        if backtest:
            from overheard.cli.alerts_backtest import replay  # noqa: PLC0415  # statistics, which a look may do without

            replay(app, window_of(since or _REPLAYED, until, app.clock(), app.zone), rule, false_alarms or (), output)
        elif past:
            _history(app, since or _SINCE, output)
        else:
            _look(app, output)


def per_week(decided: Sequence[Decided], window: Span) -> float | None:
    """Give how many alerts were told a week; None: the window is too short to say."""
    told = sum(one.decision is Decision.TOLD for one in decided)
    return told / (window.length / _WEEK) if window.length >= _LEAST else None


def _look(app: App, output: str) -> None:
    now = app.clock()
    with app.database.read() as conn:
        found = assess(app, conn, now)
        decided, silent = found.outcome.decided, found.unready
    if output == "json":
        alerts: list[Json] = [alert_json(one) for one in decided]
        print_json({"at": iso(now), "alerts": alerts, "unready": list(silent)})
    elif decided:
        print_decisions(app, decided)
    elif any(table.enabled for table in app.settings.alerts):
        click.echo("no alert stands now", err=True)
    else:
        click.echo(f"no rule is switched on; add an [[alerts]] table to {app.path}", err=True)
    if output != "json":
        for why in silent:
            click.echo(why, err=True)


def _history(app: App, since: str, output: str) -> None:
    asked = window_of(since, None, app.clock(), app.zone)
    with app.database.read() as conn:
        decided = history(conn, asked.start)
        began = listening_since(conn)
    window = _heard(asked, began)
    weekly = per_week(decided, window)
    if output == "json":
        alerts: list[Json] = [alert_json(one) for one in decided]
        print_json(
            {"window": span_json(window), "alerts": alerts, "per_week": None if weekly is None else round(weekly, 2)}
        )
        return
    if decided:
        print_decisions(app, decided)
        click.echo()
    told = sum(one.decision is Decision.TOLD for one in decided)
    rate = unknown("less than a day") if weekly is None else f"{weekly:.1f}"
    click.echo(f"{several(told, 'alert')} told since {local(window.start, app.zone)}; per week: {rate}")


def _heard(asked: Span, began: datetime | None) -> Span:
    """Give the part of a window in which somebody listened, as before that nothing can have been told."""
    return Span(min(max(asked.start, began or asked.end), asked.end), asked.end)
