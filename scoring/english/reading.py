"""A stretch of a text as it is weighed: in pieces, each with what its word and its mark mean. No scores."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from math import log
from operator import attrgetter
from typing import Final, NamedTuple

from scoring.english.comparison import RULES, Comparison, Sentence, comparisons
from scoring.english.comparison_words import BAD, BETTER, COMPARED, CONDITIONS, GOOD, NOT_COMPARATIVE, STEAD, WORSE
from scoring.english.reading_words import BINDING, CONNECTIVES, CONTRASTS, HOLDING, OPENING, PREPOSITIONS
from scoring.sentences import Place

# What is left of a word's valence on the other side of one of these. The numbers were chosen on one half of MAMS,
# Dong 2014, NewsMTSC and CompSent, and are no worse on the other half; each may be a third off without a loss.
PER_WORD: Final = 0.75
PER_HOLDING: Final = 0.9
PER_OPENING: Final = 0.35
PER_BINDING: Final = 0.5
PER_PREPOSITION: Final = 0.15
PER_MARK: Final = 0.15
PER_CONTRAST: Final = 0.05
CLAUSE_ENDS: Final = ",;:.!?)-\u2013"
COMPARATIVES: Final = GOOD | BAD
CAPACITY: Final = 50_000  # remembered pieces at most; a chatty feed brings new handles and links without end
LONGEST: Final = 60  # characters of a piece worth remembering

WORD_DEPTH: Final = -log(PER_WORD)
MARK_DEPTH: Final = -log(PER_MARK)
_DEPTHS: Final[Mapping[str, float]] = {
    **dict.fromkeys(PREPOSITIONS, -log(PER_PREPOSITION)),
    **dict.fromkeys(BINDING, -log(PER_BINDING)),
    **dict.fromkeys(OPENING, -log(PER_OPENING)),
    **dict.fromkeys(HOLDING, -log(PER_HOLDING)),
    **dict.fromkeys(CONTRASTS, -log(PER_CONTRAST)),
    **dict.fromkeys(CONNECTIVES, 0.0),
}
_MARKS: Final = ".,;:!?\"'()[]{}*\u201c\u201d\u2018\u2019\u2026-\u2013\u2014"
_CLOSING: Final = "\"')]\u201d\u2019"
_WITH_THAN: Final = BETTER | WORSE  # words that compare only with a "than" behind them


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """What one blank-separated piece of a text is."""

    word: str  # in lower case, without marks around it
    mark: str  # the mark that closes it, "" where a letter or digit does
    depth: float  # how much deeper it lies than the piece before
    mark_depth: float  # how much deeper its mark makes the piece behind
    proper: bool  # begins with a capital
    joins: bool  # may join the items of a list: "and", or a comma behind
    telling: bool  # a comparative, or a word that contrasts, compares or sets a condition: seldom


class Pieces(dict[str, Piece]):
    """Gives the Piece of a spelling. Looks each up once. Threads may share it."""

    def __missing__(self, spelling: str) -> Piece:
        word = spelling.strip(_MARKS).lower() or spelling
        head = word.partition("/")[0]
        word = head if head in COMPARATIVES else word  # "better/easier than"
        end = (spelling.rstrip(_CLOSING) or spelling)[-1]
        mark = "" if end.isalnum() else end
        mark_depth = MARK_DEPTH if mark and mark in CLAUSE_ENDS else 0.0
        proper = spelling.lstrip(_MARKS)[:1].isupper()
        joins = mark == "," or word in CONNECTIVES
        piece = Piece(word, mark, _DEPTHS.get(word, WORD_DEPTH), mark_depth, proper, joins, _tells(word))
        if len(spelling) <= LONGEST:
            if len(self) >= CAPACITY:
                self.clear()
            self[spelling] = piece
        return piece


def matters(word: str) -> bool:
    """Tell whether a word makes a rule run, or changes how far the words around it lie from each other."""
    return word in _DEPTHS or _tells(word)


def _tells(word: str) -> bool:
    """Tell whether a word makes a rule run: without one, a stretch compares nothing and has no contrast."""
    return (
        word in RULES
        or word in COMPARATIVES
        or word in CONTRASTS
        or word in CONDITIONS
        or word == "than"
        or (word.endswith("er") and word not in NOT_COMPARATIVE)
    )


PIECES: Final = Pieces()
WORD: Final = attrgetter("word")
_TELLING: Final = attrgetter("telling")


class Reading(NamedTuple):  # made for every sentence and brand; a frozen dataclass takes four times as long to make
    """A stretch of a text: its pieces as they are spelled and what each is, and what the rules find in it."""

    text: str
    place: Place
    spelled: Sequence[str]
    pieces: Sequence[Piece]
    words: Sequence[str]  # in lower case, without marks
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
            fresh = max(first, found[-1] + 1) if found else first  # names may overlap
            found += range(fresh, first + len(text[begin : min(stop, end)].split()))
        return found


@lru_cache(maxsize=64)  # comparisons and weights read the same sentence, and so does each brand of a text
def read(text: str, place: Place) -> Reading:
    """Give a stretch of a text in pieces."""
    spelled = text[slice(*place)].split()
    pieces = [*map(PIECES.__getitem__, spelled)]
    words = [*map(WORD, pieces)]
    telling = [*compress(range(len(pieces)), map(_TELLING, pieces))]
    if not telling:
        return Reading(text, place, spelled, pieces, words, (), asks=False, compares=())
    told = [words[at] for at in telling]
    comparatives = [at for at in telling if words[at] in COMPARATIVES]
    asks = bool(comparatives) and (pieces[-1].mark == "?" or not CONDITIONS.isdisjoint(told))
    return Reading(text, place, spelled, pieces, words, comparatives, asks, _compared(pieces, words, told))


def _compared(pieces: Sequence[Piece], words: Sequence[str], told: Sequence[str]) -> tuple[Comparison, ...]:
    """Give what a stretch compares. `told`: its telling words."""
    stead = not STEAD.isdisjoint(words)
    may = "than" in told or any(
        word in COMPARED or (word in RULES and (stead or word not in _WITH_THAN)) for word in told
    )
    return tuple(comparisons(Sentence(words, [piece.mark for piece in pieces]))) if may else ()


def _joined(text: str, start: int, at: int) -> bool:
    """Tell whether a place lies within a piece, and not at its beginning."""
    return at > start and not text[at - 1].isspace() and not text[at].isspace()
