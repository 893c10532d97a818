"""What VADER knows about single words: its lexicon, boosters, negators, emoji, and the few words that its rules name.

All of it comes from the installed vaderSentiment. A word is looked up once and remembered, for nearly all the time that
VADER takes goes into stripping and lower-casing the same words again and again.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final

# Words that the rules ask for by name, beside boosters and negators.
NAMED: Final = frozenset({"no", "or", "nor", "least", "at", "very", "so", "this", "doubt", "of", "kind", "but"})
# Those of them that, standing before a word of the lexicon, can change its valence.
TURNING: Final = frozenset({"no", "least", "so", "this"})
# Remembered words at most; a chatty feed brings new handles and links without end.
CAPACITY: Final = 50_000


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One blank-separated piece of a text, as the rules see it."""

    lower: str = ""  # kept for words that a rule may name, else ""
    upper: bool = False  # all capitals
    known: bool = False  # in the lexicon
    valence: float = 0.0  # of the lexicon
    booster: float = 0.0  # what it adds to the word after it
    negates: bool = False
    turning: bool = False  # may change the valence of a word up to three places on
    key: bool = False  # the telling word of a phrase; without it, no phrase needs to be looked for
    active: bool = False  # makes the rules run: in the lexicon, a key, or "but"


PLAIN: Final = Word()
PLAIN_UPPER: Final = Word(upper=True)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of two or three words with a meaning of their own."""

    valences: Mapping[str, float]  # "kiss of death": replaces the valence
    boosters: Mapping[str, float]  # "sort of": added to it

    @property
    def words(self) -> frozenset[str]:
        """Every word that stands in one of them."""
        return frozenset(word for phrase in (*self.valences, *self.boosters) for word in phrase.split())

    @property
    def keys(self) -> frozenset[str]:
        """The longest word of each of them: one that tells, not "the" or "of"."""
        return frozenset(max(phrase.split(), key=len) for phrase in (*self.valences, *self.boosters))


class Vocabulary(dict[str, Word]):
    """Gives the Word of a piece of text: `vocabulary["GREAT!!"]`. Looks each piece up once."""

    def __init__(
        self, lexicon: Mapping[str, float], boosters: Mapping[str, float], negators: frozenset[str], phrases: Phrases
    ) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._boosters = boosters
        self._negators = negators
        self._named = NAMED | phrases.words
        self._keys = phrases.keys

    @cached_property
    def parts(self) -> frozenset[str]:
        """Every word that means something, and every part of those that are hyphened or hold an apostrophe."""
        known = chain(self._lexicon, self._boosters, self._negators, self._named)
        return frozenset(part for word in known for part in re.findall(r"\w+", word))

    def __missing__(self, piece: str) -> Word:
        """Look a piece up in lexicon and lists."""
        if len(self) >= CAPACITY:
            self.clear()
        word = self[piece] = self._look_up(piece)
        return word

    def _look_up(self, piece: str) -> Word:
        stripped = piece.strip(string.punctuation)
        if len(stripped) <= 2:  # noqa: PLR2004  # so short that it was an emoticon: it keeps its punctuation
            stripped = piece
        lower, upper = stripped.lower(), stripped.isupper()
        known = lower in self._lexicon
        booster = self._boosters.get(lower, 0.0)
        negates = lower in self._negators or "n't" in lower
        if not (known or booster or negates or lower in self._named):
            return PLAIN_UPPER if upper else PLAIN
        key = lower in self._keys
        return Word(
            lower=lower,
            upper=upper,
            known=known,
            valence=self._lexicon.get(lower, 0.0),
            booster=booster,
            negates=negates,
            turning=booster != 0.0 or negates or lower in TURNING,
            key=key,
            active=known or key or lower == "but",
        )


class EmojiSpeller:
    """Writes emoji out in words, as VADER does before it reads a text."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = {char: name for char, name in names.items() if len(char) == 1}  # longer ones are never found
        self._pattern = re.compile("[" + re.escape("".join(self._names)) + "]")

    def spell(self, text: str) -> str:
        """Give the text with every known emoji replaced by its name, set off from what stands before it."""

        def name(found: re.Match[str]) -> str:
            start = found.start()
            space = "" if start == 0 or text[start - 1] == " " else " "
            return space + self._names[found[0]]

        return self._pattern.sub(name, text)
