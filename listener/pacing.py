"""When a query is polled next: decided here, from nothing but what is handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from storage.records import Reason

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(hours=6)
LONGEST_ASKED = timedelta(hours=24)  # a server that asks for more is asked again after a day

# Nothing heals by asking again soon: a person has to act.
_PERSISTENT = frozenset({Reason.AUTH, Reason.NOT_FOUND, Reason.GONE, Reason.MISCONFIGURED})


def is_due(due_at: datetime, now: datetime, every: timedelta) -> bool:
    """Tell whether a poll's time has come. One further away than any wait decided here was noted by a wrong clock."""
    return due_at <= now or due_at > now + max(every, LONGEST_ASKED)


def believed(known_to: datetime | None, now: datetime) -> datetime | None:
    """Give up to when a query has heard everything; None where that was noted by a clock a day or more ahead."""
    return None if known_to is None or known_to > now + LONGEST_ASKED else known_to


def after_success(now: datetime, every: timedelta, not_before: datetime | None = None) -> datetime:
    """Give the time of the next poll: one interval on, later when the source asked for that (a day at most)."""
    due = now + every
    return due if not_before is None else max(due, min(not_before, now + LONGEST_ASKED))


def after_failure(
    now: datetime,
    every: timedelta,
    failures: int,
    reason: Reason,
    retry_after: timedelta | None,
    dice: Callable[[], float],
) -> datetime:
    """Give the time of the next try after `failures` failures in a row (1 for the first).

    Exponential back-off with full jitter: a random time between 1 minute and 1 minute x 2^failures, 6 hours at most.
    Never sooner than the server asked (a day at most), nor than one interval when only a person can mend it.
    `dice` gives a random number in [0, 1).
    """
    ceiling = min(LONGEST, SHORTEST * (1 << min(failures, 16)))
    wait = SHORTEST + dice() * (ceiling - SHORTEST)
    if reason in _PERSISTENT:
        wait = max(wait, min(every, LONGEST))
    if retry_after is not None:
        wait = max(wait, min(retry_after, LONGEST_ASKED))
    return now + wait
