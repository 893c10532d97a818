"""A source falls silent, `overheard run` is killed and started again: Slack hears of it once, and of its end once."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack
from tests.scenarios.house import Feeds, House, Item, bot, config, wait_until

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
