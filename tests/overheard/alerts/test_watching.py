from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from overheard.alerts.watching import watch
from scoring.watch import WatchedSource
from storage import alerts
from storage.database import Database
from storage.records import QueryState, Reason, Span
from storage.states import save_states
from tests.overheard.home import at, home, polled

KEY = "file:posts.csv"


def test_a_source_that_was_never_polled_is_watched_too(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6), '[[alerts]]\nrule = "source_silent"\n')

    with database.read() as conn:
        seen = watch(app, conn, clock.now)

    assert (seen.at, seen.zone, seen.since, seen.listening_since) == (at(6), app.zone, None, None)
    assert seen.sources == [WatchedSource(KEY, "file", 900.0, None, 0, None, None)]
    assert seen.terms == {"acme": ("Acme",), "globex": ("Globex",)}


def test_a_failing_source_carries_the_reason_of_its_last_failure(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6), '[[alerts]]\nrule = "source_silent"\n')
    polled(app, Span(at(5), at(5, 1)))
    polled(app, None, Reason.NETWORK, started_at=at(5, 2))
    with database.write() as conn:
        save_states(conn, [QueryState(KEY, "file", {}, at(6), 3, at(5, 1), None)])
        alerts.note_look(conn, at(5, 12))

    with database.read() as conn:
        seen = watch(app, conn, clock.now)

    assert seen.sources == [WatchedSource(KEY, "file", 900.0, at(5, 1), 3, Reason.NETWORK, "no route to host")]
    assert (seen.since, seen.listening_since) == (at(5, 12), at(5))


def test_a_source_that_answers_again_carries_no_reason(database: Database, tmp_path: Path) -> None:
    app, clock = home(database, tmp_path, at(6), '[[alerts]]\nrule = "source_silent"\n')
    polled(app, None, Reason.NETWORK, started_at=at(5, 2))
    with database.write() as conn:
        save_states(conn, [QueryState(KEY, "file", {}, at(6), 0, at(6) - timedelta(minutes=5), None)])

    with database.read() as conn:
        (source,) = watch(app, conn, clock.now).sources

    assert (source.failures, source.reason, source.detail) == (0, None, None)
