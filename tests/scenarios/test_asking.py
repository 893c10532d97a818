"""`overheard run` beside a Slack in which people ask, as a process."""

from __future__ import annotations

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overheard.emulator.server import APP_TOKEN
from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack
from tests.scenarios.house import Feeds, House, Item, bot, config, wait_until

NOW = datetime(2026, 2, 3, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.process


def test_a_question_is_answered_by_the_running_daemon_which_stops_when_it_is_told(
    tmp_path: Path, feeds: Feeds, slack: FakeSlack
) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": TOKEN, "APP": APP_TOKEN})
    posted = [Item("1", "Acme is great", NOW - timedelta(hours=2))]
    keys = bot(slack.base_url, CHANNEL) + '\napp_token = "env:APP"\n'
    house.write_config(config(urls=[feeds.put("/feed", posted)], slack=keys))
    with house.running("run", now=NOW) as process:
        assert slack.sockets.wait_for(1, 30.0)
        wait_until(lambda: "/feed" in feeds.asked, "the feed is read")
        assert slack.command("/overheard", "mentions great").wait(30.0)
        wait_until(lambda: len(slack.messages) >= 1, "the answer is posted")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert "asked" in slack.messages[0]["text"]
    assert "xapp-" not in house.log()
    assert "xoxb-" not in house.log()


def test_only_the_instance_that_holds_the_database_listens(tmp_path: Path, feeds: Feeds, slack: FakeSlack) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": TOKEN, "APP": APP_TOKEN})
    keys = bot(slack.base_url, CHANNEL) + '\napp_token = "env:APP"\n'
    house.write_config(config(urls=[feeds.put("/feed", [])], slack=keys))
    with house.running("run", now=NOW):
        assert slack.sockets.wait_for(1, 30.0)
        house.run("run", now=NOW, code=3)
        assert slack.calls.count("apps.connections.open") == 1


def test_a_wrong_app_token_costs_the_questions_and_not_the_daemon(
    tmp_path: Path, feeds: Feeds, slack: FakeSlack
) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": TOKEN, "APP": "xapp-canary-expired"})
    keys = bot(slack.base_url, CHANNEL) + '\napp_token = "env:APP"\n'
    house.write_config(config(urls=[feeds.put("/feed", [])], slack=keys))
    with house.running("run", now=NOW) as process:
        wait_until(lambda: "slack socket refused" in house.log(), "it is told")
        assert "connections:write" in house.log()
        assert "canary" not in house.log()
        wait_until(lambda: "/feed" in feeds.asked, "the feed is read all the same")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
