"""Messages about alerts that waited, as their channel could not be reached, become one: in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import Connection

from notifier.alerting.catch_up_message import render_catch_up
from notifier.alerting.catching_up import Waited, catch_up, overdue
from notifier.alerting.outcome import PREFIX
from notifier.letters import deliveries
from overheard.app import App
from storage import alerts, outbox
from storage.records import DeliveryState

_log = structlog.get_logger(__name__)


def catch_up_if_late(app: App) -> int:
    """Merge what waits too long, and give how many messages were; whoever is killed meanwhile has merged nothing.

    The caller holds the lease: nobody else sends while this is decided.
    """
    now = app.clock()
    with app.database.read() as conn:
        if not overdue(outbox.pending(conn, PREFIX), now):
            return 0
    with app.database.write() as conn:
        late = overdue(outbox.pending(conn, PREFIX), now)
        for waited in late:
            _merge(app, conn, waited, now)
    merged = sum(len(waited.opened) for waited in late)
    _log.info("alerts that waited are told together", messages=merged)
    return merged


def _merge(app: App, conn: Connection, waited: Waited, now: datetime) -> None:
    keys = [one.key for one in waited.opened]
    told = alerts.told_in(conn, keys)
    people = app.settings.alerting.escalate_mention
    letter = catch_up(told, alerts.load_states(conn), people, waited.since, now)
    rendered = render_catch_up(letter, app.channel_name, app.zone)
    made = deliveries(rendered, waited.key(now), waited.channel, waited.since)
    outbox.put(conn, made)
    detail = f"told in {made[0].key}"
    for one in (*waited.opened, *waited.answers):
        outbox.update(conn, replace(one, state=DeliveryState.MERGED, next_attempt_at=None, detail=detail))
    alerts.retell(conn, keys, made[0].key)
