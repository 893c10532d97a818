"""`overheard run`: the daemon. Collects, composes and delivers until it is told to stop."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog

from config.errors import StoreError
from overheard.app import App, open_app
from overheard.cli import VERSION
from overheard.cli.described import described
from overheard.cli.options import config_option
from overheard.jobs import collect_due, deliver, send_due_digests
from overheard.lease import held
from overheard.periods import next_due
from overheard.scheduler import Job, run_until, stop_on_signals
from storage.lease import Lease

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
                f"{digest.period}: {next_due(digest, app.clock(), app.zone).isoformat()}"
                for digest in app.settings.digests
            ],
        )
        run_until(
            stop,
            [
                Job("collect", lambda: collect_due(app, stop=stop), 1.0),
                Job("digests", lambda: (send_due_digests(app), deliver(app)), 1.0),
                Job("lease", lambda: _check(app, lease, stop), 20.0),
            ],
        )
        _log.info("stopped")


def _check(app: App, lease: Lease, stop: threading.Event) -> None:
    """Stop when another instance has taken over, as after a lost connection to the server."""
    try:
        with app.database.read() as conn:
            lease.check(conn)
    except StoreError as problem:
        _log.error("lease lost", problem=str(problem))
        stop.set()
