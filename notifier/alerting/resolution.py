"""The last stage: what was not found for a while is over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from config.alert_settings import Alerting
from notifier.alerting.outcome import OverMessage, delivery_key
from notifier.alerting.silencing import named, silence_of
from storage.alert_records import AlertState, Decided, Decision, Severity, Silence, Why


@dataclass(slots=True)
class Resolution:
    """What became of the alerts that were not found."""

    kept: list[AlertState] = field(default_factory=list)  # they may come back
    decided: list[Decided] = field(default_factory=list)
    messages: list[OverMessage] = field(default_factory=list)


def resolve(  # everything that decides whether an end is told
    absent: Iterable[AlertState],
    settings: Alerting,
    silences: Sequence[Silence],
    night_end: datetime | None,
    now: datetime,
    zone: ZoneInfo,
) -> Resolution:
    """Decide about alerts that stood and were not found, in the order of their ids. `night_end`: of quiet hours.

    People hear that an alert is over when they had heard of it, and not in quiet hours. Something that happened is
    forgotten without a word.
    """
    found = Resolution()
    told: defaultdict[str, list[AlertState]] = defaultdict(list)
    for state in sorted(absent, key=lambda state: state.alert.id):
        if now - state.last_at < settings.over_after or lingers(state, now) or _waits_for_morning(state, night_end):
            found.kept.append(state)
            continue
        if not state.alert.lasting:
            continue
        silence = silence_of(state.alert, silences, now)
        detail = named(silence, zone) if silence else None if state.told_in else "it was not told"
        found.decided.append(Decided(state.alert, Decision.RESOLVED, Why.OVER, now, detail))
        if state.told_in is not None and silence is None:
            told[state.told_in].append(state)
    found.messages += [_message(states, parent, now) for parent, states in sorted(told.items())]
    return found


def lingers(state: AlertState, now: datetime) -> bool:
    """Tell whether an alert stands though it was not found: what a part of an hour showed, the rest of it may hide."""
    return state.until is not None and now < state.until


def _waits_for_morning(state: AlertState, night_end: datetime | None) -> bool:
    heard_of = state.told_in is not None and state.told_severity is not Severity.CRITICAL
    return night_end is not None and heard_of


def _message(states: Sequence[AlertState], parent: str, now: datetime) -> OverMessage:
    """Give the note about alerts that one message has told."""
    key = delivery_key(states[0].alert, states[0].first_at, "over")
    since, until = min(state.first_at for state in states), max(state.last_at for state in states)
    return OverMessage(key, tuple(state.alert for state in states), parent, now, since, until)
