"""Decisions about alerts as the terminal shows them, and as scripts read them."""

from __future__ import annotations

from collections.abc import Sequence

from overheard.app import App
from overheard.cli.sov import span_json
from overheard.tables import iso, local, print_table
from storage.alert_records import Decided
from storage.records import Json


def alert_json(one: Decided) -> dict[str, Json]:
    """Give a decision in the shape that scripts rely on."""
    alert = one.alert
    return {
        "id": alert.id,
        "rule": alert.rule,
        "key": alert.key,
        "brand": alert.brand,
        "severity": alert.severity.value,
        "at": iso(one.at),
        "window": span_json(alert.window),
        "title": alert.title,
        "body": alert.body,
        "decision": one.decision.value,
        "reason": one.why.value,
        "detail": one.detail,
        "evidence": dict(alert.evidence),
    }


def print_decisions(app: App, decided: Sequence[Decided]) -> None:
    """Print decisions as a table, each with its title under it."""
    print_table(
        ("at", "severity", "decision", "why", "alert"),
        [
            (local(one.at, app.zone), one.alert.severity.value, one.decision.value, one.why.value, one.alert.id)
            for one in decided
        ],
        notes=[[one.alert.title, *([f"({one.why.value}: {one.detail})"] if one.detail else [])] for one in decided],
    )
