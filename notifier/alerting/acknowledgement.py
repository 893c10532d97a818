"""The third stage: what a person takes care of is told again only when it gets worse."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from notifier.alerting.outcome import Case, Memory
from notifier.wording import clock
from storage.alert_records import Why

_TOLD_ALL_THE_SAME = {Why.NEW, Why.WORSE}


def acknowledged(case: Case, memory: Memory, zone: ZoneInfo) -> str | None:
    """Say who takes care of an alert that stands, and since when; None: nobody does, or it should be told anyway."""
    word, state = memory.acknowledged.get(case.alert.id), memory.states.get(case.alert.id)
    if case.why in _TOLD_ALL_THE_SAME or word is None or state is None or not word.covers(state):
        return None
    return f"by {word.by or 'somebody without name'} on {clock(word.at, zone)}"
