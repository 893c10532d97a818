"""What the words around a brand's name say of it: the nearer, the more; and what a comparison says outright.

The words that carry a valence are the scorer's, after all its rules, and events. Each counts less with every word
between it and the name, and less again across a comma, a preposition, a contrast or the end of a sentence. A
comparison, a preference or a switch that the name stands on one side of decides alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import copysign, exp, log, sqrt
from typing import Final

from scoring.contract import Scorer
from scoring.english.events import Events
from scoring.english.reading import read
from scoring.english.surroundings import surroundings
from scoring.sentences import Place

HANDLES: Final = "@#"
COMPARED: Final = 0.6  # compound of a side of a comparison
SPREAD: Final = 15  # as VADER's
# The numbers below were chosen on one half of MAMS, Dong 2014, NewsMTSC and CompSent, and held to the other half.
# A proper name is what its sentence is about: some of every word there is said of it, wherever it stands.
SHARED: Final = 0.12
NEAR_PROPER: Final = 0.5  # weight of the words near such a name
COMPARING: Final = 1.5  # weight of a comparative near its name: it is said of that one and no other
CLEARLY: Final = log(2)  # how much deeper than another name: half the weight
# Compounds are told in steps, for no rule tells finer ones apart: two brands on the same step are a tie.
STEPS: Final = (0.03, 0.12, 0.25, 0.5)
COMPOUNDS: Final = (0.0, 0.1, 0.2, 0.35, 0.6)


def compared(text: str, sentence: Place, names: Sequence[Place]) -> int:
    """Give 1 where a sentence puts the brand above another, -1 below, 0 where it does not compare it."""
    reading = read(text, sentence)
    if not reading.compares:
        return 0
    named = reading.named(names)
    total = sum(comparison.of(named) for comparison in reading.compares)
    return (total > 0) - (total < 0)


def weigh(
    scorer: Scorer,
    text: str,
    places: Sequence[Place],
    names: Sequence[Place],
    rivals: Sequence[Place] = (),
    events: Events | None = None,
) -> list[float]:
    """Give what the words of each place add for the brand, in order of the places.

    `names` are its own, `rivals` those of other brands: what stands clearly nearer to one of these is not said of it.
    """
    around = surroundings(scorer, text, tuple(places), events)
    sums = [0.0] * len(places)
    if not around.hits:
        return sums
    named = around.named(names)
    named, others = around.joined(named, around.named(rivals)) if rivals else (named, [])
    names_at = frozenset(named)
    proper = any(text[start].isupper() or text[max(0, start - 1)] in HANDLES for start, _ in names)
    near, shared = (NEAR_PROPER, SHARED) if proper else (1.0, 0.0)
    for at, valence in around.hits:
        own = near
        if at in around.comparatives:
            own = 0.0 if proper and at + 1 in names_at else COMPARING  # "a better Acme" is no praise of Acme
        way = around.between(named, at)
        if not others or way < around.between(others, at) + CLEARLY:
            sums[bisect_right(around.ends, at)] += valence * (own * exp(-way) + shared)
    return sums


def flattened(total: float) -> float:
    """Give the compound of a sum of weighed valences, in steps."""
    compound = COMPOUNDS[bisect_right(STEPS, abs(total) / sqrt(total * total + SPREAD))]
    return -compound if compound and total < 0 else compound


def outright(direction: float) -> float:
    """Give the compound of a comparison's side."""
    return copysign(COMPARED, direction)
