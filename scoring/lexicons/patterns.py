"""Patterns of a lexicon file: what a language puts between the two sides of a comparison.

    + mieux/meilleur* qu* -         words: the better side before, the worse behind; / parts spellings, * as in [words]
    - moins ... qu* +               ... stands for up to three words, one of which the lexicon judges
    + meilleur* _ qu* -           _ stands for up to three words of any kind, or none
    anders als - , + ...          , stands for a comma or its like
    -보다 + ...                     a side whose word ends so, where a language glues its particles to the name
    alternative* à -                one side alone: nobody wins
    0 le meilleur* _ qu*            compares nothing, though a shorter pattern would fit: "le meilleur que je connaisse"

A sign alone is a stretch of words that the name is looked for in. Where the lexicon judges "..." to be bad, the sides
change places: "moins rapide que", "moins cher que".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

MOST_PARTS: Final = 14
BETTER: Final = "+"
WORSE: Final = "-"
JUDGED: Final = "..."
ANY: Final = "_"
COMMA: Final = ","
NOTHING: Final = "0"

_SPELLING = re.compile(r"\*?\w+\*?")
_ENDING = re.compile(r"\w+")


class WrongLineError(Exception):
    """What is wrong with a line of a lexicon file, and the remedy. Never leaves the readers of such files."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a pattern: a side, words, or both: a side whose word has an ending."""

    sign: int = 0  # 1 the better side, -1 the worse, 0 no side
    spellings: frozenset[str] = frozenset()  # of which a word must fit one; empty: any words
    judged: bool = False
    gap: bool = False  # any words, or none
    pause: bool = False  # a comma, no word

    @property
    def stretch(self) -> bool:
        """Whether it is a side of any words."""
        return self.sign != 0 and not self.spellings


Pattern = tuple[Part, ...]


def read_pattern(line: str) -> Pattern:
    """Give the parts of a pattern, in lower case. Raises WrongLineError."""
    first, *rest = line.lower().split()
    pattern = tuple(map(_part, rest if first == NOTHING else (first, *rest)))
    signs = sorted(part.sign for part in pattern if part.sign)
    if signs not in ([[]] if first == NOTHING else [[-1, 1], [-1], [1]]):
        raise WrongLineError(
            f'"{line}" has no two sides',
            'write one + where the better one stands, one - for the worse, such as "+ > -"',
        )
    if not any(part.spellings for part in pattern):
        raise WrongLineError(
            f'"{line}" holds no word', 'write what stands between the sides, such as "+ better than -"'
        )
    if any(one.stretch and other.stretch for one, other in pairwise(pattern)):
        raise WrongLineError(f'"{line}" has nothing between + and -', "write a word between them, or an ending to one")
    if any(part.gap or part.pause for part in (*pattern[:1], *pattern[-1:])):
        raise WrongLineError(f'"{line}" begins or ends with _ or a comma', "take it away; a side may hold any words")
    if len(pattern) > MOST_PARTS:
        raise WrongLineError(f'"{line}" is too long', f"a pattern has {MOST_PARTS} parts at most")
    return pattern


def phrase(words: str) -> Pattern:
    """Give a word or phrase of the lexicon as a pattern."""
    return tuple(Part(spellings=frozenset({word})) for word in words.split())


# Signs that compare in every language: X > Y.
SIGNS: Final[tuple[Pattern, ...]] = tuple(
    (Part(sign), Part(spellings=frozenset({mark * times})), Part(-sign))
    for mark, sign in ((">", 1), ("<", -1))
    for times in (1, 2, 3)
)


def _part(spelled: str) -> Part:
    if spelled == JUDGED:
        return Part(judged=True)
    if spelled == ANY:
        return Part(gap=True)
    if spelled == COMMA:
        return Part(pause=True)
    if spelled[0] in {BETTER, WORSE}:
        ending = spelled[1:]
        if ending and not _ENDING.fullmatch(ending):
            raise WrongLineError(f'"{spelled}" is no side', "write + or - alone, or with the letters that end its word")
        return Part(1 if spelled[0] == BETTER else -1, frozenset({f"*{ending}"} if ending else ()))
    spellings = spelled.split("/")
    if not all(map(_SPELLING.fullmatch, spellings)):
        raise WrongLineError(
            f'"{spelled}" cannot be matched',
            "write words of letters; * stands at their beginning or end, / between two",
        )
    return Part(spellings=frozenset(spellings))
