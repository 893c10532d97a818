"""What people say of products, service and companies, and VADER does not know or reads otherwise: "overpriced".

The words and phrases stand in lexicons/opinions.en.txt, and count for a brand's score alone, never for a whole text,
which stays the reference's to the last digit. A valence of 0 silences a word that VADER takes for praise or blame and
that is a mere topic here: "support", "share", "party".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final

from scoring.contract import AnyScorer
from scoring.english.events import Events, with_phrases
from scoring.english.reading import PIECES, WORD
from scoring.lexicons.file import Lexicon, read_lexicon
from scoring.vader import Hit, VaderScorer, compound_of, emphasis_of, vader

FILE: Final = "opinions.en.txt"


class OpinionScorer(VaderScorer):
    """Scores English as VADER does, by its lexicon and that of opinions. Threads may share it."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = {word: valence for word, valence in lexicon.words.items() if " " not in word and word.isascii()}
        super().__init__(words)
        others = {word: valence for word, valence in lexicon.words.items() if word not in words}  # phrases and emoji
        self._opinions = Events(replace(lexicon, words=others))

    def score(self, text: str) -> float:
        """Give the compound, -1 to 1; 0 for a text without a word of the lexicons."""
        hits = self.valences(text.split())
        return compound_of(hits, emphasis_of(text)) if hits else 0.0

    def speaks(self, name: str) -> bool:
        """Tell whether a name holds a mark, or a word that stands in a lexicon, in a list or in a rule."""
        return super().speaks(name) or any(map(self._opinions.knows, name.lower().split()))

    def valences(self, pieces: Sequence[str]) -> list[Hit]:
        """Give which blank-separated pieces of a text carry a valence, and how much, after all rules, in order."""
        hits = super().valences(pieces)
        words = [*map(WORD, map(PIECES.__getitem__, pieces))]
        phrases = self._opinions.find(words)
        return with_phrases(hits, words, phrases) if phrases else hits


def of_brands(scorer: AnyScorer) -> AnyScorer:
    """Give what reads the words of a brand: VADER with the opinions that come along; any other scorer as it is."""
    return _opinionated() if scorer is vader() else scorer


@cache
def _opinionated() -> OpinionScorer:
    return OpinionScorer(read_lexicon(files("scoring").joinpath("lexicons", FILE).read_text(encoding="utf-8"), FILE))
