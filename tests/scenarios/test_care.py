"""What whoever looks after it meets: a refused token, a lost lease, a clock change, nothing there yet."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack
from tests.scenarios.house import Feeds, House, Item, bot, config, wait_until

pytestmark = pytest.mark.process

NOW = datetime(2026, 7, 6, 7, 0, tzinfo=UTC)
BEFORE = NOW - timedelta(days=1)
KEY = "digest:day:2026-07-06:Europe/Paris"


def test_refused_digest_is_told_and_goes_out_once_the_token_is_mended(
    tmp_path: Path, feeds: Feeds, slack: FakeSlack
) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": "xoxb-revoked"})
    address = feeds.put("/feed", [Item("a", "Acme is great", BEFORE)])
    house.write_config(config(urls=[address], slack=bot(slack.base_url, CHANNEL)))
    house.run("collect", now=BEFORE)
    refused = house.run("digest", "--send", now=NOW, code=1).stderr
    assert "invalid_auth" in refused
    assert f"{KEY}: blocked" in refused
    told = house.run("check", now=NOW, code=1).stdout
    assert f"PROBLEM  outbox: {KEY}#1 is blocked since 2026-07-06 09:00: auth: invalid_auth" in told
    assert f"{KEY}#1 is blocked" in house.run("digest", now=NOW).stdout.replace("\n   ", " ")
    house.env["SLACK_TOKEN"] = TOKEN
    with house.running("run", now=NOW + timedelta(minutes=5)):
        wait_until(lambda: len(slack.keys()) == 2, "the digest and its thread")
    assert slack.keys() == [f"{KEY}#1", f"{KEY}#2"]
    assert "outbox" not in house.run("check", now=NOW).stdout


def test_daemon_that_lost_its_lease_ends_with_three_and_writes_nothing_more(tmp_path: Path, feeds: Feeds) -> None:
    house = House(tmp_path)
    address = feeds.put("/feed", [Item("a", "Acme is great", NOW)])
    house.write_config(config(urls=[address], digests=False, every=timedelta(seconds=1)))
    daemon = house.start("run", now=NOW)
    try:
        wait_until(lambda: (tmp_path / "overheard.db").exists() and len(feeds.asked) > 1, "two polls")
        with sqlite3.connect(tmp_path / "overheard.db", timeout=10) as conn:
            conn.execute("UPDATE leases SET token = token + 1")
            [(polls,)] = conn.execute("SELECT count(*) FROM runs").fetchall()
        assert daemon.wait(20) == 3, house.log()
    finally:
        daemon.kill()
        daemon.wait()
    with sqlite3.connect(tmp_path / "overheard.db") as conn:
        assert conn.execute("SELECT count(*) FROM runs").fetchall() == [(polls,)]
    assert "lost it to another instance" in house.log()
    assert "Traceback" not in house.log()


def test_digest_at_nine_stays_at_nine_when_the_clocks_change(tmp_path: Path, feeds: Feeds, slack: FakeSlack) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": TOKEN})
    summer_nine = datetime(2026, 10, 24, 7, 0, tzinfo=UTC)  # the last day on which 09:00 in Paris is 07:00 UTC
    address = feeds.put("/feed", [Item("a", "Acme is great", summer_nine - timedelta(days=1))])
    text = config(urls=[address], slack=bot(slack.base_url, CHANNEL)).replace("08:30", "09:00")
    house.write_config(text)
    house.run("collect", now=summer_nine - timedelta(days=1))
    with house.running("run", now=summer_nine - timedelta(seconds=1)):
        wait_until(lambda: len(slack.keys()) == 2, "the digest of summer time")
    with house.running("run", now=summer_nine + timedelta(days=1, seconds=1)):  # 08:00:01 in winter time
        wait_until(lambda: house.log().count("listening") == 2, "the daemon")
    assert {key.split("#")[0] for key in slack.keys()} == {"digest:day:2026-10-24:Europe/Paris"}  # noqa: SIM118  # a list
    with house.running("run", now=summer_nine + timedelta(days=1, minutes=59, seconds=59)):
        wait_until(lambda: len(slack.keys()) == 4, "the digest of winter time")
    assert slack.keys()[2] == "digest:day:2026-10-25:Europe/Paris#1"


def test_bot_threads_what_a_webhook_posts_one_after_the_other(tmp_path: Path, feeds: Feeds, slack: FakeSlack) -> None:
    address = feeds.put("/feed", [Item("a", "Acme is great", BEFORE)])
    tables = {"bot": bot(slack.base_url, CHANNEL), "webhook": '[slack]\nwebhook = "env:SLACK_WEBHOOK"\n'}
    posted = []
    for name, table in tables.items():
        (tmp_path / name).mkdir()
        house = House(tmp_path / name, {"SLACK_TOKEN": TOKEN, "SLACK_WEBHOOK": slack.webhook_url})
        house.write_config(config(urls=[address], slack=table))
        house.run("collect", now=BEFORE)
        house.run("digest", "--send", now=NOW)
        posted.append([bool(message.get("thread_ts")) for message in slack.messages])
        house.run("digest", "--send", now=NOW + timedelta(minutes=1))  # posted once
    assert posted == [[False, True], [False, True, False, False]]
    assert len(slack.messages) == 4


def test_first_steps_without_network_end_with_clean_messages(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.run("init")
    path = tmp_path / "overheard.toml"
    text = path.read_text(encoding="utf-8")
    for address in ("https://hnrss.org/newest", "https://lobste.rs/rss"):
        text = text.replace(address, "http://127.0.0.1:9/" + address.rsplit("/", 1)[1])
    text = text.replace('type = "hackernews"', 'type = "hackernews"\nbase_url = "http://127.0.0.1:9/"')
    path.write_text(text + "\n[network]\nallow_private = true\n", encoding="utf-8")
    house.run("check", now=NOW)
    failed = house.run("collect", now=NOW, code=4)
    assert [line.split()[0] for line in failed.stderr.splitlines()] == ["failed:"] * 4
    said = house.run("digest", "--period", "day", now=NOW + timedelta(hours=26)).stdout
    assert "this is a failure, not silence" in " ".join(said.split())
    assert "listening began after this day" in " ".join(house.run("digest", "--period", "day", now=NOW).stdout.split())


@pytest.mark.parametrize("listens", [False, True], ids=["no source", "empty feed"])
def test_json_is_json_when_nothing_is_there(tmp_path: Path, feeds: Feeds, *, listens: bool) -> None:
    house = House(tmp_path)
    house.write_config(config(urls=[feeds.put("/feed", [])] if listens else []))
    house.run("db", "upgrade", now=NOW)
    for asked in ("mentions", "sov --by day", "coverage", "sources", "collect", "digest", "db stats"):
        found = json.loads(house.run(*asked.split(), "--format", "json", now=NOW).stdout)
        assert isinstance(found, dict), asked
