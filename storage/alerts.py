"""What is remembered of alerts: where each of them stands, and the history of what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.alert_records import Alert, AlertState, Decided, Decision, Severity, Why
from storage.bulk import chunks
from storage.records import Span
from storage.tables import alert_log, alert_looks, alert_states
from storage.types import storable, storable_or_none


def load_states(conn: Connection) -> dict[str, AlertState]:
    """Give where alerts stand, by their ids; those that are over are missing."""
    query = sa.select(alert_states).order_by(alert_states.c.rule, alert_states.c.key)
    states = [_state(row) for row in conn.execute(query)]
    return {state.alert.id: state for state in states}


def replace_states(conn: Connection, states: Sequence[AlertState]) -> None:
    """Keep where alerts stand now, and nothing of any other."""
    conn.execute(alert_states.delete())
    if states:
        conn.execute(alert_states.insert(), [_state_values(state) for state in states])


def last_look(conn: Connection) -> datetime | None:
    """Give when was last looked for alerts; None: never."""
    found: datetime | None = conn.execute(sa.select(alert_looks.c.at)).scalar_one_or_none()
    return found


def note_look(conn: Connection, at: datetime) -> None:
    """Keep when was last looked for alerts."""
    conn.execute(alert_looks.delete())
    conn.execute(alert_looks.insert().values(at=at))


def log(conn: Connection, decided: Sequence[Decided]) -> None:
    """Write decisions into the history, in their order."""
    if decided:
        conn.execute(alert_log.insert(), [_decided_values(one) for one in decided])


def history(conn: Connection, since: datetime, limit: int | None = None) -> list[Decided]:
    """Give what was decided from `since` on, the newest first, `limit` lines at most."""
    query = sa.select(alert_log).where(alert_log.c.at >= since)
    return [
        _decided(row) for row in conn.execute(query.order_by(alert_log.c.at.desc(), alert_log.c.id.desc()).limit(limit))
    ]


def told_in(conn: Connection, messages: Sequence[str]) -> list[Decided]:
    """Give what was told in messages of these keys, oldest first."""
    query = sa.select(alert_log).order_by(alert_log.c.at, alert_log.c.id)
    return [
        _decided(row)
        for some in chunks(list(messages))
        for row in conn.execute(query.where(alert_log.c.message.in_(some)))
    ]


def retell(conn: Connection, messages: Sequence[str], by: str) -> None:
    """Keep that what these messages were to tell is told by another one, in whose thread its end belongs."""
    for some in chunks(list(messages)):
        conn.execute(alert_log.update().where(alert_log.c.message.in_(some)).values(message=by))
        conn.execute(alert_states.update().where(alert_states.c.told_in.in_(some)).values(told_in=by))


def _alert_values(alert: Alert) -> dict[str, Any]:
    return {
        "rule": alert.rule,
        "key": storable(alert.key),
        "brand": alert.brand,
        "severity": alert.severity.value,
        "title": storable(alert.title),
        "body": storable(alert.body),
        "evidence": dict(alert.evidence),
        "window_start": alert.window.start,
        "window_end": alert.window.end,
        "strength": alert.strength,
        "lasting": alert.lasting,
    }


def _alert(row: Row[Any]) -> Alert:
    return Alert(
        rule=row.rule,
        key=row.key,
        brand=row.brand,
        severity=Severity(row.severity),
        title=row.title,
        body=row.body,
        window=Span(row.window_start, row.window_end),
        strength=row.strength,
        evidence=row.evidence,
        lasting=row.lasting,
    )


def _state_values(state: AlertState) -> dict[str, Any]:
    return _alert_values(state.alert) | {
        "first_at": state.first_at,
        "last_at": state.last_at,
        "decision": state.decision.value,
        "reason": state.why.value,
        "told": state.told,
        "told_at": state.told_at,
        "told_strength": state.told_strength,
        "told_severity": state.told_severity.value,
        "told_in": storable_or_none(state.told_in),
        "escalated_at": state.escalated_at,
        "stands_until": state.until,
    }


def _state(row: Row[Any]) -> AlertState:
    return AlertState(
        alert=_alert(row),
        first_at=row.first_at,
        last_at=row.last_at,
        decision=Decision(row.decision),
        why=Why(row.reason),
        told=row.told,
        told_at=row.told_at,
        told_strength=row.told_strength,
        told_severity=Severity(row.told_severity),
        told_in=row.told_in,
        escalated_at=row.escalated_at,
        until=row.stands_until,
    )


def _decided_values(one: Decided) -> dict[str, Any]:
    return _alert_values(one.alert) | {
        "at": one.at,
        "decision": one.decision.value,
        "reason": one.why.value,
        "detail": storable_or_none(one.detail),
        "message": one.message,
    }


def _decided(row: Row[Any]) -> Decided:
    return Decided(_alert(row), Decision(row.decision), Why(row.reason), row.at, row.detail, row.message)
