"""Patterns of a lexicon, found among the words of a sentence: from the word that each hangs on to both sides.

What is looked at around such a word is bounded, so that a text of any length is read in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from scoring.lexicons.patterns import Part, Pattern
from scoring.lexicons.words import Unit, Units
from scoring.sentences import Place

MOST: Final = 12  # words of a side
WITHIN: Final = 3  # words to look among for one that is judged, has an ending, or stands behind a gap
COMPARISON: Final = "comparison"

_PAUSE = re.compile(r"[,;:()\u2013\u2014\u3001\uff0c]")

Words = tuple[int, int]  # words [first, end) of a sentence


class Rule(NamedTuple):
    """A pattern, what it is for, and the part that it hangs on."""

    use: str
    pattern: Pattern
    key: int

    @property
    def compares(self) -> bool:
        """Whether it says who is better or worse; some patterns only say that words which look so do not."""
        return any(part.sign for part in self.pattern)

    @property
    def fullness(self) -> int:
        """How it ranks among comparisons that share a word: by the words it wants; of two as full what says nothing."""
        return 2 * sum(bool(part.spellings) for part in self.pattern) + (not self.compares)

    @property
    def blames(self) -> bool:
        """Whether it names the worse side alone: who asks for an alternative has had enough."""
        return sum(part.sign for part in self.pattern) < 0


class Word(NamedTuple):
    """What the rules see in a word."""

    spellings: frozenset[str]  # of the patterns, that it fits
    rules: tuple[Rule, ...]  # that hang on it


class Match(NamedTuple):
    """Which words a pattern takes."""

    sides: dict[int, Words]  # by sign
    ends: dict[int, tuple[int, int]]  # by sign, of a side that a pattern begins or ends with: its first word and way
    spelled: list[int]  # words that the pattern spells out
    judged: list[int]
    glued: list[int]  # words that have an ending of the pattern

    @property
    def taken(self) -> list[int]:
        """The words that no fuller pattern may take."""
        return [*self.spelled, *self.glued]


Found = tuple[Rule, int, Match]  # a pattern that fits, and the word that it hangs on


class Tokens:
    """The words of a sentence, as patterns are looked for among them."""

    def __init__(self, units: Units, text: str, spans: Sequence[Place], words: Sequence[Word]) -> None:
        self._units = units
        self._words = words
        self.text = text
        self.spans = spans
        # Whether a comma or its like stands behind each word.
        self.pauses = [*(_PAUSE.search(text, one[1], other[0]) is not None for one, other in pairwise(spans)), True]

    def __len__(self) -> int:
        """Give how many words there are."""
        return len(self.spans)

    def matches(self) -> list[Found]:
        """Give the patterns that fit and the words that they hang on. The fuller of two wins: "plus cher que"."""
        found = [
            (rule, at, match)
            for at, word in enumerate(self._words)
            for rule in word.rules
            if (match := self._match(rule, at)) is not None
        ]
        fullest: dict[int, int] = {}  # of the comparisons, by word that they take
        for rule, _, match in found:
            for word in match.taken if rule.use == COMPARISON else ():
                fullest[word] = max(fullest.get(word, 0), rule.fullness)
        return [
            (rule, at, match)
            for rule, at, match in found
            if rule.use != COMPARISON or all(fullest[word] == rule.fullness for word in match.taken)
        ]

    def _match(self, rule: Rule, at: int) -> Match | None:
        """Give which words the pattern takes when its key stands at a word; None when it does not fit."""
        match = Match({}, {}, [], [], [])
        _fill(match, rule.pattern[rule.key], at)
        behind, before = rule.pattern[rule.key + 1 :], rule.pattern[: rule.key][::-1]
        return match if self._follow(match, behind, at, 1) and self._follow(match, before, at, -1) else None

    def _follow(self, match: Match, parts: Sequence[Part], at: int, step: int) -> bool:
        """Fill in the parts on one side of the key, from word to word; tell whether all are there."""
        stretch: tuple[int, int] | None = None  # sign and first word of a side that is not over yet
        before = Part()  # the part that was filled in last
        for part in parts:
            if part.stretch:
                stretch = (part.sign, at + step)
            elif not part.gap:
                # A side has a word at least, and commas in it mean nothing.
                place = (
                    self._next(part, at + step, step, MOST, over_pauses=True)
                    if stretch
                    else self._next(part, at, step, _within(part, before), over_pauses=part.pause or before.pause)
                )
                if place is None:
                    return False
                if stretch:
                    sign, first = stretch
                    match.sides[sign] = (first, place) if step > 0 else (place + 1, first + 1)
                    stretch = None
                at = place - step if part.pause else place
                _fill(match, part, place)
            before = part
        if stretch:
            match.ends[stretch[0]] = (stretch[1], step)
        return True

    def _next(self, part: Part, at: int, step: int, within: int, *, over_pauses: bool) -> int | None:
        """Give the nearest word behind (or before) a word that a part fits; of a comma, the one on its other side."""
        for place in range(at + step, at + step * (within + 1), step):
            if not 0 <= place < len(self._words):
                return None
            paused = self.pauses[min(place, place - step)]
            if paused and not over_pauses:
                return None
            if part.pause:
                fits = paused
            elif part.judged:
                fits = self.valence(place) != 0
            else:
                fits = not part.spellings.isdisjoint(self._words[place].spellings)
            if fits:
                return place
        return None

    def units(self, at: int) -> Sequence[Unit]:
        """Give what the lexicon knows of a word."""
        start, end = self.spans[at]
        return self._units[self.text[start:end].lower()]

    def valence(self, at: int) -> float:
        """Give what a word says alone; 0 for most."""
        return sum(unit.valence for unit in self.units(at))

    def denials(self) -> dict[int, set[int]]:
        """Give the words that are in reach of a negation, each with the words that negate it."""
        units: list[Unit] = []
        owners: list[int] = []  # the word that each unit is of
        for at in range(len(self)):
            units += self.units(at)
            owners += [at] * (len(units) - len(owners))
        phrased, places = self._units.tree.phrased(units)
        words = [owners[place] for place in places]
        denied: dict[int, set[int]] = {}
        for at, unit in enumerate(phrased):
            for other in self._reached(phrased, words, at) if unit.turns else ():
                denied.setdefault(words[other], set()).add(words[at])
        return denied

    def _reached(self, units: Sequence[Unit], words: Sequence[int], at: int) -> Iterator[int]:
        """Give the units in a negator's reach, up to a comma or one that it turns. `words`: the word of each unit."""
        reach = units[at].turns or (0, 0)
        for step, farthest in ((1, at + reach[1]), (-1, at + reach[0])):
            place = at
            while place * step < farthest * step and 0 <= place + step < len(words):
                first, last = sorted((words[place], words[place + step]))
                if any(self.pauses[first:last]):
                    break
                place += step
                if reach[0] <= place - at <= reach[1]:
                    yield place
                    if units[place].valence:  # what it turns
                        break


def _within(part: Part, before: Part) -> int:
    """Give how many words to look among for a part, by the part before it."""
    if before.gap or before.judged:
        return WITHIN + 1
    return WITHIN if part.judged or part.sign else 1


def _fill(match: Match, part: Part, place: int) -> None:
    if part.sign:
        match.sides[part.sign] = (place, place + 1)
        match.glued.append(place)
    elif part.judged:
        match.judged.append(place)
    elif not part.pause:
        match.spelled.append(place)
