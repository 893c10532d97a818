"""Sentiment of a brand, through `score_text`, against what people said: the development sets of the recordings.

CompSent: who of two comes off better (pairs in the right order; false order where people saw none; weighted F1).
MAMS, Dong 2014, NewsMTSC: macro-F1 of three labels, and for MAMS the order of differently labelled targets of a
sentence, equal scores counting half. The peer is vaderSentiment's score of the whole text, which puts all targets even.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.figures import Row, recordings
from scoring.sentiment import score_text

Line = dict[str, Any]
Score = Callable[[Line], float]
SIGNS = {"neg": -1, "neu": 0, "pos": 1}
BRANDS = ("Acme", "Zen", "Globex")


def measure() -> list[Row]:
    folder = recordings() / "sentiment"
    rows = compared(folder)
    for name, goal in (("mams", 0.51), ("dong14", 0.45), ("newsmtsc", 0.52)):
        lines = load(folder, name)
        gold = [line["label"] for line in lines]
        ours, peer = (f1(gold, [label(score(line)) for line in lines]) for score in (targeted, whole))
        rows.append(Row(f"{name}, macro-F1", f"{ours:.3f}", f"{peer:.3f} vaderSentiment", ours, goal))
    lines = load(folder, "mams")
    ours, peer = order(lines, targeted), order(lines, whole)
    rows.append(Row("mams, order of targets", f"{ours:.3f}", f"{peer:.3f} vaderSentiment", ours, 0.67))
    rate = per_second(load(folder, "tweeteval_val"))
    rows.append(Row("per-brand scores of tweets with three brands", f"{rate:,.0f} texts/s", "", rate, 8000))
    return rows


def compared(folder: Path) -> list[Row]:
    pairs: dict[int, dict[str, Line]] = defaultdict(dict)
    for line in load(folder, "compsent"):
        pairs[line["pair"]][line["side"]] = line
    gold = [pair["a"]["pair_label"] for pair in pairs.values()]
    found = [verdict(targeted(pair["a"]) - targeted(pair["b"])) for pair in pairs.values()]
    decided = [(is_, was) for is_, was in zip(found, gold, strict=True) if was != "NONE"]
    undecided = [is_ for is_, was in zip(found, gold, strict=True) if was == "NONE"]
    right = sum(is_ == was for is_, was in decided) / len(decided)
    false = sum(is_ != "NONE" for is_ in undecided) / len(undecided)
    weighted, always_none = f1(gold, found, by_size=True), f1(gold, ["NONE"] * len(gold), by_size=True)
    return [
        Row("compsent, pairs in the right order", f"{right:.3f}", "0 vaderSentiment", right, 0.72),
        Row("compsent, false order", f"{false:.3f}", "0 vaderSentiment", false, 0.45, at_most=True),
        Row("compsent, weighted F1", f"{weighted:.3f}", f"{always_none:.3f} vaderSentiment", weighted, 0.65),
    ]


def load(folder: Path, name: str) -> list[Line]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def targeted(line: Line) -> float:
    return score_text(line["text"], line["target"], "en") or 0.0


def whole(line: Line) -> float:
    return score_text(line["text"], None, "en") or 0.0


def label(compound: float) -> str:
    return "pos" if compound >= 0.05 else "neg" if compound <= -0.05 else "neu"


def verdict(difference: float) -> str:
    return "NONE" if abs(difference) < 1e-9 else "BETTER" if difference > 0 else "WORSE"


def f1(gold: Sequence[str], found: Sequence[str], *, by_size: bool = False) -> float:
    """Give the mean F1 over the labels, each weighing the same or by how often people gave it."""
    total = weights = 0.0
    for name in set(gold):
        both = sum(is_ == was == name for is_, was in zip(found, gold, strict=True))
        weight = gold.count(name) if by_size else 1
        total += weight * 2 * both / (gold.count(name) + found.count(name))
        weights += weight
    return total / weights


def order(lines: Sequence[Line], score: Score) -> float:
    groups: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for line in lines:
        groups[line["group"]].append((SIGNS[line["label"]], score(line)))
    points: list[float] = []
    for group in groups.values():
        for (sign, one), (other_sign, other) in combinations(group, 2):
            if sign != other_sign:
                agreement = (sign - other_sign) * (one - other)
                points.append(0.5 if agreement == 0 else float(agreement > 0))
    return sum(points) / len(points)


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
