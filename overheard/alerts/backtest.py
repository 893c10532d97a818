"""What alerts would have told: history replayed, look by look, through the same rules and the same decisions.

Each look sees what was known at its time (see watching.py), remembers what the looks before decided, and sends nothing.
Two things differ from the time itself: looks are an hour apart, and what is usual of an hour that is over is learned
from everything that came of it later. Silences are not replayed, as they were for alerts that were seen; nor is
how single queries did, of which the store keeps no history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from config.alert_settings import Alerting
from notifier.alerting.outcome import AlertMessage, Memory, Outcome
from notifier.alerting.pipeline import decide
from notifier.contract import AlertRule
from overheard.alerts.looking import why_nothing
from overheard.alerts.watching import Looking
from overheard.app import App
from overheard.progress import Advance
from scoring.counts.hours import hour_of
from storage.alert_records import Alert, AlertState, Decided, Decision
from storage.records import Span

EVERY = timedelta(hours=1)
_WEEK = timedelta(weeks=1)
_ALONE = {"escalate_to": None, "escalate_mention": ()}  # nobody was there to take care of anything


@dataclass(frozen=True, slots=True)
class Replayed:
    """What one sensitivity would have told."""

    false_alarms: float  # a month
    told: tuple[Decided, ...]  # oldest first
    messages: int  # they went out in

    def per_week(self, span: Span) -> float:
        """Give how many alerts it would have told a week."""
        return len(self.told) / (span.length / _WEEK)


@dataclass(frozen=True, slots=True)
class Backtest:
    """A replay of history."""

    span: Span  # whole hours
    replayed: tuple[Replayed, ...]  # by sensitivity, in the order asked
    unready: tuple[str, ...]  # of what nothing could be said at the last look, with the reason


@dataclass(slots=True)
class _Run:
    """One sensitivity on its way through history."""

    settings: Alerting
    states: Mapping[str, AlertState] = field(default_factory=dict)
    opened: list[datetime] = field(default_factory=list)  # when messages went out
    told: list[Decided] = field(default_factory=list)

    def take(self, found: Sequence[Alert], now: datetime, zone: ZoneInfo, tests: int) -> None:
        """Decide about what a look found, and remember it."""
        lately = [at for at in self.opened if now - at < timedelta(hours=1)]
        outcome: Outcome = decide(found, Memory(self.states, told={None: lately}), self.settings, now, zone, tests)
        self.states = {state.alert.id: state for state in outcome.states}
        self.opened += [now for message in outcome.messages if isinstance(message, AlertMessage)]
        self.told += [one for one in outcome.decided if one.decision is Decision.TOLD]


def backtest(
    app: App,
    conn: Connection,
    span: Span,
    rules: Sequence[AlertRule],
    false_alarms: Sequence[float],
    advance: Advance,
) -> Backtest:
    """Replay a span, cut to whole hours, through rules at each of these sensitivities at once. Reads only."""
    looks = _looks(span)
    runs = [_Run(app.settings.alerting.model_copy(update=_ALONE | {"false_alarms": each})) for each in false_alarms]
    looking = Looking(app, conn, Span(looks[0], looks[-1]), rules, EVERY)
    silent: Sequence[str] = ()
    for number, now in enumerate(looks, start=1):
        seen = replace(looking.at(now, now - EVERY), sources=())
        for run in runs:
            standing = [state.alert for state in run.states.values()]
            sensitive = replace(seen, false_alarms=run.settings.false_alarms, standing=standing)
            run.take([alert for rule in rules for alert in rule.evaluate(sensitive)], now, app.zone, seen.tests)
        if now == looks[-1]:
            silent = why_nothing(rules, seen)
        advance(number, len(looks), f"{now:%d %B %Y}")
    told = tuple(Replayed(run.settings.false_alarms, tuple(run.told), len(run.opened)) for run in runs)
    return Backtest(Span(looks[0] - EVERY, looks[-1]), told, tuple(silent))


def _looks(span: Span) -> list[datetime]:
    """Give the whole hours at which a span is looked at: those in it, or the one after it for a shorter one."""
    first = hour_of(span.start) + EVERY
    return [first + number * EVERY for number in range(max((span.end - first) // EVERY + 1, 1))]
