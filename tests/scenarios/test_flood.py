"""One author writes the same text ten thousand times: it is one story, pings nobody, and one alert tells of it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from overheard.emulator.mrkdwn import Special, specials_of_message
from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack
from tests.scenarios.house import House, bot, config

pytestmark = [pytest.mark.process, pytest.mark.timeout(400)]

COPIES = 10_000
NOW = datetime(2026, 7, 6, 12, 0, tzinfo=UTC)
FLOOD = "<!channel> <@U0123456789> Acme pays out at <https://evil.example/|https://acme.example/> \u202e"
LINK = "https://evil.example/acme"
SOURCE = '[[sources]]\ntype = "file"\npath = "posts.csv"\n'
RULES = ("volume_spike", "negative_surge", "competitor_spike", "influential_mention", "share_shift", "sentiment_drop")
ALERTS = "".join(f'[[alerts]]\nrule = "{rule}"\n' for rule in RULES) + (
    '[[alerts]]\nrule = "keyword_hit"\nwords = ["pays out", "acme"]\n'
)


def write_posts(folder: Path) -> None:
    """Four quiet weeks of two brands, then the flood within the last hour."""
    with (folder / "posts.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["native_id", "text", "author", "published_at", "url"])
        for hour in range(28 * 24):
            brand, at = ("Acme", "Globex")[hour % 2], NOW - timedelta(hours=2 + hour)
            text = f"{brand} was fine in hour {hour}, said customer {hour * 7919 % 1000}"
            rows.writerow([f"q{hour}", text, f"a{hour % 50}", at.isoformat(), f"https://example.org/{hour}"])
        for copy in range(COPIES):
            at = NOW - timedelta(minutes=50) + timedelta(seconds=copy % 2400)
            rows.writerow([f"f{copy}", FLOOD, "mallory", at.isoformat(), LINK])


def test_copies_by_one_author_are_one_story_and_neither_ping_nor_spoof_nor_flood(
    tmp_path: Path, database_url: str, slack: FakeSlack
) -> None:
    house = House(tmp_path, {"SLACK_TOKEN": TOKEN, "A_DATABASE": database_url})
    table = bot(slack.base_url, CHANNEL)
    house.write_config(config(slack=table, database="env:A_DATABASE") + SOURCE + ALERTS)
    write_posts(tmp_path)

    house.run("collect", "--all", now=NOW)
    for minutes in range(1, 6):
        house.run("collect", "--all", now=NOW + timedelta(minutes=10 * minutes))
    alerts = list(slack.messages)
    digest = house.json("digest", "--at", "2026-07-07", now=NOW + timedelta(hours=20))
    house.run("digest", "--send", "--at", "2026-07-07", now=NOW + timedelta(hours=20))

    assert len(alerts) == 1, [message["text"] for message in alerts]
    assert len(slack.messages) - len(alerts) <= 3
    acme = next(line for line in digest["brands"] if line["brand"] == "acme")
    assert acme["mentions"] >= COPIES
    assert acme["authors"] <= 51
    told = [story for group in digest["stories"] for story in group["stories"] if story["url"] == LINK]
    assert [(story["mentions"], story["title"][:9]) for story in told] == [(COPIES, "evil.exam")]
    found = [special for message in slack.messages for special in specials_of_message(message)]
    assert set(found) <= {
        Special("link", LINK),
        *(Special("link", f"https://example.org/{hour}") for hour in range(700)),
    }
    assert not any(special.misleading for special in found)
    assert "\u202e" not in json.dumps(slack.messages, ensure_ascii=False)
