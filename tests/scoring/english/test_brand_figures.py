"""How often a brand's score agrees with people, on both halves of the development sets: the one read, and the other."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from scoring.sentiment import score_text

pytestmark = pytest.mark.recordings
SIGNS = {"neg": -1, "neu": 0, "pos": 1}
HALVES = pytest.mark.parametrize("half", [0, 1], ids=["read", "held back"])


def rows(recordings: Path, name: str, half: int) -> Iterator[tuple[dict[str, Any], float]]:
    """Labelled lines with their scores, of one half, chosen by the sentence."""
    for line in (recordings / "sentiment" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if sha256(row["text"].encode()).digest()[0] % 2 == half:
            compound = score_text(row["text"], row["target"], "en")
            assert compound is not None
            yield row, compound


def sign(compound: float) -> int:
    return (compound >= 0.05) - (compound <= -0.05)


@HALVES
@pytest.mark.parametrize(("name", "least"), [("mams", 0.58), ("dong14", 0.505), ("newsmtsc", 0.55)])
def test_labels_agree_with_people(recordings: Path, name: str, least: float, half: int) -> None:
    pairs = [(SIGNS[row["label"]], sign(compound)) for row, compound in rows(recordings, name, half)]
    shares = []
    for label in SIGNS.values():
        right = sum(person == ours == label for person, ours in pairs)
        shares.append(2 * right / (sum(person == label for person, _ in pairs) + sum(o == label for _, o in pairs)))
    assert sum(shares) / 3 >= least


@HALVES
def test_targets_of_a_sentence_stand_in_the_order_that_people_see(recordings: Path, half: int) -> None:
    groups = defaultdict(list)
    for row, compound in rows(recordings, "mams", half):
        groups[row["group"]].append((SIGNS[row["label"]], compound))
    agreements = [
        (one[0] - other[0]) * (one[1] - other[1])
        for group in groups.values()
        for one, other in combinations(group, 2)
        if one[0] != other[0]
    ]
    right, ties = sum(each > 0 for each in agreements), agreements.count(0)
    assert (right + ties / 2) / len(agreements) >= 0.69


@HALVES
def test_the_better_one_is_found_and_seldom_where_there_is_none(recordings: Path, half: int) -> None:
    pairs: dict[int, dict[str, tuple[str, float]]] = defaultdict(dict)
    for row, compound in rows(recordings, "compsent", half):
        pairs[row["pair"]][row["side"]] = (row["pair_label"], compound)
    found = [(pair["a"][0], pair["a"][1] - pair["b"][1]) for pair in pairs.values()]
    decided = [difference * (1 if label == "BETTER" else -1) > 0 for label, difference in found if label != "NONE"]
    undecided = [difference != 0 for label, difference in found if label == "NONE"]
    assert sum(decided) / len(decided) >= 0.735
    assert sum(undecided) / len(undecided) <= 0.26
