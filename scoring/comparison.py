"""Who comes off better where a sentence compares: directions only, from the words around a name.

A comparison has two sides and a direction, and the side that a name stands on decides: "X is faster than Y", "not as
good as Y", "I prefer X to Y", "moved from X to Y", "X > Y". Questions and conditions ask; they say nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scoring.comparison_words import (
    BEATING,
    BETTER,
    BREAKS,
    COMPARED,
    CONDITIONS,
    HARD,
    LEAVING,
    MOVING,
    NEGATORS,
    NOT_COMPARATIVE,
    PREFERRING,
    SWITCHING,
    WORSE,
)

Side = tuple[int, int]  # words [start, end) of a sentence

NOBODY: Final[Side] = (0, 0)
MOST: Final = 12  # words of a side
NEAR: Final = 4  # words of a side that is a name alone
THAN_WITHIN: Final = 8  # words from a comparative to its "than"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides, of which one comes off better. One may be nobody: "an alternative to X" names no other."""

    better: Side
    worse: Side

    def of(self, named: Sequence[int]) -> int:
        """Give 1 for a name on the better side, -1 on the worse, 0 on neither or both. `named`: its words, sorted."""
        return _stands_in(self.better, named) - _stands_in(self.worse, named)

    def turned(self) -> Comparison:
        """Give the opposite."""
        return Comparison(self.worse, self.better)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as comparisons are looked for: its words in lower case without marks, and the marks after each."""

    words: Sequence[str]
    marks: Sequence[str]  # the last character of each piece, or "" where that is a letter or digit

    def find(self, wanted: frozenset[str], start: int, within: int) -> int | None:
        """Give the place of the first such word among the next ones; None when there is none."""
        return next((at for at in range(start, min(len(self.words), start + within)) if self.words[at] in wanted), None)

    def side(self, start: int, most: int = MOST) -> Side:
        """Give the side that begins at a word: until the clause ends. Lists go on over "and" and commas."""
        end = start
        while end < len(self.words) and end - start < most and (end == start or self.words[end] not in BREAKS):
            end += 1
            if self.marks[end - 1] in {";", ":", ")"}:
                break
        return start, end

    def denied(self, at: int) -> bool:
        """Tell whether one of the three words before is a negation."""
        return any(word in NEGATORS or word.endswith("n't") for word in self.words[max(0, at - 3) : at])


def _stands_in(side: Side, named: Sequence[int]) -> bool:
    first = bisect_left(named, side[0])
    return first < len(named) and named[first] < side[1]


Rule = Callable[[Sentence, int], Comparison | None]


def comparisons(sentence: Sentence) -> list[Comparison]:
    """Give what a sentence compares, in order. A question compares nothing, and neither does what follows an "if".

    Who asks for an alternative, though, has had enough.
    """
    asks = sentence.marks[-1] == "?"
    found: list[Comparison] = []
    open_condition = False
    for at, word in enumerate(sentence.words):
        rule = RULES.get(word) or (_than if word.endswith("er") and word not in NOT_COMPARATIVE else None)
        if word in CONDITIONS and sentence.words[at - 1] != "as":
            open_condition = True
        elif rule is not None and not open_condition and (not asks or rule is _alternative):
            comparison = rule(sentence, at)
            if comparison is not None:
                found.append(comparison.turned() if sentence.denied(at) else comparison)
        open_condition = open_condition and sentence.marks[at] != ","
    return found


def _than(sentence: Sentence, at: int) -> Comparison | None:
    """X is faster than Y; X is more fun, less expensive, superior to Y."""
    word, following = sentence.words[at], sentence.words[at + 1 : at + 2]
    within = THAN_WITHIN if word in BETTER or word in WORSE else NEAR
    than = sentence.find(frozenset({"than"}), at + 1, within)
    if than is None and word in COMPARED:
        than = sentence.find(frozenset({"to"}), at + 1, 2)
    if than is None or (than == at + 1 and word in {"more", "less", "fewer"}):  # "more than": an amount
        return None
    found = Comparison((0, at), sentence.side(than + 1))
    bad_quality = word in {"more", "less", "fewer"} and following[0] in HARD
    return found.turned() if (word in WORSE) != bad_quality else found


def _as_good_as(sentence: Sentence, at: int) -> Comparison | None:
    """X is not as good as Y. Without the negation both are alike."""
    second = sentence.find(frozenset({"as"}), at + 2, 3)
    if second is None or not sentence.denied(at):
        return None
    found = Comparison((0, at), sentence.side(second + 1))  # turned by the negation
    return found.turned() if sentence.words[at + 1] in HARD else found


def _preferred(sentence: Sentence, at: int) -> Comparison | None:
    """I prefer X to Y; we chose X over Y."""
    links = {"over", "than", "to"} if sentence.words[at].startswith(("prefer", "favo")) else {"over", "than"}
    link = sentence.find(frozenset(links), at + 2, THAN_WITHIN)
    return None if link is None else Comparison((at + 1, link), sentence.side(link + 1))


def _instead(sentence: Sentence, at: int) -> Comparison | None:
    """X instead of Y; rather than Y, take X."""
    if sentence.words[at + 1 : at + 2] not in (["of"], ["than"]):
        return None
    if at:
        return Comparison((0, at), sentence.side(at + 2))
    comma = next((place for place in range(2, min(len(sentence.words), 2 + NEAR)) if sentence.marks[place] == ","), 2)
    return Comparison((comma + 1, len(sentence.words)), (2, comma + 1))


def _beating(sentence: Sentence, at: int) -> Comparison:
    """X beats Y."""
    return Comparison((0, at), sentence.side(at + 1))


def _moving(sentence: Sentence, at: int) -> Comparison | None:
    """Moved from X to Y; switched to Y; switched to Y from X."""
    origin = sentence.find(frozenset({"from"}), at + 1, 2)
    if origin is not None:
        goal = sentence.find(frozenset({"to"}), origin + 2, MOST)
        if goal is None:
            return Comparison(NOBODY, sentence.side(origin + 1, NEAR))
        return Comparison(sentence.side(goal + 1), (origin + 1, goal))
    goal = sentence.find(frozenset({"to"}), at + 1, 2)
    if goal is None or sentence.words[at] not in SWITCHING:
        return None
    origin = sentence.find(frozenset({"from"}), goal + 2, THAN_WITHIN)
    left = NOBODY if origin is None else sentence.side(origin + 1, NEAR)
    return Comparison(sentence.side(goal + 1, NEAR) if origin is None else (goal + 1, origin), left)


def _leaving(sentence: Sentence, at: int) -> Comparison:
    """Ditched X; ditched X for Y; replaced X with Y."""
    goal = sentence.find(frozenset({"for", "with", "by"}), at + 2, THAN_WITHIN)
    if goal is None:
        return Comparison(NOBODY, sentence.side(at + 1, NEAR))
    return Comparison(sentence.side(goal + 1, NEAR), (at + 1, goal))


def _alternative(sentence: Sentence, at: int) -> Comparison | None:
    """An alternative to X."""
    return Comparison(NOBODY, sentence.side(at + 2, NEAR)) if sentence.words[at + 1 : at + 2] == ["to"] else None


def _greater(sentence: Sentence, at: int) -> Comparison:
    """X > Y; X < Y."""
    found = Comparison((max(0, at - 6), at), (at + 1, at + 7))
    return found if sentence.words[at][0] == ">" else found.turned()


RULES: Final[Mapping[str, Rule]] = {
    **dict.fromkeys(BETTER | WORSE, _than),
    **dict.fromkeys(PREFERRING, _preferred),
    **dict.fromkeys(BEATING, _beating),
    **dict.fromkeys(MOVING, _moving),
    **dict.fromkeys(LEAVING, _leaving),
    **dict.fromkeys(("instead", "rather"), _instead),
    **dict.fromkeys(("alternative", "alternatives"), _alternative),
    **dict.fromkeys((">", ">>", ">>>", "<", "<<", "<<<"), _greater),
    "as": _as_good_as,
}
