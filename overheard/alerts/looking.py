"""One look for alerts: what the rules find now, what is decided about it, and what of that is kept.

    read: watch -> rules -> decide          (pure, but for the reading)
    ONE transaction: history, states, messages into the outbox

Whatever is killed in between, the next look finds things as they were before the first one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from notifier.alerting.catching_up import is_catch_up
from notifier.alerting.message import ended, render
from notifier.alerting.outcome import PREFIX, AlertMessage, Memory, Outcome, OverMessage, Place
from notifier.alerting.pipeline import decide
from notifier.contract import AlertRule, StatisticalRule
from notifier.destinations import destination, edits
from notifier.registry import rules_for
from overheard.alerts.topics import Topics
from overheard.alerts.watching import LIVE, watch
from overheard.app import App
from scoring.watch import Watch
from storage import acknowledgements, alerts, outbox, silences
from storage.alert_records import Alert
from storage.records import Act, Delivery

EVERY = LIVE
_HOUR = timedelta(hours=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a look comes to."""

    outcome: Outcome
    unready: Sequence[str]  # a sentence for everything of which the rules of the config can say nothing now


def assess(app: App, conn: Connection, now: datetime, topics: Topics | None = None) -> Assessment:
    """Give what a look now comes to. Reads only."""
    rules = rules_for(app.settings)
    states = alerts.load_states(conn)
    seen = (
        replace(watch(app, conn, now, topics=topics), standing=[each.alert for each in states.values()])
        if rules
        else None
    )
    lately = now - _HOUR
    memory = Memory(
        states=states,
        silences=silences.standing(conn, now),
        acknowledged=acknowledgements.standing(conn),
        told={to: outbox.opened(conn, PREFIX, destination(app.settings, to), lately) for to in _places(app)},
    )
    found = [] if seen is None else _found(rules, seen)
    outcome = decide(found, memory, app.settings.alerting, now, app.zone, seen.tests if seen else 1)
    return Assessment(outcome, () if seen is None else why_nothing(rules, seen))


def look(app: App, topics: Topics | None = None) -> Outcome:
    """Look now, keep what was decided, and put what is told into the outbox."""
    now = app.clock()
    with app.database.read() as conn:
        outcome = assess(app, conn, now, topics).outcome
    with app.database.write() as conn:
        alerts.log(conn, outcome.noted)
        alerts.replace_states(conn, outcome.states)
        alerts.note_look(conn, now)
        outbox.put(conn, [row for letter in outcome.messages for row in _deliveries(app, conn, letter, now)])
    for letter in outcome.messages:
        _log.info("alert", message=letter.key)
    return outcome


def look_when_due(app: App, topics: Topics | None = None) -> Outcome | None:
    """Look when the last look was long enough ago; None: it was not. A look ahead of now was noted by a wrong clock.

    `topics` keeps what was read of topics for the next look.
    """
    with app.database.read() as conn:
        last = alerts.last_look(conn)
    if last is not None and timedelta(0) <= app.clock() - last < EVERY:
        return None
    return look_if_needed(app, topics)


def look_if_needed(app: App, topics: Topics | None = None) -> Outcome | None:
    """Look when a rule is switched on, or what one found still stands; None: there is nothing to look for."""
    if not any(table.enabled for table in app.settings.alerts):
        with app.database.read() as conn:
            if not alerts.load_states(conn):
                return None
    return look(app, topics)


def why_nothing(rules: Sequence[AlertRule], seen: Watch) -> tuple[str, ...]:
    """Give a sentence for everything of which rules can say nothing at a look."""
    return tuple(why for rule in rules if isinstance(rule, StatisticalRule) for why in rule.unready(seen))


def _found(rules: Sequence[AlertRule], seen: Watch) -> list[Alert]:
    """Give what the rules find; nothing that was over before listening began, as imported history is."""
    began = seen.listening_since
    if began is None:
        return []
    return [alert for rule in rules for alert in rule.evaluate(seen) if alert.window.end > began]


def _places(app: App) -> set[Place]:
    """Give where alerts may be told."""
    return {None, app.settings.alerting.escalate_to}


def _deliveries(app: App, conn: Connection, letter: AlertMessage | OverMessage, now: datetime) -> Iterator[Delivery]:
    """Give what a message puts into the outbox: where messages can be edited, what is over is marked so, then noted."""
    if isinstance(letter, OverMessage) and letter.whole:
        told = outbox.get(conn, letter.parent)
        if told is not None and edits(told.channel) and not is_catch_up(told.key):
            over = ended(outbox.shown(conn, told), letter, app.zone)
            yield Delivery(f"{letter.key}:edit", told.channel, over, now, parent=told.key, act=Act.EDIT)
    yield Delivery(
        key=letter.key,
        channel=destination(app.settings, letter.to if isinstance(letter, AlertMessage) else None),
        payload=render(letter, app.channel_name, app.zone, buttons=app.hears),
        created_at=now,
        parent=letter.parent if isinstance(letter, OverMessage) else None,
    )
