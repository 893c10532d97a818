"""Who comes off better where a sentence compares: directions only, from the words around a name.

A comparison has two sides and a direction, and the side that a name stands on decides: "X is faster than Y", "not as
good as Y", "I prefer X to Y", "moved from X to Y", "X > Y". Questions and conditions ask; they say nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from scoring.english.comparison_words import (
    BEATING,
    BETTER,
    BREAKS,
    COMPARED,
    CONDITIONS,
    DOUBTS,
    EDGES,
    FAR,
    HARD,
    INVERTING,
    LEADING,
    LEAVING,
    LIKING,
    MOVING,
    NARRATORS,
    NEGATORS,
    NOT_COMPARATIVE,
    PREFERRING,
    STEAD,
    SWITCHING,
    THINKING,
    TRAILING,
    UNEQUAL,
    UNNAMED,
    WITHIN,
    WORSE,
)

Side = tuple[int, int]  # words [start, end) of a sentence

NOBODY: Final[Side] = (0, 0)
MOST: Final = 12  # words of a side
THAN_SIDE: Final = 8  # words of what a "than" leads to
NEAR: Final = 4  # words of a side that is a name alone
THAN_WITHIN: Final = 10  # words from a comparative to its "than"
DOUBT_WITHIN: Final = 10  # words from a doubt to what is doubted


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
        return self._negator(max(0, at - 3), at) is not None

    def doubted(self, at: int) -> bool:
        """Tell whether somebody does not think so: "I doubt that ...", "I am not convinced that ..."."""
        start = max(0, at - DOUBT_WITHIN)
        doubt = self.find(DOUBTS, start, at - start)
        if doubt is not None and not self.denied(doubt):  # there is "no doubt"
            return True
        negator = self._negator(start, at)
        return negator is not None and not THINKING.isdisjoint(self.words[negator + 1 : negator + 4])

    def comma(self, start: int) -> int | None:
        """Give the word before the next comma; None when there is none near."""
        return next((at for at in range(start, min(len(self.words), start + MOST)) if self.marks[at] == ","), None)

    def tone(self, start: int, end: int) -> int:
        """Give 1 where words praise by a comparative, -1 where they blame or deny, 0 where they do both or neither."""
        words = self.words[start:end]
        good = not BETTER.isdisjoint(words)
        bad = (
            not (WORSE.isdisjoint(words) and HARD.isdisjoint(words))
            or self._negator(start, min(end, len(self.words))) is not None
        )
        return good - bad

    def asks(self) -> bool:
        """Tell whether it asks for yes or no, or which: "Is X better?". "Why is X better?" takes it for granted."""
        if not self.marks or self.marks[-1] != "?":
            return False
        return next((word for word in self.words if word not in LEADING), "") in INVERTING

    def _negator(self, start: int, end: int) -> int | None:
        """Give the place of the first negation among some words; None when there is none."""
        return next((at for at in range(start, end) if _negates(self.words[at])), None)


def _negates(word: str) -> bool:
    return word in NEGATORS or word.endswith("n't")


def _stands_in(side: Side, named: Sequence[int]) -> bool:
    first = bisect_left(named, side[0])
    return first < len(named) and named[first] < side[1]


Rule = Callable[[Sentence, int], Comparison | None]


def comparisons(sentence: Sentence) -> list[Comparison]:
    """Give what a sentence compares, in order. A question compares nothing, and neither does what follows an "if".

    Who asks for an alternative, though, has had enough.
    """
    asks = sentence.asks()
    found: list[Comparison] = []
    open_condition = False
    for at, word in enumerate(sentence.words):
        rule = RULES.get(word) or (_than if word.endswith("er") and word not in NOT_COMPARATIVE else None)
        if word in CONDITIONS and sentence.words[at - 1] != "as":
            open_condition = True
        elif rule is not None and not open_condition and (not asks or rule is _alternative):
            comparison = rule(sentence, at)
            if comparison is not None and not sentence.doubted(at):
                found.append(comparison.turned() if sentence.denied(at) else comparison)
        open_condition = open_condition and sentence.marks[at] != ","
    return found


def _than(sentence: Sentence, at: int) -> Comparison | None:
    """X is faster than Y; X is more fun, less expensive, superior to Y; X is better compared to Y."""
    word, following = sentence.words[at], sentence.words[at + 1 : at + 2]
    known = word in BETTER or word in WORSE
    than = sentence.find(frozenset({"than"}), at + 1, THAN_WITHIN if known else 1)
    if than is None and word in COMPARED:
        than = sentence.find(frozenset({"to"}), at + 1, 2)
    if than is None and known:
        than = sentence.find(STEAD, at + 1, 2)
    if than is None or (than == at + 1 and word in {"more", "less", "fewer"}):  # "more than": an amount
        return None
    if sentence.words[at - 1] == "no":
        return None  # "no better than Y": both are bad
    behind = sentence.words[than + 1 : than + 2]
    if not UNNAMED.isdisjoint(behind) or (
        not NARRATORS.isdisjoint(behind) and sentence.find(WITHIN, than + 2, 2) is None
    ):
        return None  # "better than ever", "than I thought"; but "easier than it is in Y"
    found = Comparison((0, than), sentence.side(than + 1, THAN_SIDE))
    bad_quality = word in {"more", "less", "fewer"} and following[0] in HARD
    hardness = word == "harder" and "to" not in sentence.words[at:than]
    return found.turned() if (word in WORSE and not hardness) != bad_quality else found


def _compared_to(sentence: Sentence, at: int) -> Comparison | None:
    """Compared to Y, X is faster; X is slow compared with Y. What is said of X decides."""
    if sentence.words[at + 1 : at + 2] not in (["to"], ["with"], ["against"]):
        return None
    if at > 1:
        tone = sentence.tone(max(0, at - MOST), at)
        found = Comparison((0, at), sentence.side(at + 2, NEAR))
    else:
        comma = sentence.comma(at + 2)
        if comma is None:
            return None
        tone = sentence.tone(comma + 1, comma + 1 + MOST)
        found = Comparison((comma + 1, len(sentence.words)), (at + 2, comma + 1))
    return None if tone == 0 else found if tone > 0 else found.turned()


def _unlike(sentence: Sentence, at: int) -> Comparison | None:
    """Unlike Y, X works; unlike Y, X crashes."""
    comma = None if at else sentence.comma(1)
    if comma is None:
        return None
    found = Comparison((comma + 1, len(sentence.words)), (1, comma + 1))
    return found.turned() if sentence.tone(comma + 1, comma + 1 + MOST) < 0 else found


def _edge(sentence: Sentence, at: int) -> Comparison | None:
    """X has an edge over Y; X is an improvement on Y."""
    links = {"over", "on"} if sentence.words[at].startswith("improvement") else {"over"}
    link = sentence.find(frozenset(links), at + 1, 3)
    return None if link is None else Comparison((0, at), sentence.side(link + 1, NEAR))


def _ahead(sentence: Sentence, at: int) -> Comparison | None:
    """X is miles ahead of Y."""
    if sentence.words[at + 1 : at + 2] != ["of"] or FAR.isdisjoint(sentence.words[max(0, at - 1) : at]):
        return None
    return Comparison((0, at), sentence.side(at + 2, NEAR))


def _trailing(sentence: Sentence, at: int) -> Comparison | None:
    """X lags far behind Y."""
    behind = sentence.find(frozenset({"behind"}), at + 1, 2)
    return None if behind is None else Comparison(sentence.side(behind + 1, NEAR), (0, at))


def _no_match(sentence: Sentence, at: int) -> Comparison | None:
    """X can't hold a candle to Y; X is no match for Y; X pales in comparison to Y."""
    openers, link = UNEQUAL[sentence.words[at]]
    if sentence.words[at + 1 : at + 2] != [link] or openers.isdisjoint(sentence.words[max(0, at - 3) : at]):
        return None
    found = Comparison(sentence.side(at + 2, NEAR), (0, at))
    return found.turned() if sentence.denied(at) else found  # the negation belongs to the phrase, and turns it back


def _as_good_as(sentence: Sentence, at: int) -> Comparison | None:
    """X is not as good as Y. Without the negation both are alike."""
    second = sentence.find(frozenset({"as"}), at + 2, 3)
    if second is None or not sentence.denied(at):
        return None
    found = Comparison((0, at), sentence.side(second + 1, NEAR))  # turned by the negation
    return found.turned() if sentence.words[at + 1] in HARD else found


def _preferred(sentence: Sentence, at: int) -> Comparison | None:
    """I prefer X to Y; we chose X over Y."""
    if sentence.words[at] == "like" and LIKING.isdisjoint(sentence.words[max(0, at - 1) : at]):
        return None  # "looks like X"
    links = {"over", "than", "to"} if sentence.words[at].startswith(("prefer", "favo")) else {"over", "than"}
    link = sentence.find(frozenset(links), at + 2, THAN_WITHIN)
    return None if link is None else Comparison((at + 1, link), sentence.side(link + 1))


def _instead(sentence: Sentence, at: int) -> Comparison | None:
    """X instead of Y; rather than Y, take X."""
    if sentence.words[at + 1 : at + 2] not in (["of"], ["than"], ["then"]):
        return None
    if at:
        return Comparison((0, at), sentence.side(at + 2))
    comma = sentence.comma(2) or 2
    return Comparison((comma + 1, len(sentence.words)), (2, comma + 1))


def _beating(sentence: Sentence, at: int) -> Comparison:
    """X beats Y."""
    return Comparison((0, at), sentence.side(at + 1, THAN_SIDE))


def _moving(sentence: Sentence, at: int) -> Comparison | None:
    """Moved from Y to X; switched to X; switched to X from Y; after years with Y switched to X."""
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
    left = (0, at) if sentence.words[0] == "after" else NOBODY  # "after years with Y"
    left = left if origin is None else sentence.side(origin + 1, NEAR)
    return Comparison(sentence.side(goal + 1, NEAR) if origin is None else (goal + 1, origin), left)


def _leaving(sentence: Sentence, at: int) -> Comparison:
    """Ditched X; ditched X for Y; replaced X with Y."""
    goal = sentence.find(frozenset({"for", "with", "by"}), at + 2, THAN_WITHIN)
    if goal is None:
        comma = sentence.comma(at + 1)  # "cancelled X, Y is nicer"
        return Comparison(NOBODY, sentence.side(at + 1, NEAR if comma is None else min(NEAR, comma - at)))
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
    **dict.fromkeys(EDGES, _edge),
    **dict.fromkeys(TRAILING, _trailing),
    **dict.fromkeys(UNEQUAL, _no_match),
    "ahead": _ahead,
    "as": _as_good_as,
    "compared": _compared_to,
    "unlike": _unlike,
}
