"""Labels of people and scores that change: every number follows, and a kill in the middle leaves none behind."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage.database import Database, open_database
from storage.tables import matches, mentions, rollups_hourly
from tests.scenarios.house import House, config, wait_until

pytestmark = pytest.mark.process

NOW = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
TEXTS = ("Acme is great", "Globex is awful", "Acme is better than Globex", "Acme opens a shop", "ACME! I love Globex")
SOURCE = '[[sources]]\ntype = "file"\npath = "posts.csv"\n'
STRICT = "[sentiment]\npositive_from = 0.9\nnegative_from = -0.9\n"


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> House:
    house = House(tmp_path, {"A_DATABASE": database_url})
    house.write_config(config(digests=False, database="env:A_DATABASE") + SOURCE)
    return house


def _posts(house: House, number: int) -> None:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("native_id", "published_at", "text", "engagement"))
    for place in range(number):
        when = NOW - timedelta(minutes=5 + place)
        rows.writerow((f"p{place}", when.isoformat(), f"{TEXTS[place % len(TEXTS)]} {place}", place % 7))
    (house.folder / "posts.csv").write_text(out.getvalue(), encoding="utf-8")


def _numbers(house: House) -> Any:
    return house.json("sov", "--since", "2026-07-01", "--until", "2026-07-07", now=NOW)["brands"]


def test_a_label_moves_the_shares_outlives_a_rescoring_and_leaves_no_trace_when_undone(house: House) -> None:
    _posts(house, 5)
    house.run("collect", now=NOW)
    before = _numbers(house)
    told = house.run("label", "file:p0", "negative", now=NOW).stdout
    assert told.startswith("Acme in file:p0: positive (")
    labelled = _numbers(house)
    assert labelled[0]["positive"] == before[0]["positive"] - 1
    assert labelled[0]["negative"] == before[0]["negative"] + 1
    assert labelled[0]["net_sentiment"] < before[0]["net_sentiment"]
    assert labelled[1] == before[1]
    house.run("rescore", "--since", "30d", now=NOW)
    assert _numbers(house) == labelled
    house.run("collect", "--since", "2026-07-01", now=NOW)
    assert _numbers(house) == labelled
    house.run("label", "file:p0", "--undo", now=NOW)
    assert _numbers(house) == before


def test_a_kill_in_the_middle_of_a_rescoring_leaves_sums_that_a_recount_gives(house: House, database_url: str) -> None:
    _posts(house, 4000)
    house.run("collect", now=NOW)
    house.write_config(config(digests=False, database="env:A_DATABASE") + SOURCE + STRICT)
    database = open_database(database_url)
    try:
        process = house.start("rescore", "--since", "2026-07-01", now=NOW)
        wait_until(lambda: _rescored(database), "the first page")
        process.kill()
        process.wait()
        half = _rescored(database)
        assert _summed(database) == _recounted(database)
        house.run("rescore", "--since", "2026-07-01", now=NOW)
        assert 0 < half < _rescored(database)
        assert _summed(database) == _recounted(database)
        again = house.json("rescore", "--since", "2026-07-01", now=NOW)
        assert [brand["changed"] for brand in again["brands"]] == [0, 0]
    finally:
        database.close()


def _rescored(database: Database) -> int:
    with database.read() as conn:
        return conn.execute(sa.select(sa.func.count(mentions.c.rescored_at))).scalar_one()


def _summed(database: Database) -> dict[tuple[object, ...], Counter[str]]:
    names = ("mentions", "credit", "positive", "neutral", "negative", "unscored", "compound_millionths")
    with database.read() as conn:
        return {
            (row.brand, row.source, row.hour): Counter({name: int(getattr(row, name)) for name in names})
            for row in conn.execute(rollups_hourly.select())
        }


def _recounted(database: Database) -> dict[tuple[object, ...], Counter[str]]:
    sums: dict[tuple[object, ...], Counter[str]] = {}
    with database.read() as conn:
        for row in conn.execute(matches.select()):
            hour = row.published_at.replace(minute=0, second=0, microsecond=0)
            counted = sums.setdefault((row.brand, row.source, hour), Counter())
            millionths = round((row.compound or 0) * 1_000_000)
            counted.update({"mentions": 1, "credit": row.credit, row.label: 1, "compound_millionths": millionths})
    return sums
