"""The small words of English that part a text or hold it together. One table a kind.

What they leave of a valence on their other side stands in `scoring.english.reading`.
"""

# ruff: noqa: SIM905  # a split text is shorter to read and to extend than a list of strings

from __future__ import annotations

from typing import Final

CONTRASTS: Final = frozenset("but although though while whereas however yet except".split())
CONNECTIVES: Final = frozenset("and or & plus nor".split())
# They stand within a clause: what is on one side of them speaks of what is on the other.
HOLDING: Final = frozenset(
    """
    the a an my your his her its our their this that these those some any every each no another all both
    is was are were be been being am isn't wasn't aren't weren't 's seems seemed seem looks looked look feels felt
    tastes tasted has have had does did do would will can could should
    """.split()
)
# They begin a clause.
OPENING: Final = frozenset(
    """
    i we you he she it they there what who which whose where when because since so if unless until once then
    """.split()
)
BINDING: Final = frozenset("of at by from".split())  # what stands before one is said of what stands behind it
PREPOSITIONS: Final = frozenset(
    """
    in with for on to about into over under after before during without within against between through
    like near around than as via per inside outside behind
    """.split()
)
# At the head of a sentence that names nobody: the one that was named last.
REFERRING: Final = frozenset("it it's its they they're their he he's she she's".split())
