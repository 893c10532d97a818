"""What stands around the names of a text: how far each word lies from them, and which words carry a valence.

Nothing here depends on the brand, so that the brands of a text share it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress
from math import log
from operator import add, attrgetter
from typing import Final, NamedTuple

from scoring.contract import Scorer
from scoring.english.events import Events, with_phrases
from scoring.english.irony import turned
from scoring.english.reading import WORD_DEPTH, Piece, Reading, read
from scoring.english.reading_words import CONNECTIVES, REFERRING
from scoring.sentences import Place

PER_SENTENCE: Final = 0.25  # weight that is left behind the end of a sentence; chosen as those in reading.py
PER_AND: Final = (
    0.2  # of what stands behind it alone: "good food and service" praises both, "food and good service" one
)
SENTENCE_DEPTH: Final = -log(PER_SENTENCE)
AND_DEPTH: Final = -log(PER_AND)

_DEPTH: Final = attrgetter("depth")
_MARK_DEPTH: Final = attrgetter("mark_depth")
_JOINS: Final = attrgetter("joins")


class Surroundings(NamedTuple):
    """Some places of a text: their pieces, counted through."""

    readings: Sequence[Reading]
    ends: Sequence[int]  # behind the last piece of each reading
    hits: Sequence[tuple[int, float]]  # which pieces carry a valence
    comparatives: frozenset[int]
    depths: Sequence[float]  # of each piece: minus the logarithm of the weight that is left, from the first one on
    adding: Sequence[int]  # pieces such as "and", unless they join names

    def named(self, names: Sequence[Place]) -> list[int]:
        """Give the pieces that name the brand, or mean it at the head of a sentence that goes on: "It is fast"."""
        found: list[int] = []
        first = 0
        for reading, end in zip(self.readings, self.ends, strict=True):
            own = reading.named(names)
            if not own and found and reading.words and reading.words[0] in REFERRING:
                own = [0]
            found += [first + at for at in own] if first else own
            first = end
        return found

    def joined(self, named: Sequence[int], others: Sequence[int]) -> tuple[list[int], list[int]]:
        """Give the pieces that name the brand, with names of others in one list with it, and the names that are left.

        What is said of "acme and zen" is said of both.
        """
        pieces = [piece for reading in self.readings for piece in reading.pieces]
        lists: list[list[int]] = []
        for at in sorted({*named, *others}):
            if lists and _joins(pieces, lists[-1][-1], at):
                lists[-1].append(at)
            else:
                lists.append([at])
        own = frozenset(named)
        with_it = [at for each in lists if not own.isdisjoint(each) for at in each]
        return with_it, [at for each in lists if own.isdisjoint(each) for at in each]

    def between(self, named: Sequence[int], at: int) -> float:
        """Give how deep between a word and the nearest name; 0 where the brand is not named at all."""
        if len(named) == 1:
            return self._way(named[0], at)
        after = bisect_left(named, at)
        return min([self._way(name, at) for name in named[max(0, after - 1) : after + 1]], default=0.0)

    def _way(self, name: int, at: int) -> float:
        if at < name:
            return self.depths[name] - self.depths[at]
        way = self.depths[at] - self.depths[name]
        if self.adding:
            way += AND_DEPTH * (bisect_right(self.adding, at) - bisect_right(self.adding, name))
        return way


@lru_cache(maxsize=16)  # the brands of a text often share their sentences
def surroundings(scorer: Scorer, text: str, places: tuple[Place, ...], events: Events | None) -> Surroundings:
    """Give what stands around the names of some places of a text."""
    readings = [read(text, place) for place in places]
    ends = [*accumulate([len(reading.pieces) for reading in readings])]
    words = [*chain.from_iterable([reading.words for reading in readings])]
    hits: Sequence[tuple[int, float]] = scorer.valences([*chain.from_iterable([each.spelled for each in readings])])
    comparatives = _comparatives(readings, ends)
    if any(comparatives.values()):
        hits = [(at, valence) for at, valence in hits if not comparatives.get(at)]
    found = events.find(words) if events is not None else {}
    if found:
        hits = turned(readings, with_phrases(hits, words, found), found)
    if not hits:
        return Surroundings(readings, ends, (), frozenset(), (), ())
    depths, adding = _depths([*chain.from_iterable([reading.pieces for reading in readings])], ends)
    return Surroundings(readings, ends, hits, frozenset(comparatives), depths, adding)


def _comparatives(readings: Sequence[Reading], ends: Sequence[int]) -> Mapping[int, bool]:
    """Give the pieces that praise or blame by comparing, and whether they only ask: "Is it better?"."""
    return {
        end - len(reading.pieces) + at: reading.asks
        for reading, end in zip(readings, ends, strict=True)
        for at in reading.comparatives
    }


def _depths(pieces: Sequence[Piece], ends: Sequence[int]) -> tuple[list[float], list[int]]:
    """Give how deep each piece lies, and which pieces add. A list of names ("Acme, Zen and Globex") is flat."""
    steps = [*map(add, map(_DEPTH, pieces), (0.0, *map(_MARK_DEPTH, pieces)))]
    adding: list[int] = []
    for at in compress(range(len(pieces)), map(_JOINS, pieces)):
        first, last = _joined_by(pieces, at)
        if first >= 0 and last < len(pieces) and pieces[first].proper and pieces[last].proper:
            steps[first + 1 : last + 1] = [0.0] * (last - first)
        elif pieces[at].word in CONNECTIVES:
            adding.append(at)
    for end in ends[:-1]:
        if end < len(steps):
            steps[end] = SENTENCE_DEPTH + WORD_DEPTH
    return [*accumulate(steps)], adding


def _joins(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Tell whether two names follow each other, with no more than a comma or an "and" between."""
    between = [piece.word for piece in pieces[first + 1 : last]]
    return all(word in CONNECTIVES for word in between) if between else pieces[first].mark in {"", ",", "/", "-"}


def _joined_by(pieces: Sequence[Piece], at: int) -> tuple[int, int]:
    """Give what stands on both sides of an "and", of a comma, or of a comma with an "and"."""
    if pieces[at].word in CONNECTIVES:
        return at - 1, at + 1
    followed = at + 1 < len(pieces) and pieces[at + 1].word in CONNECTIVES
    return at, at + 2 if followed else at + 1
