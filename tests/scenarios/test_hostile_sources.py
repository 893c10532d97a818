"""Sources that answer too much, too slowly, half, or something else: each is told with its reason, and the good one is
heard beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.doubles.reddit import CLIENT_ID, CLIENT_SECRET, RedditDouble, post
from tests.doubles.reddit import Fault as RedditFault
from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack
from tests.doubles.web import Exchange, Web, page, raw, trickle
from tests.scenarios.house import House, Item, bot, config, feed, wait_until

pytestmark = pytest.mark.process

NOW = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
GOOD = feed([Item("a", "Acme wins", NOW)])
LOGIN = b"<!doctype html><html><body>Please log in</body></html>"
REDDIT = """
[[sources]]
type = "reddit"
subreddits = ["SaaS"]
client_id = "env:REDDIT_ID"
client_secret = "env:REDDIT_SECRET"
base_url = "{base}"
"""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, {"SLACK_TOKEN": TOKEN, "REDDIT_ID": CLIENT_ID, "REDDIT_SECRET": CLIENT_SECRET})


def limited(text: str) -> str:
    """A config whose fetches end early."""
    return text.replace("[network]\n", '[network]\ndeadline = "1s"\nmax_megabytes = 1\n')


def body_of(total: int) -> Callable[[Exchange], None]:
    """An honest header, then that many bytes, made while they are sent."""

    def answer(exchange: Exchange) -> None:
        exchange.keep = False
        exchange.write(f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n{'<rss>':<16}".encode())
        for _ in range(total // 65536):
            exchange.write(b" " * 65536)

    return answer


def test_each_bad_answer_has_its_reason_and_the_good_one_is_heard(house: House) -> None:
    answers = {
        "/big": body_of(500 * 1024 * 1024),
        "/slow": trickle(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>"),
        "/half": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + GOOD[: len(GOOD) // 2]),
        "/html": page(LOGIN, Content_Type="text/html"),
        "/good": page(GOOD, Content_Type="application/rss+xml"),
    }
    with Web(answers) as web:
        house.write_config(limited(config(urls=[web.url(path) for path in answers], digests=False)))
        found = house.json("collect", now=NOW, code=4)["sources"]
    rows = {row["key"].rsplit("/", 1)[1]: row for row in found}
    reasons = {name: row["error"] and row["error"]["reason"] for name, row in rows.items()}
    assert reasons == {"big": "too_large", "slow": "timeout", "half": "network", "html": "malformed", "good": None}
    assert rows["good"]["new"] == 1


def test_addresses_of_this_machine_are_refused_unless_permitted(house: House) -> None:
    with Web({"/good": page(GOOD)}) as web:
        house.write_config(config(urls=[web.url("/good")], digests=False).replace("true", "false"))
        [row] = house.json("collect", now=NOW, code=4)["sources"]
        assert "allow_private" in row["error"]["detail"]
        assert web.requests == []


def test_server_that_asks_to_wait_is_left_alone_until_then(house: House) -> None:
    with Web({"/busy": page(b"", "429 Too Many Requests", Retry_After="3600")}) as web:
        house.write_config(config(urls=[web.url("/busy")], digests=False))
        [row] = house.json("collect", now=NOW, code=4)["sources"]
        assert row["error"]["reason"] == "rate_limited"
        assert row["next_due_at"] >= "2026-07-06T13:00:00Z"
        assert house.json("collect", now=NOW + timedelta(minutes=59))["sources"] == []
        assert len(house.json("collect", now=NOW + timedelta(hours=2), code=4)["sources"]) == 1
        assert len(web.requests) == 2


def test_page_instead_of_json_is_told(house: House) -> None:
    search = '[[sources]]\ntype = "hackernews"\nbase_url = "{base}"\n'
    with Web({"/search_by_date": page(LOGIN, Content_Type="text/html")}) as web, RedditDouble() as reddit:
        reddit.faults.append(RedditFault("status", 200, body=LOGIN.decode(), path="/r/"))
        text = config(digests=False) + search.format(base=web.url("/")) + REDDIT.format(base=reddit.url)
        house.write_config(text)
        rows = house.json("collect", now=NOW, code=4)["sources"]
    assert {row["source"] for row in rows} == {"hackernews", "reddit"}
    assert {row["error"]["reason"] for row in rows} == {"malformed"}


def test_since_takes_what_is_young_enough_and_counts_the_rest(house: House) -> None:
    items = [Item(f"i{age}", f"Acme, {age} days ago", NOW - timedelta(days=age)) for age in (9, 2, 1)]
    with Web({"/feed": page(feed(items))}) as web:
        house.write_config(config(urls=[web.url("/feed")], digests=False))
        [row] = house.json("collect", "--since", "3d", now=NOW)["sources"]
        again = house.run("collect", "--since", "3d", now=NOW + timedelta(minutes=1)).stdout
    assert (row["new"], row["skipped"]) == (2, 1)
    assert row["skipped_items"][0]["problem"].endswith("before --since")
    assert "before --since" in again
    assert len(house.json("mentions", now=NOW)["mentions"]) == 2


def test_posts_of_reddit_reach_slack_in_one_digest(house: House) -> None:
    due = datetime(2026, 7, 6, 6, 29, 59, tzinfo=UTC)  # 08:29:59 in Paris
    day_before = due - timedelta(days=1)
    with RedditDouble() as reddit, FakeSlack() as slack:
        reddit.posts = [post(7, (day_before - timedelta(hours=1)).timestamp(), title="Acme beats Globex")]
        house.write_config(config(slack=bot(slack.base_url, CHANNEL)) + REDDIT.format(base=reddit.url))
        house.run("collect", now=day_before)
        with house.running("run", now=due):
            wait_until(lambda: len(slack.keys()) == 2, "the digest and its thread")
        assert slack.keys()[0] == "digest:day:2026-07-06:Europe/Paris#1"
        assert "Acme beats Globex" in str(slack.messages[0])
