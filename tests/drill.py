"""Kills the program at random moments, many times, and counts what is lost, doubled, or posted twice.

    python -m tests.drill --rounds 200 --database sqlite
    python -m tests.drill --rounds 200 --database postgresql --webhook

Each round moves the clock on by eight hours, puts a message into the outbox, every second time with a picture for its
thread, starts `overheard run` and kills it, without warning, at a random moment around its calls of Slack. The feed
publishes new items at every request and shows the latest sixty; in two rounds of four it is out of order, so that an
alert is told, and edited when that is over. Slack answers late, or not at all. Afterwards one undisturbed run finishes
what is open, and the journals of the servers are compared with the database: what the feed has published is the truth
about mentions, what Slack has accepted is the truth about posts, edits and files.

What goes through a webhook cannot be read back: there a message may stand twice for each kill that found it being
sent, and not more often. Slack has no faults there, so that only kills count.
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
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from storage import outbox as letters
from storage.database import open_database
from storage.records import Act, Delivery, DeliveryState, Json
from storage.tables import mentions, outbox
from tests.doubles.slack import CHANNEL, SCOPES, TOKEN, FakeSlack, Fault
from tests.postgres import throwaway_server
from tests.scenarios.house import Feeds, House, Item, bot, config, feed, wait_until

START = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
STEP = timedelta(hours=8)
SHOWN = 60  # entries in the feed at a time
PER_REQUEST = 3
OUT_OF_ORDER = (2, 3)  # the feed is, in these rounds of each four
ALERTS = '[[alerts]]\nrule = "source_silent"\n'
DOT: Json = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {}}  # drawn in a moment
BLOCK: Json = {"type": "section", "text": {"type": "plain_text", "text": "with a picture"}}
CALLS = 6  # of Slack, after which the program is killed, at most
_ENDS = (DeliveryState.SENT, DeliveryState.MERGED)
_PATIENCE = 20.0  # seconds for them; not each time there is so much to send
_KINDS = ("delay_after", "delay_before", "drop_after", "drop_before", "server_error")
_METHODS = ("chat.postMessage", "chat.update", "files.completeUploadExternal", "upload")


@dataclass
class Count:
    """What a drill came to."""

    rounds: int
    published: int = 0
    lost: int = 0
    doubled: int = 0
    digests: int = 0  # put into the outbox
    alerts: int = 0  # messages of them, without notes and edits
    edits: int = 0
    uploads: int = 0  # messages of files
    messages: int = 0  # all of these, and more
    lost_posts: int = 0
    double_posts: int = 0
    unfinished: int = 0
    in_flight: Counter[str] = field(default_factory=Counter)  # how often a kill found each message being sent
    excused: int = 0  # of those posted twice: by webhook, and once for each kill that found them being sent

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, left over, or doubled without excuse."""
        return not (self.lost or self.doubled or self.lost_posts or self.unfinished) and (
            self.double_posts == self.excused
        )


class Publisher:
    """A feed that grows with every request; everything that it ever showed is in `items`."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.now = START
        self.closed = False
        self.out_of_order = False
        self.asked = 0  # how often, as long as it grows
        self._lock = threading.Lock()

    def page(self) -> tuple[int, bytes]:
        """Publish a few items and show the latest."""
        with self._lock:
            self.asked += not self.closed
            if self.out_of_order:
                return 503, b"out of order"
            for _ in range(0 if self.closed else PER_REQUEST):
                number = len(self.items)
                brand = ("Acme", "Globex")[number % 2]
                title = f"{brand} number {number} said {random.Random(number).getrandbits(60):x}"
                self.items.append(Item(f"item-{number}", title, self.now - timedelta(minutes=1)))
            return 200, feed(self.items[-SHOWN:])

    def wait_for(self, asked: int) -> None:
        """Return when the feed was asked that often; fails when it is not within two minutes."""
        wait_until(lambda: self.asked >= asked, f"the feed is asked {asked} times", seconds=120)


def drill(rounds: int, database: str, folder: Path, seed: int = 1, polls: int = 0, *, webhook: bool = False) -> Count:
    """Kill `rounds` times, then count.

    On a machine so slow that the feed was asked fewer than `polls` times by then, more rounds follow, each of which
    ends with the next poll; at most as many as are missing.
    """
    dice = random.Random(seed)
    publisher = Publisher()
    with Feeds({"/feed": publisher.page}) as feeds, FakeSlack(scopes=(*SCOPES, "files:write")) as slack:
        house = House(folder, {"SLACK_TOKEN": TOKEN, "DRILL_DATABASE": database, "HOOK": slack.webhook_url})
        by_hook = '[slack]\nwebhook = "env:HOOK"\nresend_grace = "1s"\n'
        table = by_hook if webhook else bot(slack.base_url, CHANNEL)
        house.write_config(
            config(
                urls=[f"{feeds.base}/feed"],
                slack=table + ALERTS,
                every=timedelta(seconds=60),
                database="env:DRILL_DATABASE",
            )
        )
        house.run("collect", now=START)
        count = Count(0)
        while count.rounds < rounds or publisher.asked < polls:
            count.rounds += 1
            publisher.now = START + count.rounds * STEP
            publisher.out_of_order = count.rounds % 4 in OUT_OF_ORDER
            asked = publisher.asked
            _put(database, count.rounds, publisher.now, "webhook" if webhook else "slack")
            if not webhook and dice.random() < 0.3:
                slack.fail(Fault(dice.choice(_KINDS), dice.choice(_METHODS), seconds=dice.uniform(0.2, 1.0)))
            called = len(slack.calls) + dice.randint(0, CALLS)
            process = house.start("run", now=publisher.now)
            try:
                if count.rounds > rounds:
                    publisher.wait_for(asked + 1)
                _wait_for_calls(slack, called)
                time.sleep(dice.choice([0.0, dice.uniform(0.0, 0.05), dice.uniform(0.0, 0.5)]))
            finally:
                process.kill()
                process.wait()
            count.in_flight.update(_being_sent(database))
        publisher.closed, publisher.out_of_order = True, False
        _finish(house, publisher, count.rounds)
        _judge(count, database, publisher, slack, webhook=webhook)
        return count


def _wait_for_calls(slack: FakeSlack, called: int) -> None:
    """Return when Slack was called that often, or when that takes too long: how fast the machine is plays no part."""
    until = time.monotonic() + _PATIENCE
    while len(slack.calls) < called and time.monotonic() < until:
        time.sleep(0.01)


def _put(address: str, number: int, now: datetime, channel: str) -> None:
    """Put a message into the outbox and, where there are threads, every second time a picture into its thread."""
    first = Delivery(f"drill:{number}#1", channel, {"text": "x", "blocks": [BLOCK], "thread": False}, now)
    shown: list[Json] = [{"name": f"dot-{number}.png", "title": "A dot", "alt": "One dot", "spec": DOT}]
    payload: dict[str, Json] = {"text": "a picture", "blocks": [], "thread": True, "pictures": shown}
    second = Delivery(f"drill:{number}#2", channel, payload, now, parent=first.key, act=Act.PICTURES)
    database = open_database(address, create=False)
    try:
        with database.write() as conn:
            letters.put(conn, [first] if channel == "webhook" or number % 2 else [first, second])
    finally:
        database.close()


def _being_sent(address: str) -> list[str]:
    database = open_database(address, create=False)
    try:
        with database.read() as conn:
            state = DeliveryState.SENDING.value
            return list(conn.execute(select(outbox.c.key).where(outbox.c.state == state)).scalars())
    finally:
        database.close()


def _finish(house: House, publisher: Publisher, rounds: int) -> None:
    """Let one undisturbed poll and the outbox come to their end."""
    end = START + (rounds + 1) * STEP
    publisher.now = end
    house.run("collect", "--all", now=end, seconds=600)
    for minutes in range(0, 120, 20):
        house.run("digest", "--send", now=end + timedelta(minutes=minutes), code=None, seconds=600)


def _judge(count: Count, address: str, publisher: Publisher, slack: FakeSlack, *, webhook: bool) -> None:
    """Compare what should have come of it with what the servers took."""
    database = open_database(address, create=False)
    try:
        with database.read() as conn:
            stored = Counter(row.title for row in conn.execute(select(mentions.c.title)))  # each title is unique
            rows = [letters.get(conn, key) for key in conn.execute(select(outbox.c.key)).scalars()]
    finally:
        database.close()
    kept = {row.key: row for row in rows if row is not None}
    posted = _posted(slack, webhook=webhook)
    count.published = len(publisher.items)
    count.lost = sum(1 for item in publisher.items if item.title not in stored)
    count.doubled = sum(stored.values()) - len(stored)
    count.digests = sum(1 for key in kept if key.startswith("digest:") and key.endswith("#1"))
    count.alerts = sum(1 for key, row in kept.items() if key.startswith("alert:") and row.parent is None)
    count.edits = sum(1 for row in kept.values() if row.act is Act.EDIT)
    count.uploads = sum(1 for row in kept.values() if row.act is Act.PICTURES)
    count.messages = len(kept)
    count.lost_posts = sum(1 for row in kept.values() if not _arrived(_told_in(row, kept), posted, slack))
    twice = {key: number - 1 for key, number in posted.items()}
    count.double_posts = sum(twice.values())
    count.excused = sum(min(more, count.in_flight[key]) for key, more in twice.items()) if webhook else 0
    count.unfinished = sum(1 for row in kept.values() if row.state not in _ENDS)


def _posted(slack: FakeSlack, *, webhook: bool) -> Counter[str]:
    """Give how often each delivery stands there: by its metadata, its footer, or the number in its file's name."""
    if webhook:
        footers = (message["blocks"][-1]["elements"][0]["text"] for message in slack.messages)
        return Counter(footer.removeprefix("delivery ") for footer in footers)
    shared = (name.removeprefix("dot-").removesuffix(".png") for (name,) in slack.shared())
    return Counter(slack.keys()) + Counter(f"drill:{number}#2" for number in shared)


def _told_in(row: Delivery, kept: dict[str, Delivery]) -> Delivery:
    """The message by which people hear of one: itself, or that in which it is told, which may be told in a third."""
    while row.state is DeliveryState.MERGED:
        row = kept[str(row.detail).removeprefix("told in ")]
    return row


def _arrived(row: Delivery, posted: Counter[str], slack: FakeSlack) -> bool:
    """Whether a message stands there, or an edit has taken its place."""
    if row.act is not Act.EDIT:
        return row.key in posted
    texts = dict(zip(slack.keys(), (each["text"] for each in slack.messages if "files" not in each), strict=True))
    return texts.get(str(row.parent)) == row.payload["text"]


def table(count: Count, database: str, seconds: float, *, webhook: bool = False) -> str:
    """Write what a drill came to."""
    kills = sum(1 for _ in count.in_flight.elements())
    rows = {
        "database": database,
        "channel": "webhook" if webhook else "bot",
        "rounds, each ended by kill -9": count.rounds,
        "seconds": f"{seconds:.0f}",
        "items published": count.published,
        "mentions lost": count.lost,
        "mentions doubled": count.doubled,
        "digests composed": count.digests,
        "alerts told": count.alerts,
        "edits of them": count.edits,
        "pictures": count.uploads,
        "messages in all": count.messages,
        "found being sent by a kill": kills,
        "messages lost": count.lost_posts,
        "messages posted twice": count.double_posts,
        **({"of them in a kill's window": count.excused} if webhook else {}),
        "messages not finished": count.unfinished,
    }
    width = max(len(name) for name in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows.items()) + "\n"


def main() -> int:
    """Run the drill on one or both databases. Gives 1 when anything was lost, or doubled without excuse."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--webhook", action="store_true", help="post through an incoming webhook")
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
            count = drill(options.rounds, address, folder, options.seed, webhook=options.webhook)
            sys.stdout.write(table(count, database, time.monotonic() - begun, webhook=options.webhook) + "\n")
            sys.stdout.flush()
            clean = clean and count.clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
