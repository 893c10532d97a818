"""VADER, executed fast: the same four scores as vaderSentiment 3.3.2, in time linear in the length of the text.

Method: C.J. Hutto and E.E. Gilbert, "VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
Text", ICWSM 2014. The reference implementation reads every word for every rule; here a word is looked up once, and the
rules run only where a word of the lexicon stands. The reference's oddities are results too, and are kept; the tests
compare both on tens of thousands of texts, to the last digit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from heapq import heappop, heappush
from itertools import compress
from math import sqrt
from operator import attrgetter
from types import MappingProxyType
from typing import Final, TypedDict

from scoring.vader_words import PLAIN, EmojiSpeller, Phrases, Vocabulary, Word

VERSION: Final = "3.3.2"
CAPITALS: Final = 0.733  # what capitals add among words that are not
NEGATION: Final = -0.74  # what a negator turns a valence by
NEVER_SO: Final = 1.25  # "never so good" is praise
DISTANCE: Final = (1.0, 0.95, 0.9)  # a booster fades with each word between
BEFORE_BUT: Final = 0.5
AFTER_BUT: Final = 1.5
SPREAD: Final = 15  # flattens the sum of valences into -1..1
REACH: Final = 3  # how many words before a word can change it

NOR: Final = frozenset({"or", "nor"})
NEAR_KEY: Final = range(-2, REACH + 1)  # a phrase reaches from three words before a word to two after it

_ACTIVE: Final = attrgetter("active")

Hit = tuple[int, float]  # place of a word of the lexicon, its valence after all rules


class Scores(TypedDict):
    """VADER's four scores: shares of negative, neutral, positive words (rounded to 3), and the compound (to 4)."""

    neg: float
    neu: float
    pos: float
    compound: float


class VaderScorer:
    """Scores English. Made once; threads may share it. Loading the lexicon takes some 20 ms, at the first score."""

    name = f"vader-{VERSION}"
    languages: tuple[str, ...] = ("en",)

    def __init__(self, more: Mapping[str, float] = MappingProxyType({})) -> None:
        from vaderSentiment.vaderSentiment import (  # noqa: PLC0415  # 20 ms that most commands never need
            BOOSTER_DICT,
            NEGATE,
            SPECIAL_CASES,
            SentimentIntensityAnalyzer,
        )

        reference = SentimentIntensityAnalyzer()
        self._phrases = Phrases(
            {phrase: valence for phrase, valence in SPECIAL_CASES.items() if " " in phrase},
            {phrase: boost for phrase, boost in BOOSTER_DICT.items() if " " in phrase},
        )
        self._words = Vocabulary({**reference.lexicon, **more}, BOOSTER_DICT, frozenset(NEGATE), self._phrases)
        self._emoji = EmojiSpeller(reference.emojis)

    def score(self, text: str) -> float:
        """Give the compound, -1 to 1; 0 for a text without a word of the lexicon."""
        spelled, words = self._read(text)
        hits = self._hits(words)
        return compound_of(hits, emphasis_of(spelled)) if hits else 0.0

    def scores(self, text: str) -> Scores:
        """Give all four scores; four times 0 for a text without words."""
        spelled, words = self._read(text)
        hits = self._hits(words)
        if not hits:
            return {"neg": 0.0, "neu": 1.0 if words else 0.0, "pos": 0.0, "compound": 0.0}
        emphasis = emphasis_of(spelled)
        positive = negative = 0.0
        neutral = len(words) - len(hits)
        for _, valence in hits:
            if valence > 0:
                positive += valence + 1  # a neutral word counts 1, so this one counts 1 beside its valence
            else:
                negative += valence - 1
        if positive > -negative:
            positive += emphasis
        elif positive < -negative:
            negative -= emphasis
        total = positive - negative + neutral
        return {
            "neg": round(-negative / total, 3) if negative else 0.0,
            "neu": round(neutral / total, 3),
            "pos": round(positive / total, 3),
            "compound": compound_of(hits, emphasis),
        }

    def speaks(self, name: str) -> bool:
        """Tell whether a name holds a mark, or a word that stands in the lexicon, in a list or in a rule."""
        words = name.lower().split()
        return not (all(map(str.isalnum, words)) and self._words.parts.isdisjoint(words))

    def valences(self, pieces: Sequence[str]) -> list[Hit]:
        """Give which blank-separated pieces of a text carry a valence, and how much, after all rules, in order."""
        if all(map(str.isascii, pieces)):  # nothing to spell out: a piece is a word
            return self._hits([*map(self._words.__getitem__, pieces)])
        words: list[Word] = []
        origins: list[int] = []
        for place, piece in enumerate(pieces):
            for word in (piece,) if piece.isascii() else self._emoji.spell(piece).split():
                words.append(self._words[word])
                origins.append(place)
        return [(origins[place], valence) for place, valence in self._hits(words)]

    def _read(self, text: str) -> tuple[str, list[Word]]:
        if not text.isascii():
            text = self._emoji.spell(text)
        return text, [*map(self._words.__getitem__, text.split())]

    def _hits(self, words: list[Word]) -> list[Hit]:
        """Give the places that carry a valence, after all rules, in order. Neutral ones are left out."""
        active = [*compress(range(len(words)), map(_ACTIVE, words))]
        if not active:
            return []
        keys = [place for place in active if words[place].key]
        rules = _Rules(words, self._phrases, frozenset(key + by for key in keys for by in NEAR_KEY))
        hits: list[Hit] = []
        but = None
        for place in active:
            word = words[place]
            if word.lower == "kind" and _after(words, place).lower == "of":
                continue
            if word.known and not word.booster:
                valence = rules.valence(place, word)
                if valence:
                    hits.append((place, valence))
            elif but is None and word.lower == "but":
                but = place
        return hits if but is None else _weigh_around_but(hits, but)


class _Rules:
    """What the words around a word do to its valence, in one text."""

    __slots__ = ("_differs", "_near_keys", "_phrases", "_words")

    def __init__(self, words: list[Word], phrases: Phrases, near_keys: frozenset[int]) -> None:
        self._words = words
        self._phrases = phrases
        self._near_keys = near_keys  # places from which a phrase may be in sight
        self._differs: bool | None = None

    def valence(self, place: int, word: Word) -> float:
        """Give the valence of a word of the lexicon where it stands."""
        words = self._words
        before = words[place - REACH : place] if place >= REACH else [PLAIN] * (REACH - place) + words[:place]
        three, two, one = before
        turning = one.turning or two.turning or three.turning
        valence = word.valence
        if word.lower == "no" and _after(words, place).known:
            valence = 0.0  # it negates that one, and says nothing itself
        if turning and (one.lower == "no" or two.lower == "no" or (three.lower == "no" and one.lower in NOR)):
            valence = word.valence * NEGATION
        if word.upper and self._capitals_differ():
            valence += CAPITALS if valence > 0 else -CAPITALS
        if turning or place in self._near_keys:
            valence = self._turned(valence, place, one, two, three)
        return valence

    def _turned(self, valence: float, place: int, one: Word, two: Word, three: Word) -> float:
        """Give the valence after boosters, negators and phrases among the three words before."""
        if place > 0 and not one.known:
            valence = self._boosted(valence, one, 0)
            if one.negates:
                valence *= NEGATION
        if place > 1 and not two.known:
            valence = _negated_by_two(self._boosted(valence, two, 1), one, two)
        if place >= REACH and not three.known:
            valence = _negated_by_three(self._boosted(valence, three, 2), one, two, three)
            if place in self._near_keys:
                valence = self._phrased(valence, place)
        if one.lower == "least" and two.lower not in {"at", "very"}:
            valence *= NEGATION
        return valence

    def _capitals_differ(self) -> bool:
        """Tell whether some words, but not all, are in capitals. Counted when first asked for."""
        if self._differs is None:
            capitals = sum([word.upper for word in self._words])
            self._differs = 0 < len(self._words) - capitals < len(self._words)
        return self._differs

    def _boosted(self, valence: float, before: Word, distance: int) -> float:
        """Give the valence after a booster that stands `distance` words off."""
        boost = before.booster
        if not boost:
            return valence
        if valence < 0:
            boost = -boost
        if before.upper and self._capitals_differ():
            boost += CAPITALS if valence > 0 else -CAPITALS
        return valence + boost * DISTANCE[distance]

    def _phrased(self, valence: float, place: int) -> float:
        """Give the valence after phrases that the word stands in or behind."""
        phrases = self._phrases
        three, two, one, zero = (word.lower for word in self._words[place - REACH : place + 1])
        for phrase in (
            f"{one} {zero}",
            f"{two} {one} {zero}",
            f"{two} {one}",
            f"{three} {two} {one}",
            f"{three} {two}",
        ):
            if phrase in phrases.valences:
                valence = phrases.valences[phrase]
                break
        after = [word.lower for word in self._words[place + 1 : place + 3]]
        for length in range(1, len(after) + 1):
            valence = phrases.valences.get(" ".join([zero, *after[:length]]), valence)
        for phrase in (f"{three} {two}", f"{two} {one}"):
            valence += phrases.boosters.get(phrase, 0.0)
        return valence


def _after(words: list[Word], place: int) -> Word:
    """Give the word behind a place; a plain one at the end of the text."""
    return words[place + 1] if place + 1 < len(words) else PLAIN


def _negated_by_two(valence: float, one: Word, two: Word) -> float:
    """Give the valence after a negator two words off."""
    if two.lower == "never" and one.lower in {"so", "this"}:
        return valence * NEVER_SO
    if two.negates and not (two.lower == "without" and one.lower == "doubt"):
        return valence * NEGATION
    return valence


def _negated_by_three(valence: float, one: Word, two: Word, three: Word) -> float:
    """Give the valence after a negator three words off. "so" and "this" right before praise it even without "never"."""
    if (three.lower == "never" and two.lower in {"so", "this"}) or one.lower in {"so", "this"}:
        return valence * NEVER_SO
    if three.negates and not (three.lower == "without" and "doubt" in {two.lower, one.lower}):
        return valence * NEGATION
    return valence


def _weigh_around_but(hits: list[Hit], but: int) -> list[Hit]:
    """Give the hits with those before "but" halved and those after it raised by half.

    The reference goes through the valences in order, but changes the first one that is equal to the one it has come to.
    Places of equal valences are therefore kept in heaps, which finds that first one without a search.
    """
    valences = [valence for _, valence in hits]
    places: defaultdict[float, list[int]] = defaultdict(list)
    for index, valence in enumerate(valences):
        places[valence].append(index)  # in order, hence a heap
    for valence in tuple(valences):
        first = heappop(places[valence])
        changed = valence * (BEFORE_BUT if hits[first][0] < but else AFTER_BUT)
        valences[first] = changed
        heappush(places[changed], first)
    return [(place, valence) for (place, _), valence in zip(hits, valences, strict=True)]


def emphasis_of(text: str) -> float:
    """Give what exclamation and question marks add to the sum."""
    shouts = min(text.count("!"), 4) * 0.292
    asks = text.count("?")
    if asks <= 1:
        return shouts
    return shouts + (asks * 0.18 if asks <= 3 else 0.96)  # noqa: PLR2004  # from four on they add no more


def compound_of(hits: list[Hit], emphasis: float) -> float:
    """Give the sum of valences, with emphasis, flattened into -1..1 and rounded to 4 digits."""
    total = float(sum([valence for _, valence in hits]))
    if total > 0:
        total += emphasis
    elif total < 0:
        total -= emphasis
    return round(total / sqrt(total * total + SPREAD), 4)


@cache
def vader() -> VaderScorer:
    """Give the one VaderScorer of this process, made at the first call."""
    return VaderScorer()
