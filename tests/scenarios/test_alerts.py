"""A source falls silent, `overheard run` is killed and started again: Slack hears of it once, and of its end once."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.alerts import last_look
from storage.database import open_database
from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack
from tests.scenarios.house import Feeds, House, Item, bot, config, feed, wait_until

pytestmark = pytest.mark.process

NOW = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
ALERTS = '[[alerts]]\nrule = "source_silent"\n[alerting]\nover_after = "10m"\n'


def test_a_silent_source_is_told_once_and_its_return_once(tmp_path: Path, feeds: Feeds, slack: FakeSlack) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": TOKEN})
    slack_table = bot(slack.base_url, CHANNEL)
    house.write_config(config(urls=[f"{feeds.base}/feed"], slack=slack_table + ALERTS, digests=False))

    house.run("collect", now=NOW, code=4)  # nothing there: it never answered
    assert slack.messages == []
    for minutes in (120, 121, 126):
        process = house.start("run", now=NOW + timedelta(minutes=minutes))
        wait_until(lambda: slack.messages, "the alert")
        process.kill()
        process.wait()
    house.run("collect", "--all", now=NOW + timedelta(minutes=130), code=4)

    assert [str(message["text"]).partition(".")[0] for message in slack.messages] == [
        "Critical: everything is silent: no source has answered for 2 h"
    ]
    feeds.put("/feed", [Item("1", "Acme is back", NOW)])
    for minutes in (135, 145, 146):
        house.run("collect", "--all", now=NOW + timedelta(minutes=minutes))
    first, over = slack.messages
    assert over["thread_ts"] == first["ts"]
    assert str(over["text"]) == "Over: everything is silent: no source has answered for 2 h 10 min"
    told = json.loads(house.run("alerts", "--history", "--format", "json", now=NOW + timedelta(minutes=150)).stdout)
    assert [one["decision"] for one in told["alerts"] if one["key"] == "all"] == [
        "resolved",
        "dropped",
        "told",
    ]


def test_what_failed_before_a_long_stop_is_no_alert_when_it_answers_again(
    tmp_path: Path, feeds: Feeds, slack: FakeSlack
) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": TOKEN})
    slack_table = bot(slack.base_url, CHANNEL)
    house.write_config(config(urls=[f"{feeds.base}/feed"], slack=slack_table + ALERTS, digests=False))
    house.run("collect", now=NOW, code=4)
    body = feed([Item("1", "Acme is back", NOW)])

    def slow() -> tuple[int, bytes]:
        time.sleep(2)
        return 200, body

    feeds.pages["/feed"] = slow

    with house.running("run", now=NOW + timedelta(hours=20)):
        wait_until(lambda: looked_since(house, NOW + timedelta(hours=20)), "a look for alerts")

    assert house.json("alerts", "--history", now=NOW + timedelta(hours=21))["alerts"] == []


def looked_since(house: House, moment: datetime) -> bool:
    """Whether the daemon has looked for alerts since then."""
    database = open_database(f"sqlite:///{house.folder}/overheard.db", create=False)
    try:
        with database.read() as conn:
            last = last_look(conn)
    finally:
        database.close()
    return last is not None and last >= moment
