"""What alert rules look at, read from the store at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from overheard.app import App
from scoring.watch import Watch, WatchedSource
from storage.alerts import last_look
from storage.coverage import last_failures, listening_since
from storage.states import load_states

_RECENT = timedelta(days=7)  # of which failures are told with their reason


def watch(app: App, conn: Connection, now: datetime) -> Watch:
    """Give what is known now. Reads only."""
    return Watch(
        at=now,
        zone=app.zone,
        brands=(),
        since=last_look(conn),
        sources=_sources(app, conn, now),
        false_alarms=app.settings.alerting.false_alarms,
        listening_since=listening_since(conn),
        terms={brand.slug: brand.terms for brand in app.brands},
    )


def _sources(app: App, conn: Connection, now: datetime) -> list[WatchedSource]:
    states = load_states(conn, app.keys)
    failed = last_failures(conn, now - _RECENT)
    found = []
    for query in app.queries:
        state, last = states.get(query.key), failed.get(query.key)
        failing = state is not None and state.failures > 0
        found.append(
            WatchedSource(
                key=query.key,
                source=query.source,
                every=query.settings.every.total_seconds(),
                last_ok_at=state.last_ok_at if state else None,
                failures=state.failures if state else 0,
                reason=last.reason if failing and last else None,
                detail=last.detail if failing and last else None,
            )
        )
    return found
