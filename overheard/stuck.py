"""Messages that wait for a person, and channels that refuse theirs: told until somebody has helped."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from overheard.tables import local
from scoring.remarks import Remark
from storage import outbox

_TOLD = 3


def stuck(conn: Connection, zone: ZoneInfo) -> list[str]:
    """Give a sentence per blocked message, the first ones by name; empty when nothing waits for a person."""
    waiting = outbox.blocked(conn)
    keys = {delivery.key for delivery in waiting}
    roots = [delivery for delivery in waiting if delivery.parent not in keys]  # replies wait with what they answer
    told: list[str] = [
        Remark(
            "{delivery} is blocked since {moment}: {reason}: {detail}",
            delivery=delivery.key,
            moment=local(delivery.created_at, zone),
            reason=Remark(str(delivery.reason)),
            detail=delivery.detail,
        )
        for delivery in roots[:_TOLD]
    ]
    if len(roots) > _TOLD:
        told.append(Remark("{number} more deliveries are blocked", number=len(roots) - _TOLD))
    return told


def moved(conn: Connection, zone: ZoneInfo) -> list[str]:
    """Give a sentence for each channel whose messages go to the fallback; empty when each takes its own."""
    return [
        f"since {local(delivery.created_at, zone)} the fallback gets what is meant for {delivery.moved_because}"
        for delivery in outbox.moved(conn)
    ]
