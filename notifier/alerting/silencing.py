"""The fifth stage: silences that people asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from notifier.wording import clock
from storage.alert_records import Alert, Silence


def silence_of(alert: Alert, silences: Sequence[Silence], now: datetime) -> Silence | None:
    """Give the silence that covers an alert now, of several the one that ends last; None: none does."""
    covering = (silence for silence in silences if silence.covers(alert, now))
    return max(covering, key=lambda silence: (silence.until, silence.id), default=None)


def named(silence: Silence, zone: ZoneInfo) -> str:
    """Name a silence, by the number with which it can be ended."""
    return f"silence {silence.id} until {clock(silence.until, zone)}"
