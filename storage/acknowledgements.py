"""Who takes care of which alert. An acknowledgement is of one standing of an alert, and ends with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.alert_records import Acknowledgement
from storage.tables import acknowledgements, alert_states
from storage.types import storable, storable_or_none
from storage.upsert import upsert

_KEY = ("rule", "key", "first_at")


def acknowledge(conn: Connection, rule: str, key: str, at: datetime, by: str | None) -> Acknowledgement | None:
    """Keep that somebody takes care of an alert, and give the acknowledgement that counts: the first one.

    One from before the alert was last told, as it had become worse, counts no more, and the new one takes its place.
    None: no such alert stands.
    """
    query = sa.select(alert_states.c.first_at).where(alert_states.c.rule == rule, alert_states.c.key == storable(key))
    first_at: datetime | None = conn.execute(query).scalar_one_or_none()
    if first_at is None:
        return None
    earlier = standing(conn).get(f"{rule}:{storable(key)}")
    if earlier is not None:
        return earlier
    wish = Acknowledgement(rule, storable(key), first_at, at, storable_or_none(by))
    row = {"rule": rule, "key": wish.key, "first_at": first_at, "at": at, "acknowledged_by": wish.by}
    upsert(conn, acknowledgements, [row], _KEY)
    return wish


def standing(conn: Connection) -> dict[str, Acknowledgement]:
    """Give the acknowledgements that count, by the ids of their alerts, all of which stand."""
    told_at = alert_states.c.told_at
    same = sa.and_(*(acknowledgements.c[name] == alert_states.c[name] for name in _KEY))
    query = (
        sa.select(acknowledgements)
        .join(alert_states, same)
        .where(sa.or_(told_at.is_(None), acknowledgements.c.at >= told_at))
        .order_by(acknowledgements.c.rule, acknowledgements.c.key)
    )
    return {f"{row.rule}:{row.key}": _acknowledgement(row) for row in conn.execute(query)}


def _acknowledgement(row: Row[Any]) -> Acknowledgement:
    return Acknowledgement(row.rule, row.key, row.first_at, row.at, row.acknowledged_by)
