"""Lays the demo's folder out, runs it, and writes what Slack would have been sent.

The posts end in August 2013, so the clock stands there. The week of June in which Apple showed iOS 7 has the most to
tell, so its digest is the one that is composed, exactly as `overheard digest --at` would.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path

from config.errors import OverheardError
from config.settings import DigestSettings
from listener.campaigns.importing import import_file
from listener.run import Outcome
from notifier.alerting.message import render
from notifier.alerting.outcome import AlertMessage, Case
from notifier.charts.drawing import can_draw
from notifier.charts.theme import LIGHT
from notifier.console import ConsoleChannel
from notifier.digest.composition import Digest
from notifier.outbox import deliver_due
from notifier.registry import rules_for
from overheard.alerts.backtest import backtest
from overheard.app import App, open_app
from overheard.campaigns.imports import formats_of, wishes_of
from overheard.cli.digest import slack_messages
from overheard.clock import clock_from
from overheard.digests.periods import Period, period_on
from overheard.digests.pictures import write_pictures
from overheard.digests.reading import digest_of
from overheard.jobs import collect_due, put_digest
from overheard.lease import held
from overheard.progress import progress
from storage.alert_records import Decided

NOW = datetime(2013, 8, 19, 13, 0, tzinfo=UTC)
DAY = date(2013, 6, 17)
PICTURES = "pictures"  # their folder, in that of the demo
SINCE, UNTIL = "2013-06-01", "2013-08-17"


def lay_out(folder: Path) -> Path:
    """Write config, posts, results and where they come from over those of an earlier run; gives the config's path.

    Raises OverheardError when the folder cannot be written.
    """
    try:
        with as_file(files("overheard") / "demo") as shipped:
            for part in ("posts", "results"):
                (folder / part).mkdir(parents=True, exist_ok=True)
                for table in sorted((shipped / part).glob("*.csv")):
                    shutil.copyfile(table, folder / part / table.name)
            for name in ("overheard.toml", "PROVENANCE.md"):
                shutil.copyfile(shipped / name, folder / name)
    except OSError as problem:
        raise OverheardError(f"{folder}: {problem.strerror}; name a folder that can be written, with --out") from None
    return folder / "overheard.toml"


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to show. The database stays in the folder."""

    app: App
    digest: Digest
    alerts: Sequence[Decided]  # that would have been told in the days of the digest


def run(folder: Path) -> Shown:
    """Collect the posts, import the results, compose the digest, and replay its days for what was worth an alert."""
    config = lay_out(folder.absolute())
    with open_app(config, clock=clock_from(NOW)) as app:
        total = len(app.keys)
        done: set[str] = set()
        with held(app), progress("collecting") as advance:

            def report(outcome: Outcome) -> None:
                done.add(outcome.query.key)
                advance(len(done), total, outcome.query.key)

            outcomes = collect_due(app, due_only=False, on_progress=report)
        for outcome in outcomes:
            if outcome.error is not None:
                raise OverheardError(str(outcome.error))
        for table in sorted((folder / "results").glob("*.csv")):
            for imported in import_file(table, formats_of(app.settings), wishes_of(app.settings), app.database, NOW):
                if imported.error is not None:
                    raise OverheardError(imported.error)
        settings = next(iter(app.settings.digests), DigestSettings(period="week"))
        period = period_on(settings, DAY, app.zone)
        with app.database.read() as conn:
            digest = digest_of(app, conn, period, settings, app.clock())
        # Its figures are kept as those of any digest that was sent; who sees it is whoever prints what we give.
        put_digest(app, period, settings)
        deliver_due(app.database, {ConsoleChannel.name: ConsoleChannel(io.StringIO())}, app.clock, app.grace, app.pace)
        _write_files(app, digest, folder, period)
        with progress("looks for alerts") as advance, app.database.read() as conn:
            accepted = [app.settings.alerting.false_alarms]
            found = backtest(app, conn, period.window, rules_for(app.settings), accepted, advance)
        return Shown(app, digest, found.replayed[0].told)


def alert_text(shown: Shown, alert: Decided) -> str:
    """Give an alert as the terminal would have told it."""
    letter = AlertMessage(alert.alert.id, (Case(alert.alert, alert.why, alert.at, 0),))
    return str(render(letter, ConsoleChannel.name, shown.app.zone)["text"])


def next_steps(config: Path, digest: Digest) -> list[str]:
    """Give four commands that answer on the demo's database."""
    own = next(line for line in digest.brands if line.role == "own")
    platforms = () if digest.campaigns is None else digest.campaigns.platforms
    return [
        f"overheard sov --by week --since {SINCE} --until {UNTIL} --config {config}",
        f"overheard mentions iOS beta --brand {own.slug} --sentiment negative --since {SINCE} --config {config}",
        f"overheard why {own.share_id} --config {config}",
        *(f"overheard why {line.numbers[-2].id} --config {config}" for line in platforms[-1:]),
    ]


def _write_files(app: App, digest: Digest, folder: Path, period: Period) -> None:
    from notifier.charts.inline import inline  # noqa: PLC0415  # what draws, likewise
    from notifier.renderers.html import render as html  # noqa: PLC0415  # jinja2, wanted by two commands only

    messages = json.dumps(slack_messages(app, digest, period), ensure_ascii=False, indent=2)
    (folder / "slack-messages.json").write_text(messages + "\n", encoding="utf-8")
    (folder / "digest.html").write_text(html(digest, inline(digest)), encoding="utf-8")
    if can_draw():
        write_pictures(digest, folder / PICTURES, LIGHT)
