"""A real file of 14,000 tweets about six airlines: one is ours, five are competitors."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.scenarios.house import House

pytestmark = [pytest.mark.process, pytest.mark.recordings]

CONFIG = """
timezone = "America/Los_Angeles"
{brands}
[[sources]]
type = "file"
path = "{path}"
timezone = "America/Los_Angeles"

[sources.columns]
native_id = "tweet_id"
text = "text"
author = "name"
published_at = "tweet_created"
engagement = "retweet_count"

[[digests]]
period = "week"
"""
BRANDS = {
    "United": ["@united", "United Airlines"],
    "US Airways": ["@usairways", "US Airways"],
    "American": ["@americanair", "American Airlines"],
    "Southwest": ["@southwestair", "Southwest Airlines"],
    "Delta": ["@delta", "Delta Airlines", "@deltaassist"],
    "Virgin America": ["@virginamerica", "Virgin America"],
}


def brand_tables() -> str:
    tables = []
    for place, (name, terms) in enumerate(BRANDS.items()):
        role = "own" if place == 0 else "competitor"
        tables.append(f'[[brands]]\nname = "{name}"\nrole = "{role}"\nterms = {terms}'.replace("'", '"'))
    return "\n".join(tables)


@pytest.fixture(scope="module")
def tweets(recordings: Path) -> Path:
    return next(iter(sorted((recordings / "mentions").glob("airline-tweets-*.csv"))))


def test_airline_history_gives_shares_and_a_digest(tweets: Path, tmp_path: Path) -> None:
    house = House(tmp_path)
    house.write_config(CONFIG.format(brands=brand_tables(), path=tweets))
    with tweets.open(encoding="utf-8", newline="") as file:
        ids = {row["tweet_id"] for row in csv.DictReader(file)}
    [row] = house.json("collect", "--all")["sources"]
    assert row["error"] is None
    assert row["new"] + row["unmatched"] == len(ids)
    sov = house.json("sov", "--since", "2015-02-16", "--until", "2015-02-25")
    assert len(sov["brands"]) == 6
    assert sum(brand["share"] for brand in sov["brands"]) == pytest.approx(1.0)
    assert all(brand["share_low"] < brand["share"] < brand["share_high"] for brand in sov["brands"])
    assert sum(brand["mentions"] for brand in sov["brands"]) >= row["new"] * 0.9
    united = sov["brands"][0]
    assert (united["brand"], united["role"]) == ("united", "own")
    digest = house.run("digest", "--period", "week", "--at", "2015-02-23").stdout
    assert "United" in digest
    again = house.json("collect", "--all")["sources"][0]
    assert (again["new"], again["updated"]) == (0, 0)


def test_ids_damaged_by_a_spreadsheet_are_refused(recordings: Path, tmp_path: Path) -> None:
    house = House(tmp_path)
    mangled = recordings / "mentions" / "airline-excel-mangled-head.csv"
    house.write_config(CONFIG.format(brands=brand_tables(), path=mangled))
    [row] = house.json("collect", "--all", code=4)["sources"]
    assert row["new"] == 0
    assert row["error"]["reason"] == "misconfigured"
    assert "spreadsheet" in row["error"]["detail"]
