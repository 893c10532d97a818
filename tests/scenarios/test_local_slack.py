"""`overheard slack fake` beside `overheard digest --send`, as somebody would try them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overheard.emulator.server import TOKEN
from tests.scenarios.house import Feeds, House, Item, bot, config, wait_until

NOW = datetime(2026, 2, 3, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.process


def test_digest_is_seen_in_the_local_slack_once_although_an_answer_was_lost(tmp_path: Path, feeds: Feeds) -> None:
    (tmp_path / "slack").mkdir()
    slack, house = House(tmp_path / "slack"), House(tmp_path, {"SLACK_TOKEN": TOKEN})
    posted = [Item(str(number), f"Acme is great {number}", NOW - timedelta(hours=20)) for number in range(5)]
    slack.write_config(config(urls=["https://example.org/feed"], slack=bot("https://slack.com/api/", "C7777777777")))
    with slack.running("slack", "fake", "--port", "0", "--journal", "journal", "--fault", "drop_after"):
        wait_until(lambda: "overheard digest --send" in slack.log(), "the local Slack is ready")
        (base_url,) = set(re.findall(r'base_url = "(\S+)"', slack.log()))
        house.write_config(config(urls=[feeds.put("/feed", posted)], slack=bot(base_url, "C7777777777")))
        assert "#listening" in house.run("check", "--online", now=NOW).stdout
        house.run("collect", now=NOW - timedelta(hours=12))
        for minutes in (0, 10, 20):
            house.run("digest", "--send", now=NOW + timedelta(minutes=minutes), code=None)

    entries = [json.loads(line) for line in (tmp_path / "slack" / "journal").read_text(encoding="utf-8").splitlines()]
    keys = [entry["metadata"]["event_payload"]["delivery"] for entry in entries if entry["event"] == "posted"]
    assert keys
    assert len(keys) == len(set(keys))
    assert [entry for entry in entries if entry["event"] == "refused"] == []
    assert "OVERHEARD: " in slack.log()
