"""What the words around a brand's name say of it: the nearer, the more; and what a comparison says outright.

The words that carry a valence are VADER's, after all its rules. Each counts less with every word between it and the
name, and less again across a comma, a contrast or the end of a sentence. A comparison, a preference or a switch that
the name stands on one side of decides alone. The numbers were chosen on labelled sentences: see docs/sentiment.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from math import copysign, exp, sqrt
from typing import Final

from scoring.comparison import Sentence
from scoring.comparison_words import GOOD
from scoring.contract import Scorer
from scoring.events import Events
from scoring.reading import WORD, Reading, read
from scoring.sentences import Place

COMPARED: Final = 0.6  # compound of a side of a comparison
COMPARATIVE: Final = 1.3  # valence of a comparative that VADER does not know
SPREAD: Final = 15  # as VADER's
NEGATION: Final = -0.74  # as VADER's
TIE: Final = 0.07  # compounds are whole multiples: what two brands of a text differ by less is a tie


def compared(text: str, sentence: Place, names: Sequence[Place]) -> int:
    """Give 1 where a sentence puts the brand above another, -1 below, 0 where it does not compare it."""
    reading = read(text, sentence)
    if not reading.compares:
        return 0
    named = reading.named(names)
    total = sum(comparison.of(named) for comparison in reading.compares)
    return (total > 0) - (total < 0)


def weigh(
    scorer: Scorer, text: str, places: Sequence[Place], names: Sequence[Place], events: Events | None = None
) -> list[float]:
    """Give what the words of each place add for the brand, in order of the places. `names` are its own."""
    readings, depths, hits = _surroundings(scorer, text, tuple(places), events)
    if not hits:
        return [0.0] * len(places)
    first = 0
    named: list[float] = []
    ends: list[int] = []
    for reading in readings:
        named += [depths[first + at] for at in reading.named(names)]
        first += len(reading.pieces)
        ends.append(first)
    sums = [0.0] * len(places)
    for at, valence in hits:
        sums[bisect_right(ends, at)] += valence * exp(-_nearest(named, depths[at]))
    return sums


def flattened(total: float) -> float:
    """Give the compound of a sum of weighed valences: -1 to 1, in steps of TIE."""
    return round(round(total / sqrt(total * total + SPREAD) / TIE) * TIE, 4) + 0.0


def outright(direction: float) -> float:
    """Give the compound of a comparison's side."""
    return copysign(COMPARED, direction)


@lru_cache(maxsize=16)  # the brands of a text often share their sentences
def _surroundings(
    scorer: Scorer, text: str, places: tuple[Place, ...], events: Events | None
) -> tuple[Sequence[Reading], Sequence[float], Sequence[tuple[int, float]]]:
    """Give what does not depend on the brand: readings, the depth of each piece, and which pieces carry a valence.

    A depth is minus the logarithm of the weight that is left, from the first word on.
    """
    readings = [read(text, place) for place in places]
    hits = _valences(scorer, readings)
    if events is not None:
        hits = _with_events(events, readings, hits)
    depths = [0.0, *accumulate(chain.from_iterable([reading.steps for reading in readings]))] if hits else []
    return readings, depths, hits


def _valences(scorer: Scorer, readings: Sequence[Reading]) -> list[tuple[int, float]]:
    """Give which pieces carry a valence: comparatives that the scorer does not know too, but none where it is asked."""
    hits = scorer.valences([spelled for reading in readings for spelled in reading.spelled])
    if not any(reading.comparatives for reading in readings):
        return list(dict(hits).items())
    found = dict(hits)
    words = [piece.word for reading in readings for piece in reading.pieces]
    first = 0
    for reading in readings:
        for at in reading.comparatives:
            place = first + at
            if reading.asks:
                found.pop(place, None)
            elif place not in found:
                valence = COMPARATIVE if words[place] in GOOD else -COMPARATIVE
                found[place] = valence * NEGATION if Sentence(words, ()).denied(place) else valence
        first += len(reading.pieces)
    return list(found.items())


def _with_events(events: Events, readings: Sequence[Reading], hits: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Give the pieces that carry a valence, events among them, which stand for all their words."""
    words = [[*map(WORD, reading.pieces)] for reading in readings]
    events_of = [*map(events.find, words)]
    if not any(events_of):
        return hits
    found = dict(hits)
    first = 0
    for own, of_reading in zip(words, events_of, strict=True):
        for places, valence in of_reading.items():
            for at in places:
                found.pop(first + at, None)
            found[first + places[0]] = valence * NEGATION if Sentence(own, ()).denied(places[0]) else valence
        first += len(own)
    return list(found.items())


def _nearest(named: Sequence[float], depth: float) -> float:
    """Give how deep between a word and the nearest name; 0 where the brand is not named at all."""
    if len(named) == 1:
        return abs(depth - named[0])
    after = bisect_left(named, depth)
    return min((abs(depth - each) for each in named[max(0, after - 1) : after + 1]), default=0.0)
