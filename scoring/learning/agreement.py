"""How well scores agree with people: accuracy, macro-F1, the order of two brands, coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from storage.records import Label

RANKS: Final = {Label.NEGATIVE: -1, Label.NEUTRAL: 0, Label.POSITIVE: 1}


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person said of a text, and what a scorer did."""

    text: Hashable  # the same for the brands of one text
    person: Label
    label: Label
    compound: float | None  # None: unscored


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a scorer agrees with people. All but `coverage` are of what it scored; None: of nothing."""

    accuracy: float | None  # share of equal labels
    macro_f1: float | None  # mean F1 of the labels, each weighing the same
    order: float | None  # share of differently labelled pairs of a text in the right order, equal scores counting half
    coverage: float | None  # share that is scored
    n: int  # labels, unscored ones too
    pairs: int  # that `order` is of


def agreement(judged: Sequence[Judged]) -> Agreement:
    """Give how well a scorer agrees with people."""
    scored = [one for one in judged if one.compound is not None]
    people, found = [one.person for one in scored], [one.label for one in scored]
    points = [*_pairs(judged)]
    return Agreement(
        accuracy=_share([person is label for person, label in zip(people, found, strict=True)]),
        macro_f1=macro_f1(people, found),
        order=_share(points),
        coverage=len(scored) / len(judged) if judged else None,
        n=len(judged),
        pairs=len(points),
    )


def macro_f1(people: Sequence[Label], found: Sequence[Label]) -> float | None:
    """Give the mean over the labels that occur of 2 * both / (people's + found), None for nothing."""
    labels = {*people, *found}
    if not labels:
        return None
    total = 0.0
    for name in labels:
        both = sum(person is label is name for person, label in zip(people, found, strict=True))
        total += 2 * both / (people.count(name) + found.count(name))
    return total / len(labels)


def _pairs(judged: Sequence[Judged]) -> Iterator[float]:
    """Give 1 for each differently labelled, scored pair of a text in the right order, 0.5 for a tie, 0 else."""
    texts: dict[Hashable, list[tuple[int, float]]] = defaultdict(list)
    for one in judged:
        if one.compound is not None:
            texts[one.text].append((RANKS[one.person], one.compound))
    for brands in texts.values():
        for (rank, compound), (other_rank, other) in combinations(brands, 2):
            if rank != other_rank:
                agreed = (rank - other_rank) * (compound - other)
                yield 0.5 if agreed == 0 else float(agreed > 0)


def _share(points: Sequence[float]) -> float | None:
    return sum(points) / len(points) if points else None
