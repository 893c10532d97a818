"""Re-poll: CPU per feed of asking 1,000 unchanged feeds again, against lemon24/reader.

A server in this process offers 1,000 addresses, the recorded real feeds over and over; those with an even number have
an ETag and answer 304, the others send 200 and the same bytes every time, as half of the web does. Each side, in a
process of its own and with a fresh SQLite file, polls all feeds once, then a second time with the clock on: user and
system time of that process. Ours is the collect of `overheard collect --all` with eight workers; all feeds have one
host, which ours polls one at a time out of politeness. reader runs `update_feeds(scheduled=False, workers=8)` with its
defaults. Up to one in twenty feeds may fail, as reader does not take every real feed.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from bench.figures import NotMeasuredError, Row, recordings

NUMBER, WORKERS = 1000, 8
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def measure() -> list[Row]:
    if importlib.util.find_spec("reader") is None:
        raise NotMeasuredError("needs the peer `reader`; run: make bench")
    paths = sorted((recordings() / "feeds").glob("kagi-*.xml"))
    Feeds.bodies = [path.read_bytes() for path in paths]
    with served() as base:
        spent = {side: asked(side, base) for side in ("ours", "peer")}
    each = {side: f"{seconds / NUMBER * 1000:.2f} ms/feed" for side, seconds in spent.items()}
    ratio = spent["peer"] / spent["ours"]
    return [Row(f"re-poll of {NUMBER:,} unchanged feeds, CPU", each["ours"], f"{each['peer']} reader", ratio, 10)]


def asked(side: str, base: str) -> float:
    command = [sys.executable, "-m", "bench.repoll", side, base]
    answer = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    if answer["failed"] > NUMBER // 20:
        raise NotMeasuredError(f"{side}: {answer['failed']} of {NUMBER} feeds failed")
    return float(answer["cpu"])


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


class Feeds(BaseHTTPRequestHandler):
    """Answers /<number>.xml with one of the recorded feeds."""

    protocol_version = "HTTP/1.1"

    bodies: ClassVar[list[bytes]] = []

    def do_GET(self) -> None:
        """Send the feed, or that it is unchanged."""
        name = self.path.strip("/").partition(".")[0]
        tag = f'"{name}"'
        validated = int(name) % 2 == 0
        body = self.bodies[int(name) % len(self.bodies)]
        if validated and self.headers.get("If-None-Match") == tag:
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if validated:
            self.send_header("ETag", tag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:  # noqa: ANN401  # silence, whatever is said
        """Say nothing."""


def ours(base: str, file: Path) -> Iterator[int]:
    # Each side loads its own libraries alone.
    from config.settings import Brand, Network, Sentiment  # noqa: PLC0415  # ours alone
    from listener.collectors.rss import RssCollector, RssSettings  # noqa: PLC0415
    from listener.contract import Equipment  # noqa: PLC0415
    from listener.http import SafeFetcher  # noqa: PLC0415
    from listener.matching import Matcher  # noqa: PLC0415
    from listener.run import Ear, collect  # noqa: PLC0415
    from listener.stories import StoryFinder  # noqa: PLC0415
    from scoring.sentiment import SentimentGauge  # noqa: PLC0415
    from storage.database import open_database  # noqa: PLC0415

    brands = (Brand(name="Acme", slug="acme", terms=("Acme",)),)
    minutes = count()

    def clock() -> datetime:
        return NOW + timedelta(seconds=next(minutes))

    fetcher = SafeFetcher(Network(allow_private=True, workers=WORKERS), clock)
    settings = RssSettings(urls=tuple(f"{base}/{number}.xml" for number in range(NUMBER)), language="en")
    collector = RssCollector(settings, Equipment(fetcher, clock, brands))
    gauge = SentimentGauge(Sentiment(), ("en",))
    ear = Ear(Matcher(brands), StoryFinder(()), gauge.whole, gauge.toward)
    database = open_database(f"sqlite:///{file}")
    for _ in range(2):
        outcomes = collect([collector], database, ear, clock, workers=WORKERS, due_only=False)
        yield NUMBER - sum(outcome.error is None for outcome in outcomes)


def peer(base: str, file: Path) -> Iterator[int]:
    from reader import make_reader  # noqa: PLC0415  # each side loads its own libraries alone

    reader = make_reader(str(file))
    for number in range(NUMBER):
        reader.add_feed(f"{base}/{number}.xml")
    for _ in range(2):
        reader.update_feeds(scheduled=False, workers=WORKERS)
        yield sum(1 for _ in reader.get_feeds(broken=True))


def run(side: str, base: str) -> None:
    """Poll twice and print the CPU seconds of the second time."""
    with tempfile.TemporaryDirectory() as folder:
        polls = (ours if side == "ours" else peer)(base, Path(folder) / "feeds.db")
        next(polls)
        start = time.process_time()
        failed = next(polls)
        print(json.dumps({"cpu": time.process_time() - start, "failed": failed}))


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
