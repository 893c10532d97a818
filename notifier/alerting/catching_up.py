"""Which messages about alerts have waited too long, as their channel could not be reached, and become one.

Pure: it is handed what is pending in the outbox, and what the history says of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from notifier.alerting.outcome import PREFIX
from storage.alert_records import AlertState, Decided, Severity, Why
from storage.records import Delivery, DeliveryState

OVER, HAPPENED = "Over meanwhile", "Happened meanwhile"
_KEYS = f"{PREFIX}catch-up:"
PATIENCE = timedelta(minutes=10)  # that the oldest of them has waited


@dataclass(frozen=True, slots=True)
class Waited:
    """The messages of one channel that become one, oldest first, with the answers to them."""

    channel: str
    opened: tuple[Delivery, ...]
    answers: tuple[Delivery, ...]  # notes that what they told is over

    @property
    def since(self) -> datetime:
        """Give when the oldest was made."""
        return min(delivery.created_at for delivery in self.opened)

    def key(self, now: datetime) -> str:
        """Give the key of what they become."""
        return f"{_KEYS}{self.channel}:{now.isoformat()}"


@dataclass(frozen=True, slots=True)
class Caught:
    """One alert that people have not heard of in time."""

    told: Decided  # the last time that it was told meanwhile
    over: bool  # it is not so any more

    @property
    def heading(self) -> str:
        """Give what it is listed under: what still is so or is critical first, single events last."""
        alert = self.told.alert
        if self.over:
            return OVER
        return alert.severity.capitalize() if alert.lasting or alert.severity is Severity.CRITICAL else HAPPENED

    @property
    def escalated(self) -> bool:
        """Tell whether it was for other people, and still is."""
        return self.told.why is Why.ESCALATED and not self.over


@dataclass(frozen=True, slots=True)
class CatchUpMessage:
    """What people are told instead of everything that waited."""

    caught: tuple[Caught, ...]  # by what they are listed under, then by severity, then by time
    since: datetime
    at: datetime
    mentions: tuple[str, ...] = ()


def is_catch_up(key: str) -> bool:
    """Tell whether a message tells of many alerts that waited; none of them ends it."""
    return key.startswith(_KEYS)


def overdue(pending: Iterable[Delivery], now: datetime) -> list[Waited]:
    """Give what becomes one message, by channel: two or more that wait, of which the oldest has waited ten minutes.

    What was handed over and may have arrived is none of them: it is looked up by itself, lest it be told twice.
    """
    waiting = [one for one in pending if one.key.startswith(PREFIX) and one.state is DeliveryState.PENDING]
    untouched = [one for one in waiting if one.sending_since is None]
    opened: defaultdict[str, list[Delivery]] = defaultdict(list)
    for one in untouched:
        if one.parent is None:
            opened[one.channel].append(one)
    return list(_waited(opened, untouched, now))


def _waited(opened: Mapping[str, Sequence[Delivery]], untouched: Sequence[Delivery], now: datetime) -> Iterator[Waited]:
    for channel, some in sorted(opened.items()):
        keys = {one.key for one in some}
        found = Waited(channel, tuple(some), tuple(one for one in untouched if one.parent in keys))
        if len(some) > 1 and now - found.since >= PATIENCE:
            yield found


def catch_up(
    told: Iterable[Decided], states: Mapping[str, AlertState], people: Sequence[str], since: datetime, now: datetime
) -> CatchUpMessage:
    """Give the message about alerts that were told, oldest first, in messages that nobody has seen; each comes once."""
    latest = {one.alert.id: one for one in told}
    caught = [Caught(one, _is_over(one, states.get(name))) for name, one in latest.items()]
    caught.sort(key=_place)
    mentions = tuple(people) if any(one.escalated for one in caught) else ()
    return CatchUpMessage(tuple(caught), since, now, mentions)


def _place(one: Caught) -> tuple[object, ...]:
    group = {OVER: 1, HAPPENED: 2}.get(one.heading, 0)
    return group, -one.told.alert.severity.rank, one.told.at, one.told.alert.id


def _is_over(told: Decided, state: AlertState | None) -> bool:
    """Whether an alert that can end has ended; one that stands since later is another."""
    return told.alert.lasting and (state is None or state.first_at > told.at)
