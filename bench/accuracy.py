"""Sentiment of a brand, through `score_text`, against what people said: the development sets of the recordings.

CompSent: who of two comes off better (pairs in the right order; false order where people saw none; weighted F1).
MAMS, Dong 2014, NewsMTSC: macro-F1 of three labels, and for MAMS the order of differently labelled targets of a
sentence, equal scores counting half. The peer is vaderSentiment's score of the whole text, which puts all targets even.
The whole tables, the bad rows among them, are written into docs/sentiment.md.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from bench.figures import Row, recordings
from bench.labelled import Comparisons, Line, f1, label, load, order, share, targeted, whole
from bench.published import publish
from scoring.sentiment import score_text

BRANDS = ("Acme", "Zen", "Globex")


def measure() -> list[Row]:
    folder = recordings() / "sentiment"
    rows = compared(load(folder, "compsent"))
    for name, goal in (("mams", 0.56), ("dong14", 0.50), ("newsmtsc", 0.56)):
        lines = load(folder, name)
        gold = [line["label"] for line in lines]
        ours, peer = (f1(gold, [label(score(line)) for line in lines]) for score in (targeted, whole))
        rows.append(Row(f"{name}, macro-F1", f"{ours:.3f}", f"{peer:.3f} vaderSentiment", ours, goal))
    lines = load(folder, "mams")
    ours, peer = order(lines, targeted), order(lines, whole)
    rows.append(Row("mams, order of targets", f"{ours:.3f}", f"{peer:.3f} vaderSentiment", ours, 0.74))
    rate = per_second(load(folder, "tweeteval_val"))
    rows.append(Row("per-brand scores of tweets with three brands", f"{rate:,.0f} texts/s", "", rate, 15_000))
    publish(recordings())
    return rows


def compared(lines: Sequence[Line]) -> list[Row]:
    pairs = Comparisons(lines, targeted)
    ordered, false = share(pairs.decided), share(pairs.undecided)
    weighted = f1(pairs.gold, pairs.found, by_size=True)
    always_none = f1(pairs.gold, ["NONE"] * len(pairs.gold), by_size=True)
    return [
        Row("compsent, pairs in the right order", f"{ordered:.3f}", "0 vaderSentiment", ordered, 0.80),
        Row("compsent, false order", f"{false:.3f}", "0 vaderSentiment", false, 0.25, at_most=True),
        Row("compsent, weighted F1", f"{weighted:.3f}", f"{always_none:.3f} vaderSentiment", weighted, 0.78),
    ]


def per_second(lines: Sequence[Line]) -> float:
    """Give how many texts a CPU second scores, each for its three brands: best of three rounds."""
    texts = [named for line in lines if (named := naming_three(line["text"])) is not None]
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            for brand in BRANDS:
                score_text(text, brand, "en")
        best = max(best, len(texts) / (time.process_time() - start))
    return best


def naming_three(text: str) -> str | None:
    """Give a text with the names of three brands in place of three of its words; None for one of under six words."""
    words = text.split()
    if len(words) < 2 * len(BRANDS):
        return None
    words[len(words) // 6], words[len(words) // 2], words[-2] = BRANDS
    return " ".join(words)
