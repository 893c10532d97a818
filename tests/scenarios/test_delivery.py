"""Digests reach Slack once, whatever is killed, down, or started twice; nothing that was heard is lost meanwhile."""

from __future__ import annotations

import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.slack import CHANNEL, SCOPES, TOKEN, WEBHOOK, FakeSlack, Fault
from tests.scenarios.house import Feeds, House, Item, bot, config, wait_until

pytestmark = pytest.mark.process

NOW = datetime(2026, 7, 6, 6, 29, 58, tzinfo=UTC)  # 08:29:58 in Paris: the daily digest is due in two seconds
DAY_BEFORE = NOW - timedelta(days=1)
KEY = "digest:day:2026-07-06:Europe/Paris"


def items(count: int, at: datetime = NOW) -> list[Item]:
    return [
        Item(f"i{number}", f"Acme is great {number} again", at - timedelta(minutes=count - number))
        for number in range(count)
    ]


@pytest.fixture
def house(tmp_path: Path, feeds: Feeds, slack: FakeSlack) -> House:
    made = House(tmp_path, {"SLACK_TOKEN": TOKEN})
    address = feeds.put("/feed", items(5, DAY_BEFORE))
    made.write_config(config(urls=[address], slack=bot(slack.base_url, CHANNEL)))
    made.run("collect", now=DAY_BEFORE)  # listening began the day before
    return made


def digests(slack: FakeSlack) -> list[str]:
    posted = slack.keys()
    return [key for key in posted if key.endswith("#1")]


def test_daemon_posts_the_digest_when_it_is_due_and_stops_on_sigterm(house: House, slack: FakeSlack) -> None:
    with house.running("run", now=NOW):
        wait_until(lambda: digests(slack), "the digest")
    assert digests(slack) == [f"{KEY}#1"]
    house.run("digest", "--send", now=NOW + timedelta(minutes=5))  # the lease was given back
    assert digests(slack) == [f"{KEY}#1"]


def test_what_is_printed_is_what_is_sent_pictures_and_all(tmp_path: Path, feeds: Feeds) -> None:
    with FakeSlack(scopes=(*SCOPES, "files:write")) as slack:
        house = House(tmp_path, {"SLACK_TOKEN": TOKEN})
        address = feeds.put("/feed", items(5, DAY_BEFORE))
        house.write_config(config(urls=[address], slack=bot(slack.base_url, CHANNEL, pictures=True)))
        house.run("collect", now=DAY_BEFORE)

        printed = json.loads(house.run("digest", "--format", "slack", now=NOW).stdout)
        house.run("digest", "--send", now=NOW)

        assert [as_printed(message) for message in slack.messages] == printed
        assert [len(message.get("pictures", [])) for message in printed] == [0, 1, *[0] * (len(printed) - 2)]


def as_printed(message: dict[str, Any]) -> dict[str, Any]:
    """What arrived, in the form of `digest --format slack`."""
    files = [
        {"name": file["name"], "title": file["title"], "alt": file["alt_txt"]} for file in message.get("files", [])
    ]
    told = {"channel": message["channel"], "text": message["text"], "blocks": message.get("blocks", [])}
    return told | {"thread": "thread_ts" in message} | ({"pictures": files} if files else {})


def test_daemon_stops_on_ctrl_c(house: House) -> None:
    daemon = house.start("run", now=NOW)
    wait_until(lambda: "listening" in house.log(), "the daemon")
    daemon.send_signal(signal.SIGINT)
    assert daemon.wait(20) == 0, house.log()


def test_readers_work_and_a_second_instance_is_refused_while_the_daemon_runs(house: House, slack: FakeSlack) -> None:
    with house.running("run", now=NOW) as daemon:
        wait_until(lambda: digests(slack), "the digest")
        later = NOW + timedelta(minutes=1)
        assert len(house.run("mentions", "--format", "jsonl", now=later).stdout.splitlines()) == 5
        assert house.json("sov", "--since", "2d", now=later)["brands"][0]["mentions"] == 5
        assert "Acme" in house.run("digest", now=later).stdout
        for command in (["run"], ["collect"], ["digest", "--send"]):
            refused = house.run(*command, now=later, code=3)
            assert str(daemon.pid) in refused.stderr
    assert digests(slack) == [f"{KEY}#1"]


def test_two_daemons_started_together_post_one_digest(house: House, slack: FakeSlack) -> None:
    both = [house.start("run", now=NOW) for _ in range(2)]
    try:
        wait_until(lambda: any(each.poll() is not None for each in both), "one to give way")
        assert [each.returncode for each in both if each.poll() is not None] == [3], house.log()
        wait_until(lambda: digests(slack), "the digest")
    finally:
        for each in both:
            each.terminate()
            each.wait(20)
    assert digests(slack) == [f"{KEY}#1"]


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "server_error", "half"])
def test_faulty_slack_gets_the_digest_once(house: House, slack: FakeSlack, kind: str) -> None:
    slack.fail(Fault(kind))
    with house.running("run", now=NOW):
        wait_until(lambda: digests(slack) and "delivered" in house.log().replace("not delivered", ""), "the digest")
    assert digests(slack) == [f"{KEY}#1"]


def test_slack_down_stores_mentions_and_delivers_later_once(house: House, slack: FakeSlack, feeds: Feeds) -> None:
    slack.fail(Fault("server_error", times=3))
    feeds.put("/feed", items(9, NOW))
    house.run("collect", "--all", now=NOW)
    done = house.run("digest", "--send", now=NOW + timedelta(minutes=1), code=1)
    assert "tries again" in done.stderr
    assert len(house.run("mentions", "--format", "jsonl", now=NOW).stdout.splitlines()) == 9
    for minutes in (30, 60, 90, 120):
        house.run("digest", "--send", now=NOW + timedelta(minutes=minutes), code=None)
    assert digests(slack) == [f"{KEY}#1"]


def test_missed_digest_is_posted_on_return(house: House, slack: FakeSlack) -> None:
    with house.running("run", now=NOW + timedelta(hours=11)):
        wait_until(lambda: digests(slack), "the digest")
    assert digests(slack) == [f"{KEY}#1"]


def test_webhook_address_is_in_no_log(tmp_path: Path, feeds: Feeds, slack: FakeSlack) -> None:
    house = House(tmp_path, {"SLACK_WEBHOOK": slack.webhook_url, "OVERHEARD_LOG": "debug"})
    slack.fail(Fault("server_error", method="webhook"), Fault("drop_before", method="webhook"))
    house.write_config(
        config(
            urls=[feeds.put("/feed", items(5))], slack='[slack]\nwebhook = "env:SLACK_WEBHOOK"\nresend_grace = "1s"\n'
        )
    )
    outputs = [house.run("collect", now=DAY_BEFORE)]
    outputs += [
        house.run("digest", "--send", now=NOW + timedelta(minutes=minutes), code=None) for minutes in (1, 60, 120)
    ]
    outputs.append(house.run("check", "--online", now=NOW, code=None))
    for done in outputs:
        assert WEBHOOK.rsplit("/", 1)[1] not in done.stdout + done.stderr
    for path in house.folder.iterdir():
        assert WEBHOOK.rsplit("/", 1)[1].encode() not in path.read_bytes(), path
