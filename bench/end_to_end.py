"""End to end: entries per second from feeds' bytes to the database, our whole pipeline against a plain script.

Both read the recorded feeds from memory, look for the same twenty brands, score English and store what matched into a
fresh SQLite file; texts are capped at 300 characters. Ours does what `overheard collect` does but for the network: the
rss collector, matching, stories, language, sentiment per brand, one transaction a feed with the ledger and its place.
The peer is bench/plain_script.py. Each runs in a process of its own, in turns; loading libraries, lexicon and models
is not counted on either side. Wall time is what a user waits for; CPU time leaves out waiting for the disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, cast

from bench.figures import Row, recordings

ROUNDS, CAP = 3, 300
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
BRANDS = (
    "Apple", "Google", "Microsoft", "Amazon", "Twitter", "Facebook", "Netflix", "GitHub", "Python", "Linux",
    "WordPress", "Android", "iPhone", "Tesla", "NASA", "Reddit", "YouTube", "Samsung", "OpenAI", "Docker",
)  # fmt: skip


def measure() -> list[Row]:
    folder = recordings() / "feeds"
    answers: dict[str, list[dict[str, Any]]] = {"ours": [], "peer": []}
    for _ in range(ROUNDS):
        for side, found in answers.items():
            command = [sys.executable, "-m", "bench.end_to_end", side, str(folder)]
            found.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    rows = []
    for measured in ("wall", "cpu"):
        rates = {side: median(one["entries"] / one[measured] for one in found) for side, found in answers.items()}
        ours, peer = rates["ours"], rates["peer"]
        name = f"end to end, {measured} time"
        rows.append(Row(name, f"{ours:,.0f} entries/s", f"{peer:,.0f} entries/s plain script", ours / peer, 20))
    return rows


def read_feeds(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def ours(folder: Path, file: Path) -> Iterator[int]:
    # Each side loads its own libraries alone.
    from config.settings import Brand, Sentiment, SourceSettings  # noqa: PLC0415  # ours alone
    from listener.collectors.rss import RssCollector, RssSettings  # noqa: PLC0415  # the same
    from listener.contract import CollectorResult, Equipment, Query  # noqa: PLC0415
    from listener.http import Page, SafeFetcher  # noqa: PLC0415
    from listener.matching import Matcher  # noqa: PLC0415
    from listener.run import Ear, collect  # noqa: PLC0415
    from listener.stories import StoryFinder  # noqa: PLC0415
    from scoring.sentiment import SentimentGauge  # noqa: PLC0415
    from storage.database import open_database  # noqa: PLC0415
    from storage.records import Cursor  # noqa: PLC0415

    class Memory:
        """Stands where the network is."""

        def __init__(self, bodies: Mapping[str, bytes]) -> None:
            self._bodies = bodies

        def get(self, url: str, **_: object) -> Page:
            return Page(url, 200, {}, self._bodies[url])

    class Capped(RssCollector):
        """The rss collector, its texts cut to the length that both sides get."""

        def collect(self, query: Query, cursor: Cursor) -> CollectorResult:
            result = super().collect(query, cursor)
            return replace(result, mentions=tuple(replace(one, text=one.text[:CAP]) for one in result.mentions))

    bodies = {f"https://feed{number}.example.org/": body for number, body in enumerate(read_feeds(folder).values())}
    brands = tuple(Brand(name=name, slug=name.lower(), terms=(name,)) for name in BRANDS)
    settings: SourceSettings = RssSettings(urls=tuple(bodies))
    collector = Capped(settings, Equipment(cast("SafeFetcher", Memory(bodies)), lambda: NOW, brands))
    gauge = SentimentGauge(Sentiment(), ("en",))
    gauge.whole("This text loads the lexicon of the language that it is in", "en")
    gauge.whole("Ce texte charge le reste, dont le tableau des langues", None)
    database = open_database(f"sqlite:///{file}")
    ear = Ear(Matcher(brands), StoryFinder(()), gauge.whole, gauge.toward)
    yield 0
    outcomes = collect([collector], database, ear, lambda: NOW, workers=2, due_only=False)
    yield sum(outcome.run.fetched for outcome in outcomes)


def peer(folder: Path, file: Path) -> Iterator[int]:
    from bench.plain_script import Script  # noqa: PLC0415  # each side loads its own libraries alone

    script, feeds = Script(file, BRANDS, CAP), read_feeds(folder)
    yield 0
    yield script.run(feeds.items())


def run(side: str, folder: Path) -> None:
    """Make ready, then run one side with the clock on, and print what it took."""
    with tempfile.TemporaryDirectory() as place:
        work = (ours if side == "ours" else peer)(folder, Path(place) / "mentions.db")
        next(work)
        wall, spent = time.monotonic(), time.process_time()
        entries = next(work)
        print(json.dumps({"entries": entries, "wall": time.monotonic() - wall, "cpu": time.process_time() - spent}))


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]))
