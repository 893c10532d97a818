"""An application on a database of a test, with a file as its source and a clock that stands where it is put."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config.load import read_settings
from overheard.app import App
from overheard.jobs import collect_due
from overheard.kinds import all_kinds
from storage.coverage import record_runs
from storage.database import Database, open_database
from storage.records import Reason, Run, Span

CONFIG = """
timezone = "UTC"

[[brands]]
name = "Acme"
role = "own"

[[brands]]
name = "Globex"

[[sources]]
type = "file"
path = "posts.csv"

[[digests]]
period = "day"
at = "08:30"
stories = 2
"""


class StandingClock:
    """Shows the time that it was set to."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A time in July 2026."""
    return datetime(2026, 7, day, hour, minute, tzinfo=UTC)


def home(database: Database, folder: Path, now: datetime, extra: str = "") -> tuple[App, StandingClock]:
    """The application and its clock."""
    path = folder / "overheard.toml"
    text = CONFIG + extra
    path.write_text(text, encoding="utf-8")
    write_posts(folder, [])
    clock = StandingClock(now)
    return App(path, read_settings(text, path, all_kinds()), database, clock), clock


def listened(folder: Path, posts: Sequence[tuple[datetime, str]], now: datetime) -> None:
    """Leave in the folder the config and an SQLite file whose history holds the posts."""
    database = open_database(f"sqlite:///{folder}/overheard.db")
    app, _ = home(database, folder, now)
    write_posts(folder, posts)
    collect_due(app)
    database.close()


def write_posts(folder: Path, posts: Sequence[tuple[datetime, str]]) -> None:
    """Put posts into the file that is the source."""
    rows = [f"{place},{moment.isoformat()},{text}" for place, (moment, text) in enumerate(posts)]
    (folder / "posts.csv").write_text("\n".join(["native_id,published_at,text", *rows]) + "\n", encoding="utf-8")


def polled(app: App, heard: Span | None, reason: Reason | None = None, started_at: datetime | None = None) -> None:
    """Write into the ledger that every query was polled: what it heard, or why it did not."""
    with app.database.write() as conn:
        for query in app.queries:
            start = started_at or (heard.start if heard else app.clock())
            detail = "no route to host" if reason else None
            ended = start + timedelta(seconds=1)
            record_runs(conn, [Run(query.key, query.source, start, ended, heard, reason=reason, detail=detail)])
