"""Parsing: CPU time of the recorded feeds, ours (listener/feeds.py) against feedparser with its defaults.

Each side runs in a process of its own, three times in turns, and gets the same bytes; start and imports are not
counted. Then entries: per feed, how many fewer ours finds than feedparser; none may be lost. What is in a feed twice,
word for word, counts once for both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import Row, recordings

ROUNDS = 3


def measure() -> list[Row]:
    folder = recordings() / "feeds"
    answers: dict[str, list[dict[str, Any]]] = {"ours": [], "feedparser": []}
    for _ in range(ROUNDS):
        for side, found in answers.items():
            command = [sys.executable, "-m", "bench.parse", side, str(folder)]
            found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    seconds = {side: median(answer["cpu"] for answer in found) for side, found in answers.items()}
    ours, peer = answers["ours"][0]["entries"], answers["feedparser"][0]["entries"]
    lost = sum(max(number - ours[name], 0) for name, number in peer.items())
    rate = {side: f"{spent / len(peer) * 1000:.2f} ms/feed" for side, spent in seconds.items()}
    return [
        Row(
            "parse, CPU", rate["ours"], f"{rate['feedparser']} feedparser", seconds["feedparser"] / seconds["ours"], 50
        ),
        Row("parse, entries lost", str(lost), f"{sum(peer.values()):,} found by feedparser", lost, 0, at_most=True),
    ]


def parse_all(side: str, folder: Path) -> None:
    """Parse every file as one side does, and print CPU seconds and the number of entries of each."""
    bodies = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    entries: dict[str, int] = {}
    if side == "ours":
        from listener.feeds import NotAFeedError, parse_feed  # noqa: PLC0415  # each side loads its own parser alone

        parse_feed(next(iter(bodies.values())), None, "")
        start = time.process_time()
        for name, body in bodies.items():
            try:
                feed = parse_feed(body, None, f"https://example.org/{name}")
                entries[name] = len(feed.entries) + feed.repeated
            except NotAFeedError:
                entries[name] = 0
    else:
        import feedparser  # noqa: PLC0415  # the same

        feedparser.parse(next(iter(bodies.values())))
        start = time.process_time()
        for name, body in bodies.items():
            entries[name] = len(feedparser.parse(body).entries)
    print(json.dumps({"cpu": time.process_time() - start, "entries": entries}))


if __name__ == "__main__":
    parse_all(sys.argv[1], Path(sys.argv[2]))
