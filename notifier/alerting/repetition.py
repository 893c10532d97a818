"""The first stage: each alert once, and again only when there is something new about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from config.alert_settings import Alerting
from storage.alert_records import Alert, AlertState, Why


def distinct(found: Iterable[Alert]) -> list[Alert]:
    """Give one alert per id, in the order of their ids; of several the most severe, then the strongest."""
    chosen: dict[str, Alert] = {}
    for alert in found:
        chosen[alert.id] = max(chosen.get(alert.id, alert), alert, key=_weight)
    return [chosen[name] for name in sorted(chosen)]


def reason_to_tell(alert: Alert, state: AlertState | None, settings: Alerting, now: datetime) -> Why:
    """Give NEW for what was never told, WORSE or GREW for what is so since, UNCHANGED for everything else."""
    if state is None or state.told_at is None:
        return Why.NEW
    if alert.severity.rank > state.told_severity.rank:
        return Why.WORSE
    grown = 0 < state.told_strength * settings.grown <= alert.strength
    if grown and now - state.told_at >= settings.repeat:
        return Why.GREW
    return Why.UNCHANGED


def _weight(alert: Alert) -> tuple[object, ...]:
    # Past severity and strength only to choose the same one whatever the order was.
    return (alert.severity.rank, alert.strength, alert.window.end, alert.window.start, alert.title, alert.body)
