r"""From the outbox to the channel, so that each message arrives exactly once wherever the channel can be read back.

    pending --(committed)--> sending --answer--> sent
                                |  \--refused, may work later--> pending, with back-off
                                |  |--refused for good--> blocked
                                |  |--refused for good by the channel alone--> pending, in the fallback
                                |  \--pointless by now--> dropped
                                \--no answer, or we were killed--> after a grace time looked up in the channel:
                                       there: sent; not there: sent again; cannot be told: wait with back-off

What was handed over is committed before the first byte leaves, so a crash at any moment leaves a trace. Nothing here
talks to the network inside a transaction. One process at a time does this: the caller holds the lease.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Event

import structlog

from notifier.contract import Channel, Channels, Receipt, SendError, Spacious
from notifier.letters import without_data
from storage import outbox
from storage.database import Database
from storage.records import Delivery, DeliveryState, Reason

BUDGET = 400  # attempts before a delivery is given up: about two days of back-off
BATCH = 100
_BASE = timedelta(seconds=5)
_LONGEST = timedelta(minutes=15)  # between two attempts, unless the channel asks for more
_LONGEST_ASKED = outbox.LONGEST_WAIT  # the most that a Retry-After is believed
_OPEN = frozenset({DeliveryState.PENDING, DeliveryState.SENDING})
_PACE = 1.0  # seconds between two messages to one channel

_OUT_OF_REACH = frozenset({Reason.NETWORK, Reason.TIMEOUT})

_log = structlog.get_logger()


class Step(StrEnum):
    """What to do with a delivery now."""

    SEND = "send"
    LOOK_UP = "look up"  # it may be there already
    WAIT = "wait"  # its time has not come
    WAIT_FOR_PARENT = "wait for parent"  # the message in whose thread it goes is not sent yet
    BLOCK_WITH_PARENT = "block with parent"  # and never will be
    NOTHING = "nothing"  # it has come to its end


def decide(delivery: Delivery, now: datetime, grace: timedelta, parent: Delivery | None = None) -> Step:
    """Give the next step of a delivery. `parent` is the row that `delivery.parent` names; None: there is none.

    A time more than a day ahead was noted by a wrong clock, and holds nothing up.
    """
    if delivery.state not in _OPEN:
        return Step.NOTHING
    latest = now + outbox.LONGEST_WAIT
    if delivery.next_attempt_at is not None and now < delivery.next_attempt_at <= latest:
        return Step.WAIT
    if delivery.parent is not None and (parent is None or parent.state is not DeliveryState.SENT):
        lost = parent is None or parent.state not in _OPEN
        return Step.BLOCK_WITH_PARENT if lost else Step.WAIT_FOR_PARENT
    if delivery.sending_since is None:  # never handed over
        return Step.SEND
    since = delivery.sending_since
    in_flight = delivery.state is DeliveryState.SENDING and since <= latest and now < since + grace
    return Step.WAIT if in_flight else Step.LOOK_UP


def back_off(attempts: int, jitter: float) -> timedelta:
    """Give the wait after that many failed attempts: doubling from 5 s to 15 min, `jitter` (0..1) of its upper half."""
    longest = min(_BASE * (1 << min(max(attempts, 1) - 1, 20)), _LONGEST)
    return longest * (0.5 + 0.5 * jitter)


@dataclass(slots=True)
class Pace:
    """How fast each channel may be used. Kept by the caller over calls, so that a channel's wish is honoured."""

    sleep: Callable[[float], None] = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random
    _last: dict[str, float] = field(default_factory=dict)
    _rest: dict[str, datetime] = field(default_factory=dict)

    def wait(self, channel: str) -> None:
        """Return when a second has passed since the last message to this channel."""
        last = self._last.get(channel)
        if last is not None and (left := last + _PACE - self.monotonic()) > 0:
            self.sleep(left)
        self._last[channel] = self.monotonic()

    def rest(self, channel: str, until: datetime) -> None:
        """Note that the channel asked not to be used before `until`."""
        self._rest[channel] = until

    def resting(self, channel: str, now: datetime) -> datetime | None:
        """Give until when the channel is to be left alone. None: it may be used."""
        until = self._rest.get(channel)
        return until if until is not None and now < until else None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round did. `problems` are sentences for the user, without secrets."""

    sent: int = 0
    found: int = 0  # of those sent: were there already, the answer had been lost
    waiting: int = 0  # will be tried again
    blocked: int = 0  # need a person
    problems: tuple[str, ...] = ()


def deliver_due(
    database: Database,
    channels: Channels,
    clock: Callable[[], datetime],
    grace: timedelta,
    pace: Pace | None = None,
    stop: Event | None = None,
    fallback: str | None = None,
) -> Delivered:
    """Send what is due, each message at most once in this call. `channels` by the name that deliveries carry.

    `fallback` names the channel that takes a message when its own refuses it for good, for a reason of its own.
    `stop` lets the message in hand end and begins no further one.
    """
    with database.read() as conn:
        due = outbox.due(conn, clock(), BATCH)
    round_ = _Round(database, channels, clock, grace, pace or Pace(), fallback)
    for delivery in due:
        if stop is not None and stop.is_set():
            break
        round_.take(delivery)
    return Delivered(
        sent=round_.counts[DeliveryState.SENT],
        found=round_.found,
        waiting=round_.counts[DeliveryState.PENDING] + round_.counts[DeliveryState.SENDING],
        blocked=round_.counts[DeliveryState.BLOCKED],
        problems=tuple(round_.problems),
    )


@dataclass(slots=True)
class _Round:
    database: Database
    channels: Channels
    clock: Callable[[], datetime]
    grace: timedelta
    pace: Pace
    fallback: str | None
    found: int = 0
    problems: list[str] = field(default_factory=list)
    counts: dict[DeliveryState, int] = field(default_factory=lambda: dict.fromkeys(DeliveryState, 0))

    def take(self, listed: Delivery) -> None:
        """Bring one delivery a step further."""
        delivery, parent = self._fresh(listed)
        step = decide(delivery, self.clock(), self.grace, parent)
        if step is Step.NOTHING:
            return
        if step is Step.BLOCK_WITH_PARENT:
            self._block_with_parent(delivery, parent)
        elif step in {Step.SEND, Step.LOOK_UP}:
            delivery = self._act(delivery, parent, step)
            self.counts[delivery.state] += 1
        else:
            self.counts[delivery.state] += 1

    def _fresh(self, listed: Delivery) -> tuple[Delivery, Delivery | None]:
        """Read the row again, with its parent, which this very round may have sent."""
        with self.database.read() as conn:
            delivery = outbox.get(conn, listed.key) or listed
            parent = outbox.get(conn, delivery.parent) if delivery.parent is not None else None
        return delivery, parent

    def _act(self, delivery: Delivery, parent: Delivery | None, step: Step) -> Delivery:
        if parent is not None:  # what belongs to a message goes where that went
            delivery = replace(delivery, channel=parent.channel)
        channel = self.channels.get(delivery.channel)
        if channel is None:
            detail = f"channel {delivery.channel!r} is not configured any more; configure it again"
            tried = replace(delivery, attempts=delivery.attempts + 1)
            return self._put_off(tried, SendError(delivery.channel, Reason.MISCONFIGURED, detail))
        if until := self.pace.resting(delivery.channel, self.clock()):
            return self._save(replace(delivery, next_attempt_at=until))
        reference = parent.reference if parent is not None else None
        if step is Step.LOOK_UP:
            try:
                receipt = channel.find(delivery, reference)
            except SendError as problem:
                if problem.moot:
                    return self._drop(delivery, problem)
                return self._put_off(replace(delivery, attempts=delivery.attempts + 1), problem, maybe_there=True)
            if receipt is not None:
                self.found += 1
                return self._sent(delivery, receipt)
        return self._send(channel, delivery, reference)

    def _send(self, channel: Channel, delivery: Delivery, parent: str | None) -> Delivery:
        self.pace.wait(delivery.channel)
        now = self.clock()
        sending = self._save(
            replace(
                delivery,
                state=DeliveryState.SENDING,
                attempts=delivery.attempts + 1,
                sending_since=delivery.sending_since or now,  # the first time: from there it is looked up
                next_attempt_at=now + self.grace,
            )
        )
        try:
            receipt = channel.send(sending, parent)
        except SendError as problem:
            if problem.uncertain:
                return self._put_off(sending, problem, maybe_there=True)
            refused = replace(sending, state=DeliveryState.PENDING, sending_since=delivery.sending_since)
            if problem.moot:
                return self._drop(refused, problem)
            fallback = self._fallback(delivery) if problem.elsewhere and problem.permanent else None
            if fallback is not None and isinstance(channel, Spacious):
                return self._move(refused, fallback, f"{channel.place}: {problem.detail}")
            return self._put_off(refused, problem)
        return self._sent(sending, receipt)

    def _fallback(self, delivery: Delivery) -> str | None:
        """Give where a refused message goes; None: it stays, as what belongs to another message does."""
        return None if delivery.parent is not None or delivery.channel == self.fallback else self.fallback

    def _move(self, delivery: Delivery, fallback: str, because: str) -> Delivery:
        """Send it by the fallback. It is not in its own channel: where that was in doubt, it was looked up just now."""
        moved = replace(
            delivery,
            channel=fallback,
            meant_for=delivery.channel,
            moved_because=because,
            sending_since=None,
            next_attempt_at=None,
        )
        _log.warning("moved to the fallback", delivery=moved.key, meant_for=moved.meant_for, because=because)
        return self._act(self._save(moved), None, Step.SEND)

    def _drop(self, delivery: Delivery, problem: SendError) -> Delivery:
        _log.info("dropped", delivery=delivery.key, reason=str(problem.reason), detail=problem.detail)
        dropped = replace(delivery, state=DeliveryState.DROPPED, reason=problem.reason, detail=problem.detail)
        return self._save(replace(dropped, next_attempt_at=None))

    def _sent(self, delivery: Delivery, receipt: Receipt) -> Delivery:
        _log.info("delivered", delivery=delivery.key, channel=delivery.channel, attempts=delivery.attempts)
        return self._save(
            replace(
                delivery,
                payload=without_data(delivery.payload),  # what pictures were drawn of is not wanted any more
                state=DeliveryState.SENT,
                sent_at=self.clock(),
                reference=receipt.reference,
                next_attempt_at=None,
                reason=None,
                detail=None,
            )
        )

    def _put_off(self, delivery: Delivery, problem: SendError, *, maybe_there: bool = False) -> Delivery:
        """Note why it failed, and when to try again or that it is given up."""
        now = self.clock()
        wait = back_off(delivery.attempts, self.pace.jitter())
        if problem.retry_after is not None:
            asked = min(problem.retry_after, _LONGEST_ASKED)
            wait = max(wait, asked)
            self.pace.rest(delivery.channel, now + asked)
        if maybe_there:
            wait = max(wait, self.grace)
        if problem.reason in _OUT_OF_REACH:  # whoever comes next would fare no better, and leave one more in doubt
            self.pace.rest(delivery.channel, now + wait)
        failed = replace(delivery, reason=problem.reason, detail=problem.detail, next_attempt_at=now + wait)
        spent = delivery.attempts >= BUDGET
        if problem.permanent or spent:
            given_up = f"given up after {delivery.attempts} attempts: " if spent else ""
            doubt = "it may have arrived all the same, look into the channel: " if maybe_there else ""
            meant = f"; it was meant for {delivery.moved_because}" if delivery.moved_because else ""
            detail = f"{given_up}{doubt}{problem.detail}{meant}"
            failed = replace(failed, state=DeliveryState.BLOCKED, next_attempt_at=None, detail=detail)
        self.problems.append(f"{delivery.key}: {problem.reason}: {failed.detail}")
        _log.warning(
            "not delivered",
            delivery=delivery.key,
            channel=delivery.channel,
            reason=str(problem.reason),
            detail=failed.detail,
            state=str(failed.state),
            attempts=failed.attempts,
        )
        return self._save(failed)

    def _block_with_parent(self, delivery: Delivery, parent: Delivery | None) -> None:
        why = f"is blocked ({parent.reason}: {parent.detail})" if parent is not None else "is not in the outbox"
        reason = (parent.reason if parent is not None else None) or Reason.NOT_FOUND
        detail = f"the message that it answers, {delivery.parent}, {why}"
        blocked = replace(delivery, state=DeliveryState.BLOCKED, reason=reason, detail=detail, next_attempt_at=None)
        self._save(blocked)
        self.counts[DeliveryState.BLOCKED] += 1
        self.problems.append(f"{delivery.key}: {reason}: {detail}")

    def _save(self, delivery: Delivery) -> Delivery:
        with self.database.write() as conn:
            outbox.update(conn, delivery)
        return delivery
