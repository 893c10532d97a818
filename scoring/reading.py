"""A stretch of a text as it is weighed: in pieces, each with what its word and its mark mean. No scores."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from math import log
from operator import attrgetter
from typing import Final, NamedTuple

from scoring.comparison import RULES, Comparison, Sentence, comparisons
from scoring.comparison_words import BAD, BETTER, COMPARED, CONDITIONS, GOOD, NOT_COMPARATIVE, WORSE
from scoring.sentences import Place

PER_WORD: Final = 0.75  # weight that is left with each word of distance
ACROSS_COMMA: Final = 0.2
ACROSS_CONTRAST: Final = 0.1
ACROSS_SENTENCES: Final = 0.2
CLAUSE_ENDS: Final = ",;:.!?)-\u2013"
CONTRASTS: Final = frozenset("but although though while whereas however yet except".split())  # noqa: SIM905  # a table
COMPARATIVES: Final = GOOD | BAD
CAPACITY: Final = 50_000  # remembered pieces at most; a chatty feed brings new handles and links without end
LONGEST: Final = 60  # characters of a piece worth remembering

_WORD_DEPTH: Final = -log(PER_WORD)
_COMMA_DEPTH: Final = -log(PER_WORD * ACROSS_COMMA)
_CONTRAST_DEPTH: Final = -log(PER_WORD * ACROSS_CONTRAST)
_SENTENCE_DEPTH: Final = -log(PER_WORD * ACROSS_SENTENCES)
_MARKS: Final = ".,;:!?\"'()[]{}*\u201c\u201d\u2018\u2019\u2026-\u2013\u2014"
_CLOSING: Final = "\"')]\u201d\u2019"
_WITH_THAN: Final = BETTER | WORSE  # words that compare only with a "than" behind them


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What one blank-separated piece of a text is."""

    word: str  # in lower case, without marks around it
    mark: str  # the mark that closes it, "" where a letter or digit does
    step: float  # how much deeper the next word lies
    telling: bool  # a comparative, or a word that contrasts, compares or sets a condition: seldom


class Pieces(dict[str, Piece]):
    """Gives the Piece of a spelling. Looks each up once. Threads may share it."""

    def __missing__(self, spelling: str) -> Piece:
        word = spelling.strip(_MARKS).lower() or spelling
        end = (spelling.rstrip(_CLOSING) or spelling)[-1]
        mark = "" if end.isalnum() else end
        piece = Piece(word, mark, _COMMA_DEPTH if mark and mark in CLAUSE_ENDS else _WORD_DEPTH, tells(word))
        if len(spelling) <= LONGEST:
            if len(self) >= CAPACITY:
                self.clear()
            self[spelling] = piece
        return piece


def tells(word: str) -> bool:
    """Tell whether a word makes a rule run: without one, a stretch compares nothing and has no contrast."""
    return (
        word in RULES
        or word in COMPARATIVES
        or word in CONTRASTS
        or word in CONDITIONS
        or word == "than"
        or (word.endswith("er") and word not in NOT_COMPARATIVE)
    )


_PIECES: Final = Pieces()
WORD: Final = attrgetter("word")
_STEP: Final = attrgetter("step")
_TELLING: Final = attrgetter("telling")


class Reading(NamedTuple):  # made for every sentence and brand; a frozen dataclass takes four times as long to make
    """A stretch of a text: its pieces as they are spelled and what each is, and what the rules find in it."""

    text: str
    place: Place
    spelled: Sequence[str]
    pieces: Sequence[Piece]
    steps: Sequence[float]  # how much deeper the word behind each piece lies; behind the last: the next sentence
    comparatives: Sequence[int]  # pieces that praise or blame by comparing
    asks: bool  # whether it asks, or supposes; known only where there are comparatives
    compares: tuple[Comparison, ...]

    def named(self, names: Sequence[Place]) -> list[int]:
        """Give the pieces that a name begins in or goes on in, in order. `names` are in order too."""
        text, (start, end) = self.text, self.place
        found: list[int] = []
        count, done = 0, start  # pieces that begin before `done`
        for begin, stop in names[bisect_left(names, (start,)) : bisect_left(names, (end,))]:
            count += len(text[done:begin].split()) - (done < begin and _joined(text, start, done))
            first, done = count - _joined(text, start, begin), begin
            found += range(first, first + len(text[begin : min(stop, end)].split()))
        return found


@lru_cache(maxsize=64)  # comparisons and weights read the same sentence, and so does each brand of a text
def read(text: str, place: Place) -> Reading:
    """Give a stretch of a text in pieces."""
    spelled = text[slice(*place)].split()
    pieces = [*map(_PIECES.__getitem__, spelled)]
    steps = [*map(_STEP, pieces)]
    if steps:
        steps[-1] = _SENTENCE_DEPTH
    telling = [*compress(range(len(pieces)), map(_TELLING, pieces))]
    if not telling:
        return Reading(text, place, spelled, pieces, steps, (), asks=False, compares=())
    told = [pieces[at].word for at in telling]
    for at, word in zip(telling, told, strict=True):
        if at and word in CONTRASTS:
            steps[at - 1] = _CONTRAST_DEPTH
    comparatives = [at for at, word in zip(telling, told, strict=True) if word in COMPARATIVES]
    asks = bool(comparatives) and (pieces[-1].mark == "?" or not CONDITIONS.isdisjoint(told))
    return Reading(text, place, spelled, pieces, steps, comparatives, asks, _compared(pieces, told))


def _compared(pieces: Sequence[Piece], told: Sequence[str]) -> tuple[Comparison, ...]:
    """Give what a stretch compares. `told`: its telling words."""
    may = "than" in told or any(word in COMPARED or (word in RULES and word not in _WITH_THAN) for word in told)
    return (
        tuple(comparisons(Sentence([piece.word for piece in pieces], [piece.mark for piece in pieces]))) if may else ()
    )


def _joined(text: str, start: int, at: int) -> bool:
    """Tell whether a place lies within a piece, and not at its beginning."""
    return at > start and not text[at - 1].isspace() and not text[at].isspace()
