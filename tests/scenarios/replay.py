"""A stretch of recorded time lived again in fast motion: real posts come out at their hour, on servers of this machine.

Everything is real but the clock and the dice: the collectors, the database, the rules, the outbox, PRAW and slack-sdk
against servers that speak their protocols. The clock stands still while anybody works; `Life.until` moves it on.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from listener.run import collect
from notifier.contract import Channel, Channels, Receipt
from notifier.outbox import Pace, deliver_due
from overheard.alerts.looking import look_when_due
from overheard.app import App, open_app
from overheard.jobs import send_due_digests
from storage.records import Delivery
from tests.clock import Clock
from tests.doubles.reddit import RedditDouble, post
from tests.scenarios.house import Feeds

RECORDED = Path(__file__).parents[2] / "overheard" / "demo" / "posts"
SHOWN = 40  # entries that a feed shows at a time


@dataclass(frozen=True)
class Post:
    """One recorded post."""

    id: str
    published_at: datetime
    title: str
    text: str
    url: str
    engagement: int


def recorded(name: str) -> list[Post]:
    """The posts of one subreddit that come with the project, in order of time."""
    with (RECORDED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Post(
            row["id"],
            datetime.fromisoformat(row["published_at"]),
            row["title"],
            row["text"],
            row["url"],
            int(row["engagement"]),
        )
        for row in rows
    ]


class ReplayedReddit(RedditDouble):
    """A Reddit on which recorded posts appear at their hour."""

    def __init__(self, clock: Clock, subreddits: Mapping[str, Sequence[Post]]) -> None:
        super().__init__()
        self._clock = clock
        self._all = [
            post(
                int(each.id[3:], 36),
                each.published_at.timestamp(),
                name=each.id,
                id=each.id[3:],
                title=each.title,
                selftext=each.text,
                subreddit=subreddit,
                permalink=each.url.removeprefix("https://www.reddit.com"),
                score=each.engagement,
                num_comments=0,
            )
            for subreddit, posts in subreddits.items()
            for each in posts
        ]

    def listing(self, path: str, asked: dict[str, str]) -> dict[str, Any]:
        """Give what was there by now."""
        self.posts = [each for each in self._all if each["data"]["created_utc"] <= self._clock.seconds()]
        return super().listing(path, asked)


@dataclass(frozen=True)
class Trouble:
    """What a feed answers for some time."""

    start: datetime
    end: datetime
    status: int = 500
    body: bytes = b"<html>Oops</html>"


def replay_feed(feeds: Feeds, path: str, posts: Sequence[Post], clock: Clock, troubles: Sequence[Trouble] = ()) -> str:
    """Serve a feed in which posts appear at their hour; gives its address."""

    def page() -> tuple[int, bytes]:
        trouble = next((each for each in troubles if each.start <= clock.now < each.end), None)
        if trouble is not None:
            return trouble.status, trouble.body
        return 200, _feed([each for each in posts if each.published_at <= clock.now][-SHOWN:])

    feeds.pages[path] = page
    return feeds.base + path


def _feed(posts: Sequence[Post]) -> bytes:
    items = "".join(
        f'<item><guid isPermaLink="false">{each.id}</guid><link>{escape(each.url)}</link>'
        f"<title>{_html(each.title)}</title><description>{_html(each.text)}</description>"
        f"<pubDate>{format_datetime(each.published_at)}</pubDate></item>"
        for each in reversed(posts)
    )
    head = "<title>Recorded</title><link>https://example.org/</link><description>posts</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


class DeathError(BaseException):
    """The process is gone, in the middle of what it did."""


class Mortal:
    """A channel whose process dies when its time has come: before the message leaves, or after it has arrived."""

    def __init__(self, channel: Channel, dies: Callable[[str], bool]) -> None:
        """`dies`: whether it does so now, "before" or "after"."""
        self.name = channel.name
        self.find = channel.find
        self._channel = channel
        self._dies = dies

    def send(self, delivery: Delivery, parent: str | None) -> Receipt:
        """Send, and perhaps live to tell."""
        if self._dies("before"):
            raise DeathError
        receipt = self._channel.send(delivery, parent)
        if self._dies("after"):
            raise DeathError
        return receipt


@dataclass
class MortalChannels:
    """All channels, mortal."""

    channels: Channels
    dies: Callable[[str], bool]

    def get(self, name: str, /) -> Channel | None:
        """Give a channel by its name."""
        channel = self.channels.get(name)
        return Mortal(channel, self.dies) if channel is not None else None


@dataclass
class Life:
    """The program from one moment to another. It does what `overheard run` does, and is started anew when it died."""

    config: Path
    clock: Clock
    step: timedelta
    deaths: list[tuple[datetime, str]] = field(default_factory=list)  # from when on, at which point of a sending
    events: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)  # what others do, and when
    starts: int = 0

    def until(self, end: datetime) -> None:
        """Live until then."""
        while self.clock.now < end:
            self.starts += 1
            with open_app(self.config, clock=self.clock) as app:
                self._run(app, end)

    def _run(self, app: App, end: datetime) -> None:
        channels = MortalChannels(app.channels, self._dies)
        pace = Pace(sleep=self.clock.sleep, monotonic=self.clock.seconds, jitter=_lucky)
        tick = self.clock.now
        while self.clock.now < end:
            self._happen()
            collect(app.collectors, app.database, app.ear, app.clock, workers=2, dice=_lucky)
            look_when_due(app)
            send_due_digests(app)
            try:
                deliver_due(app.database, channels, app.clock, app.grace, pace)
            except DeathError:
                return
            tick += self.step
            self.clock.now = max(self.clock.now, tick)

    def _happen(self) -> None:
        for event in [each for each in self.events if each[0] <= self.clock.now]:
            self.events.remove(event)
            event[1]()

    def _dies(self, point: str) -> bool:
        due = next((death for death in self.deaths if death[0] <= self.clock.now and death[1] == point), None)
        if due is not None:
            self.deaths.remove(due)
        return due is not None


def _html(text: str) -> str:
    """Text as HTML, as XML."""
    return escape(escape(text))


def _lucky() -> float:
    """Dice that always give the shortest wait, so that a test knows it."""
    return 0.0
