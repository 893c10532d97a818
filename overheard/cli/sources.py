"""`overheard sources`: what is polled, and where each query stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import click

from config.load import load
from config.settings import Settings
from config.values import format_duration
from listener.contract import Query
from overheard.calling import as_called
from overheard.cli.described import described
from overheard.cli.options import config_option, format_option
from overheard.clock import system_clock
from overheard.kinds import all_kinds
from overheard.logs import setup_logs
from overheard.remedies import REMEDIES
from overheard.standing import history
from overheard.tables import iso, local, print_json, print_table
from overheard.tasting import collector_of
from storage.coverage import last_failures
from storage.records import Json, QueryState, Reason, Run
from storage.states import load_states

_RECENT = timedelta(days=7)  # how far back a failing query's last error is looked for


@described("sources", "overheard sources", "overheard sources --format json")
@config_option
@format_option("table", "json")
def command(config_path: Path, output: str) -> None:
    """One line per query: when it was heard last, when it is polled next, failures, the last error, its remedy.

    Each address of a feed source, each subreddit and each search is a query of its own.
    """
    setup_logs()
    settings = load(config_path, all_kinds())
    clock = system_clock()
    queries = [query for source in settings.sources for query in collector_of(source, settings, clock).queries()]
    with history(settings) as conn:
        states = load_states(conn, [query.key for query in queries]) if conn else {}
        failed = last_failures(conn, clock() - _RECENT) if conn else {}
    if output == "json":
        print_json({"sources": [_as_json(query, states, failed) for query in queries]})
    elif not queries:
        click.echo(as_called("no sources; add one with: overheard add rss"), err=True)
    else:
        print_table(
            ("last ok", "next", "failures", "every", "query", "last error"),
            [_as_row(query, states, failed, settings) for query in queries],
            right=(2,),
        )
        for reason in Reason:
            if any(_fails(states.get(query.key)) and _reason(failed.get(query.key)) is reason for query in queries):
                click.echo(as_called(f"{reason}: {REMEDIES[reason]}"))


def _as_row(
    query: Query, states: Mapping[str, QueryState], failed: Mapping[str, Run], settings: Settings
) -> tuple[str, ...]:
    state = states.get(query.key)
    paused = not query.settings.enabled
    return (
        local(state.last_ok_at if state else None, settings.timezone),
        "paused" if paused else local(state.next_due_at, settings.timezone) if state else "now",
        str(state.failures if state else 0),
        _every(query),
        query.key,
        _error(state, failed.get(query.key)),
    )


def _as_json(query: Query, states: Mapping[str, QueryState], failed: Mapping[str, Run]) -> dict[str, Json]:
    state, last = states.get(query.key), failed.get(query.key)
    error: Json = None
    if _fails(state) and last and last.reason:
        error = {"reason": str(last.reason), "detail": last.detail, "remedy": REMEDIES[last.reason]}
    return {
        "key": query.key,
        "source": query.source,
        "enabled": query.settings.enabled,
        "every": _every(query),
        "last_ok_at": iso(state.last_ok_at) if state else None,
        "next_due_at": iso(state.next_due_at) if state else None,
        "failures": state.failures if state else 0,
        "error": error,
    }


def _every(query: Query) -> str:
    return format_duration(query.settings.every)


def _fails(state: QueryState | None) -> bool:
    return state is not None and state.failures > 0


def _reason(last: Run | None) -> Reason | None:
    return last.reason if last else None


def _error(state: QueryState | None, last: Run | None) -> str:
    if not _fails(state) or not last:
        return ""
    return f"{last.reason}: {last.detail}"
