"""From rendered messages to outbox rows, under keys that are the same however often a period is rendered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from notifier.blocks import Message
from storage.records import Act, Delivery, DeliveryState, Json


def deliveries(messages: Sequence[Message], key: str, channel: str, created_at: datetime) -> list[Delivery]:
    """Give one row per message, #1 first; those with `thread` answer #1."""
    first = f"{key}#1"
    return [
        Delivery(
            key=f"{key}#{place}",
            channel=channel,
            payload=dict(message),
            created_at=created_at,
            parent=first if place > 1 and message.get("thread") else None,
            act=Act.PICTURES if message.get("pictures") else Act.POST,
        )
        for place, message in enumerate(messages, start=1)
    ]


def released(delivery: Delivery) -> Delivery:
    """Give a blocked delivery back to the outbox, its attempts forgotten: a person has helped.

    One that the fallback refused too goes where it was meant for, unless it may have arrived in the fallback.
    """
    if delivery.state is not DeliveryState.BLOCKED:
        return delivery
    if delivery.meant_for is not None and delivery.sending_since is None:
        delivery = replace(delivery, channel=delivery.meant_for, meant_for=None, moved_because=None)
    fresh: dict[str, Any] = {"state": DeliveryState.PENDING, "attempts": 0, "next_attempt_at": None}
    return replace(delivery, **fresh, reason=None, detail=None)


def without_data(payload: Mapping[str, Json]) -> dict[str, Json]:
    """Give the payload of a delivery as people see it: what pictures are drawn of is left out."""
    found = payload.get("pictures")
    if not isinstance(found, list):
        return dict(payload)
    seen: list[Json] = [
        {name: value for name, value in each.items() if name != "spec"} for each in found if isinstance(each, dict)
    ]
    return {**payload, "pictures": seen}


def pictures_in(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give the pictures of a delivery: each with its name, title, alt, and its data until it was sent."""
    return [each for each in payload.get("pictures") or [] if isinstance(each, Mapping)]
