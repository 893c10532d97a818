"""Parsing: CPU time of the recorded feeds, ours (listener/feeds.py) against feedparser with its defaults.

Each side runs in a process of its own, three times in turns, and gets the same bytes; start and imports are not
counted. A third side is fastfeedparser alone, as we call it: the floor of ours, since every feed goes through it first.
What ours adds to that is a guard against document types, ids that stay, dates, counts and the search for entries that
were passed over. While the floor itself lies below 50 times feedparser, so does ours.

Then entries: per feed, how many fewer ours finds than feedparser; none may be lost. An entry that has neither title nor
text nor link (an empty <item/>) is nothing, whoever finds it. What is in a feed twice, word for word, counts once for
both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Row, recordings

ROUNDS = 3
SIDES = ("ours", "feedparser", "floor")


def measure() -> list[Row]:
    folder = recordings() / "feeds"
    answers: dict[str, list[dict[str, Any]]] = {side: [] for side in SIDES}
    for _ in range(ROUNDS):
        for side, found in answers.items():
            command = [sys.executable, "-m", "bench.parse", side, str(folder)]
            found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    seconds = {side: median(answer["cpu"] for answer in found) for side, found in answers.items()}
    ours, peer = answers["ours"][0]["entries"], answers["feedparser"][0]["entries"]
    lost = sum(max(number - ours[name], 0) for name, number in peer.items())
    rate = {side: f"{spent / len(peer) * 1000:.2f} ms/feed" for side, spent in seconds.items()}
    times = seconds["feedparser"] / seconds["ours"]
    over = seconds["ours"] / seconds["floor"]
    return [
        Row("parse, CPU", rate["ours"], f"{rate['feedparser']} feedparser", times, 50),
        Row("parse, over its floor", rate["ours"], f"{rate['floor']} fastfeedparser", over, 1.6, at_most=True),
        Row("parse, entries lost", str(lost), f"{sum(peer.values()):,} found by feedparser", lost, 0, at_most=True),
    ]


class Stopwatch:
    """CPU seconds of what is done inside of its blocks."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what is done in this block."""
        start = time.process_time()
        try:
            yield
        finally:
            self.seconds += time.process_time() - start


def entries_by_us(watch: Stopwatch) -> Callable[[bytes], int]:
    """How many entries our parser finds."""
    import feedparser  # noqa: F401, PLC0415  # ours loads it when the first feed needs it; imports are not counted

    from listener.feeds import NotAFeedError, parse_feed  # noqa: PLC0415  # each side loads its own parser alone

    def count(body: bytes) -> int:
        try:
            with watch.running():
                feed = parse_feed(body, None, "https://example.org/feed")
        except NotAFeedError:
            return 0
        return sum(1 for entry in feed.entries if entry.title or entry.text or entry.link) + feed.repeated

    return count


def entries_by_feedparser(watch: Stopwatch) -> Callable[[bytes], int]:
    """How many entries feedparser finds."""
    import feedparser  # noqa: PLC0415  # the same

    def count(body: bytes) -> int:
        with watch.running():
            found = feedparser.parse(body).entries
        words = ("title", "summary", "content", "link")
        return sum(1 for entry in found if any(entry.get(word) for word in words))

    return count


def entries_by_the_floor(watch: Stopwatch) -> Callable[[bytes], int]:
    """How many entries fastfeedparser finds, called as we call it."""
    import fastfeedparser  # noqa: PLC0415  # the same

    def count(body: bytes) -> int:
        try:
            with watch.running():
                return len(fastfeedparser.parse(body, include_tags=False, include_enclosures=False).entries)
        except ValueError:
            return 0

    return count


COUNTERS = dict(zip(SIDES, (entries_by_us, entries_by_feedparser, entries_by_the_floor), strict=True))


def parse_all(side: str, folder: Path) -> None:
    """Parse every file as one side does, and print CPU seconds and the number of entries of each."""
    bodies = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    watch = Stopwatch()
    count = COUNTERS[side](watch)
    count(next(iter(bodies.values())))
    watch.seconds = 0.0
    entries = {name: count(body) for name, body in bodies.items()}
    print(json.dumps({"cpu": watch.seconds, "entries": entries}))


if __name__ == "__main__":
    parse_all(sys.argv[1], Path(sys.argv[2]))
