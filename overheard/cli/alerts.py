"""`overheard alerts`: what stands now and what would be done about it, or what was decided in the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from notifier.wording import several, unknown
from overheard.alerting import assess
from overheard.app import App, open_app
from overheard.cli.described import described
from overheard.cli.options import MOMENT, config_option, format_option, window_of
from overheard.cli.sov import span_json
from overheard.cli.tables import iso, local, print_json, print_table
from storage.alert_records import Decided, Decision
from storage.alerts import history
from storage.coverage import listening_since
from storage.records import Json, Span

_SINCE = "30d"
_WEEK = timedelta(days=7)
_LEAST = timedelta(days=1)  # of history from which a number of alerts a week is told


@described("alerts", "overheard alerts", "overheard alerts --history --since 7d")
@config_option
@click.option("--history", "past", is_flag=True, help="List what was decided, the newest first, with its reasons.")
@click.option("--since", type=MOMENT, default=None, help=f"--history: from this time; {_SINCE} if not.")
@format_option("table", "json")
def command(config_path: Path, *, past: bool, since: str | None, output: str) -> None:
    """It looks once, and prints every alert with what would be done about it now; nothing is kept or sent.

    With --history it lists what was told, held, dropped and resolved, and how many alerts were told a week.
    """
    if since is not None and not past:
        raise click.UsageError("--since goes with --history; a look is of now")
    with open_app(config_path, create=False) as app:
        if past:
            _history(app, since or _SINCE, output)
        else:
            _look(app, output)


def alert_json(one: Decided) -> dict[str, Json]:
    """Give a decision in the shape that scripts rely on."""
    alert = one.alert
    return {
        "id": alert.id,
        "rule": alert.rule,
        "key": alert.key,
        "brand": alert.brand,
        "severity": alert.severity.value,
        "at": iso(one.at),
        "window": span_json(alert.window),
        "title": alert.title,
        "body": alert.body,
        "decision": one.decision.value,
        "reason": one.why.value,
        "detail": one.detail,
        "evidence": dict(alert.evidence),
    }


def print_decisions(app: App, decided: Sequence[Decided]) -> None:
    """Print decisions as a table, each with its title under it."""
    print_table(
        ("at", "severity", "decision", "why", "alert"),
        [
            (local(one.at, app.zone), one.alert.severity.value, one.decision.value, one.why.value, one.alert.id)
            for one in decided
        ],
        notes=[[one.alert.title, *([f"({one.why.value}: {one.detail})"] if one.detail else [])] for one in decided],
    )


def per_week(decided: Sequence[Decided], window: Span) -> float | None:
    """Give how many alerts were told a week; None: the window is too short to say."""
    told = sum(one.decision is Decision.TOLD for one in decided)
    return told / (window.length / _WEEK) if window.length >= _LEAST else None


def _look(app: App, output: str) -> None:
    now = app.clock()
    with app.database.read() as conn:
        decided = assess(app, conn, now).decided
    if output == "json":
        print_json({"at": iso(now), "alerts": [alert_json(one) for one in decided]})
    elif decided:
        print_decisions(app, decided)
    elif any(alerts.enabled for alerts in app.settings.alerts):
        click.echo("no alert stands now", err=True)
    else:
        click.echo(f"no rule is switched on; add an [[alerts]] table to {app.path}", err=True)


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
