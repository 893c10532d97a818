"""One config, three teams: each gets its digest in its own channel, zone, language and brand group."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.slack import TOKEN, FakeChannel, FakeSlack
from tests.scenarios.house import Feeds, House, Item, wait_until

pytestmark = pytest.mark.process

NEWS, EMEA, AMERICAS = (
    FakeChannel("C0NEWS00001", "news"),
    FakeChannel("C0EMEA00001", "emea"),
    FakeChannel("C0AMER00001"),
)
MONDAY = datetime(2026, 6, 1, 14, 0, tzinfo=UTC)  # 16:00 in Paris, 10:00 in New York
FRENCH = "Overheard\u00a0: Journée du dimanche 31 mai 2026. Acme\u00a0: 75,0\u00a0% de part de voix"
CONFIG = """
timezone = "UTC"
database = "sqlite:///overheard.db"
[[brands]]
name = "Acme"
role = "own"
[[brands]]
name = "Globex"
[[brands]]
name = "Initech"
[[sources]]
type = "rss"
urls = ["{feed}"]
every = "1h"
[network]
allow_private = true
[slack]
token = "env:SLACK_TOKEN"
channel = "#news"
pictures = false
base_url = "{slack}"
[[digests]]
period = "month"
at = "13:00"
[[digests]]
name = "emea"
period = "day"
at = "15:00"
channel = "#emea"
timezone = "Europe/Paris"
language = "fr"
brands = ["acme", "Globex"]
[[digests]]
name = "americas"
period = "week"
at = "09:00"
channel = "C0AMER00001"
timezone = "America/New_York"
template = "short"
"""


@pytest.fixture
def slack() -> Any:
    """A Slack with a channel for each team."""
    with FakeSlack(channels=[NEWS, EMEA, AMERICAS]) as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, feeds: Feeds, slack: FakeSlack) -> House:
    """A house that heard of its brands on the last day of May: Acme three times, Globex once, Initech four times."""
    made = House(tmp_path, {"SLACK_TOKEN": TOKEN})
    noon = datetime(2026, 5, 31, 12, 0, tzinfo=UTC)
    names = ["Acme"] * 3 + ["Globex"] + ["Initech"] * 4
    items = [
        Item(str(place), f"{name} number {place} {chr(97 + place) * 8}", noon + timedelta(minutes=place))
        for place, name in enumerate(names)
    ]
    url = feeds.put("/feed", items)
    made.write_config(CONFIG.format(feed=url, slack=slack.base_url))
    made.run("collect", now=noon - timedelta(hours=2))
    made.run("collect", "--all", now=noon + timedelta(hours=11))
    return made


def texts(slack: FakeSlack) -> dict[str, list[str]]:
    """What each channel shows outside of threads, by the channel's id."""
    shown: dict[str, list[str]] = {}
    for message in slack.messages:
        if "thread_ts" not in message:
            shown.setdefault(message["channel"], []).append(str(message["text"]))
    return shown


def test_each_team_gets_its_digest_once_in_its_channel_zone_language_and_group(house: House, slack: FakeSlack) -> None:
    for started in (1, 2):
        with house.running("run", now=MONDAY):
            wait_until(lambda: len(slack.messages) >= 6, "three digests, each with its details")
            wait_until(lambda: house.log().count("listening") == started, "the start")  # noqa: B023  # called at once

    shown = texts(slack)
    assert {channel: len(told) for channel, told in shown.items()} == {NEWS.id: 1, EMEA.id: 1, AMERICAS.id: 1}
    assert shown[NEWS.id][0].startswith("Overheard: Month of May 2026. Acme had 37.5 % of the voice")
    assert shown[EMEA.id][0].startswith(FRENCH)
    assert shown[AMERICAS.id][0].startswith("Overheard: Week of Monday 25 to Sunday 31 May 2026. Acme had 37.5 %")


def test_a_share_among_some_brands_is_traced_to_them(house: House) -> None:
    digest = house.json("digest", "--name", "emea", now=MONDAY)
    (acme,) = [line for line in digest["brands"] if line["brand"] == "acme"]
    assert acme["share"] == pytest.approx(3 / 4)
    number = acme["ids"]["share"]

    told = house.run("why", number, now=MONDAY).stdout
    assert "75.0 %" in told
    assert "mentions of Acme, Globex" in told.replace("\n", " ")
    assert "Initech" not in told
    whole = number.replace("acme+globex", "acme")
    assert "37.5 %" in house.run("why", whole, now=MONDAY).stdout


def test_a_digest_is_chosen_by_name_and_the_others_are_named(house: House) -> None:
    asked = house.run("digest", "--name", "americas", now=MONDAY)
    assert "Week of Monday 25 to Sunday 31 May 2026" in asked.stdout
    assert "This digest is a short one" in asked.stdout.replace("\n", " ")

    first = house.run("digest", now=MONDAY)
    assert "Month of May 2026" in first.stdout
    assert "--name emea" in first.stderr
    assert "--name americas" in first.stderr

    wrong = house.run("digest", "--name", "americus", now=MONDAY, code=2)
    assert "americas" in wrong.stderr


def test_what_is_printed_for_slack_is_what_its_team_is_sent(house: House, slack: FakeSlack) -> None:
    printed = json.loads(house.run("digest", "--name", "emea", "--format", "slack", now=MONDAY).stdout)
    house.run("digest", "--name", "emea", "--send", now=MONDAY)

    sent = [message for message in slack.messages if message["channel"] == EMEA.id]
    assert [message["blocks"] for message in sent] == [message["blocks"] for message in printed]
    assert [message["text"] for message in sent] == [message["text"] for message in printed]
