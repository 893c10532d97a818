"""Answers as lines, as wide as whoever asks has room for."""

from __future__ import annotations

from pathlib import Path

from overheard.answers.coverage import coverage_lines, hearing
from overheard.answers.sov import sov_lines, stretch_of
from overheard.app import App
from overheard.jobs import collect_due
from overheard.tables import width_of
from storage.database import Database
from storage.records import Span
from tests.overheard.home import at, home, write_posts

WINDOW = Span(at(6), at(7))


def heard(database: Database, folder: Path) -> App:
    app, _ = home(database, folder, at(7, 9))
    write_posts(folder, [(at(6, 1), "Acme is great"), (at(6, 2), "Globex is awful")])
    collect_due(app)
    return app


def test_share_of_voice_fits_into_the_width_that_is_given(sqlite_database: Database, tmp_path: Path) -> None:
    app = heard(sqlite_database, tmp_path)
    with sqlite_database.read() as conn:
        stretch = stretch_of(app, conn, WINDOW, at(7, 9))
    wide, narrow = list(sov_lines(app, [stretch], 0)), list(sov_lines(app, [stretch], 60))
    assert "95 % interval" in wide[1]
    assert "95 % interval" not in narrow[1]
    table = [line for text in narrow[1:] for line in text.splitlines() if not line.startswith("deaf: ")]
    assert [line for line in table if width_of(line) > 60] == []
    assert any("sov.acme.20260706-20260707" in line for line in narrow)


def test_coverage_ends_now_however_far_is_asked(sqlite_database: Database, tmp_path: Path) -> None:
    app = heard(sqlite_database, tmp_path)
    with sqlite_database.read() as conn:
        told = list(coverage_lines(app, hearing(app, conn, Span(at(6), at(20)), at(7, 9)), 0))
    assert told[0] == "2026-07-06 00:00 to 2026-07-07 09:00 UTC"
    assert told[1].startswith("heard: ")
