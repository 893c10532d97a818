"""What a lexicon knows about single words: a word is looked up once, by all its patterns, and remembered.

A word that stands in the lexicon as it is wins, else the longest pattern that fits. In a language that glues words
together a word may hold several units ("정말최고예요"), and is read from its first letter to its last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from scoring.lexicons.file import Lexicon, Reach

# Remembered words at most; a chatty feed brings new handles and links without end.
CAPACITY: Final = 50_000
LONGEST: Final = 60  # characters of a word worth remembering
FULL_STOPS: Final = frozenset(".!?\u2026\u3002\uff01\uff1f")
PAUSES: Final = frozenset(",;:\u3001\uff0c")
JOINERS: Final = "\ufe0e\ufe0f\u200d"  # choose how an emoji looks

_LONG = re.compile(r"(\w)\1{2,}")


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A word, a phrase or a mark of a text, as the rules see it."""

    valence: float = 0.0
    turns: Reach | None = None  # a negator, and how far it reaches
    factor: float = 1.0  # what it multiplies the valence of a word in sight by
    reach: Reach | None = None  # of the factor
    contrast: bool = False
    ends: bool = False  # a full stop: no rule reaches over it
    pauses: bool = False  # a comma: no negator and no booster reaches over it
    fixed: bool = False  # a mark: neither turned nor boosted
    pieces: tuple[str, ...] = ()  # the words of phrases that it may be
    active: bool = False  # makes the rules run


PLAIN: Final = Unit()
STOP: Final = Unit(ends=True)
PAUSE: Final = Unit(pauses=True)


class Units(dict[str, tuple[Unit, ...]]):
    """Gives the units of any token in lower case, looking it up the first time only. Threads may share it."""

    def __init__(self, lexicon: Lexicon, marks: Mapping[str, float]) -> None:
        super().__init__()
        self._bare = lexicon.ignore_accents
        self._whole: dict[str, Unit] = {}
        self._starts: dict[str, Unit] = {}
        self._ends: dict[str, Unit] = {}
        self._inside: dict[str, Unit] = {}
        phrased: set[str] = set()
        self.tree = PhraseTree()
        for spelled, unit in _units(lexicon):
            word = self.folded(spelled)
            if " " in word:
                self.tree.add(word.split(), unit)
                phrased.update(word.split())
            else:
                self._table(word)[word.strip("*")] = unit
        self._pieces = frozenset(phrased)
        tables = (self._starts, self._ends, self._inside, self._pieces)
        self._longest = max((len(pattern) for table in tables for pattern in table), default=0)
        self._marks = {mark.strip(JOINERS): Unit(valence, fixed=True, active=True) for mark, valence in marks.items()}
        self._longest_mark = max(map(len, self._marks), default=0)

    def folded(self, word: str) -> str:
        """Give a word as it is compared: composed, and without accents where the lexicon ignores them."""
        if self._bare and not word.isascii():
            spread = unicodedata.normalize("NFD", word)
            return "".join(character for character in spread if not unicodedata.combining(character))
        return unicodedata.normalize("NFC", word)

    def _table(self, pattern: str) -> dict[str, Unit]:
        if pattern[0] == "*":
            return self._inside if pattern[-1] == "*" else self._ends
        return self._starts if pattern[-1] == "*" else self._whole

    def __missing__(self, token: str) -> tuple[Unit, ...]:
        made = tuple(self._of_word(token) if token[0].isalnum() else self._of_marks(token))
        if len(token) <= LONGEST:
            if len(self) >= CAPACITY:
                self.clear()
            self[token] = made
        return made

    def _of_word(self, token: str) -> Iterable[Unit]:
        word = self.folded(token)
        mark = self._marks.get(token)
        if mark is not None:
            return (mark,)
        for spelling in dict.fromkeys((word, _LONG.sub(r"\1\1", word), _LONG.sub(r"\1", word))):
            found = [*self._read(spelling)]
            if found != [PLAIN]:
                return self._with_pieces(spelling, found)
        return self._with_pieces(word, [PLAIN])

    def _with_pieces(self, word: str, units: list[Unit]) -> Iterable[Unit]:
        """Give the units; the first knows which words of phrases this is, exactly or by its beginning."""
        pieces = [word] if word in self._pieces else []
        pieces += [
            start for end in range(min(len(word), self._longest), 0, -1) if (start := f"{word[:end]}*") in self._pieces
        ]
        if not pieces:
            return units
        first = units[0]
        return [
            replace(first, pieces=tuple(pieces), active=True),
            *units[1:],
        ]

    def _read(self, word: str) -> Iterator[Unit]:
        """Give the units of a word: one as a rule, more where words are glued together."""
        whole = self._whole.get(word)
        if whole is not None:
            yield whole
            return
        place = 0
        fits = True  # whether a pattern that begins a word may begin here
        seen = False
        while place < len(word):
            length, unit = self._at(word, place, fits=fits)
            fits = unit is not None
            if unit is not None:
                seen = True
                yield unit
            place += length
            if not self._inside:
                break  # nothing but the beginning can fit
        if not seen:
            yield next(
                (
                    self._ends[word[at:]]
                    for at in range(max(len(word) - self._longest, 0), len(word))
                    if word[at:] in self._ends
                ),
                PLAIN,
            )

    def _at(self, word: str, place: int, *, fits: bool) -> tuple[int, Unit | None]:
        """Give the length and the unit of the longest pattern at a place; one letter and None when none fits."""
        for end in range(min(len(word), place + self._longest), place, -1):
            part = word[place:end]
            unit = self._inside.get(part) or (self._starts.get(part) if fits else None)
            if unit is not None:
                return end - place, unit
        return 1, None

    def _of_marks(self, token: str) -> Iterator[Unit]:
        """Give what a run of punctuation and emoji says, in order. A repeated emoji counts once."""
        before = None
        place = 0
        while place < len(token):
            for length in range(min(self._longest_mark, len(token) - place), 0, -1):
                mark = self._marks.get(token[place : place + length])
                if mark is not None:
                    if mark is not before:
                        yield mark
                    before = mark
                    place += length
                    break
            else:
                if token[place] in FULL_STOPS:
                    yield STOP
                elif token[place] in PAUSES:
                    yield PAUSE
                place += 1


class PhraseTree:
    """Finds phrases, word by word."""

    __slots__ = ("branches", "unit")

    def __init__(self) -> None:
        self.branches: dict[str, PhraseTree] = {}
        self.unit: Unit | None = None

    def add(self, words: list[str], unit: Unit) -> None:
        """Make a phrase known."""
        tree = self
        for word in words:
            tree = tree.branches.setdefault(word, PhraseTree())
        tree.unit = unit

    def longest(self, units: list[Unit], place: int) -> tuple[int, Unit | None]:
        """Give the length and the unit of the longest phrase that begins at a place; 0 and None when none does."""
        best: tuple[int, Unit | None] = (0, None)
        trees = [self]
        length = 0
        while trees and place + length < len(units):
            pieces = units[place + length].pieces
            trees = [tree.branches[piece] for tree in trees for piece in pieces if piece in tree.branches]
            length += 1
            best = next(((length, tree.unit) for tree in trees if tree.unit is not None), best)
        return best

    def phrased(self, units: list[Unit]) -> tuple[list[Unit], Sequence[int]]:
        """Give the units with each phrase as one, and where each began; of phrases that overlap, the first."""
        if not any(unit.pieces for unit in units):
            return units, range(len(units))
        whole: list[Unit] = []
        places: list[int] = []
        place = 0
        while place < len(units):
            length, phrase = self.longest(units, place) if units[place].pieces else (0, None)
            whole.append(phrase or units[place])
            places.append(place)
            place += length or 1
        return whole, places


def _units(lexicon: Lexicon) -> Iterator[tuple[str, Unit]]:
    """Give every entry with all that it does. A word of valence 0 is known, and says nothing."""
    for word in {**lexicon.words, **lexicon.negators, **lexicon.boosters, **dict.fromkeys(lexicon.contrast)}:
        valence = lexicon.words.get(word, 0.0)
        factor, reach = lexicon.boosters.get(word, (1.0, None))
        yield (
            word,
            Unit(valence, lexicon.negators.get(word), factor, reach, word in lexicon.contrast, active=valence != 0),
        )
