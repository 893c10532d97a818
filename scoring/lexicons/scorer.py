"""Sentiment by a lexicon of any language: the words that carry it, and what the words around them do to it.

The way is VADER's (C.J. Hutto and E.E. Gilbert, ICWSM 2014): valences of words, raised by boosters, turned by negators,
weighed around a contrast, summed, and flattened by sum / sqrt(sum^2 + 15). What differs from language to language
stands in the lexicon file (scoring/lexicons/file.py): how far a negator reaches, and to which side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from math import sqrt
from typing import Final

from scoring.lexicons.file import Lexicon, Reach, read_lexicon
from scoring.lexicons.grammar import Grammar
from scoring.lexicons.words import Unit, Units

TURNED: Final = -0.74  # VADER's: "not good" is less bad than "bad"
BEFORE_CONTRAST: Final = 0.5
AFTER_CONTRAST: Final = 1.5
SPREAD: Final = 15  # flattens the sum of valences into -1..1
SHOUT: Final = 0.292  # what an exclamation mark adds, four at most
MOST_SHOUTS: Final = 4
DIGITS: Final = 4
SHIPPED: Final = ("de", "es", "fr", "it", "ko", "pt", "ro")
MARKS_FILE: Final = "marks.txt"  # emoji and emoticons, which say the same in all languages

# Links and handles say nothing; an emoticon with a letter is one token; else words, and runs of marks.
_SILENT = re.compile(r"https?://\S+|www\.\S+|@\w+", re.IGNORECASE)
_TOKENS = re.compile(r"[:;=x]-?[dpo03](?!\w)|<3+|\w+|[^\w\s]+")


class LexiconScorer:
    """Scores the language of one lexicon. Threads may share it."""

    def __init__(self, lexicon: Lexicon, marks: Mapping[str, float]) -> None:
        self.name = f"lexicon-{lexicon.language}-{lexicon.version}"
        self.languages = (lexicon.language,)
        self._units = Units(lexicon, marks)
        # What compares and contrasts. The rules for English are code; a lexicon for it may bring its own.
        self.grammar = None if lexicon.language == "en" and not lexicon.comparisons else Grammar(lexicon, self._units)

    def score(self, text: str) -> float:
        """Give the compound, -1 to 1; 0 for a text without a word or mark of the lexicon."""
        if "@" in text or "http" in text or "www." in text:
            text = _SILENT.sub(" ", text)
        units = self._read(text)
        if not any(unit.active for unit in units):
            return 0.0
        total = sum(_valences(self._units.tree.phrased(units)[0]))
        if not total:
            return 0.0
        shouts = min(text.count("!"), MOST_SHOUTS) * SHOUT
        total += shouts if total > 0 else -shouts
        return round(total / sqrt(total * total + SPREAD), DIGITS)

    def valences(self, pieces: Sequence[str]) -> list[tuple[int, float]]:
        """Give which blank-separated pieces of a text carry a valence, and how much, after all rules, in order.

        A phrase's valence stands at its first piece, that of several words glued into one piece is their sum.
        """
        units: list[Unit] = []
        owners: list[int] = []
        for number, piece in enumerate(pieces):
            units += self._read(_SILENT.sub(" ", piece))
            owners += [number] * (len(units) - len(owners))
        if not any(unit.active for unit in units):
            return []
        units, places = self._units.tree.phrased(units)
        found: dict[int, float] = {}
        for place, valence in zip(places, _valences(units), strict=True):
            if valence:
                found[owners[place]] = found.get(owners[place], 0.0) + valence
        return [(owner, valence) for owner, valence in found.items() if valence]

    def speaks(self, name: str) -> bool:
        """Tell that any name could: a pattern may fit its beginning, or what is glued to it."""
        del name
        return True

    def _read(self, text: str) -> list[Unit]:
        return [*chain.from_iterable(map(self._units.__getitem__, _TOKENS.findall(text.lower())))]


def lexicon_scorer(text: str, path: str) -> LexiconScorer:
    """Give the scorer of a lexicon file's text; `path` is named in errors. ConfigError tells all that is wrong."""
    return LexiconScorer(read_lexicon(text, path), marks())


@cache
def shipped(language: str) -> LexiconScorer:
    """Give the scorer of one of the lexicons in SHIPPED, made at the first call."""
    return lexicon_scorer(_packaged(f"{language}.txt"), f"{language}.txt")


@cache
def marks() -> Mapping[str, float]:
    """Give the valences of emoji and emoticons."""
    return read_lexicon(_packaged(MARKS_FILE), MARKS_FILE).words


def _packaged(name: str) -> str:
    return files("scoring").joinpath("lexicons", name).read_text(encoding="utf-8")


def _valences(units: list[Unit]) -> list[float]:
    """Give the valences after all rules, in order; 0 for the rest."""
    valences = [unit.valence for unit in units]
    turned: set[int] = set()
    for place, unit in enumerate(units):
        if unit.reach is not None:
            hit = _in_reach(units, place, unit.reach)
            if hit is not None:
                valences[hit] *= unit.factor
                valences[place] = 0.0  # "furchtbar gut": it works, and says nothing itself
        if unit.turns is not None:
            hit = _in_reach(units, place, unit.turns)
            if hit is not None and hit not in turned:  # "no ... nunca" negates once
                turned.add(hit)
                valences[hit] *= TURNED
                valences[place] = 0.0
    _weigh_contrasts(units, valences)
    return valences


def _in_reach(units: list[Unit], place: int, reach: Reach) -> int | None:
    """Give the nearest word with a valence that a word reaches; of two as near, the one after it."""
    first, last = reach
    after = _nearest(units, range(max(place + first, place + 1), min(place + last, len(units) - 1) + 1))
    before = _nearest(units, range(min(place + last, place - 1), max(place + first, 0) - 1, -1))
    if after is None or before is None:
        return before if after is None else after
    return after if after - place <= place - before else before


def _nearest(units: list[Unit], places: range) -> int | None:
    """Give the first place with a word that has a valence; None when a comma or full stop comes before it."""
    for at in places:
        unit = units[at]
        if unit.valence and not unit.fixed:
            return at
        if unit.ends or unit.pauses:
            break
    return None


def _weigh_contrasts(units: list[Unit], valences: list[float]) -> None:
    """Halve what stands before a contrast in its sentence, raise by half what stands after it."""
    start = 0
    while start < len(units):
        end = next((at for at in range(start, len(units)) if units[at].ends), len(units))
        contrast = next((at for at in range(start, end) if units[at].contrast), None)
        if contrast is not None and any(valences[start:contrast]) and any(valences[contrast:end]):
            for at in range(start, end):
                valences[at] *= BEFORE_CONTRAST if at < contrast else AFTER_CONTRAST
        start = end + 1
