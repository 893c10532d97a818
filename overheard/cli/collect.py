"""`overheard collect`: poll once, and tell per query what came of it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from listener.run import Outcome
from notifier.console import ConsoleChannel
from notifier.outbox import deliver_due
from overheard.alerts.catching_up import catch_up_if_late
from overheard.alerts.looking import look_if_needed
from overheard.app import App, open_app
from overheard.calling import as_called
from overheard.cli.described import described
from overheard.cli.group import PARTLY
from overheard.cli.options import MOMENT, config_option, format_option, instant
from overheard.errors import UnknownSourceError, WrongUseError
from overheard.jobs import collect_due
from overheard.lease import held
from overheard.progress import progress
from overheard.remedies import told
from overheard.rereading import OLDER
from overheard.scheduler import stop_on_signals
from overheard.tables import clean, iso, local, print_json, print_table
from storage import outbox
from storage.records import Json, Run


@described("collect", "overheard collect", "overheard collect --source reddit --since 2d")
@config_option
@click.option(
    "--source", "source", default=None, help="Only this query (its key) or source (its name or type), due or not."
)
@click.option("--all", "everything", is_flag=True, help="Poll everything, whatever the schedule says.")
@click.option(
    "--since",
    type=MOMENT,
    default=None,
    help="Read again what the sources still have from this time on; what is older is passed over and counted.",
)
@format_option("table", "json")
def command(config_path: Path, *, source: str | None, everything: bool, since: str | None, output: str) -> int:
    """It polls what is due, stores what names a brand, and ends with 4 when a source failed or items could not be read.

    With --since each source is read as on its first poll: a feed gives what it holds, a search as much as its own
    settings say. What is known already is recognised and not counted twice. Where the config has alerts it looks for
    them afterwards, and tells them.
    """
    stop = threading.Event()
    with open_app(config_path) as app, held(app), stop_on_signals(stop):
        keys = chosen_keys(app, source)
        begin = instant(since, app.clock(), app.zone) if since is not None else None
        if begin is not None and begin >= app.clock():
            raise WrongUseError("--since lies in the future; give a time that has passed")
        total = len(keys)
        done: set[str] = set()
        with progress("collecting") as advance:

            def report(outcome: Outcome) -> None:
                done.add(outcome.query.key)
                advance(len(done), total, outcome.query.key)

            outcomes = collect_due(
                app,
                due_only=not (everything or source or since),
                keys=keys,
                on_progress=report,
                stop=stop,
                since=begin,
            )
        merged = merge(outcomes)
        if output == "json":
            print_json({"sources": [outcome_json(outcome) for outcome in merged]})
        else:
            _print_table(app, merged)
        _tell_failures(merged)
        _alert(app)
        return PARTLY if any(outcome.run.reason is not None or unread(outcome) for outcome in merged) else 0


def _alert(app: App) -> None:
    """Look for alerts and deliver what waits; in a terminal beside the data, which programs read."""
    if look_if_needed(app) is None:
        return
    with app.database.read() as conn:
        waiting = outbox.due(conn, app.clock(), limit=1)
    if waiting:
        catch_up_if_late(app)
        channels = {"console": ConsoleChannel(sys.stderr)} if app.channel_name == "console" else app.channels
        delivered = deliver_due(app.database, channels, app.clock, app.grace, app.pace, fallback=app.fallback)
        for problem in delivered.problems:
            click.echo(as_called(clean(problem)), err=True)


def chosen_keys(app: App, source: str | None) -> list[str]:
    """Give the keys that --source means: one key, or all of a source type. Raises UnknownSourceError."""
    if source is None:
        return list(app.keys)
    found = [query.key for query in app.queries if source in {query.key, query.source, query.settings.type}]
    if not found:
        known = ", ".join(app.keys) or "none; add a [[sources]] table"
        raise UnknownSourceError(f"no query {source!r} in {app.path}; known are {known}")
    return found


def merge(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Give one outcome per query: the counts of all its polls, the end of the last."""
    found: dict[str, Outcome] = {}
    for outcome in outcomes:
        before = found.get(outcome.query.key)
        found[outcome.query.key] = outcome if before is None else _sum(before, outcome)
    return list(found.values())


def _sum(one: Outcome, other: Outcome) -> Outcome:
    first, last = one.run, other.run
    run: Run = replace(
        last,
        started_at=first.started_at,
        fetched=first.fetched + last.fetched,
        new=first.new + last.new,
        updated=first.updated + last.updated,
        unmatched=first.unmatched + last.unmatched,
        skipped=first.skipped + last.skipped,
    )
    return replace(other, run=run, skipped=one.skipped + other.skipped)


def unread(outcome: Outcome) -> int:
    """Give how many items could not be read; what --since passed over is none of them."""
    return sum(not item.problem.endswith(OLDER) for item in outcome.skipped)


def _tell_failures(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        run = outcome.run
        if run.reason is not None:
            click.echo(as_called(clean(f"failed: {run.key}: {told(run.reason, run.detail)}")), err=True)


def outcome_json(outcome: Outcome) -> dict[str, Json]:
    """Give what became of a query in the shape that scripts rely on."""
    run = outcome.run
    error: Json = {"reason": run.reason.value, "detail": run.detail or ""} if run.reason is not None else None
    items: list[Json] = [{"item": item.item, "problem": item.problem} for item in outcome.skipped[:20]]
    return {
        "key": run.key,
        "source": run.source,
        "fetched": run.fetched,
        "new": run.new,
        "updated": run.updated,
        "unmatched": run.unmatched,
        "skipped": run.skipped,
        "skipped_items": items,
        "error": error,
        "next_due_at": iso(outcome.next_due_at),
    }


def _print_table(app: App, outcomes: Sequence[Outcome]) -> None:
    if not outcomes:
        click.echo("nothing is due; --all polls whatever the schedule says", err=True)
        return
    print_table(
        ("fetched", "new", "updated", "no brand", "skipped", "next", "query"),
        [
            (
                str(outcome.run.fetched),
                str(outcome.run.new),
                str(outcome.run.updated),
                str(outcome.run.unmatched),
                str(outcome.run.skipped),
                local(outcome.next_due_at, app.zone),
                outcome.run.key,
            )
            for outcome in outcomes
        ],
        right=(0, 1, 2, 3, 4),
    )
    for outcome in outcomes:
        for item in outcome.skipped[:5]:
            click.echo(f"skipped: {outcome.run.key}: {item.item}: {item.problem}")
        if len(outcome.skipped) > 5:  # noqa: PLR2004  # five examples tell enough; all stand in --format json
            click.echo(f"skipped: {outcome.run.key}: and {len(outcome.skipped) - 5} more")
