"""`overheard run`: the daemon. Collects, composes and delivers until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import structlog

from overheard.alerts.looking import look_when_due
from overheard.alerts.topics import Topics
from overheard.app import App, open_app
from overheard.campaigns.dropped import import_dropped
from overheard.cli import VERSION
from overheard.cli.described import described
from overheard.cli.options import config_option
from overheard.digests.choosing import label
from overheard.digests.periods import next_due
from overheard.jobs import collect_due, deliver, release_blocked, send_due_digests
from overheard.lease import held
from overheard.scheduler import Job, run_until, stop_on_signals
from storage.lease import Lease, LeaseLostError

_log = structlog.get_logger(__name__)


@described("run", "overheard run", "overheard run --config /etc/overheard/overheard.toml")
@config_option
def command(config_path: Path) -> None:
    """It works until SIGTERM or Ctrl-C, then finishes what is in hand and ends with 0; all it remembers is stored.

    One instance works on a database at a time: a second one, and one that was overtaken, ends with 3.
    """
    stop = threading.Event()
    with open_app(config_path, log_level="info") as app, held(app) as lease, stop_on_signals(stop):
        _log.info(
            "listening",
            version=VERSION,
            database=app.database.address,
            queries=len(app.queries),
            channel=app.channel_name,
            digests=[
                f"{label(digest)}: {next_due(digest, app.clock(), app.zone).isoformat()}"
                for digest in app.settings.digests
            ],
            alerts=[alerts.rule for alerts in app.settings.alerts if alerts.enabled],
        )
        release_blocked(app)
        ownership = Ownership(stop)
        listened = threading.Event()  # what failed before the start is no news until it was tried again

        topics = Topics(app)  # read from one look to the next

        def collect() -> None:
            collect_due(app, stop=stop)
            listened.set()

        hearing = [Job(job.name, ownership.of(job.work), job.every) for job in _hearing(app, stop)]
        run_until(
            stop,
            [
                *hearing,
                Job("collect", ownership.of(collect), 1.0),
                Job("alerts", ownership.of(lambda: look_when_due(app, topics) if listened.is_set() else None), 1.0),
                Job("digests", ownership.of(lambda: (send_due_digests(app), deliver(app, stop))), 1.0),
                Job("imports", ownership.of(lambda: import_dropped(app)), 10.0),
                Job("lease", ownership.of(lambda: _check(app, lease)), 20.0),
            ],
        )
        _log.info("stopped")
        ownership.confirm()


class Ownership:
    """Ends everything when another instance has taken over, whichever job learns it first."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self._lost: LeaseLostError | None = None

    def of(self, work: Callable[[], object]) -> Callable[[], None]:
        """Give the work so that it stops all jobs when it finds the lease lost."""

        def owned() -> None:
            try:
                work()
            except LeaseLostError as problem:
                self._lost = problem
                self._stop.set()

        return owned

    def confirm(self) -> None:
        """Raise LeaseLostError when the lease was lost."""
        if self._lost is not None:
            raise self._lost


def _hearing(app: App, stop: threading.Event) -> list[Job]:
    """Give the jobs that hear what people do in Slack; none where the config asks for none."""
    if not app.hears:
        return []
    from overheard.interactions.hearing import hearing_jobs  # noqa: PLC0415  # web sockets, which others do without

    return hearing_jobs(app, stop)


def _check(app: App, lease: Lease) -> None:
    with app.database.read() as conn:
        lease.check(conn)
