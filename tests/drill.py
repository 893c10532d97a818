"""Kills the program at random moments, many times, and counts what is lost, doubled, or posted twice.

    python -m tests.drill --rounds 200 --database sqlite
    python -m tests.drill --rounds 200 --database postgresql

Each round moves the clock on by eight hours, starts `overheard run` and kills it, without warning, at a random moment.
The feed publishes new items at every request and shows the latest sixty; Slack answers late, or not at all.
Afterwards one undisturbed run finishes what is open, and the journals of the servers are compared with the database:
what the feed has published is the truth about mentions, what Slack has accepted is the truth about posts.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from storage.database import open_database
from storage.tables import mentions, outbox
from tests.doubles.slack import CHANNEL, TOKEN, FakeSlack, Fault
from tests.postgres import throwaway_server
from tests.scenarios.house import Feeds, House, Item, bot, config, feed, wait_until

START = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
STEP = timedelta(hours=8)
SHOWN = 60  # entries in the feed at a time
PER_REQUEST = 3


@dataclass(frozen=True)
class Count:
    """What a drill came to."""

    rounds: int
    published: int
    lost: int
    doubled: int
    digests: int  # put into the outbox
    messages: int
    lost_posts: int
    double_posts: int
    unfinished: int

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or left over."""
        return not (self.lost or self.doubled or self.lost_posts or self.double_posts or self.unfinished)


class Publisher:
    """A feed that grows with every request; everything that it ever showed is in `items`."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.now = START
        self.closed = False
        self.asked = 0  # how often, as long as it grows
        self._lock = threading.Lock()

    def page(self) -> tuple[int, bytes]:
        """Publish a few items and show the latest."""
        with self._lock:
            self.asked += not self.closed
            for _ in range(0 if self.closed else PER_REQUEST):
                number = len(self.items)
                brand = ("Acme", "Globex")[number % 2]
                title = f"{brand} number {number} said {random.Random(number).getrandbits(60):x}"
                self.items.append(Item(f"item-{number}", title, self.now - timedelta(minutes=1)))
            return 200, feed(self.items[-SHOWN:])

    def wait_for(self, asked: int) -> None:
        """Return when the feed was asked that often; fails when it is not within two minutes."""
        wait_until(lambda: self.asked >= asked, f"the feed is asked {asked} times", seconds=120)


def drill(rounds: int, database: str, folder: Path, seed: int = 1, polls: int = 0) -> Count:
    """Kill `rounds` times, then count.

    On a machine so slow that the feed was asked fewer than `polls` times by then, more rounds follow, each of which
    ends with the next poll; at most as many as are missing.
    """
    dice = random.Random(seed)
    publisher = Publisher()
    with Feeds({"/feed": publisher.page}) as feeds, FakeSlack() as slack:
        house = House(folder, {"SLACK_TOKEN": TOKEN, "DRILL_DATABASE": database})
        house.write_config(
            config(
                urls=[f"{feeds.base}/feed"],
                slack=bot(slack.base_url, CHANNEL),
                every=timedelta(seconds=60),
                database="env:DRILL_DATABASE",
            )
        )
        house.run("collect", now=START)
        number = 0
        while number < rounds or publisher.asked < polls:
            number += 1
            publisher.now = START + number * STEP
            asked = publisher.asked
            if dice.random() < 0.3:
                kind = dice.choice(["delay_after", "delay_before", "drop_after", "drop_before", "server_error"])
                slack.fail(Fault(kind, seconds=dice.uniform(0.2, 1.0)))
            process = house.start("run", now=publisher.now)
            try:
                if number > rounds:
                    publisher.wait_for(asked + 1)
                time.sleep(dice.uniform(0.5, 3.0))
            finally:
                process.kill()
                process.wait()
        publisher.closed = True
        _finish(house, publisher, number)
        return _count(number, database, publisher, slack)


def _finish(house: House, publisher: Publisher, rounds: int) -> None:
    """Let one undisturbed poll and the outbox come to their end."""
    end = START + (rounds + 1) * STEP
    publisher.now = end
    house.run("collect", "--all", now=end)
    for minutes in range(0, 120, 20):
        house.run("digest", "--send", now=end + timedelta(minutes=minutes), code=None)


def _count(rounds: int, address: str, publisher: Publisher, slack: FakeSlack) -> Count:
    database = open_database(address, create=False)
    try:
        with database.read() as conn:
            stored = Counter(row.title for row in conn.execute(select(mentions.c.title)))  # each title is unique
            letters = {row.key: row.state for row in conn.execute(select(outbox.c.key, outbox.c.state))}
    finally:
        database.close()
    posted = Counter(slack.keys())
    return Count(
        rounds=rounds,
        published=len(publisher.items),
        lost=sum(1 for item in publisher.items if item.title not in stored),
        doubled=sum(stored.values()) - len(stored),
        digests=sum(1 for key in letters if key.endswith("#1")),
        messages=len(letters),
        lost_posts=sum(1 for key in letters if key not in posted),
        double_posts=sum(number - 1 for number in posted.values()),
        unfinished=sum(1 for state in letters.values() if state != "sent"),
    )


def table(count: Count, database: str, seconds: float) -> str:
    """Write what a drill came to."""
    rows = {
        "database": database,
        "rounds, each ended by kill -9": count.rounds,
        "seconds": f"{seconds:.0f}",
        "items published": count.published,
        "mentions lost": count.lost,
        "mentions doubled": count.doubled,
        "digests composed": count.digests,
        "messages of them": count.messages,
        "messages lost": count.lost_posts,
        "messages posted twice": count.double_posts,
        "messages not finished": count.unfinished,
    }
    width = max(len(name) for name in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows.items()) + "\n"


def main() -> int:
    """Run the drill on one or both databases. Gives 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chosen = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    clean = True
    for database in chosen:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="overheard-drill-")))
            address = f"sqlite:///{folder}/overheard.db"
            if database == "postgresql":
                server = stack.enter_context(throwaway_server())
                if server is None:
                    sys.stdout.write(
                        "postgresql: skipped, neither installed here nor named by OVERHEARD_TEST_POSTGRES\n"
                    )
                    continue
                name = server.make_database()
                stack.callback(server.drop_database, name)
                address = server.url(name)
            begun = time.monotonic()
            count = drill(options.rounds, address, folder, options.seed)
            sys.stdout.write(table(count, database, time.monotonic() - begun) + "\n")
            sys.stdout.flush()
            clean = clean and count.clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
