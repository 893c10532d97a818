"""Alerts, and a run of looks that remembers what a store would keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from config.alert_settings import Alerting
from notifier.alerting.outcome import AlertMessage, Memory, Outcome
from notifier.alerting.pipeline import decide
from storage.alert_records import Acknowledgement, Alert, AlertState, Decided, Severity, Silence
from storage.records import Json, Span

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 7, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def alert(
    name: str = "volume_spike:acme",
    severity: Severity = Severity.WARNING,
    strength: float = 1.0,
    window: Span | None = None,
    lasting: bool = True,
) -> Alert:
    """An alert by its id. Its brand is the first part of the key; a silent source and `goal` have none."""
    rule, _, key = name.partition(":")
    brand = None if rule in {"source_silent", "goal"} else key.partition("/")[0]
    evidence: dict[str, Json] = {"strength": strength}
    span = window or Span(NOON - HOUR, NOON)
    return Alert(rule, key, brand, severity, f"title of {name}", f"body of {name}", span, strength, evidence, lasting)


@dataclass
class Looks:
    """Looks again and again, and remembers between two looks what is kept."""

    settings: Alerting = field(default_factory=Alerting)
    zone: ZoneInfo = PARIS
    silences: list[Silence] = field(default_factory=list)
    words: list[Acknowledgement] = field(default_factory=list)
    states: dict[str, AlertState] = field(default_factory=dict)
    told: list[datetime] = field(default_factory=list)  # when messages went out where all alerts go
    told_in: dict[str | None, list[datetime]] = field(default_factory=dict)  # the same of other places

    @property
    def memory(self) -> Memory:
        """What the next look is handed."""
        words = {f"{word.rule}:{word.key}": word for word in self.words}
        return Memory(dict(self.states), tuple(self.silences), words, {None: tuple(self.told), **self.told_in})

    def acknowledge(self, name: str, at: datetime, by: str | None = None) -> None:
        """Let a person take care of an alert that stands."""
        state = self.states[name]
        self.words.append(Acknowledgement(state.alert.rule, state.alert.key, state.first_at, at, by))

    def look(self, now: datetime, *found: Alert) -> Outcome:
        """Look, and remember."""
        outcome = decide(found, self.memory, self.settings, now, self.zone)
        self.states = {state.alert.id: state for state in outcome.states}
        for message in outcome.messages:
            if isinstance(message, AlertMessage):
                (self.told if message.to is None else self.told_in.setdefault(message.to, [])).append(now)
        return outcome


def brief(decided: Sequence[Decided]) -> list[tuple[str, str, str]]:
    """Each decision as (id, decision, why)."""
    return [(one.alert.id, one.decision.value, one.why.value) for one in decided]


def posted(outcome: Outcome) -> list[list[str]]:
    """The ids that each message tells."""
    return [
        [case.alert.id for case in message.cases]
        if isinstance(message, AlertMessage)
        else [a.id for a in message.alerts]
        for message in outcome.messages
    ]
