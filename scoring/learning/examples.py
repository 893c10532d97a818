"""Texts that people labelled, and which of them are kept back to judge by what was learned from the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from storage.records import Label, Match

HELD_BACK: Final = 5  # one family in so many

_NOISE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+|\brt\b")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Example:
    """What a person said of a text: of one brand in it, or, where `matches` is empty, on the whole."""

    text: str
    matches: tuple[Match, ...]  # of the brand
    others: tuple[Match, ...]  # of other brands
    label: Label  # never UNSCORED
    language: str
    group: str  # of brands that share a model
    family: str | None = None  # examples of one family say the same: a story, a sentence; None: as its text alone tells

    @property
    def fingerprint(self) -> str:
        """The same for texts that differ in links, handles, numbers, marks and case alone: eight hex digits."""
        words = " ".join(_WORD.findall(_NOISE.sub(" ", self.text.casefold())))
        return sha256((words or self.text).encode("utf-8", "replace")).hexdigest()[:8]


def families(examples: Sequence[Example]) -> list[str]:
    """Give the family of each example: one for all that share a family or a fingerprint, over however many links.

    It is named by the smallest fingerprint in it, so that the order of the examples does not matter.
    """
    parents: dict[str, str] = {}

    def root(key: str) -> str:
        while (above := parents.setdefault(key, key)) != key:
            parents[key] = key = parents[above]
        return key

    keys = [example.fingerprint for example in examples]
    for key, example in zip(keys, examples, strict=True):
        if example.family is not None:
            parents[root(f"family {example.family}")] = root(key)
    names: dict[str, str] = {}
    for key in keys:
        names[root(key)] = min(key, names.get(root(key), key))
    return [names[root(key)] for key in keys]


def held_back(family: str) -> bool:
    """Tell whether a family is kept back: the same answer on every machine, for one in five."""
    return sha256(f"held back {family}".encode()).digest()[0] % HELD_BACK == 0


def apart(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Give the examples to learn from, and those to judge by. No family stands on both sides."""
    back = [held_back(family) for family in families(examples)]
    learned = [example for example, kept in zip(examples, back, strict=True) if not kept]
    return learned, [example for example, kept in zip(examples, back, strict=True) if kept]


def unseen(examples: Sequence[Example], known: Collection[str]) -> list[Example]:
    """Give the examples of which no near-duplicate is among the `known` fingerprints."""
    named = families(examples)
    seen = {family for family, example in zip(named, examples, strict=True) if example.fingerprint in known}
    return [example for family, example in zip(named, examples, strict=True) if family not in seen]


def fingerprints(examples: Iterable[Example]) -> frozenset[str]:
    """Give the fingerprints of the examples, to know them again."""
    return frozenset(example.fingerprint for example in examples)
