"""What is done again and again: collect what is due, put due digests into the outbox, deliver what the outbox holds.

Each of these may be killed at any moment and called again: what is due is read from the database, and what was done is
committed in the transaction that does it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from threading import Event

import structlog
from sqlalchemy import Connection

from config.settings import DigestSettings
from listener.run import Outcome, collect
from notifier.blocks import Message
from notifier.destinations import destination
from notifier.digest.composition import Digest
from notifier.digest.figures import figures
from notifier.letters import deliveries, released
from notifier.outbox import Delivered, deliver_due
from notifier.slack.pictures import messages_of
from overheard.alerts.catching_up import catch_up_if_late
from overheard.app import App
from overheard.digests.periods import Period, due_periods
from overheard.digests.reading import digest_of
from overheard.rereading import RereadFrom
from storage import figures as shown
from storage import outbox
from storage.coverage import listening_since

_log = structlog.get_logger(__name__)


def collect_due(
    app: App,
    *,
    due_only: bool = True,
    keys: Collection[str] | None = None,
    on_progress: Callable[[Outcome], None] | None = None,
    stop: Event | None = None,
    since: datetime | None = None,
) -> list[Outcome]:
    """Poll what is due and commit each answer; gives one outcome a poll. `stop` ends it after the polls under way.

    `since` reads the sources again as on their first poll, and passes over what is older.
    """
    return collect(
        app.collectors if since is None else [RereadFrom(collector, since) for collector in app.collectors],
        app.database,
        app.ear,
        app.clock,
        workers=app.settings.network.workers,
        due_only=due_only,
        keys=keys,
        on_progress=on_progress,
        stop=stop,
    )


def send_due_digests(app: App) -> list[Period]:
    """Put the digests that are due into the outbox, each once for ever. Gives the periods that were new."""
    now = app.clock()
    with app.database.read() as conn:
        due = due_periods(app.settings.digests, app.zone, now, listening_since(conn), _posted(conn))
    return [period for period in due if put_digest(app, period, _settings_of(app.settings.digests, period))]


def put_digest(app: App, period: Period, settings: DigestSettings) -> bool:
    """Compose a period's digest and put it into the outbox. False: it was there already."""
    now = app.clock()
    with app.database.read() as conn:
        digest = digest_of(app, conn, period, settings, now)
    channel = destination(app.settings, settings.channel)
    letters = deliveries(messages_for(app, digest, period.key), period.key, channel, now)
    with app.database.write() as conn:
        # The first message decides: whoever put it there first has put them all, in one transaction.
        new = outbox.get(conn, letters[0].key) is None and outbox.put(conn, letters) > 0
        if new:
            shown.keep(conn, figures(digest, now, period.key, app.rules))
    if new:
        _log.info("digest due", digest=period.key, channel=channel, messages=len(letters))
    return new


def messages_for(app: App, digest: Digest, key: str) -> list[Message]:
    """Give the messages of a digest in the form of its channel: one text for the terminal, Slack's blocks otherwise."""
    if app.channel_name != "console":
        return messages_of(app.settings, digest, key)
    from notifier.renderers.terminal import render as text  # noqa: PLC0415  # rich, which Slack's messages do without

    return [{"text": text(digest), "blocks": [], "thread": False}]


def deliver(app: App, stop: Event | None = None) -> Delivered:
    """Send what the outbox holds and whose time has come. `stop` ends it after the message in hand.

    Messages about alerts that have waited too long are made one before.
    """
    catch_up_if_late(app)
    return deliver_due(app.database, app.channels, app.clock, app.grace, app.pace, stop, app.fallback)


def release_blocked(app: App, period: str | None = None) -> int:
    """Let what was refused for good be tried once more, of one period's key or all; gives how many messages it is.

    Called when a person has come: at the start of `run`, and by `digest --send` for its period.
    """
    with app.database.write() as conn:
        waiting = outbox.blocked(conn, period)
        for delivery in waiting:
            outbox.update(conn, released(delivery))
    if waiting:
        _log.info("blocked messages are tried again", messages=len(waiting), first=waiting[0].key)
    return len(waiting)


def _posted(conn: Connection) -> Callable[[str], bool]:
    return lambda key: outbox.get(conn, f"{key}#1") is not None


def _settings_of(digests: Sequence[DigestSettings], period: Period) -> DigestSettings:
    return next(one for one in digests if (one.period, one.name) == (period.name, period.team))
