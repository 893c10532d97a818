"""A week in the life: 9 to 17 June 2013 on recorded posts, with faults on all sides; Slack's journal tells.

On Monday at 13:00 in New York Apple's developer conference began with its keynote. What must be told is written down
here by hand; how many posts name whom is counted here by regular expressions.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.clock import Clock
from tests.doubles.reddit import CLIENT_ID, CLIENT_SECRET
from tests.doubles.reddit import Fault as RedditFault
from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack, Fault
from tests.scenarios.house import Feeds, bot
from tests.scenarios.replay import RECORDED, Life, ReplayedReddit, Trouble, recorded, replay_feed

HOME = ZoneInfo("America/New_York")
SUBREDDITS = {name: recorded(f"r-{name}") for name in ("apple", "google", "microsoft", "netflix")}
DEMO = (RECORDED.parent / "overheard.toml").read_text(encoding="utf-8")
BRANDS = DEMO[DEMO.index("[[brands]]") : DEMO.index("[[sources]]")]
STEP = timedelta(minutes=15)


def june(day: int, hour: int, minute: int = 0) -> datetime:
    """A local time of that month."""
    return datetime(2013, 6, day, hour, minute, tzinfo=HOME)


@pytest.mark.timeout(900)
def test_a_week_of_recorded_posts_with_faults_on_all_sides_is_told_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(june(9, 12))
    down = Fault("drop_before", method="", times=10**9)
    with (
        Feeds() as feeds,
        ReplayedReddit(clock, {name: SUBREDDITS[name] for name in ("apple", "netflix")}) as reddit,
        FakeSlack(tmp_path / "journal", clock=clock.seconds, rate_limits=True) as slack,
    ):
        for name, value in (("SLACK_TOKEN", TOKEN), ("REDDIT_ID", CLIENT_ID), ("REDDIT_SECRET", CLIENT_SECRET)):
            monkeypatch.setenv(name, value)
        life = Life(_config(tmp_path, _feeds(feeds, clock), reddit, slack), clock, STEP)
        life.deaths = list(DEATHS)
        life.events = [
            (june(10, 20), lambda: reddit.faults.append(RedditFault("status", 503, times=4))),
            (june(11, 20), reddit.revoke),
            (june(12, 8, 30), lambda: slack.fail(Fault("drop_after"), Fault("half"))),
            (june(13, 8, 30), lambda: slack.fail(Fault("rate_limit", seconds=120))),
            (june(14, 8), lambda: slack.fail(down)),
            (june(14, 11), lambda: slack.faults.end(down)),
        ]

        life.until(june(17, 9))

    journal = [json.loads(line) for line in (tmp_path / "journal").read_text(encoding="utf-8").splitlines()]
    assert [_line(entry) for entry in journal if entry["event"] in SEEN and not _is_detail(entry)] == EXPECTED
    assert life.starts == 1 + len(DEATHS)
    digests = [(DIGEST.match(str(entry["text"])), entry) for entry in journal if entry["event"] == "posted"]
    for digest, entry in digests:
        if digest is not None:
            assert _mentions_told(entry) == _mentions_counted(digest), digest[0]


SEEN = {"posted", "updated", "deleted", "ephemeral"}
DEATHS = [(june(15, 8, 30), "before"), (june(15, 8, 30), "after"), (june(16, 8, 30), "after")]

# In the order in which Slack took them, each with the time of its message: an edit is called "updated", and what stands
# in the thread of another message is indented. The program looks every quarter of an hour.
EXPECTED = [
    "Mon 08:30 Day of Sunday 9 June 2013",
    "Mon 08:30 Week of Monday 3 to Sunday 9 June 2013",
    "Mon 15:15 Warning: Apple: 6 mentions in 2 h 15 min, where less than 1 is usual",
    "Tue 08:30 Day of Monday 10 June 2013",
    "Tue 11:00 Warning: rss:http://feeds/google has not answered for 1 h 15 min",  # it is down from 10 to 15
    "Tue 11:00 updated: Over: rss:http://feeds/google has not answered for 1 h 15 min",
    "    Tue 15:15 Over: rss:http://feeds/google has not answered for 5 h",
    "Wed 08:30 Day of Tuesday 11 June 2013",  # Slack took it, and its answer was lost
    "Mon 15:15 updated: Over: Apple: 6 mentions in 2 h 15 min, where less than 1 is usual",
    "    Wed 15:15 Over: Apple: 22 mentions in 1 d, where about 5 are usual",
    "Thu 08:45 Day of Wednesday 12 June 2013",  # Slack asked to wait two minutes
    "Fri 11:00 Day of Thursday 13 June 2013",  # Slack was down from 8 to 11
    "Sat 08:45 Day of Friday 14 June 2013",  # killed before it left, and once more after it had arrived
    "Sun 08:30 Day of Saturday 15 June 2013",  # killed after it had arrived
    "Mon 08:30 Day of Sunday 16 June 2013",
    "Mon 08:30 Week of Monday 10 to Sunday 16 June 2013",
]


def _feeds(feeds: Feeds, clock: Clock) -> Sequence[str]:
    """Two feeds: one is down for five hours; the other answers with HTML for half an hour, which is no news."""
    return (
        replay_feed(feeds, "/google", SUBREDDITS["google"], clock, [Trouble(june(11, 10), june(11, 15))]),
        replay_feed(feeds, "/microsoft", SUBREDDITS["microsoft"], clock, [Trouble(june(12, 9), june(12, 9, 30), 200)]),
    )


def _config(folder: Path, urls: Sequence[str], reddit: ReplayedReddit, slack: FakeSlack) -> Path:
    path = folder / "overheard.toml"
    path.write_text(
        f"""
timezone = "{HOME.key}"
database = "sqlite:///overheard.db"
{BRANDS}
[[sources]]
type = "rss"
urls = {json.dumps(list(urls))}
[[sources]]
type = "reddit"
subreddits = ["apple", "netflix"]
comments = false
client_id = "env:REDDIT_ID"
client_secret = "env:REDDIT_SECRET"
base_url = "{reddit.url}"
[network]
allow_private = true
[[digests]]
period = "day"
at = "08:30"
[[digests]]
period = "week"
at = "08:30"
[[alerts]]
rule = "source_silent"
[[alerts]]
rule = "volume_spike"
{bot(slack.base_url, CHANNEL, "60s")}
""",
        encoding="utf-8",
    )
    return path


def _line(entry: dict[str, Any]) -> str:
    """An entry as it is expected: when, in whose thread, and what it begins with."""
    at = datetime.fromtimestamp(float(entry["ts"]), HOME)
    begins = str(entry["text"]).partition(". ")[0].removeprefix("Overheard: ")
    begins = re.sub(r"127\.0\.0\.1:\d+", "feeds", begins)
    what = "" if entry["event"] == "posted" else f"{entry['event']}: "
    return f"{'    ' if 'thread_ts' in entry else ''}{at:%a %H:%M} {what}{begins}"


def _is_detail(message: dict[str, Any]) -> bool:
    """Whether it continues a digest, in its thread; how many of these there are depends on how much there is to say."""
    return "thread_ts" in message and str(message["text"]).startswith("Overheard: ")


DIGEST = re.compile(r"Overheard: (Day|Week) of .*?(\d+) June 2013\. ")
NAMES = ("Apple", "Google", "Microsoft", "Netflix")


def _texts(part: object) -> str:
    """All text of a message, a line for each paragraph."""
    if isinstance(part, list):
        return "".join(map(_texts, part))
    if not isinstance(part, dict):
        return ""
    own = part["text"] if isinstance(part.get("text"), str) else _texts(part.get("text"))
    inner = "".join(_texts(part.get(name)) for name in ("blocks", "elements"))
    return own + inner + ("\n" if str(part.get("type")).startswith("rich_text_") else "")


def _mentions_told(message: dict[str, Any]) -> dict[str, int]:
    """What the first message of a digest says of each brand."""
    found = re.findall(rf"({'|'.join(NAMES)}) .*?, ([\d,]+) mentions? \(", _texts(message["blocks"]))
    return {name: int(count.replace(",", "")) for name, count in found}


def _mentions_counted(digest: re.Match[str]) -> dict[str, int]:
    """How many recorded posts name each brand in the days that a digest is of."""
    last = date(2013, 6, int(digest[2]))
    first = last if digest[1] == "Day" else last - timedelta(days=6)
    texts = [
        re.sub(r"https?://\S+", " ", f"{each.title}\n{each.text}".replace("\u2019", "'"))  # an address names nobody
        for posts in SUBREDDITS.values()
        for each in posts
        if first <= each.published_at.astimezone(HOME).date() <= last
    ]
    return {brand["name"]: sum(_names(brand, text) for text in texts) for brand in tomllib.loads(BRANDS)["brands"]}


def _names(brand: dict[str, Any], text: str) -> bool:
    left = _any_of(brand["exclude"]).sub(" ", text) if "exclude" in brand else text
    return _any_of(brand["terms"]).search(left) is not None


def _any_of(terms: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)", re.IGNORECASE)
