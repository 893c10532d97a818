"""What a lexicon knows of a sentence beside its valences: where it contrasts, who comes off better, whether it asks.

All of it is patterns of words (scoring/lexicons/patterns.py). A sentence is read word by word, each spelling looked up
once; only where a word stands that a pattern hangs on is the pattern tried, from there to both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import pairwise
from typing import Final, NamedTuple

from scoring.language_words import small_words
from scoring.lexicons.file import Lexicon
from scoring.lexicons.matches import COMPARISON, MOST, Found, Match, Rule, Tokens, Word, Words
from scoring.lexicons.patterns import SIGNS, Pattern, phrase
from scoring.lexicons.words import Units
from scoring.sentences import Halves, Place, holds, names_another

NEAR: Final = 4  # words of a side that has no other side
BEHIND_COMMA: Final = 3  # words between a comma and what contrasts: "..., Zen aber ..."
TAIL: Final = 3  # characters of a sentence's end that a question mark may stand in
LONGEST: Final = 60  # characters of a word that a pattern may fit
CAPACITY: Final = 50_000  # remembered words; a chatty feed brings new handles and links without end
CONTRAST: Final = "contrast"
CONDITION: Final = "condition"

_WORD = re.compile(r"\w")
_TOKEN = re.compile(r"\w+|(?<!\S)(?:<{1,3}|>{1,3})(?!\S)")
_FACE = re.compile(r"[\u2600-\u27bf\U0001f300-\U0001faff][\u200d\ufe0f]*")
# "Acme, Zen and Globex"; of two only before a comma ("Zen or Acme, both are slow"): else each may have its own clause.
_LIST = re.compile(
    r"\b[A-Z]\w{0,30}(?:(?:\s*[,/&]\s*|,?\s+\w{1,4}\s+)[A-Z]\w{0,30}\b){2,}|\b[A-Z]\w{0,30}\s+\w{1,4}\s+[A-Z]\w{0,30}\b(?=,)"
)
_ITEM = re.compile(r"\b[A-Z]\w*")
_ASKED = re.compile(r"[?\uff1f]")


class Comparison(NamedTuple):
    """Two sides of a sentence, in characters, of which one comes off better. One may be nobody: None."""

    better: Place | None
    worse: Place | None


class Reading(NamedTuple):
    """What the patterns find in a sentence."""

    cuts: Sequence[Place] = ()  # where one half of a contrast ends, and where the next begins
    comparisons: Sequence[Comparison] = ()
    asks: bool = False  # whether it compares, but only asks or supposes so


class Grammar:
    """Reads sentences by the patterns of one lexicon. Threads may share it."""

    def __init__(self, lexicon: Lexicon, units: Units) -> None:
        self._units = units
        self._rules: dict[str, list[Rule]] = {}  # by the spelling that they hang on
        self._spellings: set[str] = set()
        for use, patterns in (
            (CONTRAST, map(phrase, sorted(lexicon.contrast | lexicon.concessions))),
            (CONDITION, map(phrase, sorted(lexicon.conditions))),
            (COMPARISON, (*SIGNS, *lexicon.comparisons)),
        ):
            for pattern in patterns:
                self._learn(use, pattern)
        self._longest = max(map(len, self._spellings))
        self._glues = any(spelling[0] == "*" == spelling[-1] for spelling in self._spellings)
        self._look_up = lru_cache(maxsize=CAPACITY)(self._looked_up)
        self.halves = Halves(
            lambda text, sentence: _read(self, text, sentence).cuts,
            partial(names_another, openers=small_words(lexicon.language), anywhere=not lexicon.capital_nouns),
        )

    def compared(self, text: str, sentence: Place, names: Sequence[Place]) -> int:
        """Give 1 where a sentence puts the brand above another, -1 below, 0 where it does not compare it."""
        total = sum(
            (better is not None and holds(better, names)) - (worse is not None and holds(worse, names))
            for better, worse in _read(self, text, sentence).comparisons
        )
        return (total > 0) - (total < 0)

    @staticmethod
    def joined(text: str, names: Sequence[Place]) -> list[Place]:
        """Give the names, and with each that stands in a list ("Acme, Zen and Globex") all items of the list."""
        lists = [found for found in _LIST.finditer(text) if holds(found.span(), names)]
        return sorted({*names, *(item.span() for found in lists for item in _ITEM.finditer(text, *found.span()))})

    def heard(self, text: str, places: Sequence[Place]) -> str:
        """Give a text, as long as it is, without the words of those places that only ask who is better."""
        pieces: list[str] = []
        done = 0
        for start, end in places:
            if _read(self, text, (start, end)).asks:
                pieces += (text[done:start], _WORD.sub("x", text[start:end]))
                done = end
        return "".join((*pieces, text[done:]))

    @staticmethod
    def earnest(text: str, places: Sequence[Place], strengths: Sequence[float]) -> list[float]:
        """Give what places say of a brand, without the praise of a question.

        Of labelled posts that only ask, those with blame are negative in four of five cases, those with praise
        positive in one of three.
        """
        return [
            min(strength, 0.0) if _ASKED.search(text, max(start, end - TAIL), end) else strength
            for strength, (start, end) in zip(strengths, places, strict=True)
        ]

    def read(self, text: str, place: Place) -> Reading:
        """Give what the patterns find in a stretch of a text."""
        # The lower case of a text may be longer than the text, so places are looked for only where something is.
        spellings = {*_TOKEN.findall(text[slice(*place)].lower())}
        if not any(self._look_up(spelling).rules for spelling in spellings) and not _FACE.search(text, *place):
            return Reading()
        tokens = [*_TOKEN.finditer(text, *place)]
        words = [self._look_up(token[0].lower()) for token in tokens]
        return _Reader(Tokens(self._units, text, [token.span() for token in tokens], words), place[1]).reading()

    def _learn(self, use: str, pattern: Pattern) -> None:
        folded = tuple(replace(part, spellings=frozenset(map(self._units.folded, part.spellings))) for part in pattern)
        # The longest spelling is the rarest, so that the pattern is seldom tried.
        lengths = [min((len(spelling.strip("*")) for spelling in part.spellings), default=0) for part in folded]
        key = lengths.index(max(lengths))
        for spelling in folded[key].spellings:
            self._rules.setdefault(spelling, []).append(Rule(use, folded, key))
        self._spellings.update(*(part.spellings for part in folded))

    def _looked_up(self, token: str) -> Word:
        """Give the spellings of patterns that a token fits, whole, by its beginning, its end or inside."""
        if len(token) > LONGEST:
            return Word(frozenset(), ())
        word = self._units.folded(token)
        longest = min(self._longest, len(word))
        parts = {word, *(f"{word[:end]}*" for end in range(1, longest + 1))}
        parts.update(f"*{word[-length:]}" for length in range(1, longest))  # an ending ends something
        if self._glues:
            parts.update(f"*{word[at : at + length]}*" for at in range(len(word)) for length in range(1, longest + 1))
        found = frozenset(parts & self._spellings)
        return Word(found, tuple(rule for spelling in sorted(found) for rule in self._rules.get(spelling, ())))


@lru_cache(maxsize=256)  # each brand of a text asks for the same
def _read(grammar: Grammar, text: str, place: Place) -> Reading:
    return grammar.read(text, place)


class _Reader:
    """Reads a sentence in which some word makes a rule run."""

    def __init__(self, tokens: Tokens, end: int) -> None:
        self._tokens = tokens
        self._spans = tokens.spans
        self._pauses = tokens.pauses
        self._end = end  # of the sentence, in characters
        self._cuts: dict[int, int] = {}  # the last word of a half, by the first of the next

    def reading(self) -> Reading:
        """Give all that the rules find. Contrasts first: no side goes over one."""
        matches = self._tokens.matches()
        for rule, _, match in matches:
            if rule.use == CONTRAST:
                self._cut(match.spelled, ends=_is_ending(rule))
        self._part_at_faces()
        compared = [
            (rule, at, match, sides)
            for rule, at, match in matches
            if rule.use == COMPARISON and rule.compares and (sides := self._sides(match)) is not None
        ]
        cuts = [self._border(first, last) for first, last in sorted(self._cuts.items())]
        if not compared:
            return Reading(cuts)
        asked = _ASKED.search(self._tokens.text, self._spans[-1][1], self._end) is not None
        supposed = self._supposed(matches, 1) | self._supposed(matches, -1)
        denials = self._tokens.denials()
        comparisons = [
            self._directed(match, sides, denials)
            for rule, at, match, sides in compared
            if rule.blames or not (asked or at in supposed)
        ]
        return Reading(cuts, comparisons, asks=not comparisons)

    def _sides(self, match: Match) -> dict[int, Words] | None:
        """Give the sides, those at the ends of the pattern too; None when one of these is empty."""
        sides = dict(match.sides)
        most = MOST if len(match.sides) + len(match.ends) > 1 else NEAR
        for sign, (at, step) in match.ends.items():
            sides[sign] = self._side_before(at, most) if step < 0 else self._side_behind(at, most)
            if sides[sign][0] >= sides[sign][1]:
                return None
        return sides

    def _side_behind(self, first: int, most: int) -> Words:
        """Give the words from one on, as far as the next comma or contrast."""
        end = first
        while end < len(self._spans) and end < first + most and not (end > first and end in self._cuts):
            end += 1
            if self._pauses[end - 1]:
                break
        return first, end

    def _side_before(self, last: int, most: int) -> Words:
        """Give the words up to one, from the last contrast on, or from the last comma with a name behind it."""
        first = last + 1
        named = False
        while first > 0 and first > last + 1 - most and first not in self._cuts:
            if first <= last and self._pauses[first - 1] and named:
                break
            first -= 1
            named = named or self._tokens.text[self._spans[first][0]].isupper()
        return first, last + 1

    def _directed(self, match: Match, sides: dict[int, Words], denials: Mapping[int, set[int]]) -> Comparison:
        """Give who comes off better: turned where the pattern judges by a bad word, and where something denies it.

        A negation that the pattern spells out belongs to it: "nicht so gut wie".
        """
        turned = sum(map(self._tokens.valence, match.judged)) < 0
        denying = set[int]().union(*(denials.get(word, ()) for word in (*match.spelled, *match.judged)))
        if not denying <= set(match.spelled):
            turned = not turned
        better, worse = (-1, 1) if turned else (1, -1)
        return Comparison(self._characters(sides.get(better)), self._characters(sides.get(worse)))

    def _characters(self, words: Words | None) -> Place | None:
        return (self._spans[words[0]][0], self._spans[words[1] - 1][1]) if words else None

    def _supposed(self, matches: Iterable[Found], step: int) -> set[int]:
        """Give the words that a condition governs: those behind it in its clause; of a glued one (-1), those before."""
        spelled = {word for rule, _, match in matches if rule.use == COMPARISON for word in match.spelled}
        supposed: set[int] = set()
        for rule, at, _ in matches:
            if rule.use != CONDITION or at in spelled or self._boosts(at) or _is_ending(rule) != (step < 0):
                continue
            place = at
            while place not in supposed:
                supposed.add(place)
                edge = max(place, place + step)  # the border between this word and the next
                if edge in {0, len(self._spans)} or self._pauses[edge - 1] or edge in self._cuts:
                    break
                place += step
        return supposed

    def _boosts(self, at: int) -> bool:
        """Tell whether a word raises the next: "si lent" supposes nothing."""
        boosts = any(unit.reach is not None for unit in self._tokens.units(at))
        return boosts and at + 1 < len(self._spans) and self._tokens.valence(at + 1) != 0

    def _cut(self, spelled: Sequence[int], *, ends: bool) -> None:
        """Part the halves of a contrast, without the word that contrasts; at a comma where that stands before it."""
        first, last = min(spelled), max(spelled)
        if ends:  # glued to the last word of its half
            before, behind = last, last + 1
        elif first == 0:
            before = next(at for at in range(last, len(self._pauses)) if self._pauses[at])
            behind = before + 1
        else:
            comma = self._comma(first)
            before, behind = (first - 1, last + 1) if comma is None else (comma, comma + 1)
        if behind < len(self._spans):
            self._cuts[behind] = before

    def _part_at_faces(self) -> None:
        """Part a sentence where a name follows an emoji, which is of what comes before it: "Zen :) Acme :("."""
        for at, ((_, end), (start, _)) in enumerate(pairwise(self._spans)):
            if self._tokens.text[start].isupper() and start - end > 1 and _FACE.search(self._tokens.text, end, start):
                self._cuts[at + 1] = at

    def _border(self, first: int, last: int) -> Place:
        """Give the characters between the last word of a half, its emoji with it, and the first of the next."""
        end, start = self._spans[last][1], self._spans[first][0]
        faces = [face.end() for face in _FACE.finditer(self._tokens.text, end, start)]
        return (faces[-1] if faces else end), start

    def _comma(self, contrast: int) -> int | None:
        """Give the word with the comma that a clause begins behind, if what contrasts comes after its first words.

        "Acme is bad, Zen however is good": nothing is judged yet. "Well, Zen is good but Acme is bad": it is.
        """
        for at in range(contrast - 1, max(contrast - 2 - BEHIND_COMMA, -1), -1):
            if self._pauses[at]:
                return at if at < contrast - 1 else None
            if self._tokens.valence(at):
                return None
        return None


def _is_ending(rule: Rule) -> bool:
    """Tell whether a contrast or condition is glued to the end of what it is about."""
    return all(spelling[0] == "*" for part in rule.pattern for spelling in part.spellings)
