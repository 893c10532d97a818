"""The one place that reads the time of day."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from config.errors import OverheardError

Clock = Callable[[], datetime]

VARIABLE = "OVERHEARD_NOW"


def system_clock() -> Clock:
    """Give a clock that answers with the time now, aware UTC; OVERHEARD_NOW sets it at start, from where it runs on."""
    start = os.environ.get(VARIABLE, "").strip()
    return clock_from(read_start(start)) if start else _now


def clock_from(start: datetime) -> Clock:
    """Give a clock that shows `start` now and runs on with the monotonic clock."""
    begun = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - begun)


def read_start(text: str) -> datetime:
    """Read the ISO time of OVERHEARD_NOW; UTC when it has no offset. Raises OverheardError with the spelling."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise OverheardError(
            f"{VARIABLE}: {text!r} is not a time; write an ISO time, for example 2013-08-12T09:00:00Z, or unset it"
        ) from None


def _now() -> datetime:
    return datetime.now(UTC)
