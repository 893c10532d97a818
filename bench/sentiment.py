"""Sentiment of English texts, all four scores: our fast path against vaderSentiment 3.3.2.

Both get the same texts as they stand: 2,000 recorded tweets, then the same tweets joined to texts of 760 and 7,600
words. The memory of words is warm for ours, as it is in a running program; the peer has none. Differences are counted
over 50,000 different recorded texts, capped at 600 characters; none is allowed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from bench.figures import Row, in_turns, recordings
from scoring.vader import VaderScorer

COMPARED = 50_000


def measure() -> list[Row]:
    folder = recordings()
    ours, peer = VaderScorer(), SentimentIntensityAnalyzer()
    texts = list(dict.fromkeys(text[:600] for text in every_text(folder)))[:COMPARED]
    tweets = list(json_lines(folder / "sentiment" / "tweeteval_val.jsonl"))
    words = " ".join(tweets).split()
    loads = [
        ("tweets", tweets, 4.5),
        ("texts of 760 words", [" ".join(words[at : at + 760]) for at in range(0, 7600, 760)], 35.0),
        ("texts of 7,600 words", [" ".join(words[at : at + 7600]) for at in (0, 7600)], 200.0),
    ]
    rows = []
    for name, load, goal in loads:
        fast, slow = in_turns(partial(all_of, ours.scores, load), partial(all_of, peer.polarity_scores, load))
        rate = f"{len(load) / fast:,.0f} texts/s"
        rows.append(Row(f"sentiment, {name}", rate, f"{len(load) / slow:,.3g} vaderSentiment", slow / fast, goal))
    different = sum(ours.scores(text) != peer.polarity_scores(text) for text in texts)
    rows.append(
        Row(f"sentiment, differences on {len(texts):,} texts", str(different), "0 vaderSentiment", different, 0, True)
    )
    return rows


def all_of(score: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        score(text)


def json_lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def every_text(folder: Path) -> Iterator[str]:
    for path in sorted((folder / "sentiment").glob("*.jsonl")):
        yield from json_lines(path)
    for path in sorted((folder / "mentions").glob("*.csv")) + sorted((folder / "reddit").glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as rows:
            for row in csv.DictReader(rows):
                yield " ".join(value for value in row.values() if isinstance(value, str))
