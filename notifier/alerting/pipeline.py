"""All stages in their order: from the alerts of one look to decisions, messages and the memory of the next look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from config.alert_settings import Alerting
from notifier.alerting.acknowledgement import acknowledged
from notifier.alerting.budget import room
from notifier.alerting.discovery import discovered
from notifier.alerting.escalation import awaits, neglected
from notifier.alerting.grouping import Group, grouped
from notifier.alerting.inhibition import explained_by
from notifier.alerting.outcome import AlertMessage, Case, Memory, Outcome, delivery_key
from notifier.alerting.quiet import quiet_until
from notifier.alerting.repetition import distinct, reason_to_tell
from notifier.alerting.resolution import lingers, resolve
from notifier.alerting.silencing import named, silence_of
from notifier.wording import clock
from storage.alert_records import Alert, AlertState, Decided, Decision, Severity, Why


def decide(  # everything that a look knows
    found: Sequence[Alert], memory: Memory, settings: Alerting, now: datetime, zone: ZoneInfo, tests: int = 1
) -> Outcome:
    """Decide about every alert that was found, and about those that are over. Changes nothing.

    `tests`: how many things were asked whether chance explains them. What it may explain is no alert.

    Whoever keeps `states` and the messages in one transaction may be killed and look again: what was told is not told
    again. Something that happened and is held stays in the memory until it is told, as it is found only once.
    """
    before = memory.states
    found = discovered(distinct(found), settings.false_alarms, tests)
    standing = distinct([*found, *_waiting(before, found, settings)])
    night_end = quiet_until(settings, now, zone)
    cases = [_case(alert, before.get(alert.id), settings, now) for alert in standing]
    ids = {alert.id for alert in standing}
    absent = [state for name, state in before.items() if name not in ids]
    causes = [*standing, *(state.alert for state in absent if lingers(state, now))]
    stopped = [_stopped(case, causes, memory, night_end, now, zone) for case in cases]
    passed = [case for case, verdict in zip(cases, stopped, strict=True) if verdict is None]
    decided = [verdict for verdict in stopped if verdict is not None]
    messages: list[AlertMessage] = []
    for place in sorted({case.to for case in passed}, key=lambda place: place or ""):
        groups = grouped([case for case in passed if case.to == place])
        free = room(memory.told.get(place, ()), settings.per_hour, now)
        messages += _messages(groups[:free], settings, waiting=sum(map(len, groups[free:])))
        decided += [Decided(case.alert, Decision.TOLD, case.why, now) for group in groups[:free] for case in group]
        over = f"{settings.per_hour} messages an hour"
        decided += [Decided(case.alert, Decision.HELD, Why.OVER_BUDGET, now, over) for g in groups[free:] for case in g]
    told_in = {case.alert.id: message.key for message in messages for case in message.cases}
    decided = [replace(one, message=told_in[one.alert.id]) if one.decision is Decision.TOLD else one for one in decided]
    states = [_state(verdict, before.get(verdict.alert.id), told_in) for verdict in decided]
    ended = resolve(absent, settings, memory.silences, night_end, now, zone)
    decided += ended.decided
    stand = {state.told_in for state in (*states, *ended.kept)}
    notes = [replace(note, whole=note.parent not in stand) for note in ended.messages]
    return Outcome(
        decided=tuple(decided),
        noted=tuple(verdict for verdict in decided if _is_news(verdict, before.get(verdict.alert.id))),
        messages=(*messages, *notes),
        states=tuple(sorted([*states, *ended.kept], key=lambda state: state.alert.id)),
    )


def _waiting(before: Mapping[str, AlertState], found: Iterable[Alert], settings: Alerting) -> list[Alert]:
    """Give what happened and is not found again, but has to be told, or to be escalated, yet."""
    again = {alert.id for alert in found}
    return [
        state.alert
        for name, state in before.items()
        if not state.alert.lasting and name not in again
        if state.decision is Decision.HELD or awaits(state.alert, state, settings)
    ]


def _case(alert: Alert, state: AlertState | None, settings: Alerting, now: datetime) -> Case:
    why = reason_to_tell(alert, state, settings, now)
    case = Case(alert, why, state.first_at if state else now, state.told if state else 0)
    if why is Why.UNCHANGED and neglected(alert, state, settings, now):
        return replace(case, why=Why.ESCALATED, to=settings.escalate_to)
    return case


def _stopped(
    case: Case,
    causes: Sequence[Alert],
    memory: Memory,
    night_end: datetime | None,
    now: datetime,
    zone: ZoneInfo,
) -> Decided | None:
    """Give the decision of the first stage that stops an alert by itself; None: none does."""
    alert = case.alert
    if word := acknowledged(case, memory, zone):
        return Decided(alert, Decision.DROPPED, Why.ACKNOWLEDGED, now, word)
    if case.why is Why.UNCHANGED:
        return Decided(alert, Decision.DROPPED, Why.UNCHANGED, now)
    if cause := explained_by(alert, causes):
        return Decided(alert, Decision.DROPPED, Why.INHIBITED, now, cause.id)
    if silence := silence_of(alert, memory.silences, now):
        return Decided(alert, Decision.DROPPED, Why.SILENCED, now, named(silence, zone))
    if night_end is not None and alert.severity is not Severity.CRITICAL:
        return Decided(alert, Decision.HELD, Why.QUIET_HOURS, now, f"until {clock(night_end, zone)}")
    return None


def _messages(groups: Sequence[Group], settings: Alerting, waiting: int) -> list[AlertMessage]:
    """Give a message per group; the last one says how many alerts wait."""
    messages = [_message(group, settings) for group in groups]
    return [*messages[:-1], replace(messages[-1], waiting=waiting)] if messages else []


def _message(group: Group, settings: Alerting) -> AlertMessage:
    first = group[0]
    if first.why is Why.ESCALATED:
        return AlertMessage(
            delivery_key(first.alert, first.first_at, Why.ESCALATED.value), group, 0, settings.escalate_mention
        )
    return AlertMessage(delivery_key(first.alert, first.first_at, first.told + 1), group)


def _state(verdict: Decided, before: AlertState | None, told_in: Mapping[str, str]) -> AlertState:
    """Give what is remembered of an alert that was found; `told_in` names the messages of this look."""
    alert, now = verdict.alert, verdict.at
    state = replace(
        before or AlertState(alert, now, now, verdict.decision, verdict.why),
        alert=alert,
        last_at=now,
        decision=verdict.decision,
        why=verdict.why,
        until=max((each for each in (before.until if before else None, alert.until) if each), default=None),
    )
    if verdict.decision is not Decision.TOLD:
        return state
    if verdict.why is Why.ESCALATED:
        return replace(state, escalated_at=now)
    return replace(
        state,
        told=state.told + 1,
        told_at=now,
        told_strength=alert.strength,
        # Never lower than before: what goes up and down is worse only once.
        told_severity=max(state.told_severity, alert.severity, key=lambda severity: severity.rank),
        told_in=state.told_in or told_in[alert.id],
    )


def _is_news(verdict: Decided, before: AlertState | None) -> bool:
    """Whether the history lacks a decision: all that was told or is over, and otherwise each change."""
    if before is None or verdict.decision in {Decision.TOLD, Decision.RESOLVED}:
        return True
    return (verdict.decision, verdict.why) != (before.decision, before.why)
