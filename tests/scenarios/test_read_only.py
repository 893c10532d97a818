"""What was heard can be asked for where nothing can be written: on a read-only disk, beside a writer or after it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.database import open_database
from tests.scenarios.house import COMMAND, Feeds, House, Item, config

pytestmark = [pytest.mark.process, pytest.mark.xdist_group("read only")]

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MOUNT = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'


def _read_only(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command for which the folder is a read-only disk; for all others it stays as it is."""
    names = ("unshare", "-rm", "sh", "-c", MOUNT)
    return subprocess.run(
        [*names, folder, *command], env=House(folder).environment(NOW), capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A folder with some history, which no test here changes."""
    folder = tmp_path_factory.mktemp("house")
    if shutil.which("unshare") is None or _read_only(folder, "true").returncode:
        pytest.skip("this system lets nobody mount a folder read-only for a process of its own")
    house = House(folder)
    with Feeds() as feeds:
        url = feeds.put("/feed", [Item("1", "Acme is great", NOW - timedelta(hours=1))])
        house.write_config(config(urls=[url]))
        house.run("collect", now=NOW)
    return house


READING = [
    ("sov", "Acme"),
    ("mentions", "Acme is great"),
    ("coverage", "heard:"),
    ("digest", "Acme"),
    ("db stats", "mentions"),
    ("sources", "rss:"),
    ("alerts --history", "0 alerts told since"),
]


@pytest.mark.parametrize(("command", "said"), READING, ids=[case[0] for case in READING])
@pytest.mark.parametrize("writer", [False, True], ids=["alone", "beside a writer"])
def test_history_is_read_from_a_read_only_disk(house: House, command: str, said: str, writer: bool) -> None:
    database = open_database(f"sqlite:///{house.folder}/overheard.db") if writer else None
    try:
        if database is not None:
            with database.read() as conn:
                conn.exec_driver_sql("SELECT count(*) FROM mentions")
        done = _read_only(house.folder, COMMAND, *command.split())
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout
    finally:
        if database is not None:
            database.close()


def test_number_is_explained_and_a_copy_is_made_from_a_read_only_disk(
    house: House, tmp_path_factory: pytest.TempPathFactory
) -> None:
    voice = house.json("sov", now=NOW)["brands"][0]["id"]
    explained = _read_only(house.folder, COMMAND, "why", voice)
    assert explained.returncode == 0, explained.stderr
    copy = tmp_path_factory.mktemp("elsewhere") / "copy.db"
    made = _read_only(house.folder, COMMAND, "db", "backup", copy)
    assert made.returncode == 0, made.stderr
    assert house.json("sov", now=NOW)["brands"][0]["id"] == voice
    opened = open_database(f"sqlite:///{copy}", create=False)
    with opened.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM mentions").scalar_one() == 1
    opened.close()


@pytest.mark.parametrize("command", ["collect", "digest --send", "db vacuum"])
def test_what_has_to_write_says_that_it_cannot(house: House, command: str) -> None:
    done = _read_only(house.folder, COMMAND, *command.split())
    assert (done.returncode, done.stdout) == (1, "")
    assert "Read-only file system; give this user write access to" in done.stderr
    assert len(done.stderr.splitlines()) == 1
