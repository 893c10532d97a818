"""What a learned model sees of a text and a brand: the words around the name, and what the rules say of it.

The brand's own name and those of others are masked, so that no brand is learned to be good or bad.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise, repeat, zip_longest
from operator import add
from typing import Final

from scoring.english.reading import Reading, read
from scoring.sentences import Place

BRAND: Final = "BRAND"  # capitals: no word, as words are read in lower case
OTHER: Final = "OTHER"
LINK: Final = "LINK"
NUMBER: Final = "NUMBER"
OPENING: Final = "^"  # before the first word of a place
RULES: Final = "rules\t"  # a blank-separated word holds no TAB, so no word is taken for these
WHOLE: Final = "whole\t"
VALENCE: Final = "valence\t"
SCALE: Final = 2.0  # a valence of so much, that of a plain word of praise, counts as much as a word
STEM: Final = 5  # letters by which the forms of a word are known: "cancelled", "cancelling"
STRESS: Final = 2.0  # how much sooner than a word the two compounds are believed
STEPS: Final = 4  # of a compound between 0 and 1: how sure the rules are need not count in proportion

_LINKS: Final = ("http://", "https://", "www.")
_DISTANCES: Final = (*["near"] * 2, *["close"] * 3, *["far"] * 5)  # of the first ten words off a name; then "off"
_BEFORE: Final = tuple(f"\t{distance} before" for distance in _DISTANCES)
_BEHIND: Final = tuple(f"\t{distance} behind" for distance in _DISTANCES)
_OFF_BEFORE: Final = "\toff before"
_OFF_BEHIND: Final = "\toff behind"

Valences = Callable[[Sequence[str]], list[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class Features:
    """What a model sees: of the rules with how much of it, and of each place that speaks of the brand."""

    rules: Mapping[str, float]
    places: Sequence[tuple[Place, frozenset[str]]]

    def all(self) -> dict[str, float]:
        """Give every feature with its value: a word is there (1), or it is not, however often."""
        return {**self.rules, **dict.fromkeys(self.words(), 1.0)}

    def words(self) -> frozenset[str]:
        """Give the words, pairs of words and words with their distance, of all places together."""
        first, *more = (found for _, found in self.places)
        return first.union(*more) if more else first


def features(
    text: str,
    places: Sequence[Place],
    named: Sequence[Place],
    others: Sequence[Place],
    compounds: tuple[float, float],
    valences: Valences | None = None,
) -> Features:
    """Give what a model sees. `named` and `others`: places of the brand and of other brands, in order.

    `compounds`: what the rules say of the brand, and what the scorer says of the text as a whole. `valences` as a
    Scorer's; None where the scorer tells of no words.
    """
    rules: defaultdict[str, float] = defaultdict(float)
    for name, compound in zip((RULES, WHOLE), compounds, strict=True):
        rules[f"{name}compound"] = STRESS * compound
        rules[f"{name}{round(STEPS * compound):+d} of {STEPS}"] = 1.0
    found = []
    for place in places:
        reading = read(text, place)
        ours = reading.named(named)
        stands = _stands(len(reading.pieces), ours)
        found.append((place, _words(reading, ours, reading.named(others), stands)))
        for at, valence in valences(reading.spelled) if valences else ():
            rules[f"{VALENCE}{'+' if valence > 0 else '-'}{stands[at]}"] += abs(valence) / SCALE
    return Features(rules, found)


def _words(reading: Reading, ours: Sequence[int], theirs: Sequence[int], stands: Sequence[str]) -> frozenset[str]:
    """Give the words of a place: alone, by their stem, with the word before, with where they stand to the name.

    `ours` and `theirs`: the pieces that name the brand, and other brands. `stands`: of each piece.
    """
    words = [_spelled(piece.word) for piece in reading.pieces]
    for at in theirs:
        words[at] = OTHER
    for at in ours:
        words[at] = BRAND
    stems = [f"{word[:STEM]}*" for word in words if len(word) > STEM and word.isalpha() and not word.isupper()]
    return frozenset(chain(words, stems, map(" ".join, pairwise([OPENING, *words])), map(add, words, stands)))


def _spelled(word: str) -> str:
    if word.isdigit():
        return NUMBER
    return LINK if word.startswith(_LINKS) else word


def _stands(count: int, ours: Sequence[int]) -> list[str]:
    """Give where each of so many words stands to the nearest name; "" of the name, and where there is none."""
    stands: list[str] = []
    for name, following in zip_longest(ours, ours[1:]):
        end = count if following is None else (name + following) // 2 + 1
        before = [*islice(chain(_BEFORE, repeat(_OFF_BEFORE)), name - len(stands))]
        stands += [*reversed(before), "", *islice(chain(_BEHIND, repeat(_OFF_BEHIND)), end - name - 1)]
    return stands or [""] * count
