"""The outbox: what is to be sent, what is being sent, what was sent. A key is taken once and for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from config.errors import StoreError
from storage.records import Act, Delivery, DeliveryState, Json, Reason
from storage.tables import outbox
from storage.types import storable_or_none
from storage.upsert import insert_missing

LONGEST_WAIT = timedelta(hours=24)  # a time further ahead was noted by a wrong clock, and counts as come


def put(conn: Connection, deliveries: Sequence[Delivery]) -> int:
    """Keep deliveries whose key is new, and give how many were; the others stay as they are."""
    return insert_missing(conn, outbox, [_row(delivery) for delivery in deliveries])


def get(conn: Connection, key: str) -> Delivery | None:
    """Give the delivery with this key; None when there never was one."""
    row = conn.execute(sa.select(outbox).where(outbox.c.key == key)).one_or_none()
    return None if row is None else _delivery(row)


def referred(conn: Connection, reference: str) -> Delivery | None:
    """Give the delivery that became the message of this reference; None when none of ours did."""
    query = sa.select(outbox).where(outbox.c.reference == reference, outbox.c.act == Act.POST.value)
    row = conn.execute(query.order_by(outbox.c.id.desc()).limit(1)).one_or_none()
    return None if row is None else _delivery(row)


def shown(conn: Connection, delivery: Delivery) -> Mapping[str, Json]:
    """Give the payload of a message as the latest edit has it, posted or still to be posted."""
    edits = outbox.c.parent == delivery.key, outbox.c.act == Act.EDIT.value
    query = sa.select(outbox.c.payload).where(*edits).order_by(outbox.c.id.desc()).limit(1)
    found: Mapping[str, Json] | None = conn.execute(query).scalar_one_or_none()
    return delivery.payload if found is None else found


def drop_edits(conn: Connection, delivery: Delivery) -> int:
    """Drop the edits of a message that wait, as a later one says all that they say; gives how many those are.

    One that waits longer, as Slack asked it to, would else take the place of the later one.
    """
    waiting = outbox.c.state == DeliveryState.PENDING.value, outbox.c.act == Act.EDIT.value
    gone = {"state": DeliveryState.DROPPED.value, "next_attempt_at": None, "detail": "a later edit says it too"}
    return conn.execute(outbox.update().where(outbox.c.parent == delivery.key, *waiting).values(gone)).rowcount


def due(conn: Connection, now: datetime, limit: int = 100) -> list[Delivery]:
    """Give what waits and what is half-sent, if its time has come, in order of creation.

    An answer whose parent waits for a later time waits with it, however many others stand behind it.
    """
    open_states = [DeliveryState.PENDING.value, DeliveryState.SENDING.value]
    latest = now + LONGEST_WAIT
    next_at = outbox.c.next_attempt_at
    its_time = next_at.is_(None) | (next_at <= now) | (next_at > latest)
    parent = outbox.alias()
    held_back = sa.exists().where(
        parent.c.key == outbox.c.parent,
        parent.c.state.in_(open_states),
        parent.c.next_attempt_at > now,
        parent.c.next_attempt_at <= latest,
    )
    query = sa.select(outbox).where(outbox.c.state.in_(open_states), its_time, ~held_back)
    return [_delivery(row) for row in conn.execute(query.order_by(outbox.c.created_at, outbox.c.id).limit(limit))]


def blocked(conn: Connection, period: str | None = None) -> list[Delivery]:
    """Give what waits for a person, in order of creation; only the messages of one period's key if that is given."""
    query = sa.select(outbox).where(outbox.c.state == DeliveryState.BLOCKED.value)
    if period is not None:
        query = query.where(outbox.c.key.startswith(f"{period}#", autoescape=True))
    return [_delivery(row) for row in conn.execute(query.order_by(outbox.c.created_at, outbox.c.id))]


def moved(conn: Connection) -> list[Delivery]:
    """Give the latest delivery that each destination has refused and another one took, if it took none since."""
    newest = sa.select(outbox.c.meant_for, sa.func.max(outbox.c.id).label("id")).where(outbox.c.meant_for.is_not(None))
    last = newest.group_by(outbox.c.meant_for).subquery()
    later = outbox.alias()
    taken = sa.exists().where(
        later.c.channel == outbox.c.meant_for, later.c.state == DeliveryState.SENT.value, later.c.id > outbox.c.id
    )
    query = sa.select(outbox).join(last, last.c.id == outbox.c.id).where(~taken).order_by(outbox.c.id)
    return [_delivery(row) for row in conn.execute(query)]


def pending(conn: Connection, prefix: str) -> list[Delivery]:
    """Give what waits, of keys with this beginning, in order of creation."""
    query = sa.select(outbox).where(
        outbox.c.state == DeliveryState.PENDING.value, outbox.c.key.startswith(prefix, autoescape=True)
    )
    return [_delivery(row) for row in conn.execute(query.order_by(outbox.c.created_at, outbox.c.id))]


def opened(conn: Connection, prefix: str, channel: str, since: datetime) -> list[datetime]:
    """Give when messages of keys with this beginning were put for a channel, from `since` on; no answers in threads."""
    query = sa.select(outbox.c.created_at).where(
        outbox.c.key.startswith(prefix, autoescape=True),
        sa.func.coalesce(outbox.c.meant_for, outbox.c.channel) == channel,
        outbox.c.parent.is_(None),
        outbox.c.created_at >= since,
    )
    return [row.created_at for row in conn.execute(query.order_by(outbox.c.created_at, outbox.c.id))]


def update(conn: Connection, delivery: Delivery) -> None:
    """Keep a delivery's new state. Raises StoreError for a key that was never put."""
    row = _row(delivery)
    changed = conn.execute(outbox.update().where(outbox.c.key == row.pop("key")).values(row))
    if changed.rowcount != 1:
        raise StoreError(f"outbox: no delivery has the key {delivery.key}; put it before it is updated")


def _row(delivery: Delivery) -> dict[str, Any]:
    return {
        "key": delivery.key,
        "channel": delivery.channel,
        "payload": dict(delivery.payload),
        "created_at": delivery.created_at,
        "parent": delivery.parent,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "next_attempt_at": delivery.next_attempt_at,
        "sending_since": delivery.sending_since,
        "sent_at": delivery.sent_at,
        "reference": delivery.reference,
        "reason": None if delivery.reason is None else delivery.reason.value,
        "detail": storable_or_none(delivery.detail),
        "act": delivery.act.value,
        "meant_for": delivery.meant_for,
        "moved_because": storable_or_none(delivery.moved_because),
    }


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        key=row.key,
        channel=row.channel,
        payload=row.payload,
        created_at=row.created_at,
        parent=row.parent,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at,
        sending_since=row.sending_since,
        sent_at=row.sent_at,
        reference=row.reference,
        reason=None if row.reason is None else Reason(row.reason),
        detail=row.detail,
        act=Act(row.act),
        meant_for=row.meant_for,
        moved_because=row.moved_because,
    )
