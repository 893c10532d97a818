"""The second stage: what was told and nobody takes care of is told once more, to other people."""

from __future__ import annotations

from datetime import datetime

from config.alert_settings import Alerting
from storage.alert_records import Alert, AlertState, Severity


def wanted(settings: Alerting) -> bool:
    """Tell whether anything is escalated at all: there is a channel or a person for it."""
    return settings.escalate_to is not None or bool(settings.escalate_mention)


def neglected(alert: Alert, state: AlertState | None, settings: Alerting, now: datetime) -> bool:
    """Tell whether an alert was told long enough ago, and never escalated since it stands.

    Whether a person takes care of it, asked for silence, or sleeps is for the stages after this one.
    """
    return (
        awaits(alert, state, settings)
        and state is not None
        and state.told_at is not None
        and now - state.told_at >= settings.escalate_after
    )


def awaits(alert: Alert, state: AlertState | None, settings: Alerting) -> bool:
    """Tell whether an alert that was told may be escalated yet: it is severe enough, and was not."""
    if not wanted(settings) or state is None or state.told_at is None or state.escalated_at is not None:
        return False
    return alert.severity.rank >= Severity(settings.escalate_from).rank
