"""Feeds as they come: broken beside good, without dates, late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.scenarios.house import Feeds, House, Item, config

pytestmark = pytest.mark.process

NOW = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_malformed_feed_does_not_stop_the_good_one(house: House, feeds: Feeds) -> None:
    good = feeds.put("/good", [Item("a", "Acme wins", NOW)])
    feeds.pages["/bad"] = lambda: (200, b"<rss><channel><item><title>Acme")
    feeds.pages["/html"] = lambda: (200, b"<!doctype html><html><body>Please log in</body></html>")
    house.write_config(config(urls=[feeds.base + "/html", feeds.base + "/gone", good], digests=False))
    rows = {row["key"].rsplit("/", 1)[1]: row for row in house.json("collect", now=NOW, code=4)["sources"]}
    assert rows["good"]["new"] == 1
    assert rows["good"]["error"] is None
    assert rows["html"]["error"]["reason"] == "malformed"
    assert rows["gone"]["error"]["reason"] == "not_found"
    digest = house.run("digest", "--period", "day", "--at", "2026-07-07", now=NOW).stdout
    assert "/gone" in digest  # who could not be heard stands in the digest


def test_undated_item_polled_three_times_is_one_mention_with_its_first_time(house: House, feeds: Feeds) -> None:
    house.write_config(config(urls=[feeds.put("/feed", [Item("a", "Acme without a date", None)])], digests=False))
    for hours in range(3):
        house.run("collect", "--all", now=NOW + timedelta(hours=hours))
    [mention] = house.json("mentions", now=NOW + timedelta(hours=3))["mentions"]
    assert mention["dated"] is False
    assert mention["published_at"].startswith("2026-07-06T12:00")


def test_late_item_counts_on_its_own_day_and_why_says_so(house: House, feeds: Feeds) -> None:
    feeds.put("/feed", [Item("a", "Acme on time", NOW - timedelta(days=1))])
    house.write_config(config(urls=[feeds.base + "/feed"]))
    house.run("collect", "--all", now=NOW - timedelta(hours=30))
    house.run("digest", "--send", now=NOW)
    late = Item("b", "Globex, told late, about yesterday", NOW - timedelta(days=1, hours=-1))
    feeds.put("/feed", [Item("a", "Acme on time", NOW - timedelta(days=1)), late])
    house.run("collect", "--all", now=NOW + timedelta(hours=1))
    asked = "sov.acme.20260705-20260706"
    answer = house.json("why", asked, now=NOW + timedelta(hours=2))
    assert answer["value"] == 0.5
    assert answer["shown"][0]["value"] == 1.0
    assert answer["shown"][0]["differs_because"][0] == "1 mentions of the window arrived after it was shown"
    assert "arrived after it was shown" in house.run("why", asked, now=NOW + timedelta(hours=2)).stdout


def test_one_source_can_be_polled_by_its_key(house: House, feeds: Feeds) -> None:
    urls = [feeds.put(path, [Item(path, "Acme", NOW)]) for path in ("/a", "/b")]
    house.write_config(config(urls=urls, digests=False))
    [row] = house.json("collect", "--source", f"rss:{urls[1]}", now=NOW)["sources"]
    assert row["key"] == f"rss:{urls[1]}"
    assert feeds.asked == ["/b"]


def test_what_is_not_due_is_not_polled(house: House, feeds: Feeds) -> None:
    house.write_config(config(urls=[feeds.put("/feed", [Item("a", "Acme", NOW)])], digests=False))
    house.run("collect", now=NOW)
    assert house.json("collect", now=NOW + timedelta(minutes=5))["sources"] == []
    assert len(house.json("collect", now=NOW + timedelta(minutes=16))["sources"]) == 1
