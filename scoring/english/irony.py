"""Praise that means blame: "Great, another outage. Love it." Strong cues alone: an event, and that it comes again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

from scoring.english.reading import Reading

AGAIN: Final = frozenset({"another", "again", "yet", "still"})
INTERJECTION: Final = ",.!\u2026"  # marks behind a word that stands alone: "Great,"
SHORT: Final = 3  # words of a sentence that only comments on the one before: "Love it."


def turned(
    readings: Sequence[Reading], hits: Sequence[tuple[int, float]], events: Mapping[range, float]
) -> list[tuple[int, float]]:
    """Give the pieces that carry a valence, with the praise of a bad event turned into blame.

    Turned are an interjection before a bad event that comes again, and the short sentence behind it.
    """
    bad = sorted(places[0] for places, valence in events.items() if valence < 0)
    mocking: set[int] = set()
    first = 0
    mocked = False
    for reading in readings:
        last = first + len(reading.pieces)
        if mocked and len(reading.pieces) <= SHORT:
            mocking.update(range(first, last))
        mocked = bisect_left(bad, first) < bisect_left(bad, last) and any(
            piece.word in AGAIN for piece in reading.pieces
        )
        if mocked and reading.pieces[0].mark and reading.pieces[0].mark in INTERJECTION:
            mocking.add(first)
        first = last
    return [(at, -abs(valence) if at in mocking else valence) for at, valence in hits]
