"""What the words around a brand's name say of it: the nearer, the more; and what a comparison says outright.

The words that carry a valence are VADER's, after all its rules. Each counts less with every word between it and the
name, and less again across a comma, a contrast or the end of a sentence. A comparison, a preference or a switch that
the name stands on one side of decides alone. The numbers were chosen on labelled sentences: see docs/sentiment.md.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import copysign, exp, log, sqrt
from operator import itemgetter
from typing import Final

from scoring.comparison import RULES, Sentence, comparisons
from scoring.comparison_words import BAD, CONDITIONS, GOOD
from scoring.contract import Scorer
from scoring.sentences import Place

COMPARED: Final = 0.6  # compound of a side of a comparison
PER_WORD: Final = 0.75  # weight that is left with each word of distance
ACROSS_COMMA: Final = 0.3
ACROSS_CONTRAST: Final = 0.1
ACROSS_SENTENCES: Final = 0.2
COMPARATIVE: Final = 1.3  # valence of a comparative that VADER does not know
SPREAD: Final = 15  # as VADER's
NEGATION: Final = -0.74  # as VADER's
CLAUSE_ENDS: Final = ",;:.!?)-\u2013"
TIE: Final = 0.07  # compounds are whole multiples: what two brands of a text differ by less is a tie

COMPARATIVES: Final = GOOD | BAD
CONTRASTS: Final = frozenset("but although though while whereas however yet except".split())  # noqa: SIM905  # a table
_WORD_DEPTH: Final = -log(PER_WORD)
_COMMA_DEPTH: Final = -log(PER_WORD * ACROSS_COMMA)
_CONTRAST_DEPTH: Final = -log(PER_WORD * ACROSS_CONTRAST)
_SENTENCE_DEPTH: Final = -log(PER_WORD * ACROSS_SENTENCES)
_PIECE = re.compile(r"\S+")
_MARKS: Final = ".,;:!?\"'()[]{}*\u201c\u201d\u2018\u2019\u2026-\u2013\u2014"
_CLOSING: Final = "\"')]\u201d\u2019"


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of a text in pieces: where each begins and ends, its word in lower case, the mark that closes it."""

    spans: Sequence[Place]
    pieces: Sequence[str]
    words: Sequence[str]
    marks: Sequence[str]

    def named(self, names: Sequence[Place]) -> list[int]:
        """Give the pieces that a name begins in or goes on in, in order. `names` are in order too."""
        if not self.spans:
            return []
        found: list[int] = []
        for begin, stop in names[bisect_left(names, (self.spans[0][0],)) : bisect_left(names, (self.spans[-1][1],))]:
            at = bisect_right(self.spans, begin, key=itemgetter(1))
            while at < len(self.spans) and self.spans[at][0] < stop:
                found.append(at)
                at += 1
        return found

    def asks(self) -> bool:
        """Tell whether it asks, or supposes."""
        return self.marks[-1:] == ["?"] or not CONDITIONS.isdisjoint(self.words)


@lru_cache(maxsize=64)  # comparisons and weights read the same sentence, and so does each brand of a text
def read(text: str, place: Place) -> Reading:
    """Give the pieces of a stretch of a text."""
    found = [(match.span(), match[0]) for match in _PIECE.finditer(text, *place)]
    pieces = [piece for _, piece in found]
    words = [piece.strip(_MARKS).lower() or piece for piece in pieces]
    ends = [(piece.rstrip(_CLOSING) or piece)[-1] for piece in pieces]
    return Reading([span for span, _ in found], pieces, words, ["" if end.isalnum() else end for end in ends])


def compared(text: str, sentence: Place, names: Sequence[Place]) -> int:
    """Give 1 where a sentence puts the brand above another, -1 below, 0 where it does not compare it."""
    reading = read(text, sentence)
    if not any(word in RULES or word.endswith("er") for word in reading.words):
        return 0
    named = reading.named(names)
    total = sum(comparison.of(named) for comparison in comparisons(Sentence(reading.words, reading.marks)))
    return (total > 0) - (total < 0)


def weigh(scorer: Scorer, text: str, places: Sequence[Place], names: Sequence[Place]) -> list[float]:
    """Give what the words of each place add for the brand, in order of the places. `names` are its own."""
    readings = [read(text, place) for place in places]
    depth = 0.0  # minus the logarithm of the weight that is left, from the first word on
    depths: list[float] = []
    owners: list[int] = []
    named: list[float] = []
    for number, reading in enumerate(readings):
        first = len(depths)
        for at, mark in enumerate(reading.marks):
            depths.append(depth)
            owners.append(number)
            depth += _barrier(mark, reading.words[at + 1] if at + 1 < len(reading.words) else None)
        named += [depths[first + at] for at in reading.named(names)]
    sums = [0.0] * len(places)
    for at, valence in _valences(scorer, readings):
        sums[owners[at]] += valence * exp(-_nearest(named, depths[at]))
    return sums


def flattened(total: float) -> float:
    """Give the compound of a sum of weighed valences: -1 to 1, in steps of TIE."""
    return round(round(total / sqrt(total * total + SPREAD) / TIE) * TIE, 4) + 0.0


def outright(direction: float) -> float:
    """Give the compound of a comparison's side."""
    return copysign(COMPARED, direction)


def _valences(scorer: Scorer, readings: Sequence[Reading]) -> list[tuple[int, float]]:
    """Give which pieces carry a valence: comparatives that the scorer does not know too, but none where it is asked."""
    found = dict(scorer.valences([piece for reading in readings for piece in reading.pieces]))
    words = [word for reading in readings for word in reading.words]
    first = 0
    for reading in readings:
        asks = reading.asks()
        for at, word in enumerate(reading.words, first):
            if word not in COMPARATIVES:
                continue
            if asks:
                found.pop(at, None)
            elif at not in found:
                valence = COMPARATIVE if word in GOOD else -COMPARATIVE
                found[at] = valence * NEGATION if Sentence(words, ()).denied(at) else valence
        first += len(reading.words)
    return list(found.items())


def _nearest(named: Sequence[float], depth: float) -> float:
    """Give how deep between a word and the nearest name; 0 where the brand is not named at all."""
    after = bisect_left(named, depth)
    return min((abs(depth - each) for each in named[max(0, after - 1) : after + 1]), default=0.0)


def _barrier(mark: str, following: str | None) -> float:
    """Give how much deeper the next word lies. `following` is None at the end of a place."""
    if following is None:
        return _SENTENCE_DEPTH
    if following in CONTRASTS:
        return _CONTRAST_DEPTH
    return _COMMA_DEPTH if mark and mark in CLAUSE_ENDS else _WORD_DEPTH
