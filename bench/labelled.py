"""Texts that people labelled, and how well scores agree with them. The development sets of the recordings."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

from scoring.sentiment import score_text

Line = dict[str, Any]  # text, target or None, lang, label: neg, neu or pos
Score = Callable[[Line], float]
SIGNS = {"neg": -1, "neu": 0, "pos": 1}
AIRLINES = {
    "United": "united",
    "US Airways": "usairways",
    "American": "americanair",
    "Southwest": "southwestair",
    "Delta": "jetblue",  # as that export has it
    "Virgin America": "virginamerica",
}


def load(folder: Path, name: str) -> list[Line]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def airlines(folder: Path) -> list[Line]:
    """Give the tweets to airlines; the target is spelled as the tweet spells it."""
    return [*_airlines(folder / "airline-tweets-2015-02-16_to_21.csv")]


def _airlines(path: Path) -> Iterator[Line]:
    named = {name: re.compile(rf"(?<!\w)(?:{name}|{handle})(?!\w)", re.IGNORECASE) for name, handle in AIRLINES.items()}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = named[row["airline"]].search(row["text"])
            label = row["airline_sentiment"][:3]
            yield {"text": row["text"], "target": found[0] if found else row["airline"], "lang": "en", "label": label}


def targeted(line: Line) -> float:
    return score_text(line["text"], line["target"], line["lang"]) or 0.0


def whole(line: Line) -> float:
    return score_text(line["text"], None, line["lang"]) or 0.0


def label(compound: float) -> str:
    return "pos" if compound >= 0.05 else "neg" if compound <= -0.05 else "neu"


def half(line: Line, language: str) -> int:
    """Give 0 for the half of a set that was read while its lexicon was written, 1 for the half that never was."""
    return sha256(f"{language}:{line['id']}".encode()).digest()[0] % 2


def right(gold: Sequence[str], found: Sequence[str]) -> float:
    """Give the share of equal labels."""
    return sum(is_ == was for is_, was in zip(found, gold, strict=True)) / len(gold)


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
    """Give how often two differently labelled targets of a sentence stand in the right order; equal counts half."""
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


class Comparisons:
    """What CompSent's pairs come to: who of two comes off better, or nobody."""

    def __init__(self, lines: Sequence[Line], score: Score) -> None:
        pairs: dict[int, dict[str, Line]] = defaultdict(dict)
        for line in lines:
            pairs[line["pair"]][line["side"]] = line
        self.gold = [pair["a"]["pair_label"] for pair in pairs.values()]
        self.found = [_verdict(score(pair["a"]) - score(pair["b"])) for pair in pairs.values()]

    @property
    def decided(self) -> list[bool]:
        """Whether each pair that people decided stands in their order."""
        return [is_ == was for is_, was in zip(self.found, self.gold, strict=True) if was != "NONE"]

    @property
    def undecided(self) -> list[bool]:
        """Whether each pair that people did not decide was given an order."""
        return [is_ != "NONE" for is_, was in zip(self.found, self.gold, strict=True) if was == "NONE"]


def _verdict(difference: float) -> str:
    return "NONE" if abs(difference) < 1e-9 else "BETTER" if difference > 0 else "WORSE"


def share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags)
