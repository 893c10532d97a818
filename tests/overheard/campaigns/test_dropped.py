from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from overheard.campaigns.dropped import import_dropped
from storage import outbox
from storage.database import Database
from tests.listener.campaigns.exports import MADE, stored
from tests.overheard.home import at, home

WATCHED = '\n[imports]\nfolder = "inbox"\n'
NOW = at(10, 12)


def drop(folder: Path, name: str, when: datetime, content: bytes | None = None) -> Path:
    """Put a made export, or these bytes, into the watched folder as if it was written then."""
    path = folder / "inbox" / name
    if content is None:
        shutil.copy(MADE / name, path)
    else:
        path.write_bytes(content)
    os.utime(path, (when.timestamp(), when.timestamp()))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder / "inbox")) for path in (folder / "inbox").rglob("*") if path.is_file())


def test_what_appears_is_imported_and_put_away_with_a_note(database: Database, folder: Path) -> None:
    app, _ = home(database, folder, NOW, WATCHED)
    drop(folder, "google_ads.de.csv", NOW - timedelta(minutes=1))

    (outcome,) = import_dropped(app)

    assert outcome.counts.imported == 2
    assert len(stored(database)) == 2
    assert names(folder) == ["done/google_ads.de.csv", "done/google_ads.de.csv.txt"]
    note = (folder / "inbox/done/google_ads.de.csv.txt").read_text(encoding="utf-8")
    assert "google_ads: 2 rows, 2 new, 0 changed, 0 the same, 0 rejected" in note
    assert import_dropped(app) == []


def test_what_fails_goes_to_quarantine_with_the_reason(sqlite_database: Database, folder: Path) -> None:
    app, _ = home(sqlite_database, folder, NOW, WATCHED)
    drop(folder, "holiday.png", NOW - timedelta(minutes=1), b"\x89PNG\r\n" + bytes(range(256)))
    drop(folder, "rows.csv", NOW - timedelta(minutes=1), b"platform,campaign,day,spend\nads,A,soon,1\n")

    import_dropped(app)

    assert names(folder) == [f"quarantine/{name}{end}" for name in ("holiday.png", "rows.csv") for end in ("", ".txt")]
    assert "refused: not a table of text" in (folder / "inbox/quarantine/holiday.png.txt").read_text(encoding="utf-8")
    assert 'row 2, day "soon": not a date' in (folder / "inbox/quarantine/rows.csv.txt").read_text(encoding="utf-8")


def test_quarantine_is_told_once_without_markup(sqlite_database: Database, folder: Path) -> None:
    slack = '\n[slack]\ntoken = "env:NOWHERE"\nchannel = "C0123456789"\n'
    app, _ = home(sqlite_database, folder, NOW, WATCHED + slack)
    drop(folder, "<!channel>.csv", NOW - timedelta(minutes=1), b"hello\n")

    import_dropped(app)

    with sqlite_database.read() as conn:
        (told,) = outbox.due(conn, NOW)
    assert str(told.payload["text"]).startswith("Import refused, moved to quarantine/: &lt;!channel&gt;.csv")
    assert "plain_text" in str(told.payload["blocks"])


def test_a_file_that_is_taken_tells_nobody(sqlite_database: Database, folder: Path) -> None:
    app, _ = home(sqlite_database, folder, NOW, WATCHED)
    drop(folder, "google_ads.de.csv", NOW - timedelta(minutes=1))

    import_dropped(app)

    with sqlite_database.read() as conn:
        assert outbox.due(conn, NOW) == []


def test_a_file_that_is_still_being_written_waits(sqlite_database: Database, folder: Path) -> None:
    app, clock = home(sqlite_database, folder, NOW, WATCHED)
    drop(folder, "google_ads.de.csv", NOW - timedelta(seconds=1))

    assert import_dropped(app) == []
    clock.now = NOW + timedelta(seconds=10)
    assert len(import_dropped(app)) == 1


def test_files_of_one_name_are_all_kept(sqlite_database: Database, folder: Path) -> None:
    app, _ = home(sqlite_database, folder, NOW, WATCHED)
    for spend in (1, 2, 3):
        content = f"platform,campaign,day,spend\nads,A,2026-08-01,{spend}\n".encode()
        drop(folder, "daily.csv", NOW - timedelta(minutes=1), content)
        import_dropped(app)

    assert len([name for name in names(folder) if name.endswith("daily.csv")]) == 3
    assert [row.spend for row in stored(sqlite_database)] == [3]


def test_hidden_files_links_and_folders_are_let_alone(sqlite_database: Database, folder: Path) -> None:
    app, _ = home(sqlite_database, folder, NOW, WATCHED)
    hidden = drop(folder, ".partial.csv", NOW - timedelta(minutes=1), b"x")
    (folder / "inbox" / "link.csv").symlink_to(hidden)

    assert import_dropped(app) == []


@pytest.mark.parametrize("extra", ["", '\n[imports]\nfolder = "nowhere"\n'])
def test_without_a_folder_nothing_is_imported(extra: str, sqlite_database: Database, folder: Path) -> None:
    app, _ = home(sqlite_database, folder, NOW, extra)

    assert import_dropped(app) == []
