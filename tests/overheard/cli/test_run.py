"""The daemon ends with 3 as soon as it learns that another instance has taken over."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from overheard.cli.group import HELD, run
from overheard.cli.run import Ownership
from storage.database import open_database
from storage.lease import LeaseLostError
from storage.tables import leases
from tests.overheard.home import CONFIG, at, write_posts


def test_lost_lease_stops_all_jobs_and_is_told_at_the_end() -> None:
    stop = threading.Event()
    ownership = Ownership(stop)
    calls: list[str] = []

    def loses() -> None:
        raise LeaseLostError("lease: lost")

    ownership.of(lambda: calls.append("fine"))()
    ownership.confirm()
    assert (calls, stop.is_set()) == (["fine"], False)
    ownership.of(loses)()
    assert stop.is_set()
    with pytest.raises(LeaseLostError, match="lease: lost"):
        ownership.confirm()


def test_daemon_that_was_overtaken_ends_with_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "overheard.toml").write_text(
        CONFIG.replace('path = "posts.csv"', 'path = "posts.csv"\nevery = "1s"'), encoding="utf-8"
    )
    write_posts(tmp_path, [(at(5), "Acme is great")])
    database = open_database(f"sqlite:///{tmp_path}/overheard.db")

    def overtake() -> None:
        for _ in range(400):
            with database.write() as conn:
                if conn.execute(leases.update().values(token=99)).rowcount:
                    return
            time.sleep(0.05)

    other = threading.Thread(target=overtake)
    other.start()
    assert run(["run", "--config", str(tmp_path / "overheard.toml")]) == HELD
    other.join()
    database.close()
    assert "lost it to another instance" in capsys.readouterr().err
