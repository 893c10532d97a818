"""Who wants to hear nothing of which alerts, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from storage.alert_records import Silence
from storage.tables import silences
from storage.types import storable, storable_or_none


def add(conn: Connection, silence: Silence) -> Silence:
    """Keep a silence; gives it with the id that it got. Its own `id` does not count."""
    row = {
        "since": silence.since,
        "until": silence.until,
        "rule": storable_or_none(silence.rule),
        "brand": storable_or_none(silence.brand),
        "key": storable_or_none(silence.key),
        "silenced_by": storable_or_none(silence.by),
        "note": storable(silence.note),
    }
    number: int = conn.execute(silences.insert().values(row).returning(silences.c.id)).scalar_one()
    return replace(silence, id=number)


def standing(conn: Connection, now: datetime) -> list[Silence]:
    """Give the silences that are not over, in the order in which they were asked for."""
    return [
        _silence(row) for row in conn.execute(sa.select(silences).where(silences.c.until > now).order_by(silences.c.id))
    ]


def end(conn: Connection, number: int, now: datetime) -> bool:
    """End a silence before its time. False: none of that id stands."""
    ended = conn.execute(silences.update().where(silences.c.id == number, silences.c.until > now).values(until=now))
    return ended.rowcount == 1


def _silence(row: Row[Any]) -> Silence:
    return Silence(row.id, row.since, row.until, row.rule, row.brand, row.key, row.silenced_by, row.note)
